"""Carers, circumstances, schooling, poverty: written over time, never twice for one day."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.people import actions
from tuoitho.people.models import Child
from tuoitho.people.school_years import parse_school_year, school_year_of
from tuoitho.people.tests.make import make_child, make_household

ON = date(2026, 1, 5)


@pytest.fixture
def child(here):
    return make_child(here)


def fields_of(caught) -> list[str]:
    return list(caught.value.message_dict)


def test_a_circumstance_holds_from_day_to_day(child, lan):
    with acting_as(lan):
        actions.record_circumstance(
            child, "10.1.h", since=date(2025, 3, 1), until=date(2025, 9, 4), by=lan
        )
    for day, count in ((date(2025, 2, 28), 0), (date(2025, 3, 1), 1), (date(2025, 9, 4), 1),
                       (date(2025, 9, 5), 0)):  # fmt: skip
        assert Child.objects.with_circumstance("10.1.h", day).count() == count
        assert Child.objects.in_special_circumstances(day).count() == count
    assert not Child.objects.with_circumstance("10.1.k", date(2025, 3, 1)).exists()


def test_the_same_group_twice_on_a_day_is_refused(child, lan):
    with acting_as(lan):
        actions.record_circumstance(child, "10.1.h", since=date(2025, 3, 1), by=lan)
        with pytest.raises(ValidationError) as caught:
            actions.record_circumstance(child, "10.1.h", since=date(2025, 5, 1), by=lan)
        actions.record_circumstance(child, "10.1.k", since=date(2025, 5, 1), by=lan)
    assert fields_of(caught) == ["since"]
    assert child.circumstances.count() == 2


def test_a_circumstance_ends(child, lan):
    with acting_as(lan):
        row = actions.record_circumstance(child, "10.1.h", since=date(2025, 3, 1), by=lan)
        with pytest.raises(ValidationError):
            actions.end_circumstance(row, until=date(2025, 2, 1), by=lan)
        actions.end_circumstance(row, until=date(2025, 4, 1), by=lan)
    assert child.circumstances.get().until == date(2025, 4, 1)
    assert Event.objects.filter(action="people.end_circumstance", child_key=child.pk).exists()


def test_at_school_until_the_day_of_leaving(child, lan):
    with acting_as(lan):
        actions.record_enrolment(
            child, school_year="2025-2026", status="attending", grade=6, by=lan, on=date(2025, 9, 5)
        )
        actions.record_enrolment(
            child, school_year="2025 – 2026", status="dropped_out", by=lan, on=date(2025, 12, 1)
        )
    assert child.enrolments.count() == 1
    assert Child.objects.at_school_on(date(2025, 11, 30)).exists()
    assert not Child.objects.at_school_on(date(2025, 12, 1)).exists()
    assert Child.objects.out_of_school_on(date(2025, 12, 1)).exists()
    assert not Child.objects.out_of_school_on(date(2025, 11, 30)).exists()


def test_who_came_back_is_no_longer_out_of_school(child, lan):
    with acting_as(lan):
        actions.record_enrolment(
            child, school_year="2024-2025", status="dropped_out", by=lan, on=date(2024, 12, 1)
        )
        actions.record_enrolment(
            child, school_year="2025-2026", status="vocational", by=lan, on=date(2025, 9, 5)
        )
    assert Child.objects.out_of_school_on(date(2025, 8, 31)).exists()
    assert not Child.objects.out_of_school_on(date(2025, 9, 1)).exists()


def test_a_child_nothing_is_known_of_is_in_neither(child):
    assert not Child.objects.at_school_on(ON).exists()
    assert not Child.objects.out_of_school_on(ON).exists()


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2025, 8, 31), "2024-2025"), (date(2025, 9, 1), "2025-2026")],
)
def test_school_years_turn_on_the_first_of_september(day, year):
    assert school_year_of(day) == year


@pytest.mark.parametrize("wrong", ["2025", "2025-2027", "25-26", ""])
def test_a_school_year_has_two_years(wrong):
    with pytest.raises(ValidationError):
        parse_school_year(wrong)


def test_a_carer_of_one_child_or_of_a_household(child, here, lan):
    household = make_household(here)
    with acting_as(lan):
        one = actions.add_guardian(
            child, relation="mother", full_name="Lê Thị Bưởi", phone="+84 912.345.678", by=lan,
            on=ON,
        )  # fmt: skip
        both = actions.add_guardian(
            household, relation="father", full_name="Nguyễn Văn Hùng", by=lan, on=ON
        )
    assert (one.phone, one.child, both.household) == ("0912345678", child, household)
    event = Event.objects.filter(action="people.add_guardian", child_key=child.pk).get()
    assert event.after["phone"] == "•••"


def test_a_carer_is_corrected(child, lan):
    with acting_as(lan):
        row = actions.add_guardian(child, relation="mother", full_name="Lê Bưởi", by=lan, on=ON)
        row = actions.correct_guardian(row, full_name="Lê Thị Bưởi", by=lan, on=ON)
    assert (row.full_name, row.folded_name) == ("Lê Thị Bưởi", "le thi buoi")


def test_wrong_facts_of_a_carer_are_refused(child, lan):
    for facts, field in (({"phone": "12"}, "phone"), ({"birth_year": 2200}, "birth_year"),
                         ({"relation": "x"}, "relation")):  # fmt: skip
        given = {"relation": "mother", "full_name": "Lê Thị Bưởi", **facts}
        with pytest.raises(ValidationError) as caught, acting_as(lan):
            actions.add_guardian(child, by=lan, on=ON, **given)
        assert fields_of(caught) == [field]


def test_poverty_of_a_year_is_one_row(here, lan):
    household = make_household(here)
    child = make_child(here, household=household)
    with acting_as(lan):
        actions.record_poverty(household, 2025, "poor", by=lan)
        actions.record_poverty(household, 2025, "near_poor", by=lan)
    assert (household.poverty(2025), household.poverty(2024)) == ("near_poor", "")
    assert Child.objects.with_poverty(2025, "poor", "near_poor").get() == child
    assert not Child.objects.with_poverty(2025, "poor").exists()


def test_strangers_write_nothing(child, here, chung):
    household = make_household(here)
    calls = [
        lambda: actions.record_circumstance(child, "10.1.h", since=ON, by=chung),
        lambda: actions.record_enrolment(
            child, school_year="2025-2026", status="attending", by=chung, on=ON
        ),
        lambda: actions.record_poverty(household, 2025, "poor", by=chung),
        lambda: actions.add_guardian(child, relation="mother", full_name="A", by=chung, on=ON),
        lambda: actions.correct_household(household, hamlet="x", by=chung, on=ON),
        lambda: actions.register_household(here, head_name="A", by=chung, on=ON),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied), acting_as(chung):
            call()


def test_a_household_is_registered_and_corrected(here, lan):
    with acting_as(lan):
        household = actions.register_household(here, head_name="Nguyễn Văn Hùng", by=lan, on=ON)
        household = actions.correct_household(household, hamlet="Thôn Nội", by=lan, on=ON)
    assert (household.head_name, household.folded_hamlet) == ("Nguyễn Văn Hùng", "thon noi")
    with pytest.raises(TypeError), acting_as(lan):
        actions.correct_household(household, unit="x", by=lan, on=ON)
