"""What each person is reminded of, from thirty days before the last day in time."""

from datetime import date

import pytest
import time_machine

from conftest import make_user
from tuoitho.plan.tests.make import make_programme
from tuoitho.reports.actions import call_reports
from tuoitho.reports.due import due_items
from tuoitho.reports.models import UnitReport
from tuoitho.reports.tests.make import make_consolidation, make_report


@pytest.fixture(autouse=True)
def programme(db):
    return make_programme()


def on(day):
    return time_machine.travel(f"{day}T09:00:00+07:00", tick=False)


def whats(user, day):
    with on(day):
        return [(item.what, item.subject, item.due) for item in due_items(user)]


@pytest.mark.parametrize(
    ("day", "times"),
    [("2025-10-24", 0), ("2025-10-25", 1), ("2025-11-10", 2), ("2025-11-17", 3),
     ("2025-11-23", 4), ("2025-11-26", 4)],
)  # fmt: skip
def test_a_report_nobody_called_for_is_asked_for_all_the_same(lan, day, times):
    name = f"Ủy ban nhân dân xã Thanh Trì · đã nhắc {times} lần"
    expected = [("Báo cáo năm 2025", name, date(2025, 11, 24))] if times else []
    assert whats(lan, day) == expected


def test_many_bodies_are_asked_about_at_once(cast_member, django_assert_max_num_queries):
    unions = cast_member("mass_organisation")
    with on("2025-11-23"), django_assert_max_num_queries(10):
        assert len(due_items(unions)) == 5


def test_one_that_is_called_for_leads_to_its_page(area, here, lan, hanh):
    with on("2025-10-25"):
        call_reports(area, 2025, by=hanh, on=date(2025, 10, 25))
        (item,) = due_items(lan)
    report = UnitReport.objects.get(unit=here)
    assert (item.url_name, item.url_args) == ("reports:report_detail", (report.pk,))
    assert item.done_by == "đã viết, ký và gửi"
    assert item.basis == "365/KH-UBND, IV.KL"


@pytest.mark.parametrize(
    ("state", "done_by"),
    [("draft", "viết xong"), ("signed", "gửi bản đã ký"), ("returned", "lý do trả lại")],
)
def test_each_state_says_what_ends_it(here, chung, state, done_by):
    make_report(here, state)
    with on("2025-11-20"):
        (item,) = due_items(chung)
    assert done_by in item.done_by


@pytest.mark.parametrize("state", ["sent", "accepted"])
def test_what_is_sent_is_due_no_more(here, lan, state):
    make_report(here, state)
    assert whats(lan, "2025-11-24") == []


def test_nobody_is_reminded_of_anothers(area, here, lan, thu, duc):
    make_report(here)
    make_report(area, "owed", office="gddt", name="Phòng GDĐT")
    assert [subject for _w, subject, _d in whats(thu, "2025-11-20")] == [
        "Ủy ban nhân dân xã Đại Thanh · đã nhắc 3 lần"
    ]
    assert not any("GDĐT" in subject for _w, subject, _d in whats(duc, "2025-11-20"))


def test_the_standing_body_accepts_urges_and_consolidates(area, here, there, hanh):
    make_report(here, "sent", sent_on=date(2025, 11, 20))
    make_report(there, "draft", name="Ủy ban nhân dân xã Đại Thanh")
    make_report(area, "accepted", office="ldtbxh", name="Phòng LĐTBXH")
    found = whats(hanh, "2025-11-25")
    assert found == [
        ("Tiếp nhận báo cáo năm", "1 báo cáo đã gửi", date(2025, 11, 27)),
        ("Đôn đốc báo cáo năm còn thiếu", "Ủy ban nhân dân xã Đại Thanh", date(2025, 11, 24)),
        ("Báo cáo tổng hợp năm 2025", "gửi UBND huyện, Sở LĐTBXH", date(2025, 12, 9)),
    ]
    assert not any(what.startswith("Đôn đốc") for what, _s, _d in whats(hanh, "2025-11-24"))


def test_a_consolidated_report_that_is_sent_is_due_no_more(area, hanh):
    make_report(area, "accepted", office="ldtbxh", name="Phòng LĐTBXH")
    make_consolidation(area, "sent")
    assert whats(hanh, "2025-12-10") == []


def test_many_late_ones_are_counted(area, hanh):
    with on("2025-11-26"):
        call_reports(area, 2025, by=hanh, on=date(2025, 11, 26))
        late = next(item for item in due_items(hanh) if item.what.startswith("Đôn đốc"))
    assert late.subject.endswith("13 đơn vị khác")


def test_who_has_nothing_to_do_with_reports_is_left_in_peace(area, cast_member):
    for person in (cast_member("collaborator"), make_user("so", "department", area)):
        assert whats(person, "2025-11-24") == []
