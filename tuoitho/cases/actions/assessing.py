"""The first look at the risk (Mẫu 02)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.steps import check_levels, locked, moment_on, take, trace
from tuoitho.cases.deadlines import due_day
from tuoitho.cases.models import Case, FirstAssessment
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import day_of

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
    carer_is_abuser: bool | None = None,
    **levels: str,
) -> Case:
    """Write down the first assessment: whether the child is in an emergency (Điều 26.2, 26.3).

    ``at`` defaults to now, or for a past day to its last minute. ``levels`` (high, medium, low) by
    the names of ``LEVELS``; those left out are medium. The 5 working days for the plan begin here;
    an emergency has no such limit (Điều 28.1), its day is the programme's own.
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
        case=case, at=moment, emergency=emergency, note=note, assessed_by=by.actor_name,
        carer_is_abuser=carer_is_abuser, **levels,
    )  # fmt: skip
    plan_due = due_day("plan", on)
    if case.first_assessed_at is None:
        case.first_assessed_at, case.emergency = moment, emergency
        case.plan_due_on = None if case.outside_children_law or emergency else plan_due
    case.emergency_pending = emergency
    case.step_due_on = plan_due
    case.save()
    trace("cases.assess", case, by=by, on=on, before={"state": before},
          after={"state": case.state, "emergency": emergency})  # fmt: skip
    return case
