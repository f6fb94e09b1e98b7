"""Visits against the schedule, cessation that somebody else verifies, and relapse, counted once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.follow_up import follow_up_of, planned_days, stops
from tuoitho.cases.models import Case, Cessation, Relapse, Visit
from tuoitho.cases.parameters import Schedule
from tuoitho.cases.story import buttons
from tuoitho.cases.tests.make import (
    DISHES,
    NO_WORK,
    OPENED,
    in_support,
    make_case,
    make_child,
    seal,
)
from tuoitho.lib.periods import Period
from tuoitho.people.actions import record_attendance

HIGH = Schedule((7, 15, 30, 60, 90), 30, settles=3)
START = date(2026, 1, 1)
DAYS = st.lists(st.integers(1, 400), unique=True, max_size=12)


def later(days):
    return OPENED + timedelta(days=days)


def on_days(*days):
    return [Visit(on=START + timedelta(days=n)) for n in sorted(days)]


def offered(case, user):
    """Names of the buttons of the case's page."""
    return [button.name for button in buttons(Case.objects.get(pk=case.pk), user)]


@pytest.fixture
def mai(here):
    """A second worker of the commune."""
    return make_user("mai", "commune_worker", here, full_name="Đỗ Thị Mai")


@pytest.fixture
def stopped(here, lan, chung):
    """Visited twice by Lan, 90 days apart, and recorded by her as stopped."""
    case = in_support(make_child(here), lan, chung)
    for day in (30, 120):
        actions.record_visit(case, NO_WORK, by=lan, on=later(day))
    return actions.record_cessation(case, by=lan, on=later(120))


def test_a_slipped_day_stays_open_until_somebody_comes():
    found = stops(START, HIGH, on_days(7, 40), START + timedelta(days=50))
    assert [(s.planned - START).days for s in found] == [7, 15, 30, 60]
    assert [s.slip for s in found] == [0, 25, 10, 0]
    assert [s.visit is not None for s in found] == [True, True, True, False]
    missed = stops(START, HIGH, [], START + timedelta(days=20))
    assert [(s.is_missed, s.slip) for s in missed] == [(True, 13), (True, 5), (False, 0)]


@given(DAYS, st.integers(0, 400))
def test_the_schedule_always_ends_with_one_day_ahead(days, passed):
    day = START + timedelta(days=passed)
    planned = planned_days(START, HIGH, day)
    assert planned == sorted(set(planned))
    assert planned[-1] > day
    assert all(p <= day for p in planned[:-1])
    assert all(s.slip >= 0 for s in stops(START, HIGH, on_days(*days), day))


def test_a_visit_keeps_the_day_it_was_planned_for(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    visit = actions.record_visit(case, NO_WORK, by=lan, on=later(41))
    assert (visit.planned_on, visit.slip) == (later(30), 11)
    assert actions.record_visit(case, NO_WORK, by=lan, on=later(85)).slip == 0
    found = follow_up_of(Case.objects.get(pk=case.pk))
    assert [s.slip for s in found.stops][:2] == [11, 0]


def test_who_visited_alone_does_not_verify(stopped, lan, mai, chung):
    row = stopped.cessations.get()
    assert (row.ceased_on, row.is_verified) == (later(120), False)
    with pytest.raises(ValidationError, match="không tự xác minh"):
        actions.verify_cessation(stopped, by=lan, on=later(121))
    for wrong in (later(119), date(2099, 1, 1)):
        with pytest.raises(ValidationError):
            actions.verify_cessation(stopped, by=mai, on=wrong)
    row = actions.verify_cessation(stopped, by=mai, on=later(121))
    assert "Mai" in row.verified_by
    with pytest.raises(ValidationError):
        actions.verify_cessation(stopped, by=chung, on=later(122))


def test_a_second_visitor_or_recorder_has_verified_it(here, lan, mai, chung):
    by_two = in_support(make_child(here), lan, chung)
    actions.record_visit(by_two, NO_WORK, by=lan, on=later(30))
    actions.record_visit(by_two, NO_WORK, by=mai, on=later(120))
    actions.record_cessation(by_two, by=lan, on=later(120))
    assert "Mai" in by_two.cessations.get().verified_by
    by_one = in_support(make_child(here), lan, chung)
    for day in (30, 120):
        actions.record_visit(by_one, NO_WORK, by=lan, on=later(day))
    actions.record_cessation(by_one, by=mai, on=later(121))
    assert "Mai" in by_one.cessations.get().verified_by


def test_the_chair_who_closes_has_verified(stopped, lan, chung):
    actions.review_case(
        stopped, no_more_risk=True, stable=True, conclusion="close", by=lan, on=later(121)
    )
    actions.close_case(stopped, by=chung, on=later(122))
    assert "Chung" in stopped.cessations.get().verified_by


def test_two_visits_of_one_day_prove_nothing(stopped):
    visit = stopped.visits.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Cessation.objects.create(
            case=stopped, ceased_on=later(30), first_visit=visit, last_visit=visit,
            recorded_on=later(30), recorded_by="lan",
        )  # fmt: skip


@given(st.lists(st.tuples(st.integers(1, 200), st.booleans()), max_size=8,
                unique_by=lambda pair: pair[0]))  # fmt: skip
def test_cessation_spans_ninety_days_of_clear_visits(pairs):
    from tuoitho.cases.deadlines import cessation_day
    from tuoitho.cases.parameters import Cessation as Needed

    visits = [(START + timedelta(days=n), clear) for n, clear in sorted(pairs)]
    found = cessation_day(visits, Needed(visits=2, days=90))
    if found is None:
        return
    run = [day for day, _clear in visits if day >= found - timedelta(days=90)]
    assert visits[-1] == (found, True)
    assert all(clear for day, clear in visits if day in run)


def test_a_relapse_is_counted_once_and_the_cessation_stays(stopped, lan):
    actions.record_visit(stopped, DISHES, by=lan, on=later(150))
    actions.record_visit(stopped, DISHES, by=lan, on=later(160))
    relapse = stopped.relapses.get()
    assert (relapse.on, relapse.cessation.ceased_on) == (later(150), later(120))
    assert Case.objects.get(pk=stopped.pk).ceased_on is None
    year = Period.year(2026)
    assert Case.objects.ceased_in(year).relapsed_after(year).get() == stopped
    assert not Case.objects.ceased_in(Period.year(2025)).exists()


def test_a_finding_after_the_end_is_a_relapse_too(stopped, lan, chung):
    actions.review_case(
        stopped, no_more_risk=True, stable=True, conclusion="close", by=lan, on=later(121)
    )
    actions.close_case(stopped, by=chung, on=later(122))
    screening = actions.screen_child(stopped.child, DISHES, observed_on=later(200), by=lan)
    assert stopped.relapses.get().screening == screening
    case = actions.reopen_case(stopped, by=chung, on=later(201), note="Em lại đi làm")
    assert (case.ceased_on, case.cessations.count()) == (None, 1)


def test_visits_of_the_time_before_do_not_show_that_it_stopped_again(stopped, lan, chung):
    close = {"no_more_risk": True, "stable": True, "conclusion": "close"}
    actions.review_case(stopped, **close, by=lan, on=later(121))
    actions.close_case(stopped, by=chung, on=later(122))
    case = actions.reopen_case(stopped, by=chung, on=later(130), note="Em lại nghỉ học đi làm")
    with pytest.raises(ValidationError):
        actions.record_cessation(case, by=lan, on=later(131))
    assert "cease" not in offered(case, lan)
    for day in (140, 230):
        actions.record_visit(case, NO_WORK, by=lan, on=later(day))
    assert "cease" in offered(case, lan)
    assert actions.record_cessation(case, by=lan, on=later(230)).ceased_on == later(230)


def test_what_was_found_before_it_stopped_is_no_relapse(stopped, lan):
    actions.screen_child(stopped.child, DISHES, observed_on=later(100), by=lan)
    actions.screen_child(stopped.child, NO_WORK, observed_on=later(130), by=lan)
    assert not Relapse.objects.exists()


def test_strangers_see_neither(stopped, lan, thu):
    actions.record_visit(stopped, DISHES, by=lan, on=later(150))
    with acting_as(thu):
        assert not Cessation.objects.exists()
        assert not Relapse.objects.exists()
    seal(stopped)
    with acting_as(lan):
        assert not Relapse.objects.exists()


def test_the_page_shows_slips_and_who_verifies(client, stopped, lan, chung, thu):
    verify = reverse("cases:case_step", args=[stopped.pk, "verify"])
    client.force_login(thu)
    assert client.get(verify).status_code == 404
    client.force_login(lan)
    assert client.post(verify, {"on": f"{later(121):%d/%m/%Y}"}).status_code == 422
    shown = client.get(reverse("cases:case_detail", args=[stopped.pk])).content.decode()
    assert "chờ người khác xác minh" in shown
    assert "Theo lịch" in shown
    client.force_login(chung)
    client.post(verify, {"on": f"{later(121):%d/%m/%Y}"})
    assert stopped.cessations.get().is_verified


def test_a_case_before_support_has_no_schedule(here):
    assert follow_up_of(make_case(here)) is None


@pytest.fixture
def supported(here, lan, chung):
    return in_support(make_child(here), lan, chung)


def test_a_visit_says_when_nobody_wrote_down_the_term_before_it(client, supported, lan):
    case = supported
    actions.record_visit(case, NO_WORK, by=lan, on=later(30), schooling="attending")
    client.force_login(lan)
    page = reverse("cases:case_detail", args=[case.pk])
    missing = "Chưa có chuyên cần Học kỳ I năm học 2025-2026"
    assert missing in client.get(page).content.decode()
    with acting_as(lan):
        record_attendance(case.child, school_year="2025-2026", term="1", days=80, by=lan, on=OPENED)
    assert missing not in client.get(page).content.decode()


def test_who_has_left_school_is_not_asked_for_days_of_class(client, supported, lan):
    case = supported
    actions.record_visit(case, NO_WORK, by=lan, on=later(30), schooling="dropped_out")
    client.force_login(lan)
    text = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "Chưa có chuyên cần" not in text


def test_the_form_of_a_visit_leads_to_the_missing_attendance(client, supported, lan):
    client.force_login(lan)
    text = client.get(reverse("cases:case_visit", args=[supported.pk])).content.decode()
    assert reverse("people:attendance_new", args=[supported.child_id]) in text
