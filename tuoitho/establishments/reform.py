"""When units change and workplaces stay: their rows pass to the successor unit."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.establishments.models import CraftVillage, Establishment
from tuoitho.lib.actors import Actor
from tuoitho.units.models import ChangeKind, Unit, UnitChange


@transaction.atomic
def reassign_establishment(
    establishment: Establishment, to_unit: Unit, *, by: Actor, on: date, note: str = ""
) -> Establishment:
    """``to_unit`` took over the part of the old unit where the workplace stands, from ``on``.

    Its craft village goes with it. Raises ValidationError when the official table knows no such
    change; PermissionDenied without ``establishments.register`` in both units.
    """
    row = Establishment.objects.select_for_update(of=("self",)).get(pk=establishment.pk)
    by.require("establishments.register", row)
    by.require("establishments.register", to_unit)
    changes = UnitChange.objects.filter(old=row.unit_id, new=to_unit, on__lte=on)
    if not changes.exclude(kind=ChangeKind.AREA).exists():
        raise ValidationError({"to_unit": _("Đơn vị này không kế tiếp đơn vị cũ.")})
    before = row.unit_id
    village = row.craft_village
    if village is not None and village.unit_id != to_unit.pk:
        CraftVillage.objects.filter(pk=village.pk).update(unit=to_unit)
    row.unit = to_unit
    row.save(update_fields=["unit"])
    record("establishments.reassign", row, by=by, on=on, note=note,
           before={"unit": before}, after={"unit": to_unit.pk})  # fmt: skip
    return row
