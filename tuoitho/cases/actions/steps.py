"""What every step of a case has in common: lock, look up the table, ask leave, write the move."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases.actions.clocks import keep_clocks
from tuoitho.cases.deadlines import next_visit_day
from tuoitho.cases.models import Case, CaseMove, Level
from tuoitho.cases.models.sight import may_step
from tuoitho.cases.parameters import visit_schedule
from tuoitho.cases.states import MOVES, PLAIN_STEPS, Move, State
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import HANOI, now, today
from tuoitho.lib.steps import move_from


def locked(case: Case) -> Case:
    """The row as it is now, held until the end of the transaction."""
    return Case.objects.select_for_update().get(pk=case.pk)


def allow(by: Actor, permission: str, row: Any) -> None:
    """Ask leave for a step of a case, or of what is sealed with one (a report, a clock). What is
    sealed is worked on by its list and, without a lead, the police there (``sight.may_step``).

    Raises PermissionDenied.
    """
    if not may_step(by, permission, row):
        raise PermissionDenied(f"{by.actor_name}: {permission}")


def check_day(case: Case, on: date) -> None:
    """A step may not lie in the future, nor before the step it follows. Raises ValidationError."""
    if on > today():
        raise ValidationError({"on": _("Ngày này chưa tới.")})
    last = case.moves.aggregate(last=models.Max("on"))["last"] or case.opened_on
    if on < last:
        raise ValidationError(
            {"on": _("Bước trước đã ghi ngày %(day)s; ngày này không thể sớm hơn.")
             % {"day": f"{last:%d/%m/%Y}"}}
        )  # fmt: skip


def check_open(case: Case) -> None:
    """Raises ValidationError for a closed case."""
    if not case.is_open:
        raise ValidationError(_("Hồ sơ đã kết thúc; muốn ghi tiếp hãy mở lại hồ sơ."))


def find_step(case: Case, name: str) -> Move:
    """The row of the table for ``name`` from where the case stands. Raises ValidationError."""
    move = move_from(MOVES, case.state, name)
    outside = case.outside_children_law
    urgent = move is not None and move.urgent_only and case.is_urgent()  # asks the database
    if move is None or not move.is_for(outside=outside, urgent=urgent):
        raise ValidationError(
            _("Hồ sơ đang ở bước “%(state)s” nên không làm được việc này.")
            % {"state": case.get_state_display()}
        )
    return move


def take(case: Case, name: str, *, by: Actor, on: date, note: str = "") -> Move:
    """Take one step of a locked case: the table, leave, the day, the state, the history.

    The caller saves the case. Raises ValidationError or PermissionDenied.
    """
    from tuoitho.cases.actions.growing_up import note_sixteen

    if on <= today():
        note_sixteen(case, by=by, on=on)
    move = find_step(case, name)
    allow(by, move.permission, case)
    check_day(case, on)
    case.state = move.target
    add_move(case, name, source=move.source, by=by, on=on, note=note)
    return move


def add_move(
    case: Case, name: str, *, source: str, by: Actor, on: date, note: str = ""
) -> CaseMove:
    """Append one line of history."""
    return CaseMove.objects.create(
        case=case, name=name, source=source, target=case.state, on=on, by_name=by.actor_name,
        by_key=by.pk, note=note,
    )  # fmt: skip


def trace(action: str, case: Case, *, by: Actor, on: date, note: str = "", **details: Any) -> None:
    """Bring the clocks of the case in line with it, then write the audit event. Of a sealed case
    that names neither unit nor child, so that readers of the commune's log do not learn of it."""
    keep_clocks(case, on)
    if case.sealed:
        details |= {"unit_key": None, "child_key": None}
    record(action, case, by=by, on=on, note=note, **details)


def moment_on(day: date, at: datetime | None = None) -> datetime:
    """``at`` if given; else now for today, and the last moment of a past day whose hour nobody
    wrote down."""
    if at is not None:
        return at
    return now() if day == today() else datetime.combine(day, time(23, 59), HANOI)


def check_levels(levels: dict[str, str], names: tuple[str, ...]) -> None:
    """Each of ``names`` is given as high, medium or low. Raises ValidationError by field."""
    wrong = {
        name: _("Chọn cao, trung bình hay thấp.")
        for name in names
        if levels.get(name) not in Level.values
    }
    if wrong:
        raise ValidationError(wrong)


def visit_due(case: Case) -> date | None:
    """The next day of the visiting schedule, None before support begins."""
    if case.supported_since is None:
        return None
    last = case.visits.filter(on__gte=case.supported_since).aggregate(last=models.Max("on"))["last"]
    schedule = visit_schedule(case.supported_since, case.risk_level)
    return next_visit_day(case.supported_since, last, schedule)


def is_visited_by_schedule(case: Case) -> bool:
    """In support or followed: the visiting schedule runs."""
    return case.state in (State.SUPPORTING, State.FOLLOWING)


@transaction.atomic
def move_case(case: Case, name: str, *, by: Actor, on: date, note: str = "") -> Case:
    """A step that carries nothing but a day and a note (``states.PLAIN_STEPS``).

    Raises ValidationError when the table has no such step from here, PermissionDenied.
    """
    if name not in PLAIN_STEPS:
        raise ValueError(f"{name} has an action of its own")
    case = locked(case)
    before = case.state
    take(case, name, by=by, on=on, note=note)
    case.step_due_on = visit_due(case)
    case.save(update_fields=["state", "step_due_on"])
    trace(f"cases.{name}", case, by=by, on=on, before={"state": before},
          after={"state": case.state})  # fmt: skip
    return case
