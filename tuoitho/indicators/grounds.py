"""Denominators that no register knows: baselines of a year, added up by the rule of the room.

The size of a group in a district is the sum of its communes' figures when **all** of them have one;
else the district's own figure; else it is not known, and the note names what is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tuoitho.indicators.models import Baseline
from tuoitho.indicators.places import Ask, existing_on
from tuoitho.indicators.states import OF_THE_WHOLE, Group
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Level, Unit

if TYPE_CHECKING:
    from tuoitho.indicators.counting import Counts

NAMED = 5  # so many missing communes are named, the rest counted


@dataclass(frozen=True)
class Size:
    """A denominator: of the whole (None: not known), by unit, and what has to be said.

    ``from_rows``: counted from records, so that a unit without a figure has none of them (0).
    """

    total: int | None
    by_unit: Mapping[int, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    from_rows: bool = False

    def of(self, unit_id: int) -> int | None:
        """The denominator of one unit; None when it is not known."""
        return self.by_unit.get(unit_id, 0 if self.from_rows else None)

    @classmethod
    def counted(cls, counts: "Counts", ask: Ask) -> "Size":
        """From rows: always known."""
        return cls(counts.total(ask), counts.by_unit, from_rows=True)


@dataclass(frozen=True)
class Grounds:
    """The baselines of one ask: units below it by primary key, figures by unit and group."""

    ask: Ask
    units: Mapping[int, Unit]
    figures: Mapping[tuple[int, str], int]
    memory: dict[str, Any] = field(default_factory=dict, compare=False)

    def unit(self, pk: int) -> Unit:
        """A unit of a row; one outside the closure (people moved out of the area) is looked up."""
        if pk in self.units:
            return self.units[pk]
        if str(pk) not in self.memory:
            self.memory[str(pk)] = Unit.objects.get(pk=pk)
        return self.memory[str(pk)]  # type: ignore[no-any-return]

    def known(self, unit_id: int, groups: tuple[str, ...]) -> int | None:
        """The figure of one unit, of all groups together; None when one is missing."""
        found = [self.figures.get((unit_id, group)) for group in groups]
        if not groups or any(count is None for count in found):
            return None
        return sum(count or 0 for count in found)

    def size(self, groups: tuple[str, ...]) -> Size:
        """How many there are in these groups together."""
        parts = [self._size(group) for group in groups]
        notes = tuple(note for part in parts for note in part.notes)
        units = {unit for part in parts for unit in part.by_unit}
        by_unit = {u: n for u in sorted(units) if (n := self.known(u, groups)) is not None}
        if any(part.total is None for part in parts):
            return Size(None, by_unit, notes)
        return Size(sum(part.total or 0 for part in parts), by_unit, notes)

    def _size(self, group: str) -> Size:
        by_unit = {u: n for (u, g), n in self.figures.items() if g == group and u in self.communes}
        own = next((n for u in self.selves if (n := self.figures.get((u, group))) is not None),
                   None)  # fmt: skip
        if self.ask.is_commune:
            return Size(own, by_unit, () if own is not None else (self._missing(group, []),))
        if group not in OF_THE_WHOLE:
            for day in (self.ask.period.last_day, self.ask.period.start, today()):
                there = existing_on(self.communes.values(), day)
                if there and all(unit.pk in by_unit for unit in there):
                    return Size(sum(by_unit[unit.pk] for unit in there), by_unit)
        if own is not None:
            return Size(own, by_unit)
        there = existing_on(self.communes.values(), self.ask.period.last_day)
        lacking = [unit.name for unit in there if unit.pk not in by_unit]
        return Size(None, by_unit, (self._missing(group, lacking),))

    @cached_property
    def communes(self) -> dict[int, Unit]:
        return {pk: unit for pk, unit in self.units.items() if unit.level == Level.COMMUNE}

    @cached_property
    def selves(self) -> list[int]:
        """The unit itself, then the one it continues or is continued by."""
        others = [pk for pk, unit in self.units.items()
                  if unit.code == self.ask.unit.code and unit.level != Level.COMMUNE]  # fmt: skip
        return [self.ask.unit.pk, *(pk for pk in others if pk != self.ask.unit.pk)]

    def _missing(self, group: str, lacking: list[str]) -> str:
        if self.ask.is_commune and group in OF_THE_WHOLE:
            return _("Chỉ tính cho cả địa bàn, không chia theo xã.")
        said = _("Thiếu số liệu nền “%(group)s” (%(code)s) năm %(year)s của %(unit)s.") % {
            "group": Group(group).label, "code": group, "year": self.ask.year,
            "unit": self.ask.unit.name,
        }  # fmt: skip
        if group in OF_THE_WHOLE or not lacking:
            return said
        names = ", ".join(lacking[:NAMED])
        more = len(lacking) - NAMED
        if more > 0:
            names = _("%(names)s và %(n)s đơn vị khác") % {"names": names, "n": more}
        return said + " " + _("Xã chưa có: %(names)s.") % {"names": names}

    def at_least(
        self, counted: Mapping[int, int], groups: tuple[str, ...]
    ) -> tuple[Size, tuple[str, ...]]:
        """What a register counts by unit, or in each unit the office's own figure if it is more."""
        notes = [_("Mẫu số: cơ sở trong sổ đăng ký có hoạt động trong năm.")]
        by_unit, raised = dict(counted), False
        for unit in self.communes:
            figure = self.known(unit, groups)
            if figure is not None and figure > by_unit.get(unit, 0):
                by_unit[unit], raised = figure, True
        total = sum(by_unit.values())
        own = None if self.ask.is_commune else next(
            (n for u in self.selves if (n := self.known(u, groups)) is not None), None
        )  # fmt: skip
        if own is not None and own > total:
            total, raised = own, True
        if raised:
            notes.append(_("Nơi cơ quan chuyên môn có số lớn hơn sổ thì lấy số đó."))
        if not total:
            return Size(None, by_unit, from_rows=True), (_unregistered(groups),)
        return Size(total, by_unit, from_rows=True), tuple(notes)


def grounds_for(asks: Sequence[Ask]) -> list[Grounds]:
    """The units and baselines of one unit asked about some years: two queries."""
    figures: dict[int, dict[tuple[int, str], int]] = {ask.year: {} for ask in asks}
    rows = Baseline.objects.within(asks[0].places).of_years(list(figures))
    for year, unit, group, count in rows.values_list("year", "unit_id", "group", "count"):
        figures[year][unit, group] = count
    return [Grounds(ask, ask.units, figures[ask.year]) for ask in asks]


def _unregistered(groups: tuple[str, ...]) -> str:
    """Which figure would answer where the register holds no workplace."""
    if not groups:
        return _(
            "Sổ đăng ký không có cơ sở nào thuộc loại này; số liệu nền không chia riêng loại này."
        )
    named = ", ".join(f"“{Group(group).label}” ({group})" for group in groups)
    return _("Sổ đăng ký không có cơ sở nào và thiếu số liệu nền %(groups)s.") % {"groups": named}
