"""The one way a round passes from state to state, and what every action here begins with."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import Move, move_from
from tuoitho.rounds.models import ListedChild, Round, RoundMove, WorkList
from tuoitho.rounds.states import MOVES, State, Step


def locked(planned: Round) -> Round:
    """The round as it is now, held until the transaction ends."""
    return Round.objects.select_for_update(of=("self",)).get(pk=planned.pk)


def locked_list(work_list: WorkList) -> WorkList:
    """The list as it is now, held until the transaction ends."""
    rows = WorkList.objects.select_for_update(of=("self",)).select_related("round", "unit")
    return rows.get(pk=work_list.pk)


def locked_child(listed: ListedChild) -> ListedChild:
    """The row of a child as it is now, held until the transaction ends. Its round is read behind
    the lock: ``close_round`` holds all rows of a round while it looks at them."""
    rows = ListedChild.objects.select_for_update(of=("self",))
    row = rows.select_related("work_list", "child__unit", "unit").get(pk=listed.pk)
    row.round = Round.objects.get(pk=row.round_id)
    return row


def require_running(planned: Round) -> None:
    """Raise ValidationError unless the round is running."""
    if planned.state != State.RUNNING:
        raise ValidationError(
            _("Đợt rà soát đang ở tình trạng “%(now)s” nên không ghi được.")
            % {"now": planned.get_state_display()}
        )


def checked_step(planned: Round, name: Step, by: Actor, on: date) -> Move[Step, State]:
    """The step of the table; raises ValidationError when it cannot be taken now or on that day,
    PermissionDenied without its right."""
    step = move_from(MOVES, planned.state, name)
    if step is None:
        raise ValidationError(
            _("Không thể làm bước này khi đợt rà soát đang ở tình trạng “%(now)s”.")
            % {"now": planned.get_state_display()}
        )
    by.require(step.permission, planned)
    if on > today():
        raise ValidationError({"on": _("Ngày này chưa tới.")})
    return step


def finish_step(
    planned: Round, step: Move[Step, State], *, by: Actor, on: date, note: str = ""
) -> Round:
    """Save the round in its new state, with the step and the event."""
    planned.state = step.target
    planned.save()
    RoundMove.objects.create(
        round=planned, source=step.source, target=step.target, on=on, by_name=by.actor_name,
        note=note,
    )  # fmt: skip
    record(f"rounds.{step.name}", planned, by=by, on=on, note=note,
           before={"state": step.source}, after={"state": step.target})  # fmt: skip
    return planned
