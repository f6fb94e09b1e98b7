"""A child of an open case completes sixteen years: what no longer binds from that day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.steps import add_move, allow, trace
from tuoitho.cases.coming_of_age import ADULT_AGE, CHILDREN_LAW_AGE, is_surely, surely_from
from tuoitho.cases.models import Case
from tuoitho.lib.actors import Actor
from tuoitho.people.models import Child


def note_sixteen(case: Case, *, by: Actor, on: date) -> Case:
    """If the child of a locked case has surely completed 16 by ``on``: mark the case outside the
    Law on Children, and drop the limits of Điều 28 that would have ended on or after that day.

    Limits that had passed before are kept: they bound while they ran.
    """
    if case.outside_children_law or not case.is_open:
        return case
    child = Child.objects.filter(pk=case.child_id).first()
    day = surely_from(child, CHILDREN_LAW_AGE) if child else None
    if day is None or day > on:
        return case
    case.outside_children_law, case.turned_16_on = True, day
    if case.plan_submitted_on is None and case.plan_due_on and case.plan_due_on >= day:
        case.plan_due_on = None
    if case.approved_on is None and case.approval_due_on and case.approval_due_on >= day:
        case.approval_due_on = None
    case.save(update_fields=[
        "outside_children_law", "turned_16_on", "plan_due_on", "approval_due_on",
    ])  # fmt: skip
    note = _("Đủ 16 tuổi ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"}
    add_move(case, "sixteen", source=case.state, by=by, on=on, note=note)
    trace("cases.sixteen", case, by=by, on=on, after={"turned_16_on": str(day)})
    return case


@transaction.atomic
def mark_sixteen(case: Case, *, by: Actor, on: date) -> Case:
    """As ``note_sixteen``, for the daily work. Raises PermissionDenied."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    allow(by, "cases.work", case)
    return note_sixteen(case, by=by, on=on)


def check_adult(case: Case, on: date) -> None:
    """Raises ValidationError unless the child has surely completed 18 by ``on``."""
    child = Child.objects.filter(pk=case.child_id).first()
    if child is None or not is_surely(child, ADULT_AGE, on):
        raise ValidationError({"reason": _("Trẻ chưa chắc chắn đủ 18 tuổi vào ngày này.")})
