"""Small cells hidden from outsiders: the only place where a figure is withheld. Pure.

A count from 1 to ``minimum - 1`` is hidden. So that nobody can find it again from the total, more
cells are hidden until at least two are and together they are at least ``minimum``; where that is
impossible the total is hidden as well. A zero says nothing about anybody and is shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tuoitho.indicators.results import TargetResult, UnitRow

MINIMUM = 5
TOTAL = 0  # stands for the total among primary keys of units, which begin at 1
REST = -1  # stands for what the total has beyond its rows (sealed cases)

# Both sides of these are children in files; elsewhere the denominator is a public number.
COUNTED_FROM_FILES = frozenset({"1.1.hazardous", "1.2", "1.2.relapse", "1.3"})


@dataclass(frozen=True)
class Hidden:
    """Cells and their total as they may be shown; None is a hidden one."""

    cells: tuple[int | None, ...]
    total: int | None


def is_small(count: int, minimum: int = MINIMUM) -> bool:
    """Whether so few that somebody might be recognised."""
    return 0 < count < minimum


def suppress(cells: Sequence[int], minimum: int = MINIMUM) -> Hidden:
    """Cells of one row or column, published together with their sum.

    Raises ValueError for a negative count or a minimum below 1.
    """
    hidden, hides_total = places_to_hide([cells], minimum)
    shown = tuple(None if place in hidden else cell for place, cell in enumerate(cells))
    return Hidden(shown, None if hides_total else sum(cells))


def places_to_hide(lines: Sequence[Sequence[int]], minimum: int) -> tuple[set[int], bool]:
    """Which places (the same in all lines) must be hidden, and whether the totals must be.

    Each line is published with its own sum; a place is hidden in all lines or in none.
    """
    if minimum < 1 or any(cell < 0 for line in lines for cell in line):
        raise ValueError("counts are not negative, the minimum is at least 1")
    hidden = {p for line in lines for p, cell in enumerate(line) if is_small(cell, minimum)}
    if not hidden:
        return hidden, any(is_small(sum(line), minimum) for line in lines)
    sizes = {p: sum(line[p] for line in lines) for p in range(len(lines[0]))}
    others = sorted((size, p) for p, size in sizes.items() if size and p not in hidden)
    while others and not _safe(lines, hidden, minimum):
        hidden.add(others.pop(0)[1])
    return hidden, not _safe(lines, hidden, minimum)


def _safe(lines: Sequence[Sequence[int]], hidden: set[int], minimum: int) -> bool:
    """Whether the totals minus what is shown tell nobody a hidden cell: several, not all ones."""
    sums = [sum(line[place] for place in hidden) for line in lines]
    return len(hidden) > 1 and all(not s or s >= max(minimum, len(hidden) + 1) for s in sums)


def protect(results: Sequence[TargetResult], minimum: int = MINIMUM) -> list[TargetResult]:
    """The figures as an outsider may see them.

    A share is hidden with its numerator; where both sides are children in files, also when those
    *not* in the numerator are few ("9 of 10 were helped in time" tells of one). What is hidden in
    one breakdown of a target is hidden in its sisters: they add up to the whole.
    """
    hidden = {result.code: _hidden(result, minimum) for result in results}
    families: dict[str, set[int]] = defaultdict(set)
    for result in results:
        if result.within:
            families[result.within] |= hidden[result.code]
    return [
        _without(result, hidden[result.code] | families[result.within])
        if result.within else _without(result, hidden[result.code])
        for result in results
    ]  # fmt: skip


def _hidden(result: TargetResult, minimum: int) -> set[int]:
    """Units (by primary key), ``TOTAL`` and ``REST``, whose figure must not be shown."""
    keys = [*(row.unit_id for row in result.by_unit), REST]
    numerators = _with_rest([row.numerator for row in result.by_unit], _counted(result))
    lines = [numerators]
    if result.code in COUNTED_FROM_FILES:
        whole = _with_rest([row.denominator for row in result.by_unit], result.denominator)
        lines.append([d - n for d, n in zip(whole, numerators, strict=True)])
    places, hides_total = places_to_hide(lines, minimum)
    return {keys[place] for place in places} | ({TOTAL} if hides_total else set())


def _counted(result: TargetResult) -> int | None:
    """The count of the whole that stands over the rows."""
    return result.register_count if result.register_name else result.numerator


def _with_rest(cells: Iterable[int | None], total: int | None) -> list[int]:
    found = [cell or 0 for cell in cells]
    return [*found, max(0, (total or 0) - sum(found))]


def _without(result: TargetResult, hidden: set[int]) -> TargetResult:
    files = result.code in COUNTED_FROM_FILES
    rows = tuple(
        _bare(row, files=files) if row.unit_id in hidden else row for row in result.by_unit
    )
    found = replace(result, by_unit=rows)
    if TOTAL not in hidden:
        return found
    if result.register_name:
        return replace(found, register_count=None, register_share=None, note="")
    return replace(
        found, numerator=None, value=None, met=None, concluded=False, note="",
        denominator=None if files else result.denominator,
    )  # fmt: skip


def _bare(row: UnitRow, *, files: bool) -> UnitRow:
    denominator = None if files else row.denominator
    return replace(row, numerator=None, value=None, denominator=denominator, note="")
