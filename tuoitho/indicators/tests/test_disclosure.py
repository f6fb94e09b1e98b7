"""What an outsider may not see, and may not find again by subtracting."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.indicators.disclosure import is_small, protect, suppress
from tuoitho.indicators.results import TargetResult, UnitRow, percent

cells = st.lists(st.integers(0, 60), max_size=12)
minimums = st.integers(1, 9)


@given(cells, minimums)
def test_no_small_cell_is_shown(counts, minimum):
    shown = suppress(counts, minimum)
    assert not any(is_small(cell or 0, minimum) for cell in (*shown.cells, shown.total))


@given(cells, minimums)
def test_what_is_shown_is_true_and_zeros_are_shown(counts, minimum):
    shown = suppress(counts, minimum)
    assert all(seen is None or seen == true for seen, true in zip(shown.cells, counts, strict=True))
    assert all(seen == 0 for seen, true in zip(shown.cells, counts, strict=True) if true == 0)


@given(cells, minimums)
def test_no_hidden_cell_follows_from_the_total(counts, minimum):
    """Each hidden cell could be at least two different numbers."""
    shown = suppress(counts, minimum)
    hidden = shown.cells.count(None)
    if hidden and shown.total is not None:
        together = shown.total - sum(cell or 0 for cell in shown.cells)
        assert hidden > 1
        assert together > hidden  # each is at least one: one of them may be 1 or 2
        assert together >= minimum


@given(st.lists(st.integers(5, 60)))
def test_large_cells_stay(counts):
    assert suppress(counts).cells == tuple(counts)


def test_negative_counts_are_an_error():
    with pytest.raises(ValueError, match="negative"):
        suppress([-1])


def result(code, pairs, within="", **facts):
    rows = tuple(
        UnitRow(n, f"{n:05}", f"Xã {n}", a, b, percent(a, b) if b else None)
        for n, (a, b) in enumerate(pairs, start=1)
    )
    up, down = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    return TargetResult(
        code, code[:3], "", "ldtbxh", "020", up, down, percent(up, down) if down else None,
        Decimal(90), "at_least", False, "", rows, within=within, **facts,
    )  # fmt: skip


def test_nine_of_ten_tells_of_one():
    (shown,) = protect([result("1.2", [(9, 10), (50, 80), (30, 60)])])
    assert [row.numerator for row in shown.by_unit] == [None, 50, None]
    assert [row.denominator for row in shown.by_unit] == [None, 80, None]
    assert shown.numerator == 89


def test_sealed_cases_are_not_found_by_subtracting():
    open_rows = result("1.2", [(50, 80), (30, 60)])
    (shown,) = protect([replace(open_rows, numerator=81, denominator=142)])
    assert sum(row.numerator is None for row in shown.by_unit) == 1


def test_the_size_of_a_population_is_public():
    (shown,) = protect([result("2.1.parents", [(3, 100), (60, 100), (80, 100)])])
    assert [row.numerator for row in shown.by_unit] == [None, None, 80]
    assert [row.denominator for row in shown.by_unit] == [100, 100, 100]


def test_sister_breakdowns_hide_the_same_places():
    whole = result("2.3", [(33, 90), (60, 90), (45, 90)])
    firms = result("2.3.enterprise", [(3, 30), (10, 30), (15, 30)], within="2.3")
    homes = result("2.3.household", [(30, 60), (50, 60), (30, 60)], within="2.3")
    shown = protect([whole, firms, homes])
    hidden = [[row.numerator is None for row in found.by_unit] for found in shown]
    assert hidden == [[False] * 3, [True, True, False], [True, True, False]]


def test_the_few_children_found_are_not_told():
    found = replace(
        result("1.1", []), register_count=3, register_share=Decimal("0.01"), numerator=None,
        register_name="phát hiện / dân số 5–17", note="3 trẻ", denominator=30_000,
    )  # fmt: skip
    (shown,) = protect([found])
    assert (shown.register_count, shown.register_share, shown.note) == (None, None, "")
    assert shown.denominator == 30_000
