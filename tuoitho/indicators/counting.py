"""How rows become counts by unit: the few ways every figure of the plan is counted.

Each way is a frozen dataclass, so that a definition can be printed, compared and hashed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from psycopg.pq import TransactionStatus

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.activities.models import EstablishmentReach, Reach
from tuoitho.cases.models import Case
from tuoitho.establishments.models import Establishment
from tuoitho.indicators.disclosure import is_small
from tuoitho.indicators.grounds import Grounds, Size
from tuoitho.indicators.places import Ask


@contextmanager
def counting() -> Iterator[None]:
    """Within the block the database shows every row that counts, sealed cases included.

    Only numbers may leave it: lists are read by the person who looks, through ``visible_to``.
    """
    with acting_as(system_actor()):
        _tell("on")
        try:
            yield
        finally:
            broken = TransactionStatus.INERROR
            if connection.connection.info.transaction_status != broken:
                _tell("")


def _tell(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tuoitho.counting', %s, true)", [word])


@dataclass(frozen=True)
class Counts:
    """How many in each unit (by primary key). ``sealed`` ones belong to no row by commune."""

    by_unit: Mapping[int, int] = field(default_factory=dict)
    sealed: int = 0

    def total(self, ask: Ask) -> int:
        """Of the whole; the figure of a single commune leaves sealed cases out."""
        return sum(self.by_unit.values()) + (0 if ask.is_commune else self.sealed)


@dataclass(frozen=True)
class Figures:
    """What a measure found: the two sides of a share, and what has to be said about them."""

    numerator: Counts
    denominator: Size
    notes: tuple[str, ...] = ()


Rows = Callable[[Ask], QuerySet[Any]]


@dataclass(frozen=True)
class CaseShare:
    """Of the children of some cases, those of whom something is true.

    A child counts once, in the commune where its first case of the year happened; with several
    cases it is in the numerator when the answer holds for ``every`` one of them (or for any).
    ``beside`` says what is in neither side.
    """

    of: Rows
    those: Rows
    every: bool
    beside: Callable[[Ask], str] | None = None

    def count(self, ask: Ask, grounds: Grounds) -> Figures:
        answered = set(self.those(ask).values_list("pk", flat=True))
        found: dict[int, tuple[int, bool, list[bool]]] = {}
        rows = self.of(ask).order_by("notified_on", "pk")
        for pk, child, unit, sealed in rows.values_list(
            "pk", "child_id", "opened_unit_id", "sealed"
        ):
            first, was_sealed, answers = found.get(child, (unit, False, []))
            found[child] = (first, was_sealed or sealed, [*answers, pk in answered])
        judge = all if self.every else any
        good = [(unit, sealed) for unit, sealed, answers in found.values() if judge(answers)]
        whole = [(unit, sealed) for unit, sealed, _answers in found.values()]
        if not _enough_sealed(good, whole):
            good, whole = _only_open(good), _only_open(whole)
        said = (self.beside(ask),) if self.beside else ()
        return Figures(_counts(good), Size.counted(_counts(whole), ask), said)

    def listed(self, ask: Ask, user: Any) -> QuerySet[Case]:
        """The cases counted that this person may see."""
        return self.of(ask).visible_to(user)  # type: ignore[attr-defined,no-any-return]

    def in_numerator(self, ask: Ask) -> QuerySet[Case]:
        return self.those(ask)


def _enough_sealed(good: list[tuple[int, bool]], whole: list[tuple[int, bool]]) -> bool:
    """Whether so many children are in sealed files that the total minus its communes tells of
    nobody: neither those in the numerator nor the others may be few."""
    inside, all_of_them = (sum(sealed for _unit, sealed in rows) for rows in (good, whole))
    return not any(is_small(n) for n in (inside, all_of_them - inside))


def _only_open(rows: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
    return [(unit, sealed) for unit, sealed in rows if not sealed]


def _counts(found: list[tuple[int, bool]]) -> Counts:
    openly = Counter(unit for unit, sealed in found if not sealed)
    return Counts(openly, sum(sealed for _unit, sealed in found))


@dataclass(frozen=True)
class PeopleReached:
    """Distinct people informed, or taught in courses, in the year; of a group of known size."""

    audience: str
    groups: tuple[str, ...]
    part: str | None = None
    taught: bool = False

    def rows(self, ask: Ask) -> Any:
        reached = ask.once("reach", lambda: _reach(ask))
        if self.taught:
            return reached.trained(self.audience)
        return reached.informed(self.audience, self.part)

    def count(self, ask: Ask, grounds: Grounds) -> Figures:
        found = self.rows(ask).order_by().values_list("activity__unit_id")
        by_unit = {unit: people for unit, people in found.annotate(n=Sum("counted")) if people}
        return Figures(Counts(by_unit), grounds.size(self.groups))

    def listed(self, ask: Ask, user: Any) -> QuerySet[Reach]:
        """The rows of people reached, of activities this person may see."""
        return self.rows(ask).visible_to(user)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class EmployersReached:
    """Distinct workplaces whose employer was informed, or taught, of those at work in the year.

    The denominator is the register; where the office counts more (``group``), its number.
    """

    kinds: tuple[str, ...]
    groups: tuple[str, ...] = ()
    taught: bool = False

    def register(self, ask: Ask) -> Any:
        return ask.once("register", lambda: _register(ask)).of_kinds(*self.kinds)

    def reached(self, ask: Ask) -> Any:
        question = "employers_taught" if self.taught else "employers_informed"
        rows = ask.once(question, lambda: _employers(ask, taught=self.taught))
        return rows.of_kinds(*self.kinds)

    def count(self, ask: Ask, grounds: Grounds) -> Figures:
        reached = self.reached(ask).order_by().values_list("establishment__unit_id")
        numerator = reached.annotate(n=_distinct("establishment"))
        present = self.register(ask).order_by().values_list("unit_id").annotate(n=_distinct("pk"))
        size, notes = grounds.at_least(dict(present), self.groups)
        return Figures(Counts(dict(numerator)), size, notes)

    def listed(self, ask: Ask, user: Any) -> QuerySet[Establishment]:
        """The workplaces of the denominator that this person may see."""
        return self.register(ask).visible_to(user)  # type: ignore[no-any-return]

    def in_numerator(self, ask: Ask) -> QuerySet[Any]:
        return self.reached(ask)  # type: ignore[no-any-return]


# What the figures of one computation have in common, written once; each adds whom it is about.
def _reach(ask: Ask) -> Any:
    return Reach.objects.in_period(ask.period).filter(activity__unit__among=ask.places)


def _register(ask: Ask) -> Any:
    return Establishment.objects.existing_in(ask.period).filter(unit__among=ask.places)


def _employers(ask: Ask, *, taught: bool) -> Any:
    rows = EstablishmentReach.objects.filter(establishment__unit__among=ask.places)
    return rows.trained_in(ask.period) if taught else rows.informed_in(ask.period)


def _distinct(path: str) -> Any:
    from django.db.models import Count

    return Count(path, distinct=True)


def to_date_note(ask: Ask, today: Any) -> str:
    """What to say of a year that is not over, or has not begun; "" for a past year."""
    if ask.period.start > today:
        return _("Năm %(year)s chưa bắt đầu.") % {"year": ask.year}
    if ask.period.last_day >= today:
        return _("Tính đến ngày %(day)s; năm chưa kết thúc.") % {"day": f"{today:%d/%m/%Y}"}
    return ""
