"""From the first assessment to the end: each verb works, refuses, and leaves its trace."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases import actions
from tuoitho.cases.models import Case
from tuoitho.cases.tests.make import (
    DISHES,
    MEASURES,
    NO_WORK,
    OPENED,
    RECEIVED,
    in_support,
    make_case,
    make_child,
    make_report,
)  # fmt: skip
from tuoitho.lib.hanoi import HANOI

MONDAY = OPENED  # 02/03/2026


def later(days: int) -> date:
    return OPENED + timedelta(days=days)


@pytest.fixture
def case(here):
    return make_case(here)


def test_the_first_assessment_starts_the_five_working_days(case, lan):
    case = actions.assess_emergency(case, emergency=False, by=lan, on=MONDAY)
    assert (case.state, case.emergency, case.plan_due_on) == ("assessed", False, date(2026, 3, 9))
    assert case.first_assessments.get().harm_now == "medium"
    assert Event.objects.get(action="cases.assess").after["state"] == "assessed"


def test_no_limit_of_five_days_for_sixteen_and_seventeen(here, lan):
    case = make_case(here, outside_children_law=True)
    case = actions.assess_emergency(case, emergency=False, by=lan, on=MONDAY)
    assert case.plan_due_on is None
    assert actions.start_support(case, by=lan, on=MONDAY).state == "supporting"


def test_a_child_below_sixteen_is_not_supported_without_a_plan(here, lan):
    with pytest.raises(ValidationError):
        actions.start_support(make_case(here, state="assessed"), by=lan, on=MONDAY)


def test_an_emergency_waits_for_the_chair(case, lan, chung):
    case = actions.assess_emergency(
        case, emergency=True, by=lan, on=MONDAY, at=RECEIVED + timedelta(hours=2), harm_now="high"
    )
    assert case.emergency_pending
    actions.decide_emergency(
        case, kind="separation", by=chung, on=MONDAY, until=later(14),
        at=RECEIVED + timedelta(hours=5), place_of_stay="Nhà bà ngoại", carer="Bà ngoại",
    )  # fmt: skip
    case.refresh_from_db()
    assert not case.emergency_pending
    assert case.emergency_decided_at == datetime(2026, 3, 2, 13, 0, tzinfo=HANOI)


def test_separation_lasts_fifteen_days_with_its_extensions(case, chung):
    actions.decide_emergency(case, kind="separation", by=chung, on=MONDAY, until=later(9))
    with pytest.raises(ValidationError) as error:
        actions.decide_emergency(case, kind="separation", by=chung, on=later(10), until=later(15))
    assert "16/03/2026" in error.value.message_dict["until"][0]
    actions.decide_emergency(case, kind="separation", by=chung, on=later(10), until=later(14))


def test_a_separation_ended_early_gives_its_days_back(case, chung):
    first = actions.decide_emergency(case, kind="separation", by=chung, on=MONDAY, until=later(14))
    actions.end_emergency(first, by=chung, on=later(4))
    actions.decide_emergency(case, kind="separation", by=chung, on=later(20), until=later(29))


@pytest.mark.parametrize("wrong", [{"until": None}, {"until": later(-1)}, {"kind": "jail"}])
def test_a_separation_needs_an_end(case, chung, wrong):
    with pytest.raises(ValidationError):
        actions.decide_emergency(
            case, **{"kind": "separation", "until": later(3), **wrong}, by=chung, on=MONDAY
        )


def test_only_the_chair_decides(case, lan, thu, hanh):
    for person in (lan, thu, hanh):
        with pytest.raises(PermissionDenied):
            actions.decide_emergency(case, kind="medical", by=person, on=MONDAY)


def test_a_plan_is_drafted_changed_and_submitted(here, lan):
    case = make_case(here, state="assessed", plan_due_on=date(2026, 3, 9))
    actions.draft_plan(case, needs="Đi học", by=lan, on=MONDAY, family="Bố mẹ ly hôn")
    plan = actions.draft_plan(case, needs="Đi học lại", measures=MEASURES, by=lan, on=later(1))
    assert (plan.version, plan.due_on, plan.needs) == (1, date(2026, 3, 9), "Đi học lại")
    assert plan.family == "Bố mẹ ly hôn"
    actions.submit_plan(case, by=lan, on=later(2))
    case.refresh_from_db()
    assert (case.state, case.plan_submitted_on) == ("submitted", later(2))
    assert case.approval_due_on == case.step_due_on == date(2026, 3, 6)


def test_an_empty_plan_is_not_submitted(here, lan):
    case = make_case(here, state="assessed")
    with pytest.raises(ValidationError):
        actions.draft_plan(case, needs=" ", by=lan, on=MONDAY)
    actions.draft_plan(case, needs="Đi học", by=lan, on=MONDAY)
    with pytest.raises(ValidationError):
        actions.submit_plan(case, by=lan, on=MONDAY)


def test_a_measure_says_what_and_when(here, lan):
    for row in ({"kind": "x", "what": "y"}, {"kind": "health", "what": ""},
                {**MEASURES[0], "starts_on": later(3), "ends_on": later(1)}):  # fmt: skip
        with pytest.raises(ValidationError):
            actions.draft_plan(make_case(here, state="assessed"), needs="x", measures=[row],
                               by=lan, on=MONDAY)  # fmt: skip


def test_the_worker_does_not_approve_her_own_plan(here, lan, chung, thu):
    case = make_case(here, state="assessed")
    actions.draft_plan(case, needs="Đi học", measures=MEASURES, by=lan, on=MONDAY)
    actions.submit_plan(case, by=lan, on=MONDAY)
    for person in (lan, thu):
        with pytest.raises(PermissionDenied):
            actions.approve_plan(case, by=person, on=MONDAY)
    plan = actions.approve_plan(case, by=chung, on=later(1), number="12/QĐ-UBND")
    case.refresh_from_db()
    assert (plan.decision, plan.decided_on, case.state) == ("approved", later(1), "supporting")
    assert (case.supported_since, case.step_due_on) == (later(1), later(31))
    assert Event.objects.get(action="cases.approve_plan").actor_key == chung.pk


def test_a_refused_plan_is_written_again(here, lan, chung):
    case = make_case(here, state="assessed")
    actions.draft_plan(case, needs="Đi học", measures=MEASURES, by=lan, on=MONDAY)
    actions.submit_plan(case, by=lan, on=MONDAY)
    with pytest.raises(ValidationError):
        actions.refuse_plan(case, " ", by=chung, on=MONDAY)
    actions.refuse_plan(case, "Thiếu kinh phí", by=chung, on=MONDAY)
    with pytest.raises(ValidationError):
        actions.submit_plan(case, by=lan, on=MONDAY)
    again = actions.draft_plan(case, needs="Đi học", measures=MEASURES, by=lan, on=later(1))
    assert (again.version, case.plans.count()) == (2, 2)
    assert case.plans.get(version=1).reason == "Thiếu kinh phí"


def test_services_have_a_beginning_an_end_and_a_result(case, lan):
    service = actions.start_service(
        case, kind="vocational", by=lan, on=MONDAY, provider_name="Trường nghề", cost=3_000_000
    )
    with pytest.raises(ValidationError):
        actions.end_service(service, result="", by=lan, on=later(5))
    with pytest.raises(ValidationError):
        actions.end_service(service, result="achieved", by=lan, on=later(-5))
    service = actions.end_service(service, result="achieved", by=lan, on=later(60))
    assert (service.ended_on, service.result) == (later(60), "achieved")
    with pytest.raises(ValidationError):
        actions.end_service(service, result="partly", by=lan, on=later(61))


def test_nothing_is_added_to_a_closed_case(here, lan, chung):
    case = make_case(here, state="closed")
    for act in (
        lambda: actions.start_service(case, kind="health", by=lan, on=MONDAY),
        lambda: actions.record_visit(case, NO_WORK, by=lan, on=MONDAY),
        lambda: actions.record_cessation(case, by=lan, on=MONDAY),
        lambda: actions.decide_emergency(case, kind="medical", by=chung, on=MONDAY),
        lambda: actions.attach_report(case, make_report(here), by=lan, on=MONDAY),
    ):
        with pytest.raises(ValidationError):
            act()


def test_a_visit_is_judged_and_sets_the_next(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    visit = actions.record_visit(case, NO_WORK, by=lan, on=later(30), schooling="attending")
    case.refresh_from_db()
    assert (visit.clear, visit.outcome, case.step_due_on) == (True, "not_working", later(90))
    with pytest.raises(ValidationError):
        actions.record_visit(case, NO_WORK, by=lan, on=later(30))


def test_cessation_needs_two_clear_visits_ninety_days_apart(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    actions.record_visit(case, NO_WORK, by=lan, on=later(30))
    with pytest.raises(ValidationError):
        actions.record_cessation(case, by=lan, on=later(31))
    actions.record_visit(case, NO_WORK, by=lan, on=later(120))
    assert actions.record_cessation(case, by=lan, on=later(121)).ceased_on == later(120)


def test_work_found_again_takes_the_cessation_back(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    for day in (30, 120):
        actions.record_visit(case, NO_WORK, by=lan, on=later(day))
    actions.record_cessation(case, by=lan, on=later(120))
    assert not actions.record_visit(case, DISHES, by=lan, on=later(150)).clear
    case.refresh_from_db()
    assert case.ceased_on is None


def test_the_whole_way_to_the_end(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    actions.move_case(case, "follow", by=lan, on=later(20))
    for day in (30, 120):
        actions.record_visit(case, NO_WORK, by=lan, on=later(day))
    actions.record_cessation(case, by=lan, on=later(120))
    actions.review_case(
        case, no_more_risk=True, stable=True, conclusion="close", by=lan, on=later(121)
    )
    with pytest.raises(PermissionDenied):
        actions.close_case(case, by=lan, on=later(122))
    case = actions.close_case(case, by=chung, on=later(122))
    assert (case.state, case.closed_on, case.closing) == ("closed", later(122), "reached")
    names = list(case.moves.order_by("pk").values_list("name", flat=True))
    assert names == ["open", "assess", "draft_plan", "submit_plan", "approve_plan", "follow",
                     "review", "close"]  # fmt: skip


def test_closing_is_concluded_only_without_risk_and_stable(here, lan):
    for risk_gone, stable in ((True, False), (False, True)):
        with pytest.raises(ValidationError):
            actions.review_case(make_case(here, state="following"), no_more_risk=risk_gone,
                                stable=stable, conclusion="close", by=lan, on=MONDAY)  # fmt: skip


def test_child_labour_is_not_closed_before_it_has_ceased(here, lan, chung):
    case = make_case(here, state="following")
    actions.review_case(case, no_more_risk=True, stable=True, conclusion="close", by=lan, on=MONDAY)
    with pytest.raises(ValidationError):
        actions.close_case(case, by=chung, on=MONDAY)


def test_a_review_may_send_the_case_back(here, lan):
    case = make_case(here, state="following")
    actions.review_case(
        case, no_more_risk=False, stable=False, conclusion="replan", by=lan, on=MONDAY
    )
    plan = actions.draft_plan(case, needs="Học nghề", by=lan, on=later(1))
    case.refresh_from_db()
    assert (plan.due_on, case.state) == (date(2026, 3, 10), "planned")


def test_steps_do_not_run_backwards_in_time_or_ahead_of_it(case, lan):
    for day in (later(-1), date(2099, 1, 1)):
        with pytest.raises(ValidationError):
            actions.assess_emergency(case, emergency=False, by=lan, on=day)


def test_the_labour_office_hands_a_case_over(here, there, lan, thu, hanh):
    case = make_case(here)
    make_report(here, case=case, state="in_case")
    with acting_as(hanh):
        actions.transfer_case(case, there, by=hanh, on=later(3), note="Gia đình chuyển đi")
    with acting_as(lan):
        assert not Case.objects.exists()
    with acting_as(thu):
        seen = Case.objects.get()
        assert (seen.unit, seen.opened_unit, seen.child.unit) == (there, here, there)
        assert seen.reports.count() == 1
        assert seen.moves.count() == 2


def test_a_worker_does_not_hand_over_to_where_she_has_no_say(here, there, lan):
    with pytest.raises(PermissionDenied):
        actions.transfer_case(make_case(here), there, by=lan, on=MONDAY)
