"""When units change and families stay: the files of a child pass to its new unit."""

from datetime import date

from django.db import transaction

from tuoitho.cases.actions.passing import write_passing
from tuoitho.cases.actions.steps import allow, locked
from tuoitho.cases.models import Case, Report, Screening
from tuoitho.lib.actors import Actor
from tuoitho.people.models import Child


@transaction.atomic
def follow_child(child: Child, *, by: Actor, on: date, note: str = "") -> list[Case]:
    """Every case of ``child`` that its present unit does not hold yet passes to it, closed ones
    too, with reports and screenings; where things happened stays. Returns the cases that passed.

    For who holds ``cases.transfer`` in both units. Raises PermissionDenied.
    """
    by.require("cases.transfer", child.unit)
    moved = []
    for found in Case.objects.filter(child=child).exclude(unit=child.unit_id):
        case = locked(found)
        allow(by, "cases.transfer", case)
        before = case.unit
        case.unit = child.unit
        case.save(update_fields=["unit"])
        write_passing(case, before, child.unit, by=by, on=on, note=note)
        moved.append(case)
    Report.objects.filter(child=child).exclude(unit=child.unit_id).update(unit=child.unit)
    Screening.objects.filter(child=child).exclude(unit=child.unit_id).update(unit=child.unit)
    return moved
