"""Registering and correcting: what is written, what is refused, what the log keeps."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.people.actions import correct_child, register_child
from tuoitho.people.models import Child
from tuoitho.people.tests.make import make_child, make_household

ON = date(2026, 1, 5)
BORN = date(2014, 6, 1)


def register(unit, by, **facts):
    given = {"full_name": "Nguyễn Văn An", "birth_date": BORN, "sex": "male", "on": ON, **facts}
    with acting_as(by):
        return register_child(unit, by=by, **given)


def refusal(call, *args, **facts) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        call(*args, **facts)
    return caught.value.message_dict


def test_it_is_written_tidy_and_found_folded(here, lan):
    child = register(here, lan, full_name="  nguyễn   văn An ", hamlet=" Thôn  Nội ")
    child.refresh_from_db()
    assert (child.full_name, child.folded_name) == ("nguyễn văn An", "nguyen van an")
    assert (child.hamlet, child.folded_hamlet) == ("Thôn Nội", "thon noi")
    assert child.residences.get().valid.lower == ON


def test_the_log_names_the_number_but_does_not_copy_it(here, lan):
    child = register(here, lan, national_id="001214012345", note="bị cha đánh")
    event = Event.objects.get(action="people.register_child")
    assert event.child_key == child.pk
    assert event.after["national_id"] == event.after["note"] == "•••"


def test_an_estimated_age_keeps_its_day(here, lan):
    child = register(here, lan, birth_date=None, age_range=(12, 14))
    assert (child.age_low, child.age_high, child.age_seen_on) == (12, 14, ON)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "An 2"}, "full_name"),
        ({"birth_date": date(2026, 1, 6)}, "birth_date"),
        ({"birth_date": date(2008, 1, 5)}, "birth_date"),
        ({"birth_date": None, "age_range": (14, 12)}, "age_low"),
        ({"birth_date": None, "age_range": (17, 18)}, "age_low"),
        ({"age_range": (11, 12)}, "age_low"),
        ({"sex": "x"}, "sex"),
        ({"national_id": "12345"}, "national_id"),
        ({"hamlet": "x" * 121}, "hamlet"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(here, lan, facts, field):
    assert list(refusal(register, here, lan, **facts)) == [field]
    assert not Child.objects.exists()


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("001214012345", ""),
        ("001213012345", "birth_year"),
        ("001314012345", "sex"),
        ("001315012345", "both"),
        ("001114012345", "malformed"),
        ("003214012345", "malformed"),
    ],
)
def test_a_number_that_contradicts_is_kept_and_flagged(here, lan, number, problem):
    assert register(here, lan, national_id=number).national_id_problem == problem


def test_one_number_one_child_and_nothing_told_of_the_other(here, there, lan, thu):
    register(here, lan, national_id="001214012345", full_name="Trần Bí Mật")
    message = refusal(register, there, thu, national_id="001214012345")
    assert list(message) == ["national_id"]
    assert "Bí Mật" not in str(message)


def test_the_same_form_twice_makes_one_child(here, lan):
    token = uuid4()
    first = register(here, lan, form_token=token)
    assert register(here, lan, form_token=token, full_name="Khác") == first
    assert Child.objects.count() == 1


def test_the_household_is_of_the_same_unit(here, there, lan):
    assert "household" in refusal(register, here, lan, household=make_household(there))


def test_strangers_register_nothing(here, thu, chung, duc):
    for person in (thu, chung, duc):
        with pytest.raises(PermissionDenied):
            register(here, person)


def test_a_correction_keeps_the_rest_and_shows_both_in_the_log(here, lan):
    child = register(here, lan, birth_date=None, age_range=(12, 14), note="x")
    with acting_as(lan):
        child = correct_child(child, full_name="Nguyễn Văn Anh", by=lan, on=date(2026, 5, 1))
    assert (child.age_low, child.age_seen_on, child.note) == (12, ON, "x")
    event = Event.objects.get(action="people.correct_child")
    assert (event.before["full_name"], event.after["full_name"]) == (
        "Nguyễn Văn An",
        "Nguyễn Văn Anh",
    )


def test_a_birth_date_takes_the_place_of_the_estimate(here, lan):
    child = register(here, lan, birth_date=None, age_range=(12, 14))
    with acting_as(lan):
        child = correct_child(child, birth_date=BORN, by=lan, on=ON)
    child.refresh_from_db()
    assert (child.birth_date, child.age_low, child.age_seen_on) == (BORN, None, None)


def test_the_unit_is_not_a_correction(here, there, lan):
    with pytest.raises(TypeError), acting_as(lan):
        correct_child(make_child(here), unit=there, by=lan, on=ON)


def test_strangers_correct_nothing(here, chung):
    child = make_child(here)
    with pytest.raises(PermissionDenied), acting_as(chung):
        correct_child(child, full_name="Khác", by=chung, on=ON)
