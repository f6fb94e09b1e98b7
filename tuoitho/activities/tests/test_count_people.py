"""Nobody is counted twice: golden figures of a small year."""

from datetime import date

import pytest

from tuoitho.activities.models import Reach
from tuoitho.activities.tests.make import make_reach
from tuoitho.lib.periods import Period

YEAR = Period.year(2026)


def test_who_comes_twice_is_one_person_and_two_seats(here):
    make_reach(here, "parents", 40, 40)
    make_reach(here, "parents", 50, 20, day=date(2026, 6, 1))
    rows = Reach.objects.in_period(YEAR).informed("parents")
    assert (rows.people(), rows.seats()) == (60, 90)


def test_a_course_informs_and_teaches_and_is_counted_in_both_once(here):
    make_reach(here, "officials_commune", 30, 30)
    make_reach(
        here, "officials_commune", 30, 0, first_trained=30, kind="training", day=date(2026, 5, 5)
    )
    rows = Reach.objects.in_period(YEAR)
    assert rows.informed("officials_commune").people() == 30
    assert rows.trained("officials_commune").people() == 30


def test_school_and_community_are_different_people(here):
    make_reach(here, "children", 300, 280, part="school", owner="gddt")
    make_reach(here, "children", 40, 25, part="community")
    rows = Reach.objects.in_period(YEAR)
    assert rows.informed("children", "school").people() == 280
    assert rows.informed("children", "community").people() == 25
    assert rows.informed("children").people() == 305


def test_only_what_was_done_counts(here):
    row = make_reach(here, "parents", 10, 10)
    row.activity.state = "cancelled"
    row.activity.save()
    assert Reach.objects.in_period(YEAR).informed("parents").people() == 0


def test_years_are_not_added_up(here):
    make_reach(here, "parents", 10, 10)
    make_reach(here, "parents", 10, 10, day=date(2025, 12, 31))
    with pytest.raises(ValueError, match="2025 to 2026"):
        Reach.objects.in_period(Period(date(2025, 1, 1), date(2027, 1, 1))).people()
    assert Reach.objects.in_period(Period.year(2025)).people() == 10
