"""The calendar or a rule changes: running limits move with a trace, stopped ones stay."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tuoitho.access.actions import system_actor
from tuoitho.audit.models import Event
from tuoitho.cases import actions
from tuoitho.cases.actions.recounting import recount_clock, to_recount
from tuoitho.cases.jobs import RECOUNT
from tuoitho.cases.models import Case, Clock, ClockChange
from tuoitho.cases.tests.make import MEASURES, OPENED, make_case, seal
from tuoitho.jobs.models import Job
from tuoitho.lib.hanoi import HANOI
from tuoitho.plan.actions import forget_swapped_day, swap_day

pytestmark = pytest.mark.usefixtures("_morning")
TUESDAY, SATURDAY = date(2026, 3, 3), date(2026, 3, 7)


@pytest.fixture
def _morning():
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def keeper(db):
    return system_actor("timekeeper")


@pytest.fixture
def case(here, lan):
    found = make_case(here)
    return actions.assess_emergency(found, emergency=False, by=lan, on=OPENED)


def recount(keeper, why="Lịch đổi"):
    return [recount_clock(key, why, by=keeper) for key in list(to_recount())]


def due(case):
    return Clock.objects.running().get(case=case).due


def test_a_day_off_moves_the_end_with_a_trace(case, hanh, keeper):
    swap_day(TUESDAY, False, by=hanh, on=OPENED)
    recount(keeper)
    assert due(case) == date(2026, 3, 10)
    (change,) = ClockChange.objects.all()
    days = [m.astimezone(HANOI).date() for m in (change.old_due_at, change.new_due_at)]
    assert days == [date(2026, 3, 9), date(2026, 3, 10)]
    assert (change.why, change.by_name) == ("Lịch đổi", keeper.actor_name)


def test_the_days_beside_the_clock_move_along(case, hanh, keeper):
    swap_day(SATURDAY, True, by=hanh, on=OPENED)
    recount(keeper)
    case = Case.objects.get(pk=case.pk)
    assert case.plan_due_on == case.step_due_on == date(2026, 3, 7)


def test_taking_the_day_back_moves_it_back(case, hanh, keeper):
    swapped = swap_day(TUESDAY, False, by=hanh, on=OPENED)
    recount(keeper)
    forget_swapped_day(swapped, by=hanh, on=OPENED)
    recount(keeper)
    assert due(case) == date(2026, 3, 9)
    assert ClockChange.objects.count() == 2


def test_a_plan_in_hand_and_its_approval_move_too(case, lan, hanh, keeper):
    actions.draft_plan(case, needs="Học", measures=MEASURES, by=lan, on=OPENED)
    plan = actions.submit_plan(case, by=lan, on=OPENED)
    swap_day(TUESDAY, False, by=hanh, on=OPENED)
    recount(keeper)
    plan.refresh_from_db()
    case = Case.objects.get(pk=case.pk)
    assert plan.approval_due_on == case.approval_due_on == date(2026, 3, 5)
    assert (plan.due_on, case.plan_due_on) == (date(2026, 3, 9), date(2026, 3, 9))


def test_what_has_stopped_is_never_touched(case, lan, hanh, keeper):
    actions.draft_plan(case, needs="Học", measures=MEASURES, by=lan, on=OPENED)
    actions.submit_plan(case, by=lan, on=OPENED)
    before = Clock.objects.get(case=case, step="plan").due_at
    swap_day(TUESDAY, False, by=hanh, on=OPENED)
    recount(keeper)
    assert Clock.objects.get(case=case, step="plan").due_at == before
    assert not ClockChange.objects.filter(clock__step="plan").exists()


def test_hours_run_on_whatever_the_calendar_says(here, hanh, keeper):
    case = make_case(here)
    swap_day(TUESDAY, False, by=hanh, on=OPENED)
    assert list(to_recount()) == []
    assert due(case) == datetime(2026, 3, 2, 20, 0, tzinfo=HANOI)


def test_a_new_rule_moves_what_began_under_it(case, hanh, keeper):
    actions.set_limit("plan", since=OPENED, amount=3, by=hanh, on=OPENED, note="Nghị định mới")
    recount(keeper, "Nghị định mới")
    assert due(case) == date(2026, 3, 5)
    assert Clock.objects.running().get(case=case).rule.amount == 3


def test_a_rule_of_tomorrow_moves_nothing_that_runs(case, hanh):
    actions.set_limit("plan", since=TUESDAY, amount=3, by=hanh, on=OPENED, note="Nghị định mới")
    assert list(to_recount()) == []


def test_each_change_asks_for_the_work_once(case, hanh):
    swap_day(TUESDAY, False, by=hanh, on=OPENED)
    job = Job.objects.get(name="cases.recount_clocks")
    assert job.args == {"why": "Lịch làm việc đổi: ngày 03/03/2026"}
    (key,) = RECOUNT.rows(job.args, hanh)
    RECOUNT.one(job.args, key, hanh)
    assert due(case) == date(2026, 3, 10)
    assert RECOUNT.rows(job.args, hanh) == []


def test_sealed_cases_are_counted_anew_without_naming_them(case, hanh, keeper):
    seal(case)
    swap_day(TUESDAY, False, by=hanh, on=OPENED)
    for key in RECOUNT.rows({}, hanh):
        RECOUNT.one({"why": "x"}, key, hanh)
    event = Event.objects.filter(action="cases.recount_clock").latest("pk")
    assert (event.unit_key, event.child_key) == (None, None)


def test_it_is_written_in_the_log_and_shown_in_the_story(client, case, lan, hanh, keeper):
    swap_day(TUESDAY, False, by=hanh, on=OPENED)
    recount(keeper, "Nghỉ bù Giỗ Tổ")
    assert Event.objects.filter(action="cases.recount_clock", note="Nghỉ bù Giỗ Tổ").exists()
    client.force_login(lan)
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "Nghỉ bù Giỗ Tổ" in page
    assert "Hạn cũ" in page


def test_nobody_moves_a_limit_by_hand(case, lan, hanh):
    swap_day(TUESDAY, False, by=hanh, on=OPENED)
    for person in (lan, hanh):
        with pytest.raises(PermissionDenied):
            recount_clock(Clock.objects.running().get(case=case).pk, "x", by=person)
