"""Who sees which report, screening and case: the application and the database say the same."""

import pytest
from django.db import connection

from tuoitho.access.person import acting_as
from tuoitho.cases.models import Case, CaseMove, Report, Screening
from tuoitho.cases.tests.make import make_case, make_child, make_report, make_screening, seal

TABLES = ("cases_report", "cases_screening", "cases_case", "cases_casemove")


@pytest.fixture
def rows(here):
    make_report(here)
    make_screening(make_child(here))
    return make_case(here)


def raw_counts():
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            yield cursor.fetchone()[0]


def test_nobody_reads_nothing(rows):
    with acting_as(None):
        assert list(raw_counts()) == [0, 0, 0, 0]


def test_the_next_commune_reads_nothing(rows, thu):
    with acting_as(thu):
        assert list(raw_counts()) == [0, 0, 0, 0]


def test_the_worker_and_the_office_of_the_area_see_them(rows, lan, hanh):
    for person in (lan, hanh):
        with acting_as(person):
            assert list(raw_counts()) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "role", ["commune_worker", "police", "labour_office", "department", "finance_office"]
)
@pytest.mark.parametrize("sealed", [False, True])
def test_visible_to_is_what_the_database_shows(here, cast_member, role, sealed):
    case = make_case(here)
    make_report(here, case=case, state="in_case")
    make_screening(make_child(here), case=case)
    if sealed:
        seal(case)
    person = cast_member(role)
    for model in (Report, Screening, Case):
        with acting_as(person):
            shown = set(model.objects.values_list("pk", flat=True))
            assert set(model.objects.visible_to(person).values_list("pk", flat=True)) == shown
        expected = role == "police" or (not sealed and role in {"commune_worker", "labour_office"})
        assert bool(shown) == expected


def test_what_is_sealed_exists_for_the_police_only(here, lan, chung, hanh, cast_member):
    case = make_case(here)
    seal(case)
    for person in (lan, chung, hanh):
        with acting_as(person):
            assert list(raw_counts()) == [0, 0, 0, 0]
            assert not CaseMove.objects.visible_to(person).exists()
    police = cast_member("police")
    with acting_as(police):
        assert Case.objects.visible_to(police).get() == case
        assert CaseMove.objects.visible_to(police).count() == 1
