"""Two people at the same button at once, in a committed database with two connections."""

import os
import threading
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from conftest import cloned, make_user, thanh_tri  # type: ignore[attr-defined]
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.people import actions
from tuoitho.people.models import Child, Household, Residence
from tuoitho.people.tests.make import make_child

ON = date(2026, 1, 5)
FACTS = {"full_name": "Nguyễn Văn An", "birth_date": date(2014, 6, 1), "sex": "male", "on": ON}


@pytest.fixture
def stage(server, django_db_setup, django_db_blocker):
    """A database of its own, in which what is done stays done."""
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_people_race_{os.getpid()}"):
        with acting_as(User.objects.get(username="system")):
            here = thanh_tri("00640")
            people = [make_user(name, "commune_worker", here) for name in ("lan", "liên")]
        yield here, people


def at_once(people, act):
    """``act`` by each in a connection of their own; what it returned or raised."""
    gate, answers = threading.Barrier(len(people)), []

    def run(person):
        try:
            with acting_as(person):
                gate.wait(timeout=10)
                answers.append(act(person))
        except ValidationError as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return answers


def test_one_form_makes_one_child_and_one_household(stage):
    here, people = stage
    token = uuid4()
    answers = at_once(people, lambda by: actions.register_with_family(
        here, new_household_head="Nguyễn Văn Hùng", form_token=token, by=by, **FACTS
    ))  # fmt: skip
    assert len({child.pk for child in answers}) == 1
    with acting_as(people[0]):
        assert (Child.objects.count(), Household.objects.count()) == (1, 1)


def test_also_without_the_family(stage):
    here, people = stage
    token = uuid4()
    answers = at_once(
        people, lambda by: actions.register_child(here, form_token=token, by=by, **FACTS)
    )
    assert len({child.pk for child in answers}) == 1
    with acting_as(people[0]):
        assert Residence.objects.count() == 1


def test_one_number_goes_to_one_child(stage):
    here, people = stage
    answers = at_once(people, lambda by: actions.register_child(
        here, national_id="001214012345", by=by, **FACTS
    ))  # fmt: skip
    assert sorted(isinstance(a, ValidationError) for a in answers) == [False, True]


def test_one_group_on_one_day(stage):
    here, people = stage
    with acting_as(people[0]):
        child = make_child(here)
    answers = at_once(
        people, lambda by: actions.record_circumstance(child, "10.1.h", since=ON, by=by)
    )
    assert sorted(isinstance(a, ValidationError) for a in answers) == [False, True]


def test_a_poverty_result_of_one_year_is_one_row(stage):
    here, people = stage
    with acting_as(people[0]):
        household = actions.register_household(here, head_name="Lê Lợi", by=people[0], on=ON)
    answers = at_once(people, lambda by: actions.record_poverty(household, 2026, "poor", by=by))
    assert len({row.pk for row in answers}) == 1


def test_a_merge_is_approved_once(stage):
    here, people = stage
    with acting_as(User.objects.get(username="system")):
        chairs = [make_user(name, "commune_chair", here) for name in ("chung", "chinh")]
        kept, other = make_child(here), make_child(here)
    with acting_as(people[0]):
        merge = actions.request_merge(kept, other, {}, reason="thử", by=people[0], on=ON)
    answers = at_once(chairs, lambda by: actions.approve_merge(merge, by=by, on=ON))
    assert sorted(isinstance(a, ValidationError) for a in answers) == [False, True]
