"""Two people at once: accepting and taking back, the same link twice."""

import os

import pytest

from conftest import cloned, make_user, thanh_tri  # type: ignore[attr-defined]
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.models import Case, Handover, Referral, Service
from tuoitho.cases.tests.make import OPENED, make_case
from tuoitho.cases.tests.make_exchange import DUTY, make_referral
from tuoitho.cases.tests.test_race import at_once, refusals


@pytest.fixture
def stage(server, django_db_setup, django_db_blocker):
    """A database of its own, in which what is done stays done."""
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_exchange_{os.getpid()}"):
        with acting_as(User.objects.get(username="system")):
            here, there = thanh_tri("00640"), thanh_tri("00664")
            lan = make_user("lan", "commune_worker", here)
            people = lan, make_user("thu", "commune_worker", there)
            offer = actions.offer_handover(make_case(here), there, by=lan, on=OPENED, claim=DUTY)
            referral = make_referral(here)
        yield offer, referral, people


def test_one_side_wins_and_a_link_answers_once(stage):
    offer, referral, (lan, thu) = stage
    answers = at_once([
        (thu, lambda: actions.accept_handover(offer, by=thu, on=OPENED)),
        (lan, lambda: actions.take_back_handover(offer, by=lan, on=OPENED)),
    ])  # fmt: skip
    assert (len(answers), refusals(answers)) == (2, 1)
    with acting_as(thu):
        done = Handover.objects.get(pk=offer.pk)
        assert Case.objects.filter(pk=offer.case_id).exists() == (done.state == "accepted")

    with acting_as(lan):
        _link, key = actions.make_link(referral, by=lan, address=str)
    answer = lambda name: actions.answer_by_link(key, name, person="A", note="x")  # noqa: E731
    answers = at_once([(None, lambda: answer("accept")), (None, lambda: answer("refuse"))])
    assert (len(answers), refusals(answers)) == (2, 1)
    with acting_as(lan):
        state = Referral.objects.get(pk=referral.pk).state
        assert Service.objects.count() == (state == "accepted")
