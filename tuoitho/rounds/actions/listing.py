"""The lists of a round are made from the register as of the day it began."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from tuoitho.access.models import Assignment
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.insert import insert_many
from tuoitho.lib.text import fold
from tuoitho.people.models import Child, Household
from tuoitho.rounds.actions.moving import locked, require_running
from tuoitho.rounds.factors import factors_of
from tuoitho.rounds.groups import children_of
from tuoitho.rounds.models import ListedChild, Round, WorkList
from tuoitho.rounds.states import State
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
def list_children(planned: Round, communes: Iterable[int], *, by: Actor) -> int:
    """Put every child to be visited in these communes (by key) on the list of its hamlet, house by
    house. Returns how many.

    Communes whose lists were made before are passed over: a job that is taken up again makes none
    twice. Raises ValidationError (the round has ended), PermissionDenied.
    """
    planned = locked(planned)
    by.require("rounds.manage", planned)
    require_running(planned)
    waiting = set(communes) & set(planned.unlisted)
    children = _by_place(planned, list(Unit.objects.filter(pk__in=waiting)))
    here = planned.lists.filter(unit__in=waiting)
    present = set(here.values_list("unit_id", "folded_hamlet"))
    _add_lists(planned, {p: rows[0][1] for p, rows in children.items() if p not in present})
    lists = {(row.unit_id, row.folded_hamlet): row for row in here.all()}
    rows = [row for place, found in children.items() for row in _rows(lists[place], found)]
    _add_factors(rows, planned)
    insert_many(rows)
    planned.unlisted = [pk for pk in planned.unlisted if pk not in waiting]
    planned.save(update_fields=["unlisted"])
    if not planned.unlisted:
        planned.lists.filter(listed=None).delete()
    return len(rows)


def _by_place(planned: Round, communes: Sequence[Unit]) -> dict[Place, list[tuple[Child, str]]]:
    """Children by commune and hamlet, each with the hamlet's name, in the order of houses."""
    assert planned.started_on is not None  # by a constraint: it is running
    listed = ListedChild.objects.filter(round=planned, child=OuterRef("pk"))
    children: QuerySet[Any] = children_of(planned, communes, planned.started_on)
    # One who was added by hand while the lists were being made is on a list already.
    children = children.exclude(Exists(listed)).select_related("household")
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


def _add_factors(rows: list[ListedChild], planned: Round) -> None:
    """What held of each child on the day the round began."""
    assert planned.started_on is not None
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        found = factors_of([row.child_id for row in part], planned.started_on)
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
