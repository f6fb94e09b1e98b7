"""The rows of a figure by commune: as the communes were in the year, or on today's map."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tuoitho.indicators.counting import Figures
from tuoitho.indicators.grounds import Grounds
from tuoitho.indicators.places import Ask, Move, existing_in, existing_on, label, moves
from tuoitho.indicators.results import UnitRow, percent
from tuoitho.indicators.states import Map
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Level, Unit


@dataclass(frozen=True)
class _Table:
    """What all rows of one figure share. ``rate``: target 1.1, whose register gives no rate.

    ``split``: ended communes whose people went to several; ``partial``: communes that got some of
    them and whose row is therefore not whole.
    """

    ask: Ask
    grounds: Grounds
    limit: Decimal | None
    rate: bool
    from_rows: bool
    present: list[Unit]
    split: frozenset[int] = frozenset()
    partial: frozenset[int] = frozenset()


def rows_by_commune(
    figures: Figures, ask: Ask, grounds: Grounds, on_map: str, limit: Decimal | None, *, rate: bool
) -> tuple[UnitRow, ...]:  # fmt: skip
    """A row for every commune that existed in the year, and for every unit that has a figure.

    The numerators add up to the total without sealed cases. With ``rate`` (target 1.1) no row says
    a percentage: the register gives none.
    """
    numerator, size = figures.numerator.by_unit, figures.denominator
    then = existing_in(grounds.communes.values(), ask.period)
    if on_map != Map.TODAY:
        table = _Table(ask, grounds, limit, rate, size.from_rows, then)
        return _rows(table, numerator, size.by_unit)
    moved = _moves(grounds)
    were = {unit.pk: moved[unit.pk] for unit in then if unit.pk in moved}
    parts: frozenset[int] = frozenset().union(*(move.parts for move in were.values()))
    table = _Table(
        ask, grounds, limit, rate, size.from_rows,
        existing_on(grounds.communes.values(), today()),
        frozenset(unit for unit, move in moved.items() if move.split), parts,
    )  # fmt: skip
    known = _moved(size.by_unit, moved)
    if not size.from_rows:
        # A commune of today is known only if everything it was made of is.
        for old, move in were.items():
            if move.to is not None and old not in size.by_unit:
                known.pop(move.to, None)
    return _rows(table, _moved(numerator, moved), known)


def _moves(grounds: Grounds) -> Mapping[int, Move]:
    """Asked once for all figures of one computation."""
    known: Mapping[int, Move] | None = grounds.memory.get("moves")
    if known is None:
        known = grounds.memory["moves"] = moves(grounds.communes.values())
    return known


def _moved(counts: Mapping[int, int], moved: Mapping[int, Move]) -> dict[int, int]:
    """Counts where their people are today; what was divided stays where it was."""
    sums: dict[int, int] = defaultdict(int)
    for unit, count in counts.items():
        to = moved[unit].to if unit in moved else None
        sums[to or unit] += count
    return dict(sums)


def _rows(
    table: _Table, numerator: Mapping[int, int], denominator: Mapping[int, int]
) -> tuple[UnitRow, ...]:
    communes, country = table.grounds.communes, table.ask.unit.level == Level.COUNTRY
    # The whole country has too many communes to list those without a figure.
    wanted = set() if country else {unit.pk for unit in table.present}
    wanted |= {unit for unit, n in numerator.items() if n}
    if not table.ask.is_commune:
        wanted |= {unit for unit in denominator if unit in communes}
    units = sorted(
        (table.grounds.unit(pk) for pk in wanted),
        key=lambda unit: (unit.level == Level.COMMUNE, unit.code, unit.pk),
    )
    unknown = 0 if table.from_rows else None
    return tuple(
        _row(table, unit, numerator.get(unit.pk, 0), denominator.get(unit.pk, unknown))
        for unit in units
    )


def _row(table: _Table, unit: Unit, numerator: int, denominator: int | None) -> UnitRow:
    notes = []
    if unit.level != Level.COMMUNE:
        notes.append(_("Do cấp trên xã thực hiện, không chia theo xã."))
    if unit.pk in table.split:
        notes.append(_("Dân số đã chia cho nhiều xã, phường; không chia được số liệu."))
    if unit.pk in table.partial:
        notes.append(_("Chưa gồm phần dân số đến từ các xã đã chia."))
    if denominator is not None and numerator > denominator and not table.rate:
        notes.append(_("Tử số lớn hơn mẫu số: kiểm tra số liệu nền."))
    value = percent(numerator, denominator, table.limit) if denominator else None
    return UnitRow(
        unit.pk, unit.code, label(unit, table.ask.year), numerator, denominator,
        None if table.rate else value, " ".join(notes),
    )  # fmt: skip
