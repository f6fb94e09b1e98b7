"""The screens: whole, in part, refused with everything kept, and not there for strangers."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases import actions
from tuoitho.cases.models import Case, CaseMove, Report, Screening, Visit
from tuoitho.cases.tests.make import (
    DISHES,
    MEASURES,
    OPENED,
    in_support,
    make_case,
    make_child,
    make_report,
    make_screening,
    seal,
)  # fmt: skip

HTMX = {"HX-Request": "true"}


def url(name, *args):
    return reverse(f"cases:{name}", args=args)


@pytest.fixture
def rows(here, lan):
    """A report, a screening and a case here, with their addresses."""
    child = make_child(here)
    report, screening = make_report(here), make_screening(child)
    case = make_case(here)
    return [
        url("report_detail", report.pk), url("report_dismiss", report.pk),
        url("report_forward", report.pk), url("report_child", report.pk),
        url("screening_detail", screening.pk), url("screening_new", child.pk),
        url("case_new", child.pk), url("child_panel", child.pk), url("case_detail", case.pk),
        url("case_plan", case.pk), url("case_visit", case.pk), url("case_step", case.pk, "assess"),
        url("case_step", case.pk, "service"),
    ]  # fmt: skip


def test_every_page_opens_for_the_worker_and_for_no_stranger(client, rows, lan, thu):
    client.force_login(lan)
    assert [client.get(address).status_code for address in rows] == [200] * len(rows)
    client.force_login(thu)
    assert [client.get(address).status_code for address in rows] == [404] * len(rows)


def test_pages_need_somebody_signed_in(client, rows):
    assert {client.get(address).status_code for address in rows} == {302}


@pytest.mark.parametrize(("name", "part"), [("report_list", "list"), ("case_list", "list")])
def test_lists_whole_and_in_part_and_as_files(client, here, lan, name, part):
    make_report(here)
    make_case(here)
    client.force_login(lan)
    assert b"<html" in client.get(url(name)).content
    content = client.get(url(name), headers=HTMX).content
    assert b"<html" not in content
    assert f'id="{part}"'.encode() in content
    assert b"".join(client.get(url(name) + "?format=xlsx"))[:2] == b"PK"
    assert Event.objects.filter(action="cases.export").exists()


def test_filters_of_lists(client, here, lan):
    make_report(here, child_name="Trần Thị Na")
    make_case(here, step_due_on=OPENED)
    client.force_login(lan)
    for query in ("?q=Na", "?state=waiting", "?since=02/03/2026&until=02/03/2026"):
        assert "Trần Thị Na" in client.get(url("report_list") + query).content.decode()
    for query in ("?state=screened", "?since=03/03/2026"):
        assert "Trần Thị Na" not in client.get(url("report_list") + query).content.decode()
    for query in ("?q=nguyen", "?due=late", "?state=opened", "?category=child_labour"):
        assert "Nguyễn Văn An" in client.get(url("case_list") + query).content.decode()
    assert "Nguyễn Văn An" not in client.get(url("case_list") + "?hazardous=true").content.decode()


@pytest.mark.parametrize("name", ["report_list", "case_list"])
def test_lists_ask_little(client, here, lan, name, django_assert_max_num_queries):
    for _ in range(30):
        make_report(here)
        make_case(here)
    client.force_login(lan)
    with django_assert_max_num_queries(20):
        assert client.get(url(name)).status_code == 200


def test_a_case_page_asks_little(client, here, lan, chung, django_assert_max_num_queries):
    case = in_support(make_child(here), lan, chung)
    for _ in range(5):
        make_report(here, case=case, state="in_case")
        actions.start_service(case, kind="health", by=lan, on=OPENED)
    client.force_login(lan)
    with django_assert_max_num_queries(45):
        assert client.get(url("case_detail", case.pk)).status_code == 200


def form_of(client, address):
    """The hidden fields of the form at an address."""
    content = client.get(address).content.decode()
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', content))


def test_a_report_is_taken_down_and_its_code_told_once(client, here, lan):
    client.force_login(lan)
    data = {"unit": here.pk, "channel": "phone", "received_at": "02/03/2026 08:00",
            "happening": "Rửa bát đến khuya", "sex": "unknown",
            "form_token": form_of(client, url("report_new"))["form_token"]}  # fmt: skip
    answer = client.post(url("report_new"), data, follow=True)
    assert re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", answer.content.decode())
    client.post(url("report_new"), data)
    assert Report.objects.get().happening == "Rửa bát đến khuya"


def test_a_wrong_report_comes_back_with_what_was_typed(client, here, lan):
    client.force_login(lan)
    data = {"unit": here.pk, "channel": "phone", "received_at": "hôm qua", "place": "Chợ Văn Điển",
            "form_token": "x"}  # fmt: skip
    answer = client.post(url("report_new"), data, headers=HTMX)
    assert answer.status_code == 422
    assert "Chợ Văn Điển" in answer.content.decode()
    assert b"<html" not in answer.content


def test_a_school_reports_without_seeing(client, here, cast_member):
    client.force_login(cast_member("school"))
    data = {"unit": here.pk, "channel": "school", "received_at": "02/03/2026 08:00",
            "happening": "Nghỉ học đi làm", "sex": "unknown", "form_token": "s-1"}  # fmt: skip
    answer = client.post(url("report_new"), data)
    assert (answer.status_code, answer["Location"]) == (303, url("report_new"))
    assert client.get(url("report_list")).status_code == 404
    assert Report.objects.exists()


def test_from_report_to_case_through_the_screens(client, here, lan):
    report = make_report(here, child_name="Bé Na", age_estimate=11)
    client.force_login(lan)
    to_screening = client.post(
        url("report_child", report.pk), {"full_name": "Bé Na", "sex": "female", "age_low": 11,
                                         "age_high": 11}
    )["Location"]  # fmt: skip
    facts = {"observed_on": "02/03/2026", "working": "yes", "w1-relation": "employee",
             "w1-job": "other", "w1-place": "ordinary", "w1-hours_day": "5", "w1-hours_week": "35",
             "w1-night": "yes", "w1-description": "Rửa bát"}  # fmt: skip
    to_result = client.post(to_screening, facts)["Location"]
    screening = Screening.objects.get()
    content = client.get(to_result).content.decode()
    assert "Trẻ em lao động trái quy định pháp luật" in content
    assert "khoản 1 Điều 146" in content
    assert screening.report == report
    to_case = client.post(
        url("case_new", screening.child_id) + f"?screening={screening.pk}",
        {"category": "child_labour", "on": "02/03/2026"},
    )["Location"]
    case = Case.objects.get()
    assert to_case == url("case_detail", case.pk)
    assert case.reports.get() == report


def test_a_screening_that_contradicts_itself_comes_back(client, here, lan):
    client.force_login(lan)
    address = url("screening_new", make_child(here).pk)
    data = {"observed_on": "02/03/2026", "working": "no", "w1-description": "Bán vé số",
            "w2-hours_day": "30"}  # fmt: skip
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "Bán vé số" in answer.content.decode()
    answer = client.post(address, data | {"w2-hours_day": ""})
    assert (answer.status_code, Screening.objects.count()) == (422, 0)


def test_working_of_which_nothing_is_known_is_undetermined(client, here, lan):
    client.force_login(lan)
    address = url("screening_new", make_child(here).pk)
    result = client.post(address, {"observed_on": "02/03/2026", "working": "yes"})["Location"]
    assert Screening.objects.get().outcome == "undetermined"
    assert "Câu hỏi tiếp theo" in client.get(result).content.decode()


def test_linking_to_a_child_that_is_there(client, here, there, lan):
    child, report = make_child(here, "Trần Thị Na"), make_report(here, child_name="Tran Thi Na")
    client.force_login(lan)
    part = client.get(url("report_detail", report.pk), headers=HTMX).content.decode()
    assert "Trần Thị Na" in part
    assert "<html" not in part
    answer = client.post(url("report_link", report.pk), {"child": child.pk})
    assert answer["Location"] == f"{url('screening_new', child.pk)}?report={report.pk}"
    elsewhere = make_child(there)
    assert client.post(url("report_link", report.pk), {"child": elsewhere.pk}).status_code == 404


def test_the_way_of_a_case_through_its_buttons(client, here, lan, chung):
    case = make_case(here)
    client.force_login(lan)
    levels = dict.fromkeys(
        ("harm_now", "harm_reach", "harm_place", "self_protection", "carer_protection"), "low"
    )
    data = {"at": "02/03/2026 10:00", "emergency": "no", **levels}
    assert client.post(url("case_step", case.pk, "assess"), data).status_code == 303
    plan = {"on": "03/03/2026", "needs": "Đi học lại", "m-TOTAL_FORMS": "1",
            "m-INITIAL_FORMS": "0", "m-0-kind": "education", "m-0-what": "Trở lại lớp 6",
            "m-0-cost": "2.000.000"}  # fmt: skip
    assert client.post(url("case_plan", case.pk), plan).status_code == 303
    client.post(url("case_step", case.pk, "submit_plan"), {"on": "04/03/2026"})
    assert client.get(url("case_step", case.pk, "approve_plan")).status_code == 403
    client.force_login(chung)
    assert "Phê duyệt kế hoạch" in client.get(url("case_detail", case.pk)).content.decode()
    client.post(url("case_step", case.pk, "approve_plan"), {"on": "05/03/2026"})
    case.refresh_from_db()
    assert case.state == "supporting"
    answer = client.post(url("case_step", case.pk, "approve_plan"), {"on": "05/03/2026"})
    assert answer.status_code == 422
    assert client.get(url("case_step", case.pk, "nonsense")).status_code == 404


def test_a_plan_saved_again_keeps_its_rows(client, here, lan):
    case = make_case(here, state="assessed")
    actions.draft_plan(case, needs="Học", measures=MEASURES, by=lan, on=OPENED)
    client.force_login(lan)
    row = {"m-TOTAL_FORMS": "2", "m-INITIAL_FORMS": "1", "m-0-kind": "education",
           "m-0-what": MEASURES[0]["what"], "m-0-cost": "2000000"}  # fmt: skip
    client.post(url("case_plan", case.pk), {"on": "03/03/2026", "needs": "Học nghề", **row})
    assert case.plans.get().measures.get().what == MEASURES[0]["what"]


def test_a_visit_service_and_its_end_through_the_screens(client, here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    client.force_login(lan)
    visit = {"observed_on": "01/04/2026", "working": "no", "schooling": "attending"}
    assert client.post(url("case_visit", case.pk), visit).status_code == 303
    assert case.visits.get().clear
    assert client.post(url("case_visit", case.pk), visit).status_code == 422
    service = {"on": "02/03/2026", "kind": "vocational", "provider_name": "Trường nghề"}
    assert client.post(url("case_step", case.pk, "service"), service).status_code == 303
    end = {"on": "02/04/2026", "result": "achieved"}
    client.post(url("service_end", case.services.get().pk), end)
    assert case.services.get().result == "achieved"


def test_opening_a_page_about_a_child_is_written_down(client, here, lan):
    case = make_case(here)
    client.force_login(lan)
    client.get(url("case_detail", case.pk))
    assert Event.objects.get(action="cases.view").child_key == case.child_id


def test_a_sealed_case_is_on_no_page(client, here, lan, hanh, cast_member):
    case = make_case(here)
    report = make_report(here, case=case, state="in_case", child_name="Bí Mật", child=case.child)
    screening = make_screening(case.child, case=case)
    seal(case)
    for person in (lan, hanh):
        client.force_login(person)
        for address in (url("case_detail", case.pk), url("report_detail", report.pk),
                        url("screening_detail", screening.pk), url("case_step", case.pk, "assess"),
                        url("case_visit", case.pk)):  # fmt: skip
            assert client.get(address).status_code == 404
        for address in (url("case_list"), url("report_list") + "?q=Bí"):
            content = client.get(address).content.decode()
            assert "Bí Mật" not in content
            assert "0 dòng" in content or "Không có dòng" in content or "Chưa có" in content
        panel = client.get(url("child_panel", case.child_id)).content.decode()
        assert "HS-" not in panel
        assert str(report.pk) not in panel
    police = cast_member("police")
    client.force_login(police)
    for address in (url("case_detail", case.pk), url("report_detail", report.pk),
                    url("screening_detail", screening.pk)):  # fmt: skip
        assert client.get(address).status_code == 200
    # The log of the commune does not tell of it either.
    with acting_as(lan):
        assert not Event.objects.filter(actor_key=police.pk).exists()
    assert Event.objects.filter(actor_key=police.pk).count() == 3


def test_a_case_whose_child_lives_out_of_sight_still_opens(client, here, there, lan):
    case = make_case(here, child=make_child(there))
    client.force_login(lan)
    assert "chuyển ra ngoài" in client.get(url("case_detail", case.pk)).content.decode()
    assert "(ngoài địa bàn)" in client.get(url("case_list")).content.decode()


def test_what_a_screening_shows_beside_the_law(client, here, lan):
    screening = actions.screen_child(make_child(here), DISHES, observed_on=OPENED, by=lan)
    client.force_login(lan)
    content = client.get(url("screening_detail", screening.pk)).content.decode()
    for words in ("SDG 8.7.1", "Phạt tiền", "Mở hồ sơ", "Phiên bản pháp luật"):
        assert words in content


@pytest.mark.parametrize("count", [1, 30])
def test_a_case_asks_the_same_however_long_its_file(client, here, lan, count):
    case = make_case(here, state="supporting", supported_since=OPENED)
    for number in range(count):
        day = OPENED + timedelta(days=number)
        Visit.objects.create(case=case, on=day, clear=True, visited_by="lan")
        CaseMove.objects.create(case=case, name="visit", target=case.state, on=day, by_name="lan")
    client.force_login(lan)
    address = reverse("cases:case_detail", args=[case.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    # One question a table of the file; the sight of the child and the log of who looked beside.
    assert len(asked) <= 36
