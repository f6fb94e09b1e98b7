"""The questions indicators ask of many cases."""

from datetime import date, timedelta

import pytest

from tuoitho.cases import actions
from tuoitho.cases.models import Case, Report, Screening
from tuoitho.cases.tests.make import (
    MEASURES,
    NO_WORK,
    OPENED,
    RECEIVED,
    in_support,
    make_case,
    make_child,
    make_report,
    make_screening,
)  # fmt: skip
from tuoitho.lib.lookups import keys
from tuoitho.lib.periods import Period
from tuoitho.people.actions import record_enrolment

Y2026 = Period.year(2026)


def test_reports_are_received_in_a_hanoi_year(here):
    make_report(here, received_at=RECEIVED.replace(year=2025, month=12, day=31, hour=23))
    assert not Report.objects.received_in(Y2026).exists()
    make_report(here, received_at=RECEIVED.replace(month=1, day=1, hour=0))
    assert Report.objects.received_in(Y2026).waiting().count() == 1


def test_reports_are_late_after_twelve_hours(here):
    make_report(here)
    make_report(here, state="screened")
    assert Report.objects.late().count() == 1


def test_screenings_by_day_and_finding(here):
    child = make_child(here)
    make_screening(child, observed_on=date(2025, 12, 31))
    make_screening(child)
    make_screening(child, child_labour=None, outcome="undetermined")
    assert Screening.objects.observed_in(Y2026).count() == 2
    assert Screening.objects.observed_in(Y2026).found_child_labour().count() == 1


@pytest.mark.parametrize(
    ("opened", "closed", "active"),
    [
        (date(2025, 5, 1), None, True),
        (date(2025, 5, 1), date(2025, 12, 31), False),
        (date(2025, 5, 1), date(2026, 1, 1), True),
        (date(2026, 12, 31), None, True),
        (date(2027, 1, 1), None, False),
    ],
)
def test_active_in_a_year_is_open_on_one_of_its_days(here, opened, closed, active):
    state = "closed" if closed else "opened"
    case = make_case(here, state=state, opened_on=opened)
    Case.objects.filter(pk=case.pk).update(closed_on=closed)
    assert Case.objects.active_in(Y2026).exists() is active


def test_a_case_closed_then_reopened_stays_closed_in_its_year(here, lan, chung):
    case = make_case(here, state="assessed")
    actions.close_case(case, reason="other", by=chung, on=date(2026, 4, 1))
    assert Case.objects.closed_in(Y2026).count() == 1
    actions.reopen_case(case, by=chung, on=date(2026, 5, 1), note="Có tin mới")
    assert Case.objects.closed_in(Y2026).count() == 1
    assert not Case.objects.closed_in(Period.year(2025)).exists()


def test_opened_notified_category_hazard_place(here, there):
    make_case(here, hazardous=True)
    make_case(there, category="at_risk", opened_unit=here, notified_on=date(2025, 12, 30))
    cases = Case.objects.all()
    assert cases.opened_in(Y2026).count() == 2
    assert cases.notified_in(Y2026).in_category("child_labour", "trafficked").count() == 1
    assert cases.of_hazardous_work().count() == 1
    assert cases.happened_in(keys([here.pk])).count() == 2


def helped(child, lan, chung):
    case = in_support(child, lan, chung)
    actions.start_service(case, kind="health", by=lan, on=OPENED)
    return case


def in_time():
    return Case.objects.supported_in_time().exists()


def test_support_in_time_needs_every_limit_and_some_help(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    assert not in_time()
    actions.record_visit(case, NO_WORK, by=lan, on=OPENED + timedelta(days=30))
    assert in_time()


@pytest.mark.parametrize(
    ("field", "limit"), [("plan_submitted_on", "plan_due_on"), ("approved_on", "approval_due_on")]
)
def test_a_day_after_a_limit_is_late_and_its_last_day_is_not(here, lan, chung, field, limit):
    case = helped(make_child(here), lan, chung)
    case.refresh_from_db()
    Case.objects.filter(pk=case.pk).update(**{field: getattr(case, limit)})
    assert in_time()
    late = getattr(case, limit) + timedelta(days=1)
    Case.objects.filter(pk=case.pk).update(**{field: late})
    assert not in_time()


@pytest.mark.parametrize(("hours", "expected"), [(12, True), (13, False)])
def test_an_emergency_is_decided_within_twelve_hours(here, lan, chung, hours, expected):
    case = helped(make_child(here), lan, chung)
    Case.objects.filter(pk=case.pk).update(
        emergency=True, first_response_due_at=RECEIVED + timedelta(hours=12),
        first_assessed_at=RECEIVED, emergency_decided_at=RECEIVED + timedelta(hours=hours),
    )  # fmt: skip
    assert in_time() is expected


def test_an_emergency_without_a_decision_is_not_in_time(here, lan, chung):
    case = helped(make_child(here), lan, chung)
    Case.objects.filter(pk=case.pk).update(emergency=True)
    assert not in_time()


def test_sixteen_and_seventeen_have_no_limits_of_article_28(here, lan):
    case = make_case(here, outside_children_law=True)
    actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
    actions.start_support(case, by=lan, on=OPENED + timedelta(days=40))
    assert not in_time()
    actions.start_service(case, kind="job", by=lan, on=OPENED)
    assert in_time()


def test_a_refusal_in_between_is_judged_by_the_submission_approved(here, lan, chung):
    case = make_case(here)
    actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
    for day in (1, 3):
        on = OPENED + timedelta(days=day)
        actions.draft_plan(case, needs="Học", measures=MEASURES, by=lan, on=on)
        actions.submit_plan(case, by=lan, on=on)
        if day == 1:
            actions.refuse_plan(case, "Thiếu", by=chung, on=on)
    actions.approve_plan(case, by=chung, on=OPENED + timedelta(days=7))
    actions.start_service(case, kind="job", by=lan, on=OPENED)
    assert in_time()


def test_education_is_schooling_or_a_service_of_the_period(here, lan, system):
    schooled, served, neither = (make_case(here) for _ in range(3))
    record_enrolment(
        schooled.child, school_year="2025-2026", status="attending", by=system, on=OPENED
    )
    actions.start_service(served, kind="vocational", by=lan, on=OPENED)
    actions.start_service(neither, kind="health", by=lan, on=OPENED)
    spring = Period(date(2026, 3, 1), date(2026, 4, 1))
    assert set(Case.objects.with_education_access(spring)) == {schooled, served}
    before = Period(date(2025, 7, 1), date(2025, 8, 1))
    assert not Case.objects.with_education_access(before).exists()


def test_what_is_due_by_a_day(here):
    make_case(here, step_due_on=OPENED)
    make_case(here, step_due_on=OPENED + timedelta(days=1))
    assert Case.objects.due_by(OPENED).count() == 1
