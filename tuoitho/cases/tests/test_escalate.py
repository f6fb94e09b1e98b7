"""A limit of the law passes unanswered: the named superior is told, exactly once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from conftest import make_user
from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.actions.escalating import escalate, to_escalate
from tuoitho.cases.jobs import ESCALATE
from tuoitho.cases.models import Clock, Escalation
from tuoitho.cases.tests.make import OPENED, in_support, make_case, make_child, make_report, seal
from tuoitho.lib.hanoi import now
from tuoitho.notices.models import Notice

pytestmark = pytest.mark.usefixtures("_next_day")


@pytest.fixture
def _next_day():
    with time_machine.travel("2026-03-03 09:00+07:00", tick=False):
        yield


@pytest.fixture
def keeper(db):
    return system_actor("timekeeper")


def run(keeper):
    return [escalate(key, by=keeper) for key in list(to_escalate(now()))]


def told():
    return [list(e.told_keys) for e in Escalation.objects.order_by("pk")]


def test_the_chair_is_told_of_the_workers_delay(here, lan, chung, keeper):
    make_case(here)
    run(keeper)
    assert told() == [[chung.pk]]
    assert Notice.objects.filter(to=chung, kind="case.escalated").count() == 1
    assert not Notice.objects.filter(to=lan, kind="case.escalated").exists()


def test_a_second_round_tells_nobody_again(here, chung, keeper):
    make_case(here)
    run(keeper)
    assert run(keeper) == []
    assert Notice.objects.filter(kind="case.escalated").count() == 1


def test_nobody_is_told_of_his_own_delay(here, chung, hanh, keeper):
    make_case(here, emergency_pending=True, state="assessed", step_due_on=OPENED)
    Clock.objects.filter(step="plan").delete()
    run(keeper)
    assert told() == [[hanh.pk]]


def test_without_a_chair_the_office_above_is_told(here, lan, hanh, keeper):
    make_report(here)
    run(keeper)
    assert told() == [[hanh.pk]]


def test_without_anyone_it_waits_for_somebody(here, lan, keeper):
    make_case(here)
    assert run(keeper) == [None]
    make_user("chu-tich", "commune_chair", here)
    assert [bool(found) for found in run(keeper)] == [True]


def test_what_is_done_or_not_late_is_not_told(here, lan, chung, keeper):
    case = make_case(here)
    key = Clock.objects.running().get(case=case).pk
    actions.assess_emergency(case, emergency=False, by=lan, on=now().date())
    assert escalate(key, by=keeper) is None
    assert list(to_escalate(now())) == []


def test_limits_of_the_programme_are_not_escalated(here, lan, chung, keeper):
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        in_support(make_child(here), lan, chung)
        make_case(here, outside_children_law=True)
    assert list(to_escalate(now() + timedelta(days=60))) == []


def test_a_sealed_case_is_told_to_those_who_may_see_it(here, chung, cast_member, keeper):
    police = cast_member("police")
    seal(make_case(here))
    with acting_as(keeper):
        run(keeper)
        assert told() == [[police.pk]]
    assert not Notice.objects.filter(to=chung).exists()


def test_only_the_timekeeper_escalates(here, lan, hanh):
    key = Clock.objects.running().get(case=make_case(here)).pk
    for person in (lan, hanh):
        with pytest.raises(PermissionDenied):
            escalate(key, by=person)


def test_the_work_of_the_clock_runs_every_five_minutes(here, chung):
    make_case(here)
    (key,) = ESCALATE.rows({}, chung)
    assert str(chung) in ESCALATE.one({}, key, chung)
    assert ESCALATE.rows({}, chung) == []
    assert ESCALATE.every == "five_minutes"


def test_the_case_page_says_who_was_told(client, here, lan, chung, keeper):
    case = make_case(here)
    run(keeper)
    client.force_login(lan)
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert f"Quá hạn luật định, đã báo {chung}" in page
    assert "báo cấp trên" in page
