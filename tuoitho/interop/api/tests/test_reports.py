"""/reports: sent by whoever may receive, read where one may look."""

from datetime import UTC, datetime

import pytest

from tuoitho.audit.models import Event
from tuoitho.cases.models import Report
from tuoitho.cases.receipts import status
from tuoitho.cases.tests.make import make_report
from tuoitho.interop.api.tests.make import program_of

DISHES = {
    "unit": "00640", "channel": "hotline_111", "received_at": "2026-03-02T08:00:00+07:00",
    "happening": "Cháu bé rửa bát thuê đến khuya.", "child_name": "Bé Na", "age_estimate": 11,
    "reporter_name": "Bà Tư", "reporter_phone": "0912345678",
}  # fmt: skip


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["items"]]


def test_a_report_is_received_with_a_code(lan, here):
    answer = program_of(lan).post("/reports", DISHES)
    assert answer.status_code == 201, answer.content
    report = Report.objects.get()
    assert answer.json()["id"] == str(report.pk)
    assert status(answer.json()["receipt_code"]).state == "received"
    assert (report.unit, report.channel, report.age_estimate) == (here, "hotline_111", 11)
    assert report.received_at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert report.happening == DISHES["happening"]
    assert Event.objects.filter(action="cases.receive", actor_key=lan.pk).exists()


def test_a_report_for_another_commune_goes_there(lan, thu):
    made = program_of(lan).post("/reports", DISHES | {"unit": "00664"})
    assert made.status_code == 201
    assert ids(program_of(lan).get("/reports")) == []
    assert ids(program_of(thu).get("/reports")) == [made.json()["id"]]


def test_the_same_sending_twice_is_one_report_and_one_code(lan):
    program = program_of(lan)
    one, two = (program.post("/reports", DISHES, key="a-1").json() for _ in range(2))
    assert one == two
    assert Report.objects.count() == 1


def test_keys_of_two_systems_do_not_meet(lan, thu):
    one = program_of(lan).post("/reports", DISHES, key="1").json()
    other = program_of(thu).post("/reports", DISHES, key="1").json()
    assert one["receipt_code"] != other["receipt_code"]
    assert Report.objects.count() == 2


def test_another_report_under_a_used_key_is_not_lost(lan):
    program = program_of(lan)
    program.post("/reports", DISHES, key="1")
    program.post("/reports", DISHES | {"child_name": "Bé Tý"}, key="1")
    assert Report.objects.count() == 2


def test_without_a_key_each_sending_is_a_report(lan):
    program = program_of(lan)
    program.post("/reports", DISHES)
    program.post("/reports", DISHES)
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channel": "facebook"}, "channel"),
        ({"received_at": "2026-03-02T08:00:00"}, "received_at"),
        ({"received_at": "2099-01-01T00:00:00+07:00"}, "received_at"),
        ({"happening": ""}, "happening"),
        ({"happening": "   "}, "happening"),
        ({"happening": "a\x00b"}, "happening"),
        ({"unit": "020"}, "unit"),
        ({"unit": "zzz"}, "unit"),
        ({"age_estimate": 90}, "age_estimate"),
        ({"age_estimate": 11.5}, "age_estimate"),
        ({"child_name": "x" * 121}, "child_name"),
        ({"state": "dismissed"}, "state"),
        ({"form_token": "1"}, "form_token"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(lan, wrong, field):
    answer = program_of(lan).post("/reports", DISHES | wrong)
    assert answer.status_code == 422, answer.content
    assert field in answer.json()["errors"]
    assert not Report.objects.exists()


def test_hostile_text_is_kept_as_text(lan):
    hostile = "<script>alert(1)</script> '; DROP TABLE cases_report; -- {{ 7*7 }} ‮"
    program = program_of(lan)
    made = program.post("/reports", DISHES | {"happening": hostile}).json()
    assert program.get(f"/reports/{made['id']}").json()["happening"] == hostile


def test_lists_are_filtered_by_state_channel_unit_and_day(hanh, here, there):
    early = make_report(here, received_at=datetime(2026, 1, 5, 20, tzinfo=UTC))  # 06/01, Hà Nội
    late = make_report(there, channel="police")
    program = program_of(hanh)
    assert ids(program.get("/reports")) == [str(late.pk), str(early.pk)]
    assert ids(program.get("/reports", channel="police")) == [str(late.pk)]
    assert ids(program.get("/reports", unit="00640")) == [str(early.pk)]
    assert ids(program.get("/reports", received_to="2026-01-06")) == [str(early.pk)]
    assert ids(program.get("/reports", received_from="2026-01-07")) == [str(late.pk)]
    assert ids(program.get("/reports", state="dismissed")) == []
    assert program.get("/reports", state="x").status_code == 422
    turned = program.get("/reports", received_from="2026-02-01", received_to="2026-01-01")
    assert turned.json()["errors"] == {"received_to": ["Ngày cuối không thể trước ngày đầu."]}
    assert program.get("/reports", received_to="9999-12-31").status_code == 200


def test_a_page_is_followed_to_the_end_without_repeating(lan, here):
    made = {str(make_report(here).pk) for _ in range(5)}
    program, found, after = program_of(lan), [], ""
    for _ in range(3):
        answer = program.get("/reports", limit=2, after=after)
        found += ids(answer)
        after = answer.json()["next"]
    assert (set(found), len(found), after) == (made, 5, "")


def test_reading_a_report_is_logged_and_never_says_who_told(lan, here):
    made = program_of(lan).post("/reports", DISHES).json()["id"]
    answer = program_of(lan).get(f"/reports/{made}")
    seen = answer.json()
    assert (seen["informant_named"], seen["received_at"]) == (True, "2026-03-02T08:00:00+07:00")
    assert seen["routed_because"].startswith("Chuyển đến Xã Thanh Trì vì việc xảy ra ở đó")
    assert "0912345678" not in answer.content.decode()
    assert Event.objects.filter(action="cases.view_report", subject_key=made).count() == 1


def test_where_nobody_knows_goes_to_the_area(lan, hanh, area):
    made = program_of(lan).post("/reports", DISHES | {"unit": ""}).json()
    assert Report.objects.get(pk=made["id"]).unit == area
    assert ids(program_of(hanh).get("/reports")) == [made["id"]]


def test_strangers_find_nothing(thu, here):
    report = make_report(here)
    program = program_of(thu)
    assert ids(program.get("/reports")) == []
    assert program.get(f"/reports/{report.pk}").status_code == 404
    assert program.get("/reports/khong-phai-uuid").status_code == 404


def test_a_token_without_receiving_sends_nothing(lan):
    assert program_of(lan, "people.view").post("/reports", DISHES).status_code == 404
    assert program_of(lan, "cases.view").post("/reports", DISHES).status_code == 403
    assert not Report.objects.exists()


def test_a_token_that_only_sends_reads_nothing_back(lan, here):
    program = program_of(lan, "cases.receive")
    made = program.post("/reports", DISHES)
    assert made.status_code == 201
    assert set(made.json()) == {"id", "receipt_code"}
    assert program.get(f"/reports/{made.json()['id']}").status_code == 404
