"""A visit: scheduled, moved, made and recorded, corrected, closed, cancelled."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.establishments.models import Establishment
from tuoitho.inspections.actions.moving import (
    checked_step,
    finish_step,
    locked,
    require_visited,
)
from tuoitho.inspections.checklist import checklist_on
from tuoitho.inspections.models import ChecklistAnswer, Inspection
from tuoitho.inspections.states import Answer, Kind, State, Step
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import tidy
from tuoitho.units.models import Organisation, Unit

RECORDED = ["done_on", "minutes_number", "workers_seen", "minors_seen", "under_15_seen"]


class Seen(TypedDict, total=False):
    """What a visit found besides its day and the number of its minutes; all optional."""

    answers: Mapping[str, str]  # code of a checklist item -> states.Answer
    workers_seen: int | None
    minors_seen: int | None
    under_15_seen: int | None
    conclusion: str


class Arrangements(TypedDict, total=False):
    """How a visit is prepared; all optional."""

    subject: str
    lead: Organisation | None
    team: str


@transaction.atomic
def schedule_inspection(
    establishment: Establishment, *, kind: str, planned_on: date, by: Actor, on: date,
    note: str = "", **arrangements: Unpack[Arrangements],
) -> Inspection:  # fmt: skip
    """Plan a visit in the establishment's unit; ``kind`` is a ``states.Kind``.

    ``planned_on`` may lie in the past: a surprise visit is often entered afterwards. Raises
    PermissionDenied without ``inspections.schedule`` there; ValidationError for an establishment
    that had stopped working by then.
    """
    by.require("inspections.schedule", establishment)
    closed = establishment.closed_on
    if closed is not None and planned_on > closed:
        raise ValidationError({"planned_on": _("Cơ sở đã ngừng hoạt động trước ngày này.")})
    if kind not in Kind.values:
        raise ValidationError({"kind": _("Hãy chọn hình thức kiểm tra.")})
    inspection = Inspection(
        unit_id=establishment.unit_id, establishment=establishment, kind=kind,
        planned_on=planned_on, subject=tidy(arrangements.get("subject", "")),
        lead=arrangements.get("lead"), team=arrangements.get("team", "").strip(),
    )  # fmt: skip
    inspection.save()
    record("inspections.schedule", inspection, by=by, on=on, note=note,
           after=snapshot(inspection, ["establishment", "kind", "planned_on"]))  # fmt: skip
    return inspection


@transaction.atomic
def reschedule_inspection(
    inspection: Inspection, *, planned_on: date, by: Actor, on: date, note: str = ""
) -> Inspection:
    """Another day for a visit not yet made; ValidationError when it was made or cancelled."""
    inspection = locked(inspection)
    if inspection.state != State.PLANNED:
        raise ValidationError(_("Chỉ dời được cuộc kiểm tra chưa thực hiện."))
    by.require("inspections.schedule", inspection)
    before = snapshot(inspection, ["planned_on"])
    inspection.planned_on = planned_on
    inspection.save(update_fields=["planned_on"])
    record("inspections.reschedule", inspection, by=by, on=on, note=note,
           before=before, after=snapshot(inspection, ["planned_on"]))  # fmt: skip
    return inspection


@transaction.atomic
def record_findings(
    inspection: Inspection, *, minutes_number: str, by: Actor, on: date, note: str = "",
    **seen: Unpack[Seen],
) -> Inspection:  # fmt: skip
    """The visit was made on day ``on``; its minutes carry ``minutes_number``.

    Raises ValidationError for a number used already in the unit in that year, for an answer the
    checklist of the day does not know, for more children below 15 than minors.
    """
    inspection = locked(inspection)
    step = checked_step(inspection, Step.RECORD, by)
    inspection.done_on = on
    _take(inspection, minutes_number, seen)
    finish_step(inspection, step, by=by, on=on, note=note)
    _answer(inspection, seen.get("answers", {}))
    return inspection


@transaction.atomic
def correct_findings(
    inspection: Inspection, *, minutes_number: str, by: Actor, on: date, note: str = "",
    **seen: Unpack[Seen],
) -> Inspection:  # fmt: skip
    """Mend what was recorded; ``on`` is the day of the visit, mended too.

    Violations keep the decree they were entered with: when the day of the visit moves while there
    are violations, ValidationError asks to withdraw them first.
    """
    inspection = locked(inspection)
    require_visited(inspection)
    by.require("inspections.record", inspection)
    if inspection.done_on != on and inspection.violations.exists():
        raise ValidationError(
            {
                "on": _(
                    "Đã có vi phạm theo nghị định của ngày cũ; hãy rút vi phạm trước khi đổi ngày."
                )
            }
        )
    before = snapshot(inspection, RECORDED)
    inspection.done_on = on
    _take(inspection, minutes_number, seen)
    inspection.save()
    _answer(inspection, seen.get("answers", {}))
    record("inspections.correct_findings", inspection, by=by, on=on, note=note,
           before=before, after=snapshot(inspection, RECORDED))  # fmt: skip
    return inspection


@transaction.atomic
def cancel_inspection(
    inspection: Inspection, *, reason: str, by: Actor, on: date, note: str = ""
) -> Inspection:
    """Give up a visit not yet made. ``reason`` is required."""
    inspection = locked(inspection)
    step = checked_step(inspection, Step.CANCEL, by)
    if not tidy(reason):
        raise ValidationError({"reason": _("Hãy ghi lý do hủy.")})
    inspection.cancel_reason = tidy(reason)
    return finish_step(inspection, step, by=by, on=on, note=note or tidy(reason))


@transaction.atomic
def close_inspection(inspection: Inspection, *, by: Actor, on: date, note: str = "") -> Inspection:
    """Nothing is left to do. Raises ValidationError while a measure is not verified, or a
    violation has neither a measure remedied nor a decision."""
    inspection = locked(inspection)
    step = checked_step(inspection, Step.CLOSE, by)
    if inspection.done_on is not None and on < inspection.done_on:
        raise ValidationError({"on": _("Không thể kết thúc trước ngày kiểm tra.")})
    if inspection.measures.filter(verified_on=None).exists():
        raise ValidationError(_("Còn biện pháp khắc phục chưa kiểm tra lại."))
    open_ones = inspection.violations.filter(decided_on=None).exclude(measures__result="remedied")
    if open_ones.exists():
        raise ValidationError(_("Còn vi phạm chưa khắc phục và chưa có quyết định xử phạt."))
    inspection.closed_on = on
    return finish_step(inspection, step, by=by, on=on, note=note)


@transaction.atomic
def reopen_inspection(inspection: Inspection, *, by: Actor, on: date, note: str) -> Inspection:
    """It was closed too early; ``note`` says why and is required."""
    inspection = locked(inspection)
    step = checked_step(inspection, Step.REOPEN, by)
    if not tidy(note):
        raise ValidationError({"note": _("Hãy ghi lý do mở lại.")})
    inspection.closed_on = None
    return finish_step(inspection, step, by=by, on=on, note=tidy(note))


def _take(inspection: Inspection, minutes_number: str, seen: Seen) -> None:
    """Put what was seen into the row; raises ValidationError naming the form's fields."""
    number = tidy(minutes_number).upper()
    if not number:
        raise ValidationError({"minutes_number": _("Hãy ghi số biên bản.")})
    _check_number(inspection, number)
    inspection.minutes_number = number
    for name in ("workers_seen", "minors_seen", "under_15_seen"):
        setattr(inspection, name, seen.get(name))
    inspection.conclusion = seen.get("conclusion", "").strip()
    minors, younger = inspection.minors_seen, inspection.under_15_seen
    if younger is not None and (minors is None or younger > minors):
        raise ValidationError(
            {"under_15_seen": _("Số chưa đủ 15 tuổi không thể lớn hơn số chưa đủ 18 tuổi.")}
        )


def _check_number(inspection: Inspection, number: str) -> None:
    """One number a year in a unit; the unit's row is held so that two clerks take turns."""
    Unit.objects.select_for_update().get(pk=inspection.unit_id)
    day: Any = inspection.done_on
    taken = Inspection.objects.filter(
        unit_id=inspection.unit_id, minutes_number=number, done_on__year=day.year
    ).exclude(pk=inspection.pk)
    if taken.exists():
        raise ValidationError(
            {"minutes_number": _("Số biên bản này đã dùng trong năm %(year)s ở địa bàn này.")
             % {"year": day.year}}
        )  # fmt: skip


def _answer(inspection: Inspection, answers: Mapping[str, str]) -> None:
    """Replace the answers by these; unknown questions and answers raise ValidationError."""
    day: Any = inspection.done_on
    checklist = checklist_on(day)
    for code, answer in answers.items():
        if checklist.item(code) is None or answer not in Answer.values:
            raise ValidationError(
                _("Bảng kiểm không có mục hoặc trả lời này: %(item)s.") % {"item": code}
            )
    inspection.checklist = checklist.code
    inspection.save(update_fields=["checklist"])
    inspection.answers.all().delete()
    ChecklistAnswer.objects.bulk_create(
        ChecklistAnswer(inspection=inspection, item=code, answer=answer)
        for code, answer in answers.items()
    )
