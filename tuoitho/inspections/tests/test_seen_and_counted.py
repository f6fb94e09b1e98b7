"""Who sees which visits, in the database and in lists; what is counted; what is due."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.db.utils import ProgrammingError

from tuoitho.access.person import acting_as
from tuoitho.establishments.tests.make import make_establishment, make_village
from tuoitho.inspections.due import due_items
from tuoitho.inspections.models import (
    ChecklistAnswer,
    Inspection,
    InspectionMove,
    Measure,
    Violation,
)
from tuoitho.inspections.tests.make import (
    VISITED,
    make_inspection,
    make_measure,
    make_violation,
    make_visit,
)
from tuoitho.lib.periods import Period

Y2026 = Period.year(2026)
TABLES = ["inspection", "inspectionmove", "checklistanswer", "violation", "measure"]


@pytest.fixture
def visit(here):
    visit = make_visit(here)
    make_violation(visit)
    make_measure(visit)
    InspectionMove.objects.create(
        inspection=visit, source="planned", target="done", on=VISITED, by="x"
    )
    ChecklistAnswer.objects.create(inspection=visit, item="book", answer="broken")
    return visit


@pytest.mark.parametrize("table", TABLES)
def test_a_raw_query_answers_only_to_who_may_see(table, visit, lan, thu, hanh, duc):
    for person, rows in {None: 0, lan: 1, thu: 0, hanh: 1, duc: 0}.items():
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM inspections_{table}")
            assert cursor.fetchone() == (rows,), person


def test_who_may_only_look_writes_nothing(here, chung):
    place = make_establishment(here)
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(chung):
        make_inspection(here, place)


def test_the_same_sight_in_the_application(visit, lan, thu, duc):
    for model in (Inspection, Violation, Measure):
        assert model.objects.visible_to(lan).count() == 1
        assert not model.objects.visible_to(thu).exists()
        assert not model.objects.visible_to(duc).exists()


@pytest.mark.parametrize(
    ("done_on", "counted"),
    [(date(2025, 12, 31), 0), (date(2026, 1, 1), 1), (date(2026, 12, 31), 1),
     (date(2027, 1, 1), 0)],
)  # fmt: skip
def test_visits_of_a_year(here, done_on, counted):
    make_visit(here, done_on=done_on)
    assert Inspection.objects.done_in(Y2026).count() == counted


def test_planned_and_cancelled_are_not_done(here):
    make_inspection(here)
    make_inspection(here, state="cancelled", cancel_reason="x")
    assert not Inspection.objects.done_in(Y2026).exists()
    assert Inspection.objects.planned_in(Y2026).count() == 1


def test_what_the_plan_counts(visit, here, there):
    place = visit.establishment
    make_visit(here, place, minutes_number="02")
    village = make_village(here)
    firm = make_establishment(here, "Công ty", kind="enterprise", craft_village=village)
    make_visit(here, firm, minutes_number="03", kind="combined")
    make_visit(there)
    rows = Inspection.objects.done_in(Y2026)
    assert rows.located_in(here).count() == 3
    assert rows.located_in(here).count_establishments() == 2
    assert rows.with_violations().get() == visit
    assert rows.of_kinds("combined").count() == 1
    assert rows.at_establishments_of("enterprise").count() == 1
    assert rows.in_craft_villages().count() == 1


def test_fines_of_a_year(visit):
    decided = {"decision_number": "1", "decided_by": "commune_chair"}
    make_violation(visit, fine=1_500_000, decided_on=date(2026, 12, 31), **decided)
    make_violation(visit, fine=0, decided_on=date(2026, 12, 31), **decided)
    make_violation(visit, fine=9, decided_on=date(2027, 1, 1), **decided)
    assert Violation.objects.fined_in(Y2026).total_fine() == 1_500_000
    assert Violation.objects.found_in(Y2026).count() == 4
    assert Violation.objects.undecided().count() == 1
    assert Violation.objects.none().total_fine() == 0


def test_measures_by_what_became_of_them(visit):
    done = make_measure(visit, verified_on=date(2026, 11, 20), result="remedied")
    assert Measure.objects.remedied().get() == done
    assert Measure.objects.verified_in(Y2026).get() == done
    assert not Measure.objects.overdue_on(date(2026, 11, 20)).exists()
    assert Measure.objects.overdue_on(date(2026, 11, 21)).count() == 1


@time_machine.travel("2026-11-24T09:00+07:00")
def test_what_is_due(here, there, visit, lan, chung, thu):
    make_inspection(here, planned_on=date(2026, 11, 24))
    make_inspection(here, planned_on=date(2026, 11, 25))
    make_measure(visit, what="xa", due_on=date(2026, 12, 2))
    items = sorted(due_items(lan), key=lambda item: item.due)
    assert [item.due for item in items] == [date(2026, 11, 20), date(2026, 11, 24)]
    assert items[0].url_args == (visit.pk,)
    assert due_items(chung) == []
    assert due_items(thu) == []
