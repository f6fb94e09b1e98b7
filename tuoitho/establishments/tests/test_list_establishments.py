"""Who sees which workplaces: lists, filters, one page, the database; and how they are counted."""

from datetime import date

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from tuoitho.access.person import acting_as
from tuoitho.establishments.models import Commitment, Establishment, Guidance
from tuoitho.establishments.tests.make import make_establishment, make_village
from tuoitho.lib.periods import Period

URL = "/establishments/"
Y2026 = Period.year(2026)
TABLES = ["craftvillage", "establishment", "guidance", "commitment"]


@pytest.fixture
def one(here):
    village = make_village(here)
    one = make_establishment(here, craft_village=village, owner_phone="0912345678",
                             tax_code="0101234567", owner_name="Lê Hùng")  # fmt: skip
    Guidance.objects.create(establishment=one, given_on=date(2026, 3, 1), topic="law")
    Commitment.objects.create(establishment=one, signed_on=date(2026, 3, 1), signed_by="A")
    return one


@pytest.mark.parametrize("table", TABLES)
def test_a_raw_query_answers_only_to_who_may_see(table, one, lan, thu, hanh, duc):
    for person, rows in {None: 0, lan: 1, thu: 0, hanh: 1, duc: 0}.items():
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM establishments_{table}")
            assert cursor.fetchone() == (rows,), person


def test_who_may_only_look_writes_nothing(here, chung):
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(chung):
        make_establishment(here)


def names(**facts):
    return set(facts["rows"].values_list("name", flat=True))


@pytest.mark.parametrize(
    ("opened", "closed", "exists"),
    [
        (None, None, True),
        (date(2026, 12, 31), None, True),
        (date(2027, 1, 1), None, False),
        (None, date(2026, 1, 1), True),
        (None, date(2025, 12, 31), False),
    ],
)
def test_existing_in_a_year(here, opened, closed, exists):
    make_establishment(here, opened_on=opened, closed_on=closed,
                       closing_reason="x" if closed else "")  # fmt: skip
    assert Establishment.objects.existing_in(Y2026).exists() is exists


def test_the_questions_of_the_plan(one, here, there):
    make_establishment(here, "Công ty Tâm", kind="enterprise")
    make_establishment(there, "Lò gạch", informal=True)
    rows = Establishment.objects
    assert names(rows=rows.of_kinds("enterprise", "small_enterprise")) == {"Công ty Tâm"}
    assert names(rows=rows.in_craft_villages()) == {one.name}
    assert names(rows=rows.informal()) == {"Lò gạch"}
    assert names(rows=rows.located_in(there)) == {"Lò gạch"}
    assert names(rows=rows.guided_in(Y2026)) == {one.name}
    assert names(rows=rows.committed_by(date(2026, 3, 1))) == {one.name}
    assert not rows.committed_by(date(2026, 2, 28)).exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [("may tre", True), ("hùng", True), ("le hung", True), ("Mai tre Hung", True), ("gốm", False),
     ("", True)],
)  # fmt: skip
def test_searching_without_marks_and_with_slips(one, text, found):
    assert Establishment.objects.matching(text).exists() is found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=may+tre", True), ("name=zzz", False), ("kind=household", True),
        ("kind=enterprise", False), ("sector=handicraft", True), ("state=open", True),
        ("state=closed", False), ("informal=1", False), ("craft_village=0", True),
    ],
)  # fmt: skip
def test_filters_of_the_list(client, one, lan, query, found):
    client.force_login(lan)
    body = client.get(f"{URL}?{query}").content.decode()
    assert (f'href="/establishments/{one.pk}/"' in body) is found


def test_the_list_keeps_to_ones_sight(client, one, there, lan, thu, duc):
    make_establishment(there, "Lò gạch Đại Thanh")
    client.force_login(lan)
    body = client.get(URL).content.decode()
    assert one.name in body
    assert "Lò gạch" not in body
    client.force_login(thu)
    assert one.name not in client.get(URL).content.decode()
    client.force_login(duc)
    assert client.get(URL).status_code == 404


def test_whole_and_part_and_files(client, one, lan):
    client.force_login(lan)
    assert b"<html" in client.get(URL).content
    assert b"<html" not in client.get(URL, headers={"HX-Request": "true"}).content
    csv = b"".join(client.get(f"{URL}?format=csv").streaming_content).decode()
    assert one.name in csv
    assert "0912345678" not in csv


def test_one_page(client, one, lan, thu):
    client.force_login(lan)
    body = client.get(f"{URL}{one.pk}/").content.decode()
    assert "0912345678" in body
    assert "Chưa có lần hướng dẫn" not in body
    client.force_login(thu)
    assert client.get(f"{URL}{one.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "shown"),
    [("leader", False), ("department", False), ("police", False), ("commune_chair", True),
     ("economy_office", True), ("labour_office", True)],
)  # fmt: skip
def test_phone_and_number_only_for_who_needs_them(client, one, cast_member, role, shown):
    client.force_login(cast_member(role))
    body = client.get(f"{URL}{one.pk}/").content.decode()
    assert ("0912345678" in body) is shown
    assert ("0101234567" in body) is shown
    assert one.name in body


def test_the_list_asks_few_questions(client, here, lan, django_assert_max_num_queries):
    village = make_village(here)
    for number in range(12):
        make_establishment(here, f"Xưởng {number}", craft_village=village)
    client.force_login(lan)
    with django_assert_max_num_queries(16):
        client.get(URL)
