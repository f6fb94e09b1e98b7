"""A clock runs from its start until the step is done: one truth of what is due."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.actions.clocks import start_missing_clocks
from tuoitho.cases.models import Clock
from tuoitho.cases.tests.make import (
    MEASURES,
    OPENED,
    RECEIVED,
    in_support,
    make_case,
    make_child,
    make_report,
    seal,
)  # fmt: skip
from tuoitho.lib.hanoi import HANOI

pytestmark = pytest.mark.usefixtures("_morning")


@pytest.fixture
def _morning():
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        yield


def running(case):
    return {clock.step: clock.due for clock in Clock.objects.running().filter(case=case)}


def stopped(case):
    return list(
        Clock.objects.filter(case=case, stopped_at__isnull=False)
        .order_by("step").values_list("step", "outcome")
    )  # fmt: skip


def test_each_step_of_a_case_has_its_clock(here, lan, chung):
    case = actions.open_case(make_child(here), "child_labour", by=lan, on=OPENED)
    assert running(case) == {"first_response": datetime(2026, 3, 2, 21, 0, tzinfo=HANOI)}
    actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
    assert running(case) == {"plan": date(2026, 3, 9)}
    actions.draft_plan(case, needs="Học", measures=MEASURES, by=lan, on=OPENED)
    assert running(case) == {"plan": date(2026, 3, 9)}
    actions.submit_plan(case, by=lan, on=OPENED)
    assert running(case) == {"approval": date(2026, 3, 4)}
    actions.approve_plan(case, by=chung, on=OPENED)
    assert running(case) == {"visit": date(2026, 4, 1)}
    assert stopped(case) == [
        ("approval", "done"), ("first_response", "done"), ("plan", "done"),
    ]  # fmt: skip


def test_an_emergency_has_a_clock_of_its_own_until_it_is_decided(here, lan, chung):
    case = make_case(here)
    actions.assess_emergency(case, emergency=True, by=lan, on=OPENED)
    assert running(case)["emergency"] == RECEIVED + timedelta(hours=12)
    actions.decide_emergency(case, kind="medical", by=chung, on=OPENED)
    assert "emergency" not in running(case)


def test_services_run_beside_the_case_each_with_its_own_clock(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    ends = OPENED + timedelta(days=5)
    services = [
        actions.start_service(case, kind=kind, by=lan, on=OPENED, planned_end=ends)
        for kind in ("health", "education")
    ]
    about = (
        Clock.objects.running().filter(case=case, step="service").values_list("about", flat=True)
    )
    assert set(about) == {str(service.pk) for service in services}
    actions.end_service(services[0], result="achieved", by=lan, on=OPENED)
    assert Clock.objects.running().filter(case=case, step="service").count() == 1


def test_a_closed_case_has_no_clock_left(here, lan, hanh):
    case = make_case(here, state="assessed", step_due_on=OPENED)
    actions.close_case(case, by=hanh, on=OPENED, reason="not_confirmed")
    assert running(case) == {}
    assert stopped(case) == [("plan", "void")]


def test_a_report_runs_until_somebody_judges_it(here, lan):
    report, _code = actions.receive_report(
        here, channel="phone", received_at=RECEIVED, happening="Rửa bát thuê", by=lan
    )
    (clock,) = report.clocks.all()
    assert (clock.step, clock.due, clock.legal) == ("report", RECEIVED + timedelta(hours=12), True)
    actions.dismiss_report(report, "Nhầm", by=lan, on=OPENED)
    clock.refresh_from_db()
    assert clock.outcome == "done"


def test_two_reports_of_one_child_each_keep_their_clock(here, lan):
    first = make_report(here)
    second = make_report(here, received_at=RECEIVED + timedelta(minutes=30))
    child = make_child(here)
    for report in (first, second):
        actions.link_report(report, child, by=lan, on=OPENED)
    assert Clock.objects.running().filter(report__isnull=False).count() == 2


def test_the_public_starts_a_clock_it_cannot_read(here):
    public = system_actor("public")
    with acting_as(public):
        report, _code = actions.receive_report(
            here, channel="public", received_at=RECEIVED, happening="Rửa bát", by=public
        )
        assert not Clock.objects.exists()
    assert Clock.objects.filter(report=report).count() == 1


def test_no_legal_limit_runs_for_sixteen_and_seventeen(here, lan):
    case = make_case(here, outside_children_law=True)
    actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
    assert not Clock.objects.running().get(case=case).legal


def test_a_clock_goes_where_its_case_goes(here, there, lan, thu, hanh):
    case = make_case(here, assigned_to=lan)
    actions.transfer_case(case, there, by=hanh, on=OPENED)
    clock = Clock.objects.running().get(case=case)
    assert (clock.unit_id, clock.assigned_to_id) == (there.pk, None)
    with acting_as(lan):
        assert not Clock.objects.exists()
    with acting_as(thu):
        assert Clock.objects.running().count() == 1


def test_a_forwarded_report_takes_its_clock_along(here, there, lan):
    report = make_report(here)
    with acting_as(lan):
        actions.forward_report(report, there, by=lan, on=OPENED, note="Xảy ra ở xã bên")
        assert not Clock.objects.exists()
    assert Clock.objects.get(report=report).unit_id == there.pk


def test_a_sealed_case_takes_its_clock_out_of_sight(here, lan, cast_member):
    case = make_case(here)
    seal(case)
    with acting_as(lan):
        assert not Clock.objects.exists()
    with acting_as(cast_member("police")):
        assert Clock.objects.running().get().sealed


def test_opening_a_case_of_trafficking_leaves_one_sealed_clock(here, lan):
    with acting_as(lan):
        actions.open_case(make_child(here), "trafficked", by=lan, on=OPENED)
        assert not Clock.objects.exists()
    with acting_as(system_actor("timekeeper")):
        assert Clock.objects.running().get().step == "first_response"


def test_strangers_see_no_clock(here, thu, duc):
    make_case(here)
    for person in (thu, duc):
        assert not Clock.objects.visible_to(person).exists()
        with acting_as(person):
            assert not Clock.objects.exists()


def test_one_clock_runs_for_a_step(here):
    clock = Clock.objects.running().get(case=make_case(here))
    clock.pk = uuid4()
    with pytest.raises(IntegrityError, match="clock_runs_once"), transaction.atomic():
        clock.save(force_insert=True)


def test_rows_from_before_get_their_clocks_once(here):
    case, report = make_case(here, state="submitted", step_due_on=OPENED), make_report(here)
    Clock.objects.all().delete()
    assert start_missing_clocks() == 2
    assert running(case) == {"approval": OPENED}
    assert Clock.objects.get(report=report).due == RECEIVED + timedelta(hours=12)
    assert start_missing_clocks() == 0


def test_the_case_page_says_when_who_and_by_which_article(client, here, lan):
    case = make_case(here, state="submitted", step_due_on=date(2026, 3, 4))
    client.force_login(lan)
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    for words in ("04/03/2026", "Chủ tịch Ủy ban nhân dân cấp xã", "khoản 4 Điều 28"):
        assert words in page
