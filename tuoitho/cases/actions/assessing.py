"""The first look at the risk (Mẫu 02) and the decision in an emergency (Mẫu 07)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.steps import (
    allow,
    check_levels,
    check_open,
    locked,
    moment_on,
    take,
    trace,
)
from tuoitho.cases.deadlines import due_day, rule
from tuoitho.cases.models import Case, EmergencyMeasure, FirstAssessment
from tuoitho.cases.models.assessment import EmergencyKind
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import day_of, today

LEVELS = ("harm_now", "harm_reach", "harm_place", "self_protection", "carer_protection")


@transaction.atomic
def assess_emergency(
    case: Case,
    *,
    emergency: bool,
    by: Actor,
    on: date,
    at: datetime | None = None,
    note: str = "",
    **levels: str,
) -> Case:
    """Write down the first assessment: whether the child is in an emergency (Điều 26.2, 26.3).

    ``at`` defaults to now, or for a past day to its last minute. ``levels`` (high, medium, low) by
    the names of ``LEVELS``; those left out are medium. The 5 working days for the plan begin here.
    """
    case = locked(case)
    before = case.state
    levels = {**dict.fromkeys(LEVELS, "medium"), **levels}
    moment = moment_on(on, at)
    if day_of(moment) != on:
        raise ValidationError({"at": _("Giờ đánh giá phải trong ngày đã ghi.")})
    take(case, "assess", by=by, on=on, note=note)
    check_levels(levels, LEVELS)
    FirstAssessment.objects.create(
        case=case, at=moment, emergency=emergency, note=note, assessed_by=by.actor_name, **levels
    )
    plan_due = due_day("plan", on)
    if case.first_assessed_at is None:
        case.first_assessed_at, case.emergency = moment, emergency
        case.plan_due_on = None if case.outside_children_law else plan_due
    case.emergency_pending = emergency
    case.step_due_on = plan_due
    case.save()
    trace("cases.assess", case, by=by, on=on, before={"state": before},
          after={"state": case.state, "emergency": emergency})  # fmt: skip
    return case


@transaction.atomic
def decide_emergency(
    case: Case,
    *,
    kind: str,
    by: Actor,
    on: date,
    until: date | None = None,
    at: datetime | None = None,
    **details: Any,
) -> EmergencyMeasure:
    """The chairperson decides an emergency measure from ``on`` to ``until`` (both included).

    ``details``: number, place_of_stay, carer. Separation lasts at most 15 days in total, extensions
    included (Điều 32), and is not for a minor of 16 or 17. Raises ValidationError by field.
    """
    case = locked(case)
    check_open(case)
    allow(by, "cases.approve", case)
    if on > today():
        raise ValidationError({"on": _("Ngày này chưa tới.")})
    measure = EmergencyMeasure(
        case=case, kind=kind, decided_at=moment_on(on, at), starts_on=on, until=until,
        decided_by=by.actor_name, **details,
    )  # fmt: skip
    _check_measure(case, measure)
    measure.save()
    if case.emergency is None:
        case.emergency = True
    case.emergency_decided_at = case.emergency_decided_at or measure.decided_at
    case.emergency_pending = False
    case.save(update_fields=["emergency", "emergency_decided_at", "emergency_pending"])
    trace("cases.decide_emergency", case, by=by, on=on, after={"kind": kind, "until": str(until)})
    return measure


def _check_measure(case: Case, measure: EmergencyMeasure) -> None:
    if measure.kind not in EmergencyKind.values:
        raise ValidationError({"kind": _("Hãy chọn biện pháp.")})
    if measure.until is not None and measure.until < measure.starts_on:
        raise ValidationError({"until": _("Ngày cuối không thể trước ngày đầu.")})
    if measure.kind != EmergencyKind.SEPARATION:
        return
    if case.outside_children_law:
        raise ValidationError(
            {"kind": _("Luật Trẻ em không cho cách ly người đã đủ 16 tuổi; hãy chọn nơi tạm trú.")}
        )
    if measure.until is None:
        raise ValidationError({"until": _("Quyết định cách ly phải có ngày cuối.")})
    limit = rule("separation", measure.starts_on)
    used = sum(m.days for m in case.emergency_measures.filter(kind=EmergencyKind.SEPARATION))
    if used + measure.days > limit.amount:
        last = measure.starts_on + timedelta(days=max(limit.amount - used, 0) - 1)
        raise ValidationError(
            {"until": _("Tổng thời gian cách ly không quá %(days)s ngày (%(basis)s); muộn nhất là "
                        "%(last)s.")
             % {"days": limit.amount, "basis": limit.basis, "last": f"{last:%d/%m/%Y}"}}
        )  # fmt: skip


@transaction.atomic
def end_emergency(
    measure: EmergencyMeasure, *, by: Actor, on: date, note: str = ""
) -> EmergencyMeasure:
    """End a measure early: Mẫu 03 shows that the carers are safe (Điều 32); ``on`` is its last
    day."""
    case = locked(measure.case)
    measure = EmergencyMeasure.objects.select_for_update().get(pk=measure.pk)
    if measure.cancelled_on is not None:
        raise ValidationError(_("Biện pháp này đã chấm dứt."))
    allow(by, "cases.approve", case)
    if on < measure.starts_on or on > today():
        raise ValidationError({"on": _("Ngày chấm dứt không hợp lệ.")})
    measure.cancelled_on = on
    measure.save(update_fields=["cancelled_on"])
    trace("cases.end_emergency", case, by=by, on=on, note=note)
    return measure
