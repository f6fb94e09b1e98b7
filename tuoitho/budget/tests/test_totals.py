"""Sums by source are the sums of the rows."""

from hypothesis import given
from hypothesis import strategies as st

from tuoitho.budget.models import Line, Source, SourceTotal, Totals
from tuoitho.budget.tests.make import make_expenditure, make_line


def test_totals_of_a_small_year(here, there):
    make_expenditure(make_line(here, state="approved", approved=8_000_000), 3_000_000)
    make_line(there, source="mobilised", estimate=2_000_000)
    make_line(here, year=2025, estimate=7)
    totals = Line.objects.of_year(2026).totals()
    assert (totals.estimate, totals.approved, totals.spent) == (12_000_000, 8_000_000, 3_000_000)
    state, mobilised, other = totals.by_source
    assert (state.estimate, state.spent) == (10_000_000, 3_000_000)
    assert (mobilised.source, mobilised.estimate, mobilised.approved) == ("mobilised", 2_000_000, 0)
    assert (other.estimate, totals.spent_share) == (0, 0.375)


def test_nothing_has_totals_too(db):
    totals = Line.objects.none().totals()
    assert (totals.estimate, totals.spent_share, totals.approved_share) == (0, None, None)


amounts = st.integers(min_value=0, max_value=10**13)


@given(st.lists(st.tuples(amounts, amounts, amounts), min_size=3, max_size=3))
def test_the_whole_is_the_sum_of_its_sources(rows):
    totals = Totals(tuple(SourceTotal(s, *row) for s, row in zip(Source, rows, strict=True)))
    assert totals.estimate == sum(row[0] for row in rows)
    assert totals.spent == sum(row[2] for row in rows)
    if totals.approved:
        assert abs(totals.spent_share * totals.approved - totals.spent) <= max(
            1, totals.spent / 1e9
        )
