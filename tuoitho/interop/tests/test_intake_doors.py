"""A report comes in by the worker's screen, the public page and the API: one action takes it, and
the same bad input is refused at every door, beside its field, in the same words."""

import pytest
from django.core.cache import cache

from tuoitho.audit.models import Event
from tuoitho.cases import actions
from tuoitho.cases.models import Report
from tuoitho.interop.api import reports as api_door
from tuoitho.interop.api.tests.make import program_of
from tuoitho.portal import views as public_door

STORY = "Cháu bé rửa bát thuê đến khuya."


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def by_screen(client, person, unit, **facts):
    client.force_login(person)
    told = {"unit": unit.pk, "channel": "phone", "received_at": "02/03/2026 08:00",
            "sex": "unknown", "happening": STORY, "form_token": "a" * 32}  # fmt: skip
    answer = client.post("/cases/reports/new/", told | facts)
    return answer.status_code, answer.context and dict(answer.context["form"].errors)


def by_page(client, person, unit, **facts):
    client.logout()
    answer = client.post("/bao-tin/", {"unit": unit.pk, "happening": STORY, "form_token": "b" * 32}
                         | facts)  # fmt: skip
    return answer.status_code, answer.context and dict(answer.context["form"].errors)


def by_api(client, person, unit, **facts):
    told = {"unit": unit.code, "channel": "phone", "happening": STORY,
            "received_at": "2026-03-02T08:00:00+07:00"}  # fmt: skip
    answer = program_of(person).post("/reports", told | facts)
    return answer.status_code, answer.json().get("errors", {})


DOORS = (by_screen, by_page, by_api)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"happening": ""}, "happening"),
        ({"happening": "   "}, "happening"),
        ({"happening": "hm"}, "happening"),
        ({"age_estimate": 26}, "age_estimate"),
        ({"age_estimate": -1}, "age_estimate"),
    ],
)
def test_every_door_refuses_the_same_in_the_same_words(client, here, lan, wrong, field):
    said = set()
    for door in DOORS:
        status, errors = door(client, lan, here, **wrong)
        assert (status, list(errors)) == (422, [field]), (door.__name__, errors)
        said.add(tuple(errors[field]))
    assert len(said) == 1, said
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("facts", "typed", "field"),
    [
        ({"birth_date": "2099-01-01"}, {"birth_date": "01/01/2099"}, "birth_date"),
        ({"birth_date": "1990-01-01"}, {"birth_date": "01/01/1990"}, "birth_date"),
        ({"received_at": "2099-01-01T08:00:00+07:00"}, {"received_at": "01/01/2099 08:00"},
         "received_at"),
        ({"child_name": "x" * 121}, {"child_name": "x" * 121}, "child_name"),
        ({"place": "x" * 301}, {"place": "x" * 301}, "place"),
    ],
)  # fmt: skip
def test_the_doors_with_more_boxes_agree_on_those_too(client, here, lan, facts, typed, field):
    by_hand, by_program = (
        by_screen(client, lan, here, **typed), by_api(client, lan, here, **facts)
    )  # fmt: skip
    assert (by_hand[0], by_program[0]) == (422, 422)
    assert by_hand[1][field] == by_program[1][field]


@pytest.mark.parametrize("door", DOORS)
def test_what_one_door_takes_every_door_takes(client, here, lan, door):
    status, _errors = door(client, lan, here, child_name=" Bé   Na ", age_estimate=11)
    assert status in (201, 303)
    report = Report.objects.get()
    assert (report.child_name, report.age_estimate, report.unit) == ("Bé Na", 11, here)
    assert report.routing["rule"] == "happened"
    assert Event.objects.filter(action="cases.receive").count() == 1


def test_all_doors_lead_to_one_action():
    assert public_door.receive_report is api_door.receive_report is actions.receive_report
