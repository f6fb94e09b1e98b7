"""The rows of a figure by commune: as the communes were in the year, or on today's map."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from tuoitho.indicators.counting import Figures
from tuoitho.indicators.grounds import Grounds
from tuoitho.indicators.places import Ask, Move, existing_in, existing_on, label, moves
from tuoitho.indicators.results import UnitRow, percent
from tuoitho.indicators.states import Map
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Level, Unit


def rows_by_commune(
    figures: Figures, ask: Ask, grounds: Grounds, on_map: str, limit: Decimal | None, *, rate: bool
) -> tuple[UnitRow, ...]:  # fmt: skip
    """A row for every commune that existed in the year, and for every unit that has a figure.

    The numerators add up to the total without sealed cases. With ``rate`` (target 1.1) no row says
    a percentage: the register gives none.
    """
    numerator, denominator = figures.numerator.by_unit, figures.denominator.by_unit
    if on_map == Map.TODAY:
        moved = _moves(grounds)
        return _rows(
            ask, grounds, _moved(numerator, moved), _moved_known(denominator, moved, ask, grounds),
            limit, rate=rate, split=frozenset(u for u, move in moved.items() if move.split),
            present=existing_on(grounds.communes.values(), today()),
        )  # fmt: skip
    present = existing_in(grounds.communes.values(), ask.period)
    return _rows(ask, grounds, numerator, denominator, limit, rate=rate, present=present)


def _moves(grounds: Grounds) -> Mapping[int, Move]:
    if "moves" not in grounds.memory:
        grounds.memory["moves"] = moves(grounds.communes.values())
    return grounds.memory["moves"]


def _moved(counts: Mapping[int, int], moved: Mapping[int, Move]) -> dict[int, int]:
    """Counts where their people are today; what was divided stays where it was."""
    sums: dict[int, int] = defaultdict(int)
    for unit, count in counts.items():
        to = moved[unit].to if unit in moved else None
        sums[to or unit] += count
    return dict(sums)


def _moved_known(
    counts: Mapping[int, int], moved: Mapping[int, Move], ask: Ask, grounds: Grounds
) -> dict[int, int]:
    """As ``_moved``, but a commune of today is known only if everything it was made of is."""
    sums = _moved(counts, moved)
    then = {unit.pk for unit in existing_in(grounds.communes.values(), ask.period)}
    for old, move in moved.items():
        if move.to is not None and old in then and old not in counts:
            sums.pop(move.to, None)
    return sums


def _rows(
    ask: Ask, grounds: Grounds, numerator: Mapping[int, int], denominator: Mapping[int, int],
    limit: Decimal | None, *, rate: bool, present: list[Unit],
    split: frozenset[int] = frozenset(),
) -> tuple[UnitRow, ...]:  # fmt: skip
    if ask.unit.level == Level.COUNTRY:
        present = []
    wanted = {unit.pk for unit in present} | {u for u, n in numerator.items() if n}
    if not ask.is_commune:
        wanted |= {u for u in denominator if u in grounds.communes}
    units = sorted(
        (grounds.unit(pk) for pk in wanted), key=lambda u: (u.level == Level.COMMUNE, u.code, u.pk)
    )
    return tuple(
        _row(ask, unit, numerator.get(unit.pk, 0), denominator.get(unit.pk), limit, rate=rate,
             split=unit.pk in split)
        for unit in units
    )  # fmt: skip


def _row(
    ask: Ask, unit: Unit, numerator: int, denominator: int | None, limit: Decimal | None, *,
    rate: bool, split: bool,
) -> UnitRow:  # fmt: skip
    notes = []
    if unit.level != Level.COMMUNE:
        notes.append(_("Do cấp trên xã thực hiện, không chia theo xã."))
    if split:
        notes.append(_("Dân số đã chia cho nhiều xã, phường; không chia được số liệu."))
    if denominator is not None and numerator > denominator and not rate:
        notes.append(_("Tử số lớn hơn mẫu số: kiểm tra số liệu nền."))
    shared = denominator and not rate
    return UnitRow(
        unit.pk, unit.code, label(unit, ask.year), numerator, denominator,
        percent(numerator, denominator or 1, limit) if shared else None, " ".join(notes),
    )  # fmt: skip
