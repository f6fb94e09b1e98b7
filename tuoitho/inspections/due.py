"""What somebody has to do about inspections: visits to make, measures to look at again."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.inspections.models import Inspection, Measure
from tuoitho.lib.due import DueItem, end_of_day, part_of
from tuoitho.lib.hanoi import today

SOON = timedelta(days=7)  # a measure is shown this long before its last day


def due_items(user: Any) -> list[DueItem]:
    """Visits planned for today or earlier, and measures whose last day has passed or comes within
    a week, in the units where ``user`` may record findings. Unsorted."""
    return [item for part in QUEUE for item in part.everything(user)]


def _visits(user: Any) -> QuerySet[Inspection] | None:
    scope = user.scope("inspections.record")
    if not scope:
        return None
    rows = Inspection.objects.visible_to(user).waiting_on(today())
    rows = rows.filter(scope.covers())
    return rows.select_related("establishment", "unit")


def _measures(user: Any) -> QuerySet[Measure] | None:
    scope = user.scope("inspections.record")
    if not scope:
        return None
    rows = Measure.objects.visible_to(user).unverified().filter(due_on__lte=today() + SOON)
    rows = rows.filter(scope.covers("inspection__unit_id"))
    return rows.select_related("inspection__establishment", "inspection__unit")


def _visit(inspection: Inspection) -> DueItem:
    return DueItem(
        what=_("Kiểm tra cơ sở"), subject=inspection.establishment.name,
        due=inspection.planned_on, url_name="inspections:inspection_detail",
        url_args=(inspection.pk,), basis="KH 365/KH-UBND, II.7",
        unit_name=inspection.unit.name, done_by=_("ghi kết quả, dời ngày hoặc hủy"),
        unit_id=inspection.unit_id,
    )  # fmt: skip


def _measure(measure: Measure) -> DueItem:
    inspection = measure.inspection
    return DueItem(
        what=_("Kiểm tra lại việc khắc phục"), subject=inspection.establishment.name,
        due=measure.due_on, url_name="inspections:inspection_detail",
        url_args=(inspection.pk,), basis=_("Biên bản số %(n)s") % {"n": inspection.minutes_number},
        unit_name=inspection.unit.name, done_by=_("ghi kết quả kiểm tra lại"),
        unit_id=inspection.unit_id,
    )  # fmt: skip


QUEUE = (
    part_of("inspection", gettext_lazy("Kiểm tra"), _visits, end_of_day("planned_on"), _visit),
    part_of("measure", gettext_lazy("Kiểm tra lại việc khắc phục"), _measures,
            end_of_day("due_on"), _measure, unit="inspection__unit_id"),
)  # fmt: skip
