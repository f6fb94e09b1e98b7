"""Handing a case to another commune, directly, by who acts in both."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.steps import add_move, allow, check_day, check_open, locked, trace
from tuoitho.cases.models import Case
from tuoitho.lib.actors import Actor
from tuoitho.people.actions import move_child
from tuoitho.people.models import Child
from tuoitho.units.models import Level, Unit


@transaction.atomic
def transfer_case(case: Case, to_unit: Unit, *, by: Actor, on: date, note: str = "") -> Case:
    """``to_unit`` handles the case from now on, with its reports, screenings and the child's row.

    Where it happened stays. For who holds ``cases.transfer`` in both communes (the labour office);
    a handover with acceptance between two communes is another matter. Raises ValidationError,
    PermissionDenied.
    """
    case = locked(case)
    check_open(case)
    allow(by, "cases.transfer", case)
    by.require("cases.transfer", to_unit)
    check_day(case, on)
    if to_unit.pk == case.unit_id or to_unit.level != Level.COMMUNE:
        raise ValidationError({"to_unit": _("Hãy chọn xã, phường, thị trấn khác.")})
    before = case.unit
    add_move(case, "transfer", source=case.state, by=by, on=on,
             note=f"{before} → {to_unit}. {note}".strip())  # fmt: skip
    case.reports.update(unit=to_unit)
    case.screenings.update(unit=to_unit)
    case.unit = to_unit
    case.save(update_fields=["unit"])
    _move_child(case.child, before, to_unit, by, on)
    trace("cases.transfer", case, by=by, on=on, note=note,
          before={"unit": before.pk}, after={"unit": to_unit.pk})  # fmt: skip
    return case


def _move_child(child: Child, before: Unit, to_unit: Unit, by: Actor, on: date) -> None:
    if child.unit_id == before.pk:
        move_child(child, to_unit, by=by, on=on)
