"""Two people at the same button at once, in a committed database with two connections."""

import os
import threading
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from conftest import cloned, make_user, thanh_tri  # type: ignore[attr-defined]
from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.actions.escalating import escalate
from tuoitho.cases.models import Case, Clock, Escalation, Receipt, Report
from tuoitho.cases.tests.make import MEASURES, OPENED, RECEIVED, make_case, make_report
from tuoitho.cases.tests.paper import printed


@pytest.fixture
def stage(server, django_db_setup, django_db_blocker):
    """A database of its own, in which what is done stays done."""
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_race_{os.getpid()}"):
        with acting_as(User.objects.get(username="system")):
            here = thanh_tri("00640")
            people = [make_user("lan", "commune_worker", here)]
            people += [make_user(name, "commune_chair", here) for name in ("chung", "chi")]
            case = make_case(here)
        yield case, people


def at_once(acts):
    """Run each (person, act) in its own thread and connection; what each returned or raised."""
    gate, answers = threading.Barrier(len(acts)), []

    def run(person, act):
        try:
            with acting_as(person):
                gate.wait(timeout=10)
                answers.append(act())
        except ValidationError as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return answers


def refusals(answers):
    return sum(isinstance(a, ValidationError) for a in answers)


def test_a_plan_is_approved_once(stage):
    case, (lan, chung, chi) = stage
    with acting_as(lan):
        actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
        actions.draft_plan(case, needs="Học", measures=MEASURES, by=lan, on=OPENED)
        actions.submit_plan(case, by=lan, on=OPENED)
    on = OPENED + timedelta(days=1)
    answers = at_once([
        (p, lambda p=p: actions.approve_plan(case, by=p, on=on)) for p in (chung, chi)
    ])  # fmt: skip
    assert (len(answers), refusals(answers)) == (2, 1)
    with acting_as(lan):
        assert case.moves.filter(name="approve_plan").count() == 1


def test_a_case_is_closed_once(stage):
    case, (lan, chung, chi) = stage
    with acting_as(lan):
        actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
    answers = at_once([
        (p, lambda p=p, r=r: actions.close_case(case, by=p, on=OPENED, reason=r))
        for p, r in ((chung, "moved"), (chi, "not_confirmed"))
    ])  # fmt: skip
    assert (len(answers), refusals(answers)) == (2, 1)
    with acting_as(lan):
        assert case.moves.filter(name="close").count() + case.moves.filter(name="stop").count() == 1


def test_two_papers_at_once_get_two_numbers(stage):
    case, people = stage
    with acting_as(people[0]):
        reports = [make_report(case.unit) for _ in range(4)]
    answers = at_once([(people[0], lambda r=r: printed(r, "mau_01", people[0])) for r in reports])
    with acting_as(people[0]):
        numbers = sorted(v.document.number for v in answers)
    assert numbers == [1, 2, 3, 4]


def test_a_paper_printed_twice_at_once_is_one_paper(stage):
    case, people = stage
    with acting_as(people[0]):
        report = make_report(case.unit)
    answers = at_once([(people[0], lambda: printed(report, "mau_01", people[0]))] * 2)
    assert answers[0].pk == answers[1].pk


def test_a_child_gets_one_case_and_a_form_one_report(stage):
    case, (lan, _chung, _chi) = stage
    with acting_as(lan):
        child = case.child
        Case.objects.filter(pk=case.pk).update(state="closed", closed_on=OPENED, closing="other")
    answers = at_once([
        (lan, lambda: actions.open_case(child, "at_risk", by=lan, on=OPENED)) for _ in range(2)
    ])  # fmt: skip
    assert (len(answers), refusals(answers)) == (2, 1)
    send = lambda: actions.receive_report(  # noqa: E731
        case.unit,
        channel="phone",
        received_at=RECEIVED,
        happening="Rửa bát thuê",
        by=lan,
        form_token="t",
    )
    answers = at_once([(lan, send), (lan, send)])
    assert answers[0][1] == answers[1][1]
    with acting_as(lan):
        assert Report.objects.count() == Receipt.objects.count() == 1


def test_a_superior_is_told_once_by_two_workers(stage):
    case, _people = stage
    keepers = [system_actor("timekeeper") for _ in range(2)]
    with acting_as(keepers[0]):
        key = Clock.objects.running().get(case=case).pk
    answers = at_once([(keeper, partial(escalate, key, by=keeper)) for keeper in keepers])
    assert sorted(answer is None for answer in answers) == [False, True]
    with acting_as(keepers[0]):
        assert Escalation.objects.filter(clock=key).count() == 1
