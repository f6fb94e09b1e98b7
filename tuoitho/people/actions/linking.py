"""Looking for doubles in the whole register, and what a person says of a pair that was found."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.people.matching.engines import Engine, Found, link
from tuoitho.people.matching.model import Model, stored
from tuoitho.people.matching.reading import facts_seen_by
from tuoitho.people.matching.records import records_of
from tuoitho.people.models import MatchPair
from tuoitho.people.states import MatchState

TOGETHER = 2_000


@transaction.atomic
def link_register(
    *,
    by: User,
    on: date,
    run: UUID,
    engine: Engine = Engine.DUCKDB,
    blocks: Sequence[str] = (),
    model: Model | None = None,
) -> int:
    """Compare all children ``by`` may see with each other and keep the pairs that are likely one.

    ``blocks`` (names of ``levels.BLOCKS``) cuts the work in pieces: each finds its share, and the
    same pair found twice is one. A pair that was judged keeps its judgement. Returns how many pairs
    were found. Raises PermissionDenied.
    """
    by.require("people.register")
    model = model or stored()
    records = records_of(facts_seen_by(by))
    found = link(records, model, least=model.likely, engine=engine, blocks=blocks)
    count = 0
    batch: list[MatchPair] = []
    for pair in found:
        batch.append(_pair(pair, model, on, run, engine))
        count += 1
        if len(batch) == TOGETHER:
            _keep(batch)
            batch = []
    _keep(batch)
    return count


def _pair(found: Found, model: Model, on: date, run: UUID, engine: Engine) -> MatchPair:
    levels = {name: [code, round(bits, 2)] for name, (code, bits) in found.levels.items()}
    return MatchPair(
        first_id=found.first, second_id=found.second, weight=found.weight,
        probability=model.probability(found.weight), levels=levels, engine=engine.value, run=run,
        found_on=on,
    )  # fmt: skip


def _keep(pairs: Iterable[MatchPair]) -> None:
    MatchPair.objects.bulk_create(
        pairs, update_conflicts=True, unique_fields=["first", "second"],
        update_fields=["weight", "probability", "levels", "engine", "run"],
    )  # fmt: skip


@transaction.atomic
def forget_old_pairs(*, by: User, on: date, run: UUID) -> int:
    """After a whole run: pairs it did not find again (a child was corrected) are no question any
    more, unless somebody judged them. Returns how many pairs wait. Raises PermissionDenied."""
    by.require("people.register")
    seen = MatchPair.objects.visible_to(by)
    # Rows by key: a delete with a join would ask for each of them anew.
    old = list(seen.waiting().exclude(run=run).values_list("pk", flat=True))
    MatchPair.objects.filter(pk__in=old).delete()
    waiting = seen.waiting().count()
    home = by.home()
    record("people.link_register", None, by=by, on=on, unit_key=home.unit_id if home else None,
           after={"pairs": waiting})  # fmt: skip
    return waiting


@transaction.atomic
def judge_pair(pair: MatchPair, *, different: bool, by: User, on: date) -> MatchPair:
    """Say that these are two children (the pair comes no more), or take that back.

    Nothing of the children changes; that they are one is said by ``request_merge``.
    Raises PermissionDenied (``people.register`` where both live).
    """
    pair = MatchPair.objects.select_for_update(of=["self"]).get(pk=pair.pk)
    for child in (pair.first, pair.second):
        by.require("people.register", child)
    before = {"state": pair.state}
    pair.state = MatchState.DIFFERENT if different else MatchState.OPEN
    pair.judged_by, pair.judged_on = (by, on) if different else (None, None)
    pair.save(update_fields=["state", "judged_by", "judged_on"])
    details: dict[str, Any] = {"before": before, "after": {"state": pair.state}}
    for child in (pair.first, pair.second):
        record("people.judge_pair", pair, by=by, on=on, child_key=child.pk,
               unit_key=child.unit_id, **details)  # fmt: skip
    return pair


def waiting_words(count: int) -> str:
    """What a run says at its end."""
    return _("%(n)s cặp cần xem.") % {"n": count}
