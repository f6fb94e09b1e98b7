"""Limits in clock hours, working days and calendar days."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuoitho.cases.deadlines import (
    cessation_day,
    due_day,
    due_moment,
    last_day,
    last_moment,
    next_visit_day,
    packaged_rules,
    rule,
    rules,
)
from tuoitho.cases.models import UnitOfTime
from tuoitho.cases.parameters import Cessation, Schedule
from tuoitho.lib.hanoi import HANOI
from tuoitho.lib.workdays import is_working_day

DAYS = st.dates(date(2018, 1, 1), date(2035, 12, 31))
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TWO_OVER_NINETY = Cessation(visits=2, days=90)
USUAL = Schedule((30, 90, 180), interval=90)
LIMITS = {limit.step: limit for limit in packaged_rules()}
PLAN, APPROVAL, FIRST_RESPONSE = (LIMITS[step] for step in ("plan", "approval", "first_response"))
SWAPS = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 3, 31)), st.booleans(), max_size=12)


def test_twelve_hours_run_through_night_and_tet():
    before_midnight = datetime(2026, 2, 16, 23, 30, tzinfo=HANOI)  # the eve of Tết
    assert last_moment(FIRST_RESPONSE, before_midnight) == datetime(
        2026, 2, 17, 11, 30, tzinfo=HANOI
    )


def test_five_working_days_skip_the_week_end():
    assert last_day(PLAN, date(2026, 3, 2), {}) == date(2026, 3, 9)


def test_five_working_days_skip_tet():
    # Tết 2026 falls on 17/02: offices rest from 16 to 20/02.
    assert last_day(PLAN, date(2026, 2, 13), {}) == date(2026, 2, 27)


def test_two_working_days_over_a_swapped_saturday():
    friday, saturday = date(2026, 3, 6), date(2026, 3, 7)
    assert last_day(APPROVAL, friday, {}) == date(2026, 3, 10)
    assert last_day(APPROVAL, friday, {saturday: True}) == date(2026, 3, 9)


def test_fifteen_days_of_separation_are_calendar_days_over_a_leap_day():
    assert last_day(LIMITS["separation"], date(2028, 2, 20), {}) == date(2028, 3, 6)


@CALM
@given(DAYS, SWAPS)
def test_a_limit_ends_on_a_working_day_with_five_of_them_after_the_start(start, swapped):
    end = last_day(PLAN, start, swapped)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, swapped) for day in between) == 5
    assert is_working_day(end, swapped)


@CALM
@given(DAYS, st.integers(0, 40), SWAPS)
def test_who_starts_later_never_ends_earlier(start, later, swapped):
    later_start = start + timedelta(days=later)
    assert last_day(PLAN, start, swapped) <= last_day(PLAN, later_start, swapped)


@CALM
@given(st.datetimes(datetime(2018, 1, 1), datetime(2035, 1, 1)))
def test_hours_are_hours_at_any_hour(moment):
    start = moment.replace(tzinfo=HANOI)
    assert last_moment(FIRST_RESPONSE, start) - start == timedelta(hours=12)


@CALM
@given(DAYS, SWAPS, st.dates(date(2026, 1, 1), date(2026, 3, 31)))
def test_one_more_day_off_never_brings_the_end_nearer(start, swapped, day):
    working, off = swapped | {day: True}, swapped | {day: False}
    assert last_day(PLAN, start, working) <= last_day(PLAN, start, off)


@CALM
@given(DAYS, st.integers(0, 30), st.integers(0, 30), SWAPS)
def test_more_working_days_never_end_earlier(start, few, more, swapped):
    short, long = replace(PLAN, amount=few), replace(PLAN, amount=few + more)
    assert last_day(short, start, swapped) <= last_day(long, start, swapped)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2028, 2, 25), date(2028, 3, 3)),  # over 29 February
        (date(2026, 12, 30), date(2027, 1, 7)),  # over New Year
        (date(2026, 4, 24), date(2026, 5, 6)),  # over Hùng kings' day, 30 April and 1 May
    ],
)
def test_five_working_days_over_the_turns_of_the_calendar(start, end):
    assert last_day(PLAN, start, {}) == end


def test_twelve_hours_over_the_last_night_of_the_year():
    late = datetime(2026, 12, 31, 20, 0, tzinfo=HANOI)
    assert last_moment(FIRST_RESPONSE, late) == datetime(2027, 1, 1, 8, 0, tzinfo=HANOI)


def test_every_rule_names_who_when_and_by_which_article():
    for limit in packaged_rules():
        assert limit.article
        assert limit.who
        assert limit.starts
        assert limit.stops
    assert {limit.unit for limit in packaged_rules()} == set(UnitOfTime)


@pytest.mark.parametrize(
    ("step", "amount", "unit", "article"),
    [
        ("first_response", 12, "clock_hours", "khoản 2, 3 Điều 26"),
        ("emergency", 12, "clock_hours", "khoản 3 Điều 26, Điều 31, Điều 32"),
        ("plan", 5, "working_days", "khoản 1 Điều 28"),
        ("approval", 2, "working_days", "khoản 4 Điều 28"),
        ("separation", 15, "calendar_days", "Điều 32"),
    ],
)
def test_the_limits_of_the_decree_are_installed(db, step, amount, unit, article):
    found = rule(step, date(2026, 3, 2))
    assert (found.amount, found.unit, found.article) == (amount, unit, article)
    assert found.basis.endswith("Nghị định 56/2017/NĐ-CP")
    assert found.legal


def test_before_the_decree_there_is_no_limit(db):
    with pytest.raises(LookupError):
        rule("plan", date(2017, 6, 30))


def test_rules_are_asked_once_a_transaction(db, django_assert_num_queries):
    rules()
    with django_assert_num_queries(0):
        due_moment("first_response", datetime(2026, 3, 2, tzinfo=HANOI))


def test_units_are_not_mixed_up(db):
    with pytest.raises(ValueError, match="hours"):
        due_day("first_response", date(2026, 3, 2), {})
    with pytest.raises(ValueError, match="hours"):
        due_moment("plan", datetime(2026, 3, 2, tzinfo=HANOI))


def test_the_schedule_of_visits():
    since = date(2026, 1, 1)
    assert next_visit_day(since, None, USUAL) == date(2026, 1, 31)
    assert next_visit_day(since, date(2026, 1, 31), USUAL) == date(2026, 4, 1)
    assert next_visit_day(since, date(2026, 1, 26), USUAL) == date(2026, 4, 1)
    assert next_visit_day(since, date(2026, 6, 30), USUAL) == date(2026, 9, 28)


@CALM
@given(DAYS, st.integers(0, 900))
def test_the_next_visit_is_always_ahead(since, passed):
    last = since + timedelta(days=passed)
    assert last < next_visit_day(since, last, USUAL) <= last + timedelta(days=97)


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
    assert cessation_day(days, TWO_OVER_NINETY) == (
        None if stopped is None else first + timedelta(days=stopped)
    )
