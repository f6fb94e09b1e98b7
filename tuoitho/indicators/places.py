"""Which units a figure covers in a year, how they are named, and how the map has changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Value
from django.utils.translation import gettext as _

from tuoitho.lib.lookups import keys
from tuoitho.lib.periods import Period
from tuoitho.units.models import ChangeKind, Level, Unit, UnitChange

T = TypeVar("T")


def unit_for(code: str, year: int) -> Unit:
    """The unit that carried ``code`` on the last day of ``year``: "020" is huyện Thanh Trì in 2024
    and the programme area that continues it in 2026. Raises ValidationError."""
    try:
        return Unit.objects.found(code, Period.year(year).last_day)
    except (Unit.DoesNotExist, ValueError) as error:
        raise ValidationError(
            _("Ngày 31/12/%(year)s không có đơn vị nào mang mã %(code)s.")
            % {"year": year, "code": code}
        ) from error


@dataclass(frozen=True)
class Ask:
    """What is asked: a unit and a calendar year. Made for one computation: what it has read of the
    units is kept as long as it lives."""

    unit: Unit
    year: int
    _answers: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, question: str, answer: Callable[[], T]) -> T:
        """What several figures of one computation rest on, found once."""
        if question not in self._answers:
            self._answers[question] = answer()
        found: T = self._answers[question]
        return found

    def in_year(self, year: int) -> "Ask":
        """The same unit asked about another year; its units are not read again."""
        other = Ask(self.unit, year)
        other.__dict__["units"] = self.units
        return other

    @property
    def period(self) -> Period:
        return Period.year(self.year)

    @property
    def root(self) -> Unit:
        """The unit whose closure is counted: a district together with the area that continues it,
        so that a row entered under today's commune for an earlier year is not lost."""
        if self.unit.level == Level.DISTRICT and self.unit.area is not None:
            return self.unit.area
        return self.unit

    @cached_property
    def units(self) -> Mapping[int, Unit]:
        """Every unit counted, whenever it existed, by primary key."""
        rows = Unit.objects.within(self.root).order_by("code", "pk")
        return {unit.pk: unit for unit in rows}

    @cached_property
    def places(self) -> Value:
        """The keys of these units, for ``among``: one value in each of forty questions."""
        return keys(self.units)

    @property
    def is_commune(self) -> bool:
        return self.unit.level == Level.COMMUNE


def existing_in(units: Iterable[Unit], period: Period) -> list[Unit]:
    """Those that existed on at least one day of the period."""
    return [
        unit for unit in units
        if (unit.valid.lower is None or unit.valid.lower < period.end)
        and (unit.valid.upper is None or unit.valid.upper > period.start)
    ]  # fmt: skip


def existing_on(units: Iterable[Unit], day: date) -> list[Unit]:
    return [unit for unit in units if day in unit.valid]


def label(unit: Unit, year: int) -> str:
    """The name, with its last year where two units of one table may carry the same name."""
    last = unit.valid.upper
    if last is None or last > Period.year(year).last_day:
        return unit.name
    return _("%(name)s (đến %(day)s)") % {
        "name": unit.name, "day": f"{date.fromordinal(last.toordinal() - 1):%d/%m/%Y}",
    }  # fmt: skip


@dataclass(frozen=True)
class Move:
    """Where the people of an old commune are on today's map: all in ``to``, or divided among
    ``parts`` (``split``)."""

    to: int | None
    parts: frozenset[int] = frozenset()

    @property
    def split(self) -> bool:
        return self.to is None


def moves(units: Iterable[Unit]) -> Mapping[int, Move]:
    """Of the communes that have ended: where all their people went, if that is one unit.

    A change of kind "whole" or "people" took everybody; "area" took nobody. What was divided among
    several ("part") cannot be divided by its counts and is left where it was, flagged. One change
    of kind "part" without another that took people took them all.
    """
    ended = [unit.pk for unit in units if unit.ended]
    taking: dict[int, list[UnitChange]] = {}
    for change in UnitChange.objects.filter(old__in=ended).exclude(kind=ChangeKind.AREA):
        taking.setdefault(change.old_id, []).append(change)
    return {old: _move(changes) for old, changes in taking.items()}


def _move(changes: list[UnitChange]) -> Move:
    whole = [c for c in changes if c.kind in (ChangeKind.WHOLE, ChangeKind.PEOPLE)]
    sure = whole or (changes if len(changes) == 1 else [])
    return Move(sure[0].new_id) if sure else Move(None, frozenset(c.new_id for c in changes))
