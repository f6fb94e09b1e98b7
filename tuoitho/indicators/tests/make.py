"""Builders: a tiny district with known answers; a test states every fact it depends on."""

from datetime import date
from typing import Any

from tuoitho.activities.tests.make import make_activity, make_reach
from tuoitho.cases.tests.make import make_case, make_child
from tuoitho.establishments.tests.make import make_establishment
from tuoitho.indicators.engine import compute
from tuoitho.indicators.models import Baseline
from tuoitho.indicators.results import TargetResult
from tuoitho.units.models import Level, Unit

DAY = date(2024, 5, 6)

__all__ = [
    "DAY", "figure", "make_activity", "make_baseline", "make_case", "make_child",
    "make_establishment", "make_reach", "old_communes",
]  # fmt: skip


def make_baseline(unit: Unit, group: str, count: int, year: int = 2024, **facts: Any) -> Baseline:
    return Baseline.objects.create(
        unit=unit, group=group, count=count, year=year,
        **{"source": "Niên giám thống kê", "entered_by": "hanh", "entered_on": DAY, **facts},
    )  # fmt: skip


def old_communes(district: Unit) -> list[Unit]:
    """The sixteen units of huyện Thanh Trì until 30/06/2025."""
    return list(Unit.objects.filter(parent=district, level=Level.COMMUNE).order_by("code"))


def figure(code: str, unit: Unit, year: int = 2024, **options: Any) -> TargetResult:
    """One computed figure."""
    (found,) = compute(unit, year, codes=[code], **options)
    return found
