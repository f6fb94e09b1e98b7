"""Giving a case to a named worker, and reminding whoever has something to do."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases.actions.steps import add_move, allow, check_open, locked, trace
from tuoitho.cases.due import GIVEN
from tuoitho.cases.models import Case, Clock
from tuoitho.cases.models.sight import may_step
from tuoitho.cases.need_to_know import who_steps
from tuoitho.cases.turns import STEPS
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.notices.actions import notify


@transaction.atomic
def assign_case(case: Case, to: User | None, *, by: Actor, on: date, note: str = "") -> Case:
    """``to`` answers for the case from now on (None: nobody by name). A supervisor gives it to
    anyone who works there; a worker may take one for herself.

    Raises ValidationError when the case is closed, is theirs already, or ``to`` does not work where
    the case is; PermissionDenied.
    """
    case = locked(case)
    check_open(case)
    takes = to is not None and to.pk == by.pk and case.assigned_to_id is None
    by_oneself = takes and not by.may("cases.supervise")
    allow(by, "cases.work" if by_oneself else "cases.supervise", case)
    if to is not None and not (to.is_active and may_step(to, "cases.work", case)):
        raise ValidationError({"to": _("Người này không làm công tác bảo vệ trẻ em ở đây.")})
    if case.assigned_to_id == (to.pk if to else None):
        raise ValidationError({"to": _("Hồ sơ đang do người này phụ trách.")})
    before, case.assigned_to = case.assigned_to_id, to
    case.save(update_fields=["assigned_to"])
    name = str(to) if to else _("không còn ai phụ trách riêng")
    add_move(case, "assign", source=case.state, by=by, on=on, note=f"{name}. {note}".strip())
    trace("cases.assign", case, by=by, on=on, note=note, before={"assigned_to": before},
          after={"assigned_to": case.assigned_to_id})  # fmt: skip
    if to is not None and to.pk != by.pk:
        notify([to], "case.assigned", subject=str(case), url_name="cases:case_detail",
               url_args=(case.pk,), unit=case.unit, by=by)  # fmt: skip
    return case


@transaction.atomic
def remind(key: UUID | str, *, by: Actor, on: date) -> list[User]:
    """Remind who has this step to do: the worker it was given to, else all whose turn it is there.
    Once a day for a clock. Returns who was told. Raises ValidationError, PermissionDenied."""
    rows = Clock.objects.select_for_update(of=("self",)).select_related("case", "report", "unit")
    clock = rows.filter(pk=key).first()
    if clock is None or clock.stopped_at is not None:
        raise ValidationError(_("Việc này đã xong."))
    allow(by, "cases.supervise", clock)
    if clock.reminded_on == today():
        raise ValidationError(_("Hôm nay đã nhắc việc này."))
    people = [person for person in _whose(clock) if person.pk != by.pk]
    if not people:
        raise ValidationError(_("Chưa có ai giữ vai trò làm việc này ở đây."))
    clock.reminded_on = today()
    clock.save(update_fields=["reminded_on"])
    about = clock.case or clock.report
    notify(
        people, "case.reminded", subject=f"{STEPS[clock.step].what}: {clock.case or clock.unit}",
        url_name="cases:case_detail" if clock.case else "cases:report_detail",
        url_args=(about.pk if about else None,), unit=clock.unit, by=by,
    )  # fmt: skip
    hidden: dict[str, Any] = {"unit_key": None, "child_key": None} if clock.sealed else {}
    record("cases.remind", about, by=by, on=on, after={"step": clock.step}, **hidden)
    return people


def _whose(clock: Clock) -> list[User]:
    given = clock.assigned_to if clock.permission in GIVEN else None
    # Who had the case before it was sealed may not know of it any more.
    if given is not None and (not clock.sealed or may_step(given, clock.permission, clock)):
        return [given]
    return who_steps(clock.permission, clock)
