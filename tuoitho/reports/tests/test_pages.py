"""The screens of reports: whole, in part, wrong input in place, strangers, those not allowed."""

import pytest
from django.urls import reverse

from conftest import make_user, thanh_tri
from tuoitho.reports.actions import publish_figures, write_report
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.tests.make import (
    DAY,
    SIGNER,
    YEAR,
    make_consolidation,
    make_report,
    make_sent,
    sign,
)

LIST = reverse("reports:report_list")
WHOLE = reverse("reports:consolidation_detail")


def at(name, pk):
    return reverse(f"reports:{name}", args=[pk])


def test_the_list_says_who_has_sent_and_who_is_late(client, here, there, hanh, system):
    make_report(here, "accepted")
    make_report(there, "draft")
    client.force_login(hanh)
    page = client.get(LIST, {"year": YEAR}).text
    assert "Ủy ban nhân dân Xã Thanh Trì" in page
    assert "Đã tiếp nhận" in page
    missing = client.get(LIST, {"year": YEAR, "sending": "missing"}).text
    assert "Xã Thanh Trì</a>" not in missing
    assert "Xã Đại Thanh</a>" in missing


def test_the_list_stays_flat(client, area, hanh, django_assert_max_num_queries):
    for number in range(30):
        make_report(area, "sent", office=f"x{number}", name=f"Phòng {number}")
    client.force_login(hanh)
    with django_assert_max_num_queries(25):
        answer = client.get(LIST, {"year": YEAR})
    assert answer.text.count("Phòng 1") >= 10


def test_the_list_is_a_part_for_htmx_and_a_file(client, here, hanh):
    make_report(here)
    client.force_login(hanh)
    part = client.get(LIST, {"year": YEAR}, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert client.get(LIST, {"year": YEAR, "format": "xlsx"}).status_code == 200


def test_an_empty_year_says_what_to_do(client, hanh, lan):
    client.force_login(hanh)
    assert "Mở danh sách của năm" in client.get(LIST).text
    client.force_login(lan)
    assert "Lập báo cáo năm nay" in client.get(LIST).text


def test_the_standing_body_calls_for_a_year(client, area, district, hanh):
    client.force_login(hanh)
    assert "Thanh Trì" in client.get(reverse("reports:report_call")).text
    answer = client.post(reverse("reports:report_call"), {"year": YEAR, "unit": area.pk})
    assert answer.headers["Location"].endswith(f"?year={YEAR}")
    assert UnitReport.objects.of_year(YEAR).count() == 16
    wrong = client.post(reverse("reports:report_call"), {"year": 2024, "unit": area.pk})
    assert wrong.status_code == 422
    assert "Năm 2024 không có" in wrong.text
    client.post(reverse("reports:report_call"), {"year": 2024, "unit": district.pk})
    assert UnitReport.objects.of_year(2024).count() == 27


def test_a_commune_begins_its_report_of_this_year(client, here, lan):
    client.force_login(lan)
    page = client.get(reverse("reports:report_new"))
    assert "Ủy ban nhân dân xã Thanh Trì" in page.text
    answer = client.post(reverse("reports:report_new"), {"reporter": f"{here.pk}-ubnd_xa"})
    assert answer.status_code == 303
    report = UnitReport.objects.get()
    assert answer.headers["Location"] == at("report_write", report.pk)
    again = client.get(reverse("reports:report_new")).text
    assert "không có báo cáo nào cần lập thêm" in again
    assert client.post(reverse("reports:report_new"), {"reporter": "1-x"}).status_code == 422


def texts(report, **changed):
    return {**{key: report.text(key) for key in report.sections}, **changed}


def test_from_the_first_word_to_acceptance(client, here, lan, chung, hanh):
    report = make_report(here, "owed")
    client.force_login(lan)
    client.post(at("report_start", report.pk))
    client.post(at("report_write", report.pk), texts(report, budget="Đủ.", revision=0))
    assert client.get(at("report_sign", report.pk)).status_code == 403
    client.force_login(chung)
    assert "Trần Văn Chung" in client.get(at("report_sign", report.pk)).text
    form = {**SIGNER, "on": "20/11/2025", "symbol": "BC-UBND", "number": "", "revision": 1}
    client.post(at("report_sign", report.pk), form)
    client.force_login(lan)
    client.post(at("report_send", report.pk), {"on": "20/11/2025"})
    client.force_login(hanh)
    answer = client.post(at("report_accept", report.pk), {"on": "21/11/2025"})
    assert answer.status_code == 303
    report.refresh_from_db()
    assert (report.state, report.sent_on) == ("accepted", DAY)
    page = client.get(at("report_detail", report.pk)).text
    for words in ("01/BC-UBND", "Đã tiếp nhận", "đã chốt khi ký", "Đủ.", "Bản đã ký"):
        assert words in page


def test_two_who_save_at_once_see_both_texts(client, here, lan, chung):
    report = make_report(here)
    write_report(report, {"budget": "Bản của Chung"}, revision=0, by=chung, on=DAY)
    client.force_login(lan)
    mine = texts(report, budget="Bản của Lan", revision=0)
    answer = client.post(at("report_write", report.pk), mine)
    assert answer.status_code == 422
    for words in ("Trần Văn Chung (chung) đã lưu", "Bản của Lan</textarea>", "Bản của Chung",
                  'name="revision" value="1"'):  # fmt: skip
        assert words in answer.text
    assert client.post(at("report_write", report.pk), {**mine, "revision": 1}).status_code == 303
    report.refresh_from_db()
    assert report.text("budget") == "Bản của Lan"


def test_wrong_input_stays_in_its_box(client, here, chung, hanh):
    report = make_report(here)
    client.force_login(chung)
    form = {**SIGNER, "signer_name": "", "on": "32/11/2025", "symbol": "CV", "revision": 0}
    answer = client.post(at("report_sign", report.pk), form)
    assert answer.status_code == 422
    assert 'value="CV"' in answer.text
    long = client.post(
        at("report_write", report.pk), texts(report, budget="x" * 20_001, revision=0)
    )
    assert (long.status_code, "Dài quá" in long.text) == (422, True)
    make_sent(report, chung)
    client.force_login(hanh)
    back = client.post(at("report_return", report.pk), {"reason": "", "on": "20/11/2025"})
    assert back.status_code == 422


def test_a_step_already_taken_is_said_in_place(client, here, chung):
    report = make_report(here)
    sign(report, chung)
    client.force_login(chung)
    form = {**SIGNER, "on": "20/11/2025", "symbol": "BC-UBND", "revision": 0}
    answer = client.post(at("report_sign", report.pk), form)
    assert answer.status_code == 422
    assert "Bước gần nhất: Ký" in answer.text
    assert client.post(at("report_start", report.pk)).status_code == 303


STEPS = ("detail", "write", "sign", "send", "amend", "download")


@pytest.mark.parametrize("step", STEPS)
def test_strangers_find_nothing(client, here, thu, step):
    report = make_report(here)
    client.force_login(make_user("chi", "commune_chair", thanh_tri("00664")))
    assert client.get(at(f"report_{step}", report.pk)).status_code == 404


def test_strangers_find_no_edition_and_no_whole(client, area, here, chung, hanh, thu):
    report, whole = make_report(here), make_consolidation(area)
    editions = sign(report, chung), sign(whole, hanh)
    client.force_login(thu)
    for edition in editions:
        assert client.get(at("edition_detail", edition.pk)).status_code == 404
    assert client.get(at("consolidation_download", whole.pk)).status_code == 404
    assert client.get(WHOLE, {"unit": "020"}).status_code == 404
    assert "do cơ quan thường trực" in client.get(WHOLE).text


def test_who_may_look_but_not_act_gets_no_button(client, here, area, chung):
    report = make_report(here)
    make_sent(report, chung)
    client.force_login(make_user("lanhdao", "leader", area))
    page = client.get(at("report_detail", report.pk)).text
    assert "01/BC-UBND" in page
    for step in ("accept", "return", "amend", "write"):
        assert at(f"report_{step}", report.pk) not in page
        assert client.get(at(f"report_{step}", report.pk)).status_code == 403


def test_another_offices_report_is_read_but_not_written(client, area, hanh):
    report = make_report(area, office="gddt", name="Phòng GDĐT")
    client.force_login(hanh)
    assert at("report_write", report.pk) not in client.get(at("report_detail", report.pk)).text
    answer = client.post(at("report_write", report.pk), texts(report, revision=0))
    assert answer.status_code == 403


def test_figures_lead_to_the_indicator(client, here, lan):
    report = make_report(here)
    client.force_login(lan)
    page = client.get(at("report_detail", report.pk)).text
    assert f"/indicators/targets/2.1.staff/?year={YEAR}&amp;unit=00640" in page
    assert client.get("/indicators/targets/2.1.staff/?year=2025&unit=00640").status_code == 200
    assert "tính lúc này" in page


def test_an_edition_shows_what_has_changed_since(client, here, chung, lan):
    from tuoitho.indicators.tests.make import make_baseline

    edition = sign(make_report(here), chung)
    client.force_login(lan)
    assert "Không có chênh lệch nào" in client.get(at("edition_detail", edition.pk)).text
    make_baseline(here, "staff_teachers", 143, year=YEAR)
    page = client.get(at("edition_detail", edition.pk)).text
    assert "143" in page
    assert "Nguyên vẹn như khi ký" in page


def test_downloads_are_the_signed_file_or_a_draft(client, here, chung):
    report = make_report(here)
    client.force_login(chung)
    address = at("report_download", report.pk)
    for wanted, beginning in (("docx", b"PK"), ("xlsx", b"PK")):
        answer = client.get(address, {"format": wanted, "draft": 1})
        assert b"".join(answer.streaming_content)[:2] == beginning
        assert "bao-cao-2025-00640-ubnd" in answer.headers["Content-Disposition"]
    sign(report, chung)
    assert client.get(address, {"edition": 1}).status_code == 200
    assert client.get(address, {"edition": 2}).status_code == 404
    assert client.get(address, {"edition": "x"}).status_code == 404
    assert client.get(address, {"format": "exe"}).status_code == 404


def test_the_whole_from_its_beginning_to_the_public(client, area, here, chung, hanh):
    report = make_report(here)
    make_sent(report, chung)
    client.force_login(hanh)
    here_is = {"year": YEAR, "unit": "020"}
    page = client.get(WHOLE, here_is).text
    assert "1/1 đã gửi" in page
    assert "Bắt đầu tổng hợp" in page
    start = reverse("reports:consolidation_start")
    assert client.post(f"{start}?year={YEAR}&unit=020").status_code == 303
    whole = Consolidation.objects.get()
    writing = client.get(at("consolidation_write", whole.pk)).text
    assert "Đề nghị tăng định mức chi." in writing  # what the commune wrote lies beside the desk
    client.post(at("consolidation_write", whole.pk), {"situation": "Chung", "revision": 0})
    form = {**SIGNER, "on": "05/12/2025", "symbol": "BC-LĐTBXH", "revision": 1}
    client.post(at("consolidation_sign", whole.pk), form)
    client.post(at("consolidation_send", whole.pk), {"on": "05/12/2025"})
    assert "mọi người sẽ đọc được" in client.get(at("consolidation_publish", whole.pk)).text
    client.post(at("consolidation_publish", whole.pk))
    page = client.get(WHOLE, here_is).text
    assert "Đang công bố" in page
    client.logout()
    public = client.get(reverse("portal:figures")).text
    assert "01/BC-LĐTBXH, 05/12/2025" in public


def test_publishing_twice_is_said_in_place_and_withdrawing_ends_it(client, area, hanh):
    whole = make_consolidation(area)
    make_sent(whole, hanh)
    publish_figures(whole, by=hanh, on=DAY)
    client.force_login(hanh)
    assert client.post(at("consolidation_publish", whole.pk)).status_code == 422
    client.post(at("consolidation_withdraw", whole.pk), {"reason": "Nhầm", "on": "20/11/2025"})
    assert "Chưa công bố số liệu nào" in client.get(reverse("portal:figures")).text


def test_a_year_that_has_not_its_list_says_so(client, area, hanh):
    client.force_login(hanh)
    page = client.get(WHOLE, {"year": 2023}).text
    assert "chưa có danh sách báo cáo" in page
    assert client.get(WHOLE, {"year": "abcd"}).status_code == 200
    start = reverse("reports:consolidation_start")
    assert client.post(f"{start}?year=2024&unit=999").status_code == 404


def test_the_review_sets_the_years_side_by_side(client, area, hanh):
    edition = sign(make_consolidation(area), hanh)
    client.force_login(hanh)
    address = reverse("reports:period_review")
    page = client.get(address).text
    assert "giai đoạn 2021–2025" in page
    assert at("edition_detail", edition.pk) in page
    for year in range(2021, 2026):
        assert f">{year}" in page
    assert client.get(address, {"format": "xlsx"}).status_code == 200


def test_the_years_of_a_review_share_their_questions(
    client, area, hanh, django_assert_max_num_queries
):
    client.force_login(hanh)
    with django_assert_max_num_queries(140):
        assert client.get(reverse("reports:period_review")).status_code == 200


def test_a_commune_has_no_review_of_its_own(client, lan):
    client.force_login(lan)
    assert "do cơ quan thường trực" in client.get(reverse("reports:period_review")).text


def test_a_page_costs_no_more_with_more_editions(
    client, here, chung, django_assert_max_num_queries
):
    report = make_report(here)
    sign(report, chung)
    client.force_login(chung)
    with django_assert_max_num_queries(30):
        assert client.get(at("report_detail", report.pk)).status_code == 200


def test_pages_without_an_account_lead_to_signing_in(client, here):
    report = make_report(here)
    assert client.get(at("report_detail", report.pk)).status_code == 302
