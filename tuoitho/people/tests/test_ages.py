"""Ages in full years, one way in Python and in the database."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuoitho.people.ages import moved_range, years_before, years_between
from tuoitho.people.models import Child
from tuoitho.people.tests.make import make_child

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(born=days, years=st.integers(0, 30), day=days)
def test_latest_birth_date_is_exact(born, years, day):
    assert (born <= years_before(day, years)) == (years_between(born, day) >= years)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 2, 29), date(2013, 2, 28), 0),
        (date(2012, 2, 29), date(2013, 3, 1), 1),
        (date(2012, 2, 29), date(2016, 2, 29), 4),
        (date(2010, 6, 1), date(2026, 5, 31), 15),
        (date(2010, 6, 1), date(2026, 6, 1), 16),
    ],
)
def test_years_between(born, day, age):
    assert years_between(born, day) == age


@given(born=days, seen=st.integers(0, 6000), later=st.integers(0, 4000))
def test_an_estimate_moved_on_always_holds_the_true_age(born, seen, later):
    seen_on = born + timedelta(days=seen)
    day = seen_on + timedelta(days=later)
    age = years_between(born, seen_on)
    low, high = moved_range(age, age, seen_on, day)
    assert low <= years_between(born, day) <= high


def test_aged_in_includes_both_ends(here):
    day = date(2026, 6, 1)
    births = [date(2021, 6, 1), date(2021, 6, 2), date(2008, 6, 2), date(2008, 6, 1)]
    for number, born in enumerate(births):
        make_child(here, f"Trẻ {'abcd'[number]}", birth_date=born)
    found = Child.objects.aged_in(5, 17, on=day).order_by("pk")
    assert [c.birth_date for c in found] == [births[0], births[2]]


def test_aged_in_agrees_with_age_on(here):
    child = make_child(here, birth_date=date(2012, 2, 29))

    @settings(max_examples=25, deadline=None)
    @given(day=days)
    def agrees(day):
        age = child.age_on(day)
        for low, high in ((0, 4), (5, 17), (18, 40)):
            found = Child.objects.aged_in(low, high, on=day).exists()
            assert found == (age is not None and low <= age <= high)

    agrees()


def test_without_a_birth_date_the_middle_of_the_estimate_counts(here):
    make_child(here, birth_date=None, age_low=12, age_high=14, age_seen_on=date(2024, 3, 1))
    assert Child.objects.aged_in(13, 13, on=date(2024, 3, 1)).exists()
    assert Child.objects.aged_in(15, 15, on=date(2026, 3, 1)).exists()
    assert not Child.objects.aged_in(15, 15, on=date(2026, 2, 28)).exists()
    assert not Child.objects.aged_in(5, 14, on=date(2026, 3, 1)).exists()


def test_age_is_certain_or_not_said(here):
    child = make_child(here, birth_date=None, age_low=12, age_high=14, age_seen_on=date(2026, 1, 1))
    assert child.age_on(date(2026, 1, 1)) is None
    assert child.age_text(date(2026, 1, 1)) == "khoảng 12–14"
    assert make_child(here, "Lê An").age_text(date(2026, 1, 1)) == "11"
    assert make_child(here, "Lê Em", birth_date=None).age_text(date(2026, 1, 1)) == ""
