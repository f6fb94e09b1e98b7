"""The database shows a child only to those who may see its commune, whatever is asked."""

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import ProgrammingError

from tuoitho.access.person import acting_as
from tuoitho.people.models import (
    Child,
    Circumstance,
    Enrolment,
    Guardian,
    Household,
    PovertyStatus,
    Residence,
)
from tuoitho.people.search import FIND, Query
from tuoitho.people.tests.make import make_child, make_household

TABLES = [
    "people_household", "people_child", "people_guardian", "people_povertystatus",
    "people_circumstance", "people_enrolment", "people_residence",
]  # fmt: skip


@pytest.fixture
def family(here):
    """One row in every table of the room."""
    household = make_household(here)
    child = make_child(here, household=household)
    Guardian.objects.create(child=child, relation="mother", full_name="Lê Thị Bưởi")
    PovertyStatus.objects.create(household=household, year=2026, status="poor")
    Circumstance.objects.create(child=child, group="10.1.h", since=date(2026, 1, 1))
    Enrolment.objects.create(
        child=child, school_year="2025-2026", status="attending", status_on=date(2025, 9, 5)
    )
    Residence.objects.create(child=child, unit=here, valid=DateRange(date(2026, 1, 1), None))
    return child


def seen(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", TABLES)
def test_a_raw_query_answers_only_to_who_may_see(table, family, lan, thu, hanh, duc):
    expected = {None: 0, lan: 1, thu: 0, hanh: 1, duc: 0}
    for person, rows in expected.items():
        with acting_as(person):
            assert seen(table) == rows, person


def test_nobody_writes_into_a_commune_not_theirs(here, thu):
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(thu):
        make_child(here)


def test_who_may_only_look_writes_nothing(here, chung):
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(chung):
        make_child(here)


def test_the_same_scope_in_the_application(family, lan, thu, duc):
    for model in (Child, Household):
        assert model.objects.visible_to(lan).count() == 1
        assert model.objects.visible_to(thu).count() == 0
        assert model.objects.visible_to(duc).count() == 0


def test_numbers_phones_and_notes_are_not_readable_in_the_database(here):
    make_child(here, national_id="001214012345", note="bị cha đánh")
    with connection.cursor() as cursor:
        cursor.execute("SELECT national_id, note FROM people_child")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"001214012345" not in stored
    assert "đánh".encode() not in stored


def test_the_indexed_search_keeps_to_the_same_sight(here, there, lan, thu):
    child = make_child(here, "Đặng Thị Đường")
    make_child(there, "Dương Văn Tí")
    found, words = f"SELECT array_agg(found) FROM ({FIND} AS found) rows", Query.of("duong")
    for most in (None, 500):
        looked = words.arguments(None, most)
        with acting_as(lan), connection.cursor() as cursor:
            cursor.execute(found, looked)
            assert cursor.fetchone() == ([child.pk],)
        with acting_as(None), connection.cursor() as cursor:
            cursor.execute(found, looked)
            assert cursor.fetchone() == (None,)
