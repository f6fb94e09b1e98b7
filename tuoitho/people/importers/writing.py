"""What becomes of rows of the sheet: foreseen, and written through the actions of this room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tuoitho.lib.actors import Actor
from tuoitho.people import actions
from tuoitho.people.importers.reading import SheetRow
from tuoitho.people.matching import Candidate, Person
from tuoitho.people.models import (
    Child,
    Circumstance,
    Enrolment,
    Guardian,
    Household,
)
from tuoitho.people.register import Register, as_if_read
from tuoitho.people.school_years import parse_school_year, school_year_of
from tuoitho.people.states import Relation, SchoolStatus


class Fate(StrEnum):
    """What became of a row that could be read."""

    CREATED = "created"
    COMPLETED = "completed"  # known before; poverty, schooling or a circumstance was added
    UNCHANGED = "unchanged"
    REVIEW = "review"


@dataclass(frozen=True)
class Outcome:
    """The fate of a row, its child, and for REVIEW the children it may be."""

    fate: Fate
    child: Child | None = None
    candidates: tuple[Candidate, ...] = ()


def person_of(row: SheetRow) -> Person:
    """The child of the row as it is compared with the register."""
    facts = row.facts
    names = tuple(facts[name] or "" for name in ("father", "mother", "head_name"))
    return Person(
        facts["full_name"], facts["birth_date"], facts["sex"] or "unknown", None,
        facts["hamlet"] or "", names, row.number,
    )  # fmt: skip


def foresee_rows(rows: Sequence[SheetRow], register: Register) -> list[Outcome]:
    """What writing each of these rows would do, without writing: CREATED, UNCHANGED (known) or
    REVIEW."""
    sought = [(person_of(row), row.key) for row in rows]
    register.look_at(sought)
    return [_foresee(person, key, register) for person, key in sought]


def _foresee(person: Person, key: tuple[Any, ...], register: Register) -> Outcome:
    known = register.known(person.national_id, key)
    if known is not None:
        return Outcome(Fate.UNCHANGED, known)
    near = register.candidates(person)
    return Outcome(Fate.REVIEW, None, tuple(near)) if near else Outcome(Fate.CREATED)


def write_rows(
    rows: Sequence[SheetRow], register: Register, *, by: Actor, on: date, anew: bool = False
) -> list[Outcome]:
    """Write these rows together, each unless it is known or resembles a child, also one of them.

    ``anew``: a person has looked at the resemblances, they are other children. Raises
    ValidationError when one is refused by what only the database sees: then none is written, nor
    remembered by ``register``; so call it within a savepoint, and anew with fewer rows.
    Raises PermissionDenied.
    """
    with register.undone_if_refused():
        sought = [(person_of(row), row.key) for row in rows]
        register.look_at(sought, dated=True)
        page = _Page(register, on, len(rows))
        outcomes = [
            page.take(row, _foresee(person, key, register), anew)
            for row, (person, key) in zip(rows, sought, strict=True)
        ]
        page.write(by)
    return outcomes


class _Page:
    """Drafts of some rows, gathered row by row, written together."""

    def __init__(self, register: Register, on: date, size: int) -> None:
        self.register, self.on = register, on
        self.child_keys = actions.reserve_keys(Child, size)
        self.household_keys = actions.reserve_keys(Household, size)
        self.households: list[Household] = []
        self.children: list[Child] = []
        self.guardians: list[Guardian] = []
        # As the rows so far leave them.
        self.poverty: dict[tuple[int, int], tuple[Household, int, str]] = {}
        self.circumstances: dict[tuple[int, str], Circumstance] = {}
        self.enrolments: dict[tuple[int, str], Enrolment] = {}

    def take(self, row: SheetRow, outcome: Outcome, anew: bool) -> Outcome:
        if outcome.fate == Fate.REVIEW and not anew:
            return outcome
        if outcome.child is None:
            return Outcome(Fate.CREATED, self._new(row.facts))
        changed = self._dated(outcome.child, row.facts)
        return Outcome(Fate.COMPLETED if changed else Fate.UNCHANGED, outcome.child)

    def write(self, by: Actor) -> None:
        """Raises ValidationError, PermissionDenied."""
        unit, on = self.register.unit, self.on
        actions.register_households(unit, self.households, by=by, on=on)
        actions.register_children(unit, self.children, carers=self.guardians, by=by, on=on)
        actions.add_guardians(self.guardians, by=by, on=on)
        actions.record_poverties([*self.poverty.values()], by=by, on=on)
        actions.record_circumstances([*self.circumstances.values()], by=by)
        actions.record_enrolments([*self.enrolments.values()], by=by, on=on)

    def _new(self, facts: dict[str, Any]) -> Child:
        child = actions.draft_child(
            self.register.unit, full_name=facts["full_name"], birth_date=facts["birth_date"],
            age_range=facts["age_range"], sex=facts["sex"] or "unknown",
            household=self._household(facts), hamlet=facts["hamlet"] or "",
            national_id=facts["national_id"] or "", note=facts["note"] or "", on=self.on,
        )  # fmt: skip
        child.pk = self.child_keys[len(self.children)]
        carers = self._carers(child, facts)
        as_if_read(child, guardians=carers, enrolments=[], circumstances=[])
        self.children.append(child)
        self.guardians += carers
        self._dated(child, facts)
        self.register.add(child)
        return child

    def _household(self, facts: dict[str, Any]) -> Household | None:
        head, hamlet = facts["head_name"], facts["hamlet"] or ""
        if not head:
            return None
        known = self.register.household(head, hamlet)
        if known is None:
            known = actions.draft_household(
                self.register.unit, head_name=head, hamlet=hamlet, address=facts["address"] or "",
                on=self.on,
            )  # fmt: skip
            known.pk = self.household_keys[len(self.households)]
            as_if_read(known, guardians=[], poverty_statuses=[])
            self.households.append(known)
            self.register.add_household(known)
        return known

    def _carers(self, child: Child, facts: dict[str, Any]) -> list[Guardian]:
        carers: list[Guardian] = []
        for name, relation in (("mother", Relation.MOTHER), ("father", Relation.FATHER)):
            if facts[name]:
                phone = "" if carers else facts["phone"] or ""
                carers.append(actions.draft_guardian(
                    child, relation=relation, full_name=facts[name], phone=phone
                ))  # fmt: skip
        return carers

    def _dated(self, child: Child, facts: dict[str, Any]) -> bool:
        """Poverty, circumstance and schooling where they are not yet so. Whether any is new."""
        found = [
            self._poverty(child.household, facts), self._circumstance(child, facts),
            self._schooling(child, facts),
        ]  # fmt: skip
        return any(found)

    def _poverty(self, household: Household | None, facts: dict[str, Any]) -> bool:
        status, year = facts["poverty"], facts["poverty_year"] or self.on.year
        if household is None or not status:
            return False
        key = (household.pk, year)
        now = self.poverty[key][2] if key in self.poverty else household.poverty(year)
        if now == status:
            return False
        self.poverty[key] = (household, year, status)
        return True

    def _circumstance(self, child: Child, facts: dict[str, Any]) -> bool:
        group, since = facts["group"], facts["since"] or self.on
        if not group or (child.pk, group) in self.circumstances:
            return False
        if any(row.group == group and row.lasts_on(since) for row in child.circumstances.all()):
            return False
        draft = actions.draft_circumstance(child, group, since=since)
        self.circumstances[child.pk, group] = draft
        return True

    def _schooling(self, child: Child, facts: dict[str, Any]) -> bool:
        status = facts["schooling"] or (SchoolStatus.ATTENDING.value if facts["grade"] else "")
        if not status:
            return False
        year = parse_school_year(facts["school_year"] or school_year_of(self.on))
        given = (status, facts["grade"], facts["school_name"] or "")
        key = (child.pk, year)
        row = self.enrolments.get(key) or next(
            (row for row in child.enrolments.all() if row.school_year == year), None
        )
        if row and (row.status, row.grade, row.school_name) == given:
            return False
        self.enrolments[key] = actions.draft_enrolment(
            child, school_year=year, status=status, grade=facts["grade"],
            school_name=given[2], on=self.on,
        )  # fmt: skip
        return True
