"""A round begins: its lists are made from the register as of that day; and it ends."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tuoitho.access.models import Assignment
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.people.models import Child, Household
from tuoitho.rounds.actions.moving import checked_step, finish_step, locked
from tuoitho.rounds.factors import factors_of
from tuoitho.rounds.groups import children_of
from tuoitho.rounds.models import ListedChild, Round, WorkList
from tuoitho.rounds.states import State, Step
from tuoitho.units.models import Unit

Place = tuple[int, str]  # a commune and a folded hamlet
BATCH = 2_000
COLLABORATOR = "collaborator"


def keep_lists(planned: Round) -> None:
    """One list for each hamlet the register knows in the communes of a draft; whose it was in the
    last round of that hamlet, or the only collaborator of the commune, is proposed."""
    communes = list(planned.communes.all())
    planned.lists.exclude(unit__in=communes).delete()
    present = set(planned.lists.values_list("unit_id", "folded_hamlet"))
    known = Household.objects.filter(unit__in=communes).values_list(
        "unit_id", "folded_hamlet", "hamlet"
    )
    wanted = {(u, f): h for u, f, h in known.order_by("unit_id", "folded_hamlet").distinct()}
    _add_lists(planned, {place: h for place, h in wanted.items() if place not in present})


@transaction.atomic
def start_round(planned: Round, *, by: Actor, on: date, note: str = "") -> Round:
    """Begin: put every child to be visited on the list of its hamlet, house by house.

    The register is read as of ``on``. Raises ValidationError when there is nobody to visit.
    """
    planned = locked(planned)
    step = checked_step(planned, Step.START, by, on)
    if on > planned.last_day:
        raise ValidationError({"on": _("Đợt rà soát đã qua ngày cuối; hãy sửa kế hoạch.")})
    planned.started_on = on
    children = _by_place(planned, on)
    if not children:
        raise ValidationError(
            _("Sổ không có trẻ nào thuộc các nhóm này; hãy sửa kế hoạch hoặc nhập sổ trẻ em.")
        )
    present = set(planned.lists.values_list("unit_id", "folded_hamlet"))
    _add_lists(planned, {p: rows[0][1] for p, rows in children.items() if p not in present})
    lists = {(row.unit_id, row.folded_hamlet): row for row in planned.lists.all()}
    rows = [row for place, found in children.items() for row in _rows(lists[place], found)]
    _add_factors(rows, on)
    ListedChild.objects.bulk_create(rows, batch_size=BATCH)
    planned.lists.filter(listed=None).delete()
    return finish_step(planned, step, by=by, on=on, note=note)


@transaction.atomic
def close_round(planned: Round, *, by: Actor, on: date, note: str = "") -> Round:
    """End the round. Raises ValidationError while a child found in child labour, or at work with
    facts missing, has no report: who finds one must tell (Luật Trẻ em 2016 Điều 51)."""
    planned = locked(planned)
    step = checked_step(planned, Step.CLOSE, by, on)
    if planned.started_on is not None and on < planned.started_on:
        raise ValidationError({"on": _("Không thể kết thúc trước ngày bắt đầu.")})
    listed = ListedChild.objects.filter(round=planned)
    # An answer being written just now is waited for; one that comes later finds the round closed.
    list(listed.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if left := listed.once().needing_report().count():
        raise ValidationError(
            _("Còn %(n)s trẻ có dấu hiệu lao động trái quy định chưa lập tin báo.") % {"n": left}
        )
    planned.closed_on = on
    return finish_step(planned, step, by=by, on=on, note=note)


def _by_place(planned: Round, on: date) -> dict[Place, list[tuple[Child, str]]]:
    """Children by commune and hamlet, each with the hamlet's name, in the order of houses."""
    children: QuerySet[Any] = children_of(planned, on).select_related("household")
    # Reading identity numbers and notes would open each of them.
    children = children.defer("national_id", "note").order_by(
        "lived_unit", "household__folded_head_name", "household_id", "birth_date", "pk"
    )
    found: dict[Place, list[tuple[Child, str]]] = defaultdict(list)
    for child in children.iterator(chunk_size=BATCH):
        place: Any = child  # with what ``children_of`` annotates
        house = child.household
        hamlet = place.lived_hamlet or (house.hamlet if house else "")
        found[place.lived_unit, fold(hamlet)].append((child, hamlet))
    return found


def _rows(work_list: WorkList, found: list[tuple[Child, str]]) -> list[ListedChild]:
    return [
        ListedChild(
            unit_id=work_list.unit_id, round_id=work_list.round_id, work_list=work_list,
            child=child, household_id=child.household_id, place_in_list=number,
        )
        for number, (child, _hamlet) in enumerate(found, start=1)
    ]  # fmt: skip


def _add_factors(rows: list[ListedChild], on: date) -> None:
    """What held of each child on the day the round begins."""
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        found = factors_of([row.child_id for row in part], on)
        for row in part:
            row.factors = sorted(found.get(row.child_id, ()))


def _add_lists(planned: Round, hamlets: dict[Place, str]) -> None:
    if not hamlets:
        return
    units = {unit_id for unit_id, _folded in hamlets}
    only, before = _only_collaborators(units), _whose_before(planned, units)
    WorkList.objects.bulk_create(
        WorkList(
            round=planned, unit_id=unit_id, hamlet=hamlet, folded_hamlet=folded,
            collaborator_id=before.get((unit_id, folded)) or only.get(unit_id),
        )
        for (unit_id, folded), hamlet in hamlets.items()
    )  # fmt: skip


def collaborators_of(unit: Unit | int, on: date) -> dict[int, str]:
    """Key and name of those who may be given a list in a commune on that day."""
    people = _working_in([unit], on).order_by("user__full_name")
    return dict(people.values_list("user_id", "user__full_name"))


def _working_in(units: Iterable[Unit | int], on: date) -> QuerySet[Assignment]:
    held = Assignment.objects.on(on).filter(
        unit__in=units, role__in=(COLLABORATOR, "commune_worker")
    )
    return held.filter(user__is_active=True, user__is_system=False)


def _only_collaborators(units: set[int]) -> dict[int, int]:
    ordered = _working_in(units, today()).filter(role=COLLABORATOR).order_by("unit_id")
    found: dict[int, list[int]] = defaultdict(list)
    for unit, person in ordered.values_list("unit_id", "user_id"):
        found[unit].append(person)
    return {unit: people[0] for unit, people in found.items() if len(people) == 1}


def _whose_before(planned: Round, units: set[int]) -> dict[Place, int]:
    """Who had each hamlet in the last round that ended, if still working there."""
    lists = WorkList.objects.filter(unit__in=units, round__state=State.CLOSED)
    there = set(_working_in(units, today()).values_list("unit_id", "user_id"))
    rows = lists.order_by("round__closed_on").values_list(
        "unit_id", "folded_hamlet", "collaborator_id"
    )
    last = {(unit, hamlet): person for unit, hamlet, person in rows}
    return {place: who for place, who in last.items() if who and (place[0], who) in there}
