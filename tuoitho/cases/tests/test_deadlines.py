"""Limits in clock hours, working days and calendar days."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.cases.deadlines import (
    RULES,
    UnitOfTime,
    cessation_day,
    due_day,
    due_moment,
    next_visit_day,
    rule,
)
from tuoitho.lib.hanoi import HANOI
from tuoitho.lib.workdays import is_working_day

DAYS = st.dates(date(2018, 1, 1), date(2035, 12, 31))
SWAPS = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 3, 31)), st.booleans(), max_size=12)


def test_twelve_hours_run_through_night_and_tet():
    before_midnight = datetime(2026, 2, 16, 23, 30, tzinfo=HANOI)  # the eve of Tết
    assert due_moment("first_response", before_midnight) == datetime(
        2026, 2, 17, 11, 30, tzinfo=HANOI
    )


def test_five_working_days_skip_the_week_end():
    assert due_day("plan", date(2026, 3, 2), {}) == date(2026, 3, 9)


def test_five_working_days_skip_tet():
    # Tết 2026 falls on 17/02: offices rest from 16 to 20/02.
    assert due_day("plan", date(2026, 2, 13), {}) == date(2026, 2, 27)


def test_two_working_days_over_a_swapped_saturday():
    friday, saturday = date(2026, 3, 6), date(2026, 3, 7)
    assert due_day("approval", friday, {}) == date(2026, 3, 10)
    assert due_day("approval", friday, {saturday: True}) == date(2026, 3, 9)


def test_fifteen_days_of_separation_are_calendar_days_over_a_leap_day():
    assert due_day("separation", date(2028, 2, 20)) == date(2028, 3, 6)


@given(DAYS, SWAPS)
def test_a_limit_ends_on_a_working_day_with_five_of_them_after_the_start(start, swapped):
    end = due_day("plan", start, swapped)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, swapped) for day in between) == 5
    assert is_working_day(end, swapped)


@given(DAYS, st.integers(0, 40), SWAPS)
def test_who_starts_later_never_ends_earlier(start, later, swapped):
    assert due_day("plan", start, swapped) <= due_day(
        "plan", start + timedelta(days=later), swapped
    )


@given(st.datetimes(datetime(2018, 1, 1), datetime(2035, 1, 1)))
def test_hours_are_hours_at_any_hour(moment):
    start = moment.replace(tzinfo=HANOI)
    assert due_moment("first_response", start) - start == timedelta(hours=12)


def test_every_rule_names_its_article_and_a_day_before_the_decree_has_none():
    assert all(r.article and str(r.who) and str(r.starts) for r in RULES)
    with pytest.raises(LookupError):
        rule("plan", date(2017, 6, 30))


def test_units_are_not_mixed_up():
    with pytest.raises(ValueError, match="hours"):
        due_day("first_response", date(2026, 3, 2), {})
    with pytest.raises(ValueError, match="hours"):
        due_moment("plan", datetime(2026, 3, 2, tzinfo=HANOI))
    assert {r.unit for r in RULES} == set(UnitOfTime)


def test_the_schedule_of_visits():
    since = date(2026, 1, 1)
    assert next_visit_day(since, None) == date(2026, 1, 31)
    assert next_visit_day(since, date(2026, 1, 31)) == date(2026, 4, 1)
    assert next_visit_day(since, date(2026, 1, 26)) == date(2026, 4, 1)
    assert next_visit_day(since, date(2026, 6, 30)) == date(2026, 9, 28)


@given(DAYS, st.integers(0, 900))
def test_the_next_visit_is_always_ahead(since, passed):
    last = since + timedelta(days=passed)
    assert last < next_visit_day(since, last) <= last + timedelta(days=97)


@pytest.mark.parametrize(
    ("visits", "stopped"),
    [
        ([], None),
        ([(0, True)], None),
        ([(0, True), (89, True)], None),
        ([(0, True), (90, True)], 90),
        ([(0, True), (30, True), (91, True)], 91),
        ([(0, True), (45, False), (91, True)], None),
        ([(0, False), (30, True), (121, True)], 121),
        ([(0, True), (90, True), (100, False)], None),
    ],
)
def test_cessation_is_a_run_of_clear_visits_of_ninety_days(visits, stopped):
    first = date(2026, 1, 1)
    days = [(first + timedelta(days=n), clear) for n, clear in visits]
    assert cessation_day(days) == (None if stopped is None else first + timedelta(days=stopped))
