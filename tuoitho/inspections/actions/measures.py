"""A measure: ordered to the employer with a last day, looked at again, ordered anew if need be."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.inspections.actions.moving import locked, require_visited
from tuoitho.inspections.models import Inspection, Measure, Violation
from tuoitho.inspections.states import Result
from tuoitho.lib.actors import Actor

ORDERED = ["what", "violation", "ordered_on", "due_on"]
VERIFIED = ["verified_on", "result"]


@transaction.atomic
def order_measure(
    inspection: Inspection, *, what: str, due_on: date, by: Actor, on: date,
    violation: Violation | None = None, note: str = "",
) -> Measure:  # fmt: skip
    """Order the employer, on day ``on``, to do ``what`` by the end of ``due_on``.

    Raises ValidationError before findings are recorded, for a last day before the order, for an
    order before the visit, for a violation of another visit.
    """
    inspection = locked(inspection)
    require_visited(inspection)
    by.require("inspections.record", inspection)
    if inspection.done_on is not None and on < inspection.done_on:
        raise ValidationError({"on": _("Không thể yêu cầu trước ngày kiểm tra.")})
    if violation is not None and violation.inspection_id != inspection.pk:
        raise ValidationError({"violation": _("Vi phạm này thuộc cuộc kiểm tra khác.")})
    return _order(inspection, what, due_on, by=by, on=on, violation=violation, note=note)


@transaction.atomic
def verify_measure(
    measure: Measure, *, result: str, by: Actor, on: date, next_due_on: date | None = None,
    note: str = "",
) -> Measure:  # fmt: skip
    """Somebody looked on day ``on``; ``result`` is a ``states.Result``.

    When it was not remedied, ``next_due_on`` (required) orders the same anew. Raises
    ValidationError when it was verified already.
    """
    inspection = locked(measure.inspection)
    measure = inspection.measures.get(pk=measure.pk)
    require_visited(inspection)
    if measure.verified_on is not None:
        raise ValidationError(_("Biện pháp này đã được kiểm tra lại."))
    by.require("inspections.record", inspection)
    _check(measure, result, on, next_due_on)
    measure.verified_on, measure.result = on, result
    measure.verified_by, measure.result_note = by.actor_name, note.strip()
    measure.save()
    record("inspections.verify_measure", inspection, by=by, on=on,
           after={"measure": measure.pk, **snapshot(measure, VERIFIED)})  # fmt: skip
    if result == Result.NOT_REMEDIED and next_due_on is not None:
        _order(inspection, measure.what, next_due_on, by=by, on=on,
               violation=measure.violation, renews=measure)  # fmt: skip
    return measure


def _check(measure: Measure, result: str, on: date, next_due_on: date | None) -> None:
    if result not in Result.values:
        raise ValidationError({"result": _("Hãy chọn kết quả kiểm tra lại.")})
    if on < measure.ordered_on:
        raise ValidationError({"on": _("Không thể kiểm tra lại trước ngày yêu cầu.")})
    if result == Result.NOT_REMEDIED and next_due_on is None:
        raise ValidationError({"next_due_on": _("Chưa khắc phục thì phải đặt hạn mới.")})
    if next_due_on is not None and next_due_on < on:
        raise ValidationError({"next_due_on": _("Hạn mới không thể trước ngày kiểm tra lại.")})


def _order(  # noqa: PLR0913 - see order_measure
    inspection: Inspection, what: str, due_on: date, *, by: Actor, on: date,
    violation: Violation | None, renews: Measure | None = None, note: str = "",
) -> Measure:  # fmt: skip
    if not what.strip():
        raise ValidationError({"what": _("Hãy ghi biện pháp phải thực hiện.")})
    if due_on < on:
        raise ValidationError({"due_on": _("Hạn khắc phục không thể trước ngày yêu cầu.")})
    measure = Measure.objects.create(
        inspection=inspection, violation=violation, what=what.strip(), ordered_on=on,
        due_on=due_on, renews=renews,
    )  # fmt: skip
    record("inspections.order_measure", inspection, by=by, on=on, note=note,
           after={"measure": measure.pk, **snapshot(measure, ORDERED)})  # fmt: skip
    return measure
