"""The one way an inspection passes from state to state, and what every action here begins with."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.inspections.models import Inspection, InspectionMove
from tuoitho.inspections.states import MOVES, State, Step
from tuoitho.lib.actors import Actor
from tuoitho.lib.steps import Move, move_from


def locked(inspection: Inspection) -> Inspection:
    """The row as it is now, held until the transaction ends."""
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("establishment")
    return rows.get(pk=inspection.pk)


def checked_step(inspection: Inspection, name: Step, by: Actor) -> Move[Step, State]:
    """The step of the table; raises ValidationError when it cannot be taken now,
    PermissionDenied without its right."""
    step = move_from(MOVES, inspection.state, name)
    if step is None:
        raise ValidationError(
            _("Không thể làm bước này khi cuộc kiểm tra đang ở tình trạng “%(now)s”.")
            % {"now": inspection.get_state_display()}
        )
    by.require(step.permission, inspection)
    return step


def require_visited(inspection: Inspection) -> None:
    """Raise ValidationError unless the visit was made and is not closed."""
    if inspection.state != State.DONE:
        raise ValidationError(
            _("Chỉ làm được việc này sau khi ghi kết quả kiểm tra và trước khi kết thúc.")
        )


def finish_step(
    inspection: Inspection, step: Move[Step, State], *, by: Actor, on: date, note: str = ""
) -> Inspection:
    """Save the row in its new state, with the step and the event."""
    inspection.state = step.target
    inspection.save()
    InspectionMove.objects.create(
        inspection=inspection, source=step.source, target=step.target, on=on,
        by=by.actor_name, note=note,
    )  # fmt: skip
    record(f"inspections.{step.name}", inspection, by=by, on=on, note=note,
           before={"state": step.source}, after={"state": step.target})  # fmt: skip
    return inspection
