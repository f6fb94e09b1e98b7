"""Handing a case to another commune, directly, by who acts in both."""

from datetime import date

from django.db import transaction

from tuoitho.cases.actions.passing import (
    bring_child,
    check_no_offer,
    check_target,
    write_passing,
)
from tuoitho.cases.actions.steps import allow, check_day, check_open, locked
from tuoitho.cases.models import Case
from tuoitho.cases.models.sight import may_step
from tuoitho.lib.actors import Actor
from tuoitho.units.models import Unit


@transaction.atomic
def transfer_case(case: Case, to_unit: Unit, *, by: Actor, on: date, note: str = "") -> Case:
    """``to_unit`` handles the case from now on, with its reports, screenings and the child's row.

    Where it happened stays. For who holds ``cases.transfer`` in both communes (the labour office);
    between two communes the other has to accept (``offer_handover``). Raises ValidationError,
    PermissionDenied.
    """
    case = locked(case)
    check_open(case)
    allow(by, "cases.transfer", case)
    if not (case.sealed and may_step(by, "cases.sealed", case, unit_id=to_unit.pk)):
        by.require("cases.transfer", to_unit)
    check_day(case, on)
    check_target(case, to_unit)
    check_no_offer(case)
    before = case.unit
    case.reports.update(unit=to_unit)
    case.screenings.update(unit=to_unit)
    case.unit = to_unit
    case.save(update_fields=["unit"])
    write_passing(case, before, to_unit, by=by, on=on, note=note)
    if not case.sealed:
        bring_child(case.child, before, to_unit, by=by, on=on)
    return case
