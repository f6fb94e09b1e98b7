from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tuoitho.lib.workdays import add_working_days, is_working_day

DAYS = st.dates(date(2021, 1, 1), date(2030, 12, 31))


def test_tet_and_the_week_end_do_not_count():
    # Tết Bính Ngọ: 17/02/2026. Five working days from Thursday 12/02 end after the holiday.
    assert add_working_days(date(2026, 2, 12), 5, {}) > date(2026, 2, 22)


def test_a_swapped_saturday_counts():
    friday = date(2026, 11, 20)
    assert add_working_days(friday, 1, {}) == date(2026, 11, 23)
    assert add_working_days(friday, 1, {date(2026, 11, 21): True}) == date(2026, 11, 21)


@given(DAYS, st.integers(1, 30))
def test_the_limit_ends_on_a_working_day_with_exactly_that_many_between(start, count):
    end = add_working_days(start, count, {})
    span = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert is_working_day(end, {})
    assert sum(is_working_day(day, {}) for day in span) == count


@given(DAYS, st.integers(1, 30))
def test_one_more_day_off_never_shortens_the_limit(start, count):
    end = add_working_days(start, count, {})
    assert add_working_days(start, count, {end: False}) > end
