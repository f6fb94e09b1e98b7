"""The first page, and what a code tells."""

from datetime import date

import pytest
from django.core.cache import cache

from conftest import make_user
from tuoitho.cases.actions import dismiss_report, link_report
from tuoitho.cases.tests.make import make_child
from tuoitho.portal.tests.test_report import STATUS, Report, sent

SECRETS = ("Bé Na", "Quán chợ", "rửa bát", "Thanh Trì", "Nguyễn Văn An", "Lan")


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def test_the_first_page_tells_everyone_where_to_turn(client, db):
    page = client.get("/")
    assert page.status_code == 200
    text = page.content.decode()
    for wanted in ("/bao-tin/", "tel:111", "02433.525.662", "Điều 145"):
        assert wanted in text


@pytest.mark.parametrize("path", ["/", "/bao-tin/", "/bao-tin/tra-cuu/"])
def test_every_public_page_names_both_phones_and_speaks_english(client, db, path):
    assert "02433.525.662" in client.get(path).content.decode()
    client.cookies["django_language"] = "en"
    page = client.get(path)
    assert page.status_code == 200
    text = page.content.decode()
    assert "tel:111" in text
    assert "Báo tin" not in text


def test_people_with_work_go_on_to_it(client, lan):
    client.force_login(lan)
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/hom-nay/")


def test_an_account_without_a_role_is_not_sent_to_a_page_it_cannot_open(client, here):
    person = make_user("chua-phan-cong", "commune_worker", here)
    person.assignments.all().delete()
    client.force_login(person)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace("-", " ") + " "])
def test_a_code_is_known_however_it_is_written(client, here, written):
    code = sent(client, here)
    page = client.post(STATUS, {"code": written(code)})
    assert page.status_code == 200
    assert "Đã nhận tin" in page.content.decode()


def test_the_word_changes_as_the_report_is_handled(client, here, lan):
    code = sent(client, here)
    report = Report.objects.get()
    link_report(report, make_child(here), by=lan, on=date(2026, 11, 24))
    assert "Đang xác minh" in client.post(STATUS, {"code": code}).content.decode()
    dismiss_report(report, "Nhầm", by=lan, on=date(2026, 11, 24))
    assert "Đã xử lý" in client.post(STATUS, {"code": code}).content.decode()


def test_a_code_reveals_nothing_about_child_place_or_person(client, here, lan):
    code = sent(client, here, child_name="Bé Na", place="Quán chợ")
    link_report(Report.objects.get(), make_child(here), by=lan, on=date(2026, 11, 24))
    text = client.post(STATUS, {"code": code}).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    for secret in SECRETS:
        assert secret not in main


@pytest.mark.parametrize("code", ["", "AAAAA-AAAAA", "x", "' OR 1=1", "\x00", "é" * 10, "K" * 40])
def test_a_wrong_code_tells_nothing(client, db, code):
    answer = client.post(STATUS, {"code": code})
    assert answer.status_code == 422
    assert "Đã nhận tin" not in answer.content.decode()


def test_guessing_codes_is_slowed_down(client, here, settings):
    settings.ACCOUNT_RATE_LIMITS = {"portal_receipt": "2/m/ip"}
    code = sent(client, here)
    for _ in range(2):
        client.post(STATUS, {"code": "AAAAA-AAAAA"})
    answer = client.post(STATUS, {"code": code})
    assert answer.status_code == 429
    assert "Đã nhận tin" not in answer.content.decode()


def test_a_code_never_stands_in_an_address(client, here):
    code = sent(client, here)
    assert "Đã nhận tin" not in client.get(STATUS, {"code": code}).content.decode()


def test_behind_a_proxy_each_visitor_has_a_limit_of_their_own(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"portal_receipt": "1/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = [
        client.post(STATUS, {"code": "AAAAA-AAAAA"}, headers={"x-forwarded-for": address})
        for address in ("198.51.100.1", "198.51.100.2", "203.0.113.9, 198.51.100.1")
    ]
    assert [answer.status_code for answer in asked] == [422, 422, 429]
