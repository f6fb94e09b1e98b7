"""Builders: boring, fixed defaults; a test states every fact it depends on."""

from datetime import date, datetime, timedelta

from django.db import connection

from tuoitho.access.models import User
from tuoitho.cases.actions import (
    approve_plan,
    assess_emergency,
    draft_plan,
    open_case,
    submit_plan,
)
from tuoitho.cases.actions.clocks import keep_clocks, start_report_clock
from tuoitho.cases.models import Case, CaseMove, EmergencyMeasure, Report, Screening
from tuoitho.cases.states import State
from tuoitho.lib.hanoi import HANOI
from tuoitho.people.models import Child
from tuoitho.people.tests.make import make_child
from tuoitho.units.models import Unit

RECEIVED = datetime(2026, 3, 2, 8, 0, tzinfo=HANOI)  # a Monday
OPENED = RECEIVED.date()

__all__ = [
    "DISHES", "MEASURES", "NO_WORK", "OPENED", "RECEIVED", "in_support", "make_case", "make_child",
    "make_measure", "make_report", "make_screening", "seal",
]  # fmt: skip


def make_report(unit: Unit, **facts: object) -> Report:
    """A telephone report of 02/03/2026, 08:00, waiting."""
    defaults: dict[str, object] = {
        "channel": "phone", "received_at": RECEIVED, "receiver": "Nguyễn Thị Lan (lan)",
        "first_response_due_at": RECEIVED + timedelta(hours=12), "happened_unit": unit,
        "happening": "Cháu bé rửa bát thuê đến khuya.", "child_name": "Bé Na",
    }  # fmt: skip
    report = Report.objects.create(unit=unit, **{**defaults, **facts})
    if report.is_waiting:
        start_report_clock(report)
    return report


def make_screening(child: Child, **facts: object) -> Screening:
    """Child labour seen on 02/03/2026."""
    defaults: dict[str, object] = {
        "unit": child.unit, "happened_unit": child.unit, "observed_on": OPENED,
        "screened_by": "lan", "law_version": "1", "outcome": "unlawful", "child_labour": True,
        "hazardous": False, "facts": {}, "findings": {},
    }  # fmt: skip
    return Screening.objects.create(child=child, **{**defaults, **facts})


def make_case(unit: Unit, state: str = State.OPENED, child: Child | None = None, **facts: object):
    """A case of child labour notified on 02/03/2026, in any state."""
    defaults: dict[str, object] = {
        "category": "child_labour", "opened_on": OPENED, "opened_unit": unit, "opened_by": "lan",
        "notified_on": OPENED, "outside_children_law": False,
        "first_response_due_at": RECEIVED + timedelta(hours=12),
        "response_due_at": RECEIVED + timedelta(hours=12),
    }  # fmt: skip
    if state == State.CLOSED:
        defaults |= {"closed_on": date(2026, 9, 1), "closing": "reached"}
    case = Case.objects.create(
        unit=unit, child=child or make_child(unit), state=state, **{**defaults, **facts}
    )
    CaseMove.objects.create(case=case, name="open", target=state, on=OPENED, by_name="lan")
    keep_clocks(case, OPENED)
    return case


def make_measure(case: Case, **facts: object) -> EmergencyMeasure:
    """A separation of 02 to 06/03/2026, decided at 10:00."""
    defaults: dict[str, object] = {
        "kind": "separation", "decided_at": RECEIVED + timedelta(hours=2), "starts_on": OPENED,
        "until": OPENED + timedelta(days=4), "place_of_stay": "Nhà bà ngoại", "carer": "Bà ngoại",
        "decided_by": "chung", "due_at": RECEIVED + timedelta(hours=12),
    }  # fmt: skip
    return EmergencyMeasure.objects.create(case=case, **{**defaults, **facts})


def seal(case: Case) -> None:
    """Seal the case with its reports and screenings, as the owner of the tables does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_seal(%s)", [case.pk])
        assert cursor.fetchone() == (True,)


# A boy of eleven who washes dishes for a restaurant, five hours a day.
DISHES: dict[str, object] = {
    "works": [
        {"relation": "employee", "job": "other", "place": "ordinary", "hours_day": 5,
         "hours_week": 35, "overtime": False, "night": True, "description": "Rửa bát thuê"}
    ],
    "chores_hours_week": 7,
}  # fmt: skip
NO_WORK: dict[str, object] = {"works": [], "chores_hours_week": 7}
MEASURES = [{"kind": "education", "what": "Làm thủ tục trở lại lớp 6", "cost": 2_000_000}]


def in_support(child: Child, worker: User, chair: User, start: date = OPENED) -> Case:
    """A case opened on ``start`` and brought to support, each step in time."""
    case = open_case(child, "child_labour", by=worker, on=start)
    assess_emergency(case, emergency=False, by=worker, on=start)
    draft_plan(case, needs="Được đi học lại", measures=MEASURES, by=worker, on=start)
    submit_plan(case, by=worker, on=start)
    approve_plan(case, by=chair, on=start)
    return Case.objects.get(pk=case.pk)
