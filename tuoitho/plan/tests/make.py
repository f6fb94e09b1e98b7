"""Builders of plans for tests: the packaged plan, or a changed one."""

from datetime import date
from pathlib import Path
from typing import Any

from tuoitho.access.actions import system_actor
from tuoitho.plan.actions import add_document, load_programme, report_task
from tuoitho.plan.check import load
from tuoitho.plan.models import Document, Programme, Task, TaskReport
from tuoitho.plan.schema import Plan
from tuoitho.units.models import Organisation, Unit

FILE = Path(__file__).resolve().parents[3] / "plans" / "365-kh-ubnd-2021.yaml"
DAY = date(2025, 11, 1)


def packaged() -> Plan:
    return load(FILE)


def changed(**header: Any) -> Plan:
    """The packaged plan with another head."""
    plan = packaged()
    return plan.model_copy(update={"header": plan.header.model_copy(update=header)})


def make_programme(plan: Plan | None = None, *, on: date = DAY) -> Programme:
    return load_programme(plan or packaged(), by=system_actor(), on=on)


def task(code: str) -> Task:
    return Task.objects.get(code=code)


def make_report(
    code: str, unit: Unit, year: int = 2025, state: str = "in_progress",
    organisation: Organisation | None = None, **facts: Any,
) -> TaskReport:  # fmt: skip
    return report_task(task(code), unit, year, state, by=system_actor(), on=DAY,
                       organisation=organisation, **facts)  # fmt: skip


def make_document(unit: Unit, kind: str = "directive", **facts: Any) -> Document:
    given = {"number": "12/CT-UBND", "signed_on": date(2024, 3, 1), "issuer": "UBND huyện",
             "title": "Tăng cường phòng ngừa lao động trẻ em"}  # fmt: skip
    return add_document(unit, kind, by=system_actor(), on=DAY, **{**given, **facts})
