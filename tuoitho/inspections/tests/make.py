"""Builders for tests: boring, fixed defaults; a test states every fact it depends on."""

from datetime import date

from tuoitho.establishments.models import Establishment
from tuoitho.establishments.tests.make import make_establishment
from tuoitho.inspections.models import Inspection, Measure, Violation
from tuoitho.units.models import Unit

VISITED = date(2026, 11, 2)


def make_inspection(unit: Unit, place: Establishment | None = None, **facts: object) -> Inspection:
    """A surprise visit planned for 02/11/2026."""
    defaults: dict[str, object] = {"kind": "surprise", "planned_on": VISITED}
    return Inspection.objects.create(
        unit=unit, establishment=place or make_establishment(unit), **{**defaults, **facts}
    )


def make_visit(unit: Unit, place: Establishment | None = None, **facts: object) -> Inspection:
    """A visit made on 02/11/2026, minutes 01/BB-KT."""
    defaults: dict[str, object] = {
        "state": "done", "done_on": VISITED, "minutes_number": "01/BB-KT", "checklist": "2021",
    }  # fmt: skip
    return make_inspection(unit, place, **{**defaults, **facts})


def make_violation(inspection: Inspection, **facts: object) -> Violation:
    """No tracking book, one minor, a household; range of k1."""
    defaults: dict[str, object] = {
        "rule": "144.3-book", "citation": "khoản 3 Điều 144", "children": 1,
        "organisation": False, "sanction_decree": "283/2026/NĐ-CP", "sanction_clause": "Đ27.1",
        "sanction_min": 1_000_000, "sanction_max": 2_000_000,
    }  # fmt: skip
    return Violation.objects.create(inspection=inspection, **{**defaults, **facts})


def make_measure(inspection: Inspection, **facts: object) -> Measure:
    defaults: dict[str, object] = {
        "what": "Lập sổ theo dõi", "ordered_on": VISITED, "due_on": date(2026, 11, 20),
    }  # fmt: skip
    return Measure.objects.create(inspection=inspection, **{**defaults, **facts})
