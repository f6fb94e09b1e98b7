"""Services given to a child or the family, and visits that see what has become of the work."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.ceasing import note_relapse, person_key
from tuoitho.cases.actions.referral_steps import finish_with_service
from tuoitho.cases.actions.steps import (
    allow,
    check_open,
    is_visited_by_schedule,
    locked,
    trace,
    visit_due,
)
from tuoitho.cases.measures import check_measure
from tuoitho.cases.models import Case, Schooling, Service, ServiceKind, ServiceResult, Visit
from tuoitho.cases.screening import judge
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today

SERVICE_FIELDS = frozenset({"what", "provider", "provider_name", "planned_end", "cost", "measure"})


def _check_day(case: Case, on: date, field: str) -> None:
    if on > today():
        raise ValidationError({field: _("Ngày này chưa tới.")})
    if on < case.opened_on:
        raise ValidationError({field: _("Ngày này trước ngày mở hồ sơ.")})


@transaction.atomic
def start_service(case: Case, *, kind: str, by: Actor, on: date, **details: Any) -> Service:
    """A service begins on ``on``. Help need not wait for the plan.

    ``details``: see ``SERVICE_FIELDS``. Raises ValidationError (by field), TypeError.
    """
    if unknown := set(details) - SERVICE_FIELDS:
        raise TypeError(f"a service has no {sorted(unknown)}")
    case = locked(case)
    check_open(case)
    allow(by, "cases.work", case)
    _check_day(case, on, "on")
    check_measure(case, details.get("measure"))
    if kind not in ServiceKind.values:
        raise ValidationError({"kind": _("Hãy chọn loại dịch vụ.")})
    planned_end = details.get("planned_end")
    if planned_end and planned_end < on:
        raise ValidationError({"planned_end": _("Ngày kết thúc không thể trước ngày bắt đầu.")})
    service = Service.objects.create(
        case=case, kind=kind, starts_on=on, recorded_by=by.actor_name, **details
    )
    told = {"service": service.pk, "kind": kind, "measure": service.measure_id}
    trace("cases.start_service", case, by=by, on=on, after=told)
    return service


@transaction.atomic
def end_service(service: Service, *, result: str, by: Actor, on: date, note: str = "") -> Service:
    """The service ended on ``on`` with ``result``. Raises ValidationError (by field)."""
    case = locked(service.case)
    service = Service.objects.select_for_update().get(pk=service.pk)
    if service.ended_on is not None:
        raise ValidationError(_("Dịch vụ này đã kết thúc."))
    allow(by, "cases.work", case)
    if result not in ServiceResult.values:
        raise ValidationError({"result": _("Hãy chọn kết quả.")})
    if on < service.starts_on or on > today():
        raise ValidationError({"on": _("Ngày kết thúc phải từ ngày bắt đầu đến hôm nay.")})
    service.ended_on, service.result, service.result_note = on, result, note
    service.save(update_fields=["ended_on", "result", "result_note"])
    finish_with_service(service, by=by, on=on, note=note)
    trace("cases.end_service", case, by=by, on=on,
          after={"service": service.pk, "result": result})  # fmt: skip
    return service


@transaction.atomic
def record_visit(
    case: Case,
    facts: Mapping[str, Any],
    *,
    by: Actor,
    on: date,
    schooling: str = Schooling.UNKNOWN,
    note: str = "",
) -> Visit:
    """A visit on ``on``: what the child does now (as in ``screen_child``), judged by the law again.

    It is clear when no child labour is found; a visit that is not takes back a cessation recorded
    before, and is a relapse when child labour is found. ``planned_on`` keeps the day of the
    schedule it was made for. Raises ValidationError for unreadable facts, a second visit that day,
    a closed case.
    """
    case = locked(case)
    check_open(case)
    allow(by, "cases.work", case)
    _check_day(case, on, "on")
    if schooling not in Schooling.values:
        raise ValidationError({"schooling": _("Hãy chọn tình trạng học tập.")})
    judgement = judge(case.child, facts, on)
    planned = visit_due(case) if is_visited_by_schedule(case) else None
    works = facts.get("works")
    try:
        with transaction.atomic():
            visit = Visit.objects.create(
                case=case, on=on, schooling=schooling, note=note, visited_by=by.actor_name,
                visited_key=person_key(by), planned_on=planned,
                still_working=None if works is None else bool(works),
                clear=judgement.child_labour is False, **judgement.as_fields(),
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError({"on": _("Ngày này đã ghi một lần thăm.")}) from error
    if judgement.hazardous:
        case.hazardous = True
    if not visit.clear and case.ceased_on is not None and on >= case.ceased_on:
        case.ceased_on = None
    if judgement.child_labour:
        note_relapse(case.child, on, visit=visit)
    if is_visited_by_schedule(case):
        case.step_due_on = visit_due(case)
    case.save(update_fields=["hazardous", "ceased_on", "step_due_on"])
    trace("cases.visit", case, by=by, on=on, after={"visit": visit.pk, "clear": visit.clear})
    return visit
