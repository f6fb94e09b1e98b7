"""The screens, from scheduling to closing, and what strangers get."""

from datetime import date

import pytest
import time_machine

from tuoitho.establishments.tests.make import make_establishment
from tuoitho.inspections.models import Inspection, Measure, Violation
from tuoitho.inspections.tests.make import (
    make_inspection,
    make_measure,
    make_violation,
    make_visit,
)

URL = "/inspections/"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-24T09:00+07:00"):
        yield


def test_the_whole_way(client, here, lan):
    place = make_establishment(here)
    client.force_login(lan)
    new = f"{URL}new/?establishment={place.pk}"
    assert client.get(new).status_code == 200
    planned = client.post(new, {"kind": "surprise", "planned_on": "24/11/2026"})
    visit = Inspection.objects.get()
    assert (planned.status_code, planned["Location"]) == (303, f"{URL}{visit.pk}/")
    assert "01/BB-KT" in client.get(f"{URL}{visit.pk}/findings/").content.decode()
    found = {"on": "24/11/2026", "minutes_number": "01/BB-KT", "minors_seen": "1",
             "item_book": "broken", "item_hours": "kept"}  # fmt: skip
    assert client.post(f"{URL}{visit.pk}/findings/", found).status_code == 303
    body = client.get(f"{URL}{visit.pk}/").content.decode()
    assert f"/inspections/{visit.pk}/violations/new/?rule=144.3-book" in body
    broken = {"rule": "144.3-book", "children": "1"}
    assert client.post(f"{URL}{visit.pk}/violations/new/", broken).status_code == 303
    violation = Violation.objects.get()
    ordered = {"what": "Lập sổ", "on": "24/11/2026", "due_on": "24/12/2026",
               "violation": violation.pk}  # fmt: skip
    assert client.post(f"{URL}{visit.pk}/measures/new/", ordered).status_code == 303
    decided = {"fine": "1.500.000", "decision_number": "7/QĐ", "on": "24/11/2026",
               "decided_by": "commune_chair"}  # fmt: skip
    url = f"{URL}violations/{violation.pk}/sanction/"
    assert client.post(url, decided).status_code == 303
    body = client.get(f"{URL}{visit.pk}/").content.decode()
    assert "1.500.000 đồng" in body
    assert "283/2026/NĐ-CP" in body
    url = f"{URL}measures/{Measure.objects.get().pk}/verify/"
    assert client.post(url, {"result": "remedied", "on": "24/11/2026"}).status_code == 303
    assert client.post(f"{URL}{visit.pk}/close/", {"on": "24/11/2026"}).status_code == 303
    assert Inspection.objects.get().state == "closed"


@pytest.mark.parametrize(
    ("page", "wrong", "message"),
    [
        ("findings", {"on": "24/11/2026", "minutes_number": ""}, "bắt buộc"),
        ("findings", {"on": "25/11/2026", "minutes_number": "1"}, "tương lai"),
        ("cancel", {"on": "24/11/2026", "reason": ""}, "bắt buộc"),
        ("reschedule", {"planned_on": "31/02/2026"}, "Không có ngày"),
        ("close", {"on": "24/11/2026"}, "Không thể làm bước này"),
        ("violations/new", {"rule": "144.3-book", "children": "1"}, "sau khi ghi kết quả"),
    ],
)
def test_wrong_input_comes_back_as_422_with_the_reason(client, here, lan, page, wrong, message):
    visit = make_inspection(here)
    client.force_login(lan)
    answer = client.post(f"{URL}{visit.pk}/{page}/", wrong)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_a_doubtful_fine_asks_for_a_reason(client, here, lan):
    violation = make_violation(make_visit(here))
    client.force_login(lan)
    url = f"{URL}violations/{violation.pk}/sanction/"
    decided = {"fine": "9.000.000", "decision_number": "7/QĐ", "on": "24/11/2026",
               "decided_by": "commune_chair"}  # fmt: skip
    answer = client.post(url, decided)
    assert answer.status_code == 422
    assert "ngoài khung phạt" in answer.content.decode()
    assert "9.000.000" in answer.content.decode()


PAGES = ["", "findings/", "minutes/", "cancel/", "reschedule/", "close/", "reopen/",
         "violations/new/", "measures/new/"]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_another_commune_do_not_exist(client, here, lan, thu, duc, page):
    visit = make_visit(here)
    client.force_login(lan)
    assert client.get(f"{URL}{visit.pk}/{page}").status_code == 200
    for stranger in (thu, duc):
        client.force_login(stranger)
        assert client.get(f"{URL}{visit.pk}/{page}").status_code == 404


def test_follow_up_of_another_commune_does_not_exist(client, here, thu):
    visit = make_visit(here)
    violation, measure = make_violation(visit), make_measure(visit)
    client.force_login(thu)
    for url in (
        f"violations/{violation.pk}/sanction/", f"violations/{violation.pk}/withdraw/",
        f"measures/{measure.pk}/verify/",
    ):  # fmt: skip
        assert client.post(URL + url).status_code == 404


def test_who_only_looks_sees_no_buttons_and_gets_403(client, here, chung):
    visit = make_visit(here)
    client.force_login(chung)
    body = client.get(f"{URL}{visit.pk}/").content.decode()
    assert "Ghi vi phạm" not in body
    assert client.get(f"{URL}{visit.pk}/violations/new/").status_code == 403
    assert client.get(f"{URL}new/").status_code == 403


def test_choosing_a_workplace(client, here, there, lan):
    place = make_establishment(here, "Lò gốm Tâm")
    make_establishment(here, "Xưởng mộc")
    make_establishment(there, "Lò gốm Đại Thanh")
    client.force_login(lan)
    body = client.get(f"{URL}new/?name=gom").content.decode()
    assert f"?establishment={place.pk}" in body
    assert "Xưởng mộc" not in body
    assert "Đại Thanh" not in body
    assert client.get(f"{URL}new/?establishment=999999").status_code == 404


def test_withdrawing_by_button(client, here, lan):
    visit = make_visit(here)
    violation = make_violation(visit)
    client.force_login(lan)
    url = f"{URL}violations/{violation.pk}/withdraw/"
    make_measure(visit, violation=violation)
    answer = client.post(url, follow=True)
    assert "Đã có biện pháp" in answer.content.decode()
    assert Violation.objects.exists()
    violation.measures.all().delete()
    assert client.post(url).status_code == 303
    assert not Violation.objects.exists()


def test_the_minutes_to_print(client, here, lan):
    visit = make_visit(here)
    make_violation(visit)
    client.force_login(lan)
    body = client.get(f"{URL}{visit.pk}/minutes/").content.decode()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 01/BB-KT", "1.000.000 đồng"):
        assert words in body


@pytest.mark.parametrize(
    ("query", "shown"),
    [("state=done", True), ("state=planned", False), ("year=2026", True), ("year=2025", False),
     ("found=violations", True), ("name=may+tre", True), ("name=zzz", False),
     ("kind=combined", False)],
)  # fmt: skip
def test_filters(client, here, lan, query, shown):
    visit = make_visit(here)
    make_violation(visit)
    client.force_login(lan)
    body = client.get(f"{URL}?{query}").content.decode()
    assert (f'href="/inspections/{visit.pk}/"' in body) is shown


@pytest.mark.parametrize("page", ["", "measures/", "violations/"])
def test_lists_whole_in_part_and_as_files(client, here, lan, thu, page):
    visit = make_visit(here)
    make_measure(visit, violation=make_violation(visit))
    client.force_login(lan)
    assert visit.establishment.name in client.get(URL + page).content.decode()
    assert b"<html" not in client.get(URL + page, headers={"HX-Request": "true"}).content
    csv = b"".join(client.get(f"{URL}{page}?format=csv").streaming_content).decode()
    assert visit.establishment.name in csv
    client.force_login(thu)
    assert visit.establishment.name not in client.get(URL + page).content.decode()


def test_measures_filtered(client, here, lan):
    make_measure(make_visit(here), due_on=date(2026, 11, 20), what="Lập sổ")
    client.force_login(lan)
    for state, shown in (("overdue", True), ("waiting", True), ("remedied", False)):
        body = client.get(f"{URL}measures/?state={state}").content.decode()
        assert ("Lập sổ" in body) is shown


def test_the_panel_of_a_workplace(client, here, lan, thu):
    visit = make_visit(here)
    make_violation(visit)
    url = f"{URL}at/{visit.establishment_id}/"
    client.force_login(lan)
    assert b"<html" in client.get(url).content
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "02/11/2026" in part
    client.force_login(thu)
    assert client.get(url).status_code == 404


def test_lists_and_the_page_ask_few_questions(client, here, lan, django_assert_max_num_queries):
    place = make_establishment(here)
    for number in range(8):
        visit = make_visit(here, place, minutes_number=str(number))
        make_measure(visit, violation=make_violation(visit))
    for _more in range(8):
        make_measure(visit, violation=make_violation(visit))
    client.force_login(lan)
    for page in ("", "measures/", "violations/", f"{visit.pk}/"):
        with django_assert_max_num_queries(22):
            client.get(URL + page)
