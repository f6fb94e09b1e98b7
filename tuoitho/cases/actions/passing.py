"""What passing a case to another commune has in common, however it was agreed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.cases.actions.steps import add_move, trace
from tuoitho.cases.models import Case
from tuoitho.lib.actors import Actor
from tuoitho.people.actions import move_child
from tuoitho.people.models import Child
from tuoitho.units.models import Level, Unit


def check_target(case: Case, to_unit: Unit) -> None:
    """Another commune. Raises ValidationError."""
    if to_unit.pk == case.unit_id or to_unit.level != Level.COMMUNE:
        raise ValidationError({"to_unit": _("Hãy chọn xã, phường, thị trấn khác.")})


def check_no_offer(case: Case) -> None:
    """No handover of it waits for an answer. Raises ValidationError."""
    waiting = case.handovers.waiting().select_related("to_unit").first()
    if waiting is not None:
        raise ValidationError(
            _("Hồ sơ đang chờ %(unit)s nhận bàn giao; muốn khác đi hãy rút lại đề nghị trước.")
            % {"unit": waiting.where_to}
        )


def write_passing(
    case: Case, before: Unit, to_unit: Unit, *, by: Actor, on: date, note: str = ""
) -> None:
    """The line in the case's history and the event of the log; ``case`` is in ``to_unit`` now."""
    add_move(case, "transfer", source=case.state, by=by, on=on,
             note=f"{before} → {to_unit}. {note}".strip())  # fmt: skip
    trace("cases.transfer", case, by=by, on=on, note=note,
          before={"unit": before.pk}, after={"unit": to_unit.pk})  # fmt: skip


def bring_child(child: Child, before: Unit, to_unit: Unit, *, by: Actor, on: date) -> None:
    """The child's row follows its case, if it still is where the case was."""
    if child.unit_id == before.pk:
        move_child(child, to_unit, by=by, on=on)
