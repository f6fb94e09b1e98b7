import pytest
import yaml
from django.urls import reverse

from tuoitho.plan.check import load
from tuoitho.plan.models import Document, SwappedDay, TaskReport
from tuoitho.plan.tests.make import (
    make_document,
    make_programme,
    make_report,
    packaged,
    task,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture
def programme(db):
    return make_programme()


@pytest.fixture
def clerk(client, lan):
    client.force_login(lan)
    return client


@pytest.fixture
def office(client, hanh):
    client.force_login(hanh)
    return client


def text_of(response):
    return response.content.decode()


def test_before_a_plan_is_loaded_the_page_says_how(clerk):
    assert "tuoitho plan load" in text_of(clerk.get(reverse("plan:plan_detail")))


def test_the_plan_shows_targets_thresholds_owners_and_deadline(clerk, programme):
    page = text_of(clerk.get(reverse("plan:plan_detail"), {"year": "2025"}))
    assert "ít nhất 90 %" in page
    assert "Phòng GDĐT, Phòng LĐTBXH" in page
    assert "dưới 1 %" in page
    assert "24/11/" in page


def test_the_plan_shows_which_commune_has_its_own(clerk, programme, here):
    document = make_document(
        here, "derived_plan", programme=programme, targets=programme.targets.all()[:3]
    )
    page = text_of(clerk.get(reverse("plan:plan_detail")))
    assert reverse("plan:document_detail", args=[document.pk]) in page
    assert page.count("chưa có trong sổ") == 4


def test_the_plan_asks_few_questions(clerk, programme, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        clerk.get(reverse("plan:plan_detail"))


def test_the_downloaded_file_is_the_plan(clerk, programme, tmp_path):
    answer = clerk.get(reverse("plan:plan_download", args=[programme.pk]))
    path = tmp_path / "plan.yaml"
    path.write_bytes(answer.content)
    assert load(path) == packaged()
    assert yaml.safe_load(text_of(answer))["header"]["number"] == "365/KH-UBND"


def test_the_list_begins_with_the_tasks_of_ones_office(clerk, programme):
    page = text_of(clerk.get(reverse("plan:task_list")))
    assert "IV.10.1" in page
    assert "IV.4.2" not in page


def test_the_list_shows_every_office_on_demand(clerk, programme):
    page = text_of(clerk.get(reverse("plan:task_list"), {"office": "", "group": "IV.4"}))
    assert "IV.4.2" in page
    assert "IV.10.1" not in page


def test_the_list_filters_by_progress_in_a_year(clerk, programme, here):
    make_report("IV.10.1", here, 2025, "done", result="Xong.")
    url = reverse("plan:task_list")
    done = text_of(clerk.get(url, {"progress": "done", "year": "2025"}))
    assert "IV.10.1" in done
    assert "IV.10.2" not in done
    other_year = text_of(clerk.get(url, {"progress": "done", "year": "2024"}))
    assert "IV.10.1" not in other_year


def test_one_unfinished_report_keeps_a_task_in_progress(office, programme, here, there):
    make_report("IV.10.1", here, 2025, "done", result="Xong.")
    make_report("IV.10.1", there, 2025, "not_started")
    page = text_of(
        office.get(
            reverse("plan:task_list"), {"office": "ubnd_xa", "year": "2025", "group": "IV.10"}
        )
    )
    assert page.count("Đang thực hiện</span>") == 1


def test_the_list_asks_few_questions(clerk, programme, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        clerk.get(reverse("plan:task_list"), {"office": ""})


def test_a_task_shows_its_words_owners_and_own_reports(clerk, programme, here, there):
    make_report("IV.10.3", here, result="Rà soát xong thôn 1.", figures=[["Số hộ", "1250"]])
    make_report("IV.10.3", there, result="Của xã khác.")
    page = text_of(clerk.get(reverse("plan:task_detail", args=[task("IV.10.3").pk])))
    assert "Thường xuyên rà soát" in page
    assert "Rà soát xong thôn 1." in page
    assert "Số hộ: 1.250" in page
    assert "Của xã khác." not in page


def send(client, code="IV.10.1", **given):
    facts = {"year": "2025", "state": "in_progress", "result": "", "figures": ""}
    return client.post(reverse("plan:task_report", args=[task(code).pk]), {**facts, **given})


def test_a_report_is_sent(clerk, programme, here):
    answer = send(clerk, unit=here.pk, result="Đang soạn.", figures="Số kế hoạch: 1\nSố tiền: 1,5")
    assert answer.status_code == 303
    assert TaskReport.objects.get().figures == [["Số kế hoạch", "1"], ["Số tiền", "1.5"]]


def test_a_wrong_report_keeps_what_was_typed(clerk, programme, here):
    answer = send(clerk, unit=here.pk, state="done", figures="ba lớp")
    assert answer.status_code == 422
    assert "ba lớp" in text_of(answer)
    answer = send(clerk, unit=here.pk, state="done")
    assert "ghi kết quả" in text_of(answer)


def test_the_form_does_not_offer_another_commune(clerk, programme, there):
    assert send(clerk, unit=there.pk).status_code == 422
    assert not TaskReport.objects.exists()


def test_correcting_shows_what_stands(clerk, programme, here, there):
    report = make_report("IV.10.1", here, 2024, result="Bản cũ.", figures=[["Số lớp", "2"]])
    other = make_report("IV.10.1", there, 2024, result="Xã khác.")
    url = reverse("plan:task_report", args=[task("IV.10.1").pk])
    page = text_of(clerk.get(url, {"report": report.pk}))
    assert "Bản cũ." in page
    assert "Số lớp: 2" in page
    assert "Xã khác." not in text_of(clerk.get(url, {"report": other.pk}))


def test_a_chairman_may_not_report(client, chung, programme):
    client.force_login(chung)
    url = reverse("plan:task_report", args=[task("IV.10.1").pk])
    assert client.get(url).status_code == 403
    assert "Báo cáo tiến độ" not in text_of(
        client.get(reverse("plan:task_detail", args=[task("IV.10.1").pk]))
    )


def test_the_reports_alone_for_htmx(clerk, programme):
    url = reverse("plan:task_detail", args=[task("IV.10.1").pk])
    part = text_of(clerk.get(url, headers=HTMX))
    assert "Chưa có báo cáo nào" in part
    assert "<html" not in part


DOCUMENT = {"kind": "directive", "number": "05/CT-UBND", "signed_on": "02/03/2024",
            "issuer": "UBND huyện", "title": "Chỉ thị"}  # fmt: skip


def test_the_office_enters_a_directive(office, programme, area):
    answer = office.post(reverse("plan:document_new"), {**DOCUMENT, "unit": area.pk})
    document = Document.objects.get()
    assert answer.status_code == 303
    assert "Chỉ thị" in text_of(office.get(reverse("plan:document_detail", args=[document.pk])))
    assert "05/CT-UBND" in text_of(office.get(reverse("plan:document_list"), {"text": "chi thi"}))


def test_a_document_twice_is_said_beside_its_number(office, programme, area):
    office.post(reverse("plan:document_new"), {**DOCUMENT, "unit": area.pk})
    answer = office.post(reverse("plan:document_new"), {**DOCUMENT, "unit": area.pk})
    assert answer.status_code == 422
    assert "đã có trong sổ" in text_of(answer)


def test_a_commune_enters_its_own_plan(clerk, programme, here):
    page = text_of(clerk.get(reverse("plan:document_new"), {"kind": "derived_plan"}))
    assert page.count("checked") == 8
    targets = [target.pk for target in programme.targets.all()[:2]]
    facts = {**DOCUMENT, "kind": "derived_plan", "unit": here.pk, "targets": targets}
    clerk.post(reverse("plan:document_new"), facts)
    page = text_of(clerk.get(reverse("plan:document_detail", args=[Document.objects.get().pk])))
    assert page.count("bg-green-lt") == 2
    assert page.count("bg-yellow-lt") == 6


def test_a_commune_is_not_offered_directives(clerk, programme, here):
    answer = clerk.post(reverse("plan:document_new"), {**DOCUMENT, "unit": here.pk})
    assert answer.status_code == 422


def test_who_may_enter_nothing_is_refused(client, chung, programme):
    client.force_login(chung)
    assert client.get(reverse("plan:document_new")).status_code == 403


def test_no_script_address_becomes_a_link(office, area):
    document = make_document(area, kept_at="javascript:alert(1)")
    page = text_of(office.get(reverse("plan:document_detail", args=[document.pk])))
    assert 'href="javascript' not in page


def test_the_calendar_shows_holidays_and_takes_a_swapped_day(office):
    url = reverse("plan:calendar")
    answer = office.post(url, {"day": "31/05/2025", "works": "yes", "note": "TB 123"})
    assert answer.status_code == 303
    page = text_of(office.get(url, {"year": "2025"}))
    assert "Quốc khánh" in page
    assert "làm bù" in page
    swapped = SwappedDay.objects.get()
    assert office.post(reverse("plan:swapped_day_forget", args=[swapped.pk])).status_code == 303
    assert not SwappedDay.objects.exists()


def test_the_calendar_refuses_a_sunday_off(office):
    answer = office.post(reverse("plan:calendar"), {"day": "01/06/2025", "works": "no"})
    assert answer.status_code == 422
    assert "vốn là ngày nghỉ" in text_of(answer)


def test_a_commune_looks_at_the_calendar_and_changes_nothing(clerk):
    assert "Thêm ngày hoán đổi" not in text_of(clerk.get(reverse("plan:calendar")))
    answer = clerk.post(reverse("plan:calendar"), {"day": "31/05/2025", "works": "yes"})
    assert answer.status_code == 403


def test_strangers_sign_in_first(client, programme):
    for name in ("plan_detail", "task_list", "document_list", "calendar"):
        assert client.get(reverse(f"plan:{name}")).status_code == 302
