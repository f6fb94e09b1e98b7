"""What somebody has to do about inspections: visits to make, measures to look at again."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from tuoitho.inspections.models import Inspection, Measure
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import today

SOON = timedelta(days=7)  # a measure is shown this long before its last day


def due_items(user: Any) -> list[DueItem]:
    """Visits planned for today or earlier, and measures whose last day has passed or comes within
    a week, in the units where ``user`` may record findings. Unsorted."""
    scope = user.scope("inspections.record")
    if not scope:
        return []
    visits = Inspection.objects.visible_to(user).waiting_on(today())
    visits = visits.select_related("establishment", "unit")
    measures = Measure.objects.visible_to(user).unverified().filter(due_on__lte=today() + SOON)
    measures = measures.select_related("inspection__establishment", "inspection__unit")
    return [
        *(_visit(v) for v in visits if v.unit_id in scope),
        *(_measure(m) for m in measures if m.inspection.unit_id in scope),
    ]


def _visit(inspection: Inspection) -> DueItem:
    return DueItem(
        what=_("Kiểm tra cơ sở"), subject=inspection.establishment.name,
        due=inspection.planned_on, url_name="inspections:inspection_detail",
        url_args=(inspection.pk,), basis="KH 365/KH-UBND, II.7",
        unit_name=inspection.unit.name, done_by=_("ghi kết quả, dời ngày hoặc hủy"),
    )  # fmt: skip


def _measure(measure: Measure) -> DueItem:
    inspection = measure.inspection
    return DueItem(
        what=_("Kiểm tra lại việc khắc phục"), subject=inspection.establishment.name,
        due=measure.due_on, url_name="inspections:inspection_detail",
        url_args=(inspection.pk,), basis=_("Biên bản số %(n)s") % {"n": inspection.minutes_number},
        unit_name=inspection.unit.name, done_by=_("ghi kết quả kiểm tra lại"),
    )  # fmt: skip
