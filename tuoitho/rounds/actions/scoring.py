"""Weights changed, and the children of a commune scored by them."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import tidy
from tuoitho.people.models import Child
from tuoitho.rounds.factors import factors_of
from tuoitho.rounds.models.risk import RiskScore, RuleSet, row_of, rules_in_force
from tuoitho.rounds.models.round import OLDEST, YOUNGEST
from tuoitho.rounds.risk import FACTORS, score
from tuoitho.units.models import Unit

BATCH = 2_000
MOST = 100  # points of one factor


@transaction.atomic
def set_weights(weights: Mapping[str, int], *, by: Actor, on: date, note: str) -> RuleSet:
    """A new version of the rules; the old ones stay readable. ``note`` says why and is required.

    Raises ValidationError by factor for points outside 0 to 100, PermissionDenied without
    ``plan.manage``, TypeError for an unknown factor.
    """
    if unknown := set(weights) - set(FACTORS):
        raise TypeError(f"there is no factor {sorted(unknown)}")
    with connection.cursor() as cursor:  # there may be no version yet whose row could be locked
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rounds.set_weights'))")
    version, before = rules_in_force()
    by.require("plan.manage")
    wrong = {
        code: _("Từ 0 đến %(most)s điểm.") % {"most": MOST}
        for code, points in weights.items()
        if not 0 <= points <= MOST
    }
    if not tidy(note):
        wrong["note"] = _("Hãy ghi lý do thay đổi.")
    if wrong:
        raise ValidationError(wrong)
    after = {**before, **weights}
    rules = RuleSet.objects.create(
        version=version + 1, weights=after, note=tidy(note), recorded_on=on,
        recorded_by=by.actor_name,
    )  # fmt: skip
    record("rounds.set_weights", rules, by=by, on=on, note=note, before=before, after=after)
    return rules


@transaction.atomic
def score_commune(unit: Unit, *, by: Actor, on: date) -> int:
    """Score the children of 5 to 17 of a commune anew. Returns how many have any points."""
    by.require("rounds.manage", unit)
    # The clock and a person may ask at once: one after the other, or each child has two scores.
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    version, weights = rules_in_force()
    children = Child.objects.filter(unit=unit).aged_in(YOUNGEST, OLDEST, on)
    rows = list(children.only("pk", "unit_id", "household_id").order_by("pk"))
    RiskScore.objects.filter(unit=unit).delete()
    count = 0
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        factors = factors_of([child.pk for child in part], on)
        found = [(child, score(factors.get(child.pk, ()), weights)) for child in part]
        scores = [row_of(c, s, version=version, on=on) for c, s in found if s.points]
        RiskScore.objects.bulk_create(scores)
        count += len(scores)
    return count
