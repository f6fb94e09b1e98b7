"""What waits for whom, soonest first."""

from datetime import date, timedelta

import pytest
import time_machine

from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.due import QUEUE, due_items
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

pytestmark = pytest.mark.usefixtures("_morning")


@pytest.fixture
def _morning():
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        yield


def whats(user):
    return [item.what for item in due_items(user)]


def test_reports_wait_twelve_hours(here, lan, thu, chung):
    make_report(here)
    (item,) = due_items(lan)
    assert item.due == RECEIVED + timedelta(hours=12)
    assert "Điều 26" in item.basis
    assert due_items(thu) == due_items(chung) == []


def test_each_step_waits_for_its_own_person(here, lan, chung, hanh):
    case = make_case(here)
    assert (whats(lan), whats(chung)) == (["Đánh giá ban đầu"], [])
    actions.assess_emergency(case, emergency=True, by=lan, on=OPENED)
    assert whats(lan) == ["Lập và trình kế hoạch"]
    assert whats(chung) == ["Quyết định biện pháp khẩn cấp"]
    actions.draft_plan(case, needs="Học", measures=MEASURES, by=lan, on=OPENED)
    actions.submit_plan(case, by=lan, on=OPENED)
    assert "Phê duyệt kế hoạch" in whats(chung)
    assert whats(lan) == whats(hanh) == []


def test_visits_come_up_two_weeks_before(here, lan, chung):
    in_support(make_child(here), lan, chung)
    assert whats(lan) == []
    with time_machine.travel("2026-03-19 09:00+07:00", tick=False):  # due on 01/04
        (item,) = due_items(lan)
    assert (item.what, item.due) == ("Thăm hộ", date(2026, 4, 1))


def test_services_past_their_end_and_separations_at_theirs(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    actions.start_service(case, kind="health", by=lan, on=OPENED, planned_end=OPENED)
    actions.decide_emergency(
        case, kind="separation", by=chung, on=OPENED, until=OPENED + timedelta(days=3)
    )
    assert "Ghi kết quả dịch vụ" in whats(lan)
    assert any(what.startswith("Hết hạn") for what in whats(chung))


def test_no_legal_limit_is_named_for_sixteen_and_seventeen(here, lan):
    case = make_case(here, outside_children_law=True)
    actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
    (item,) = due_items(lan)
    assert "Nghị định" not in item.basis


def test_a_sealed_case_waits_for_the_police_only(here, lan, chung, cast_member):
    case = make_case(here)
    seal(case)
    police = cast_member("police")
    for person in (lan, chung):
        with acting_as(person):
            assert due_items(person) == []
    with acting_as(police):
        assert whats(police) == ["Đánh giá ban đầu"]


def test_soonest_first_with_one_question_a_part(here, lan, django_assert_max_num_queries):
    for _ in range(20):
        make_report(here)
        make_case(here)
    with django_assert_max_num_queries(len(QUEUE) + 4):
        items = due_items(lan)
    assert [i.moment for i in items] == sorted(i.moment for i in items)
    assert len(items) == 40
