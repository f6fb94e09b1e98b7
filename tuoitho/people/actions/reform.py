"""When units change and families stay: their rows pass to the successor unit."""

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Func, Value
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.people.models import Child, Household, Residence
from tuoitho.units.models import ChangeKind, Unit, UnitChange


@transaction.atomic
def reassign_household(
    household: Household, to_unit: Unit, *, by: Actor, on: date, note: str = ""
) -> Household:
    """``to_unit`` took over the part of the old unit where the household lives, from ``on``.

    Nobody moved: hamlet, carers and household stay; the children's residence goes on in the new
    unit. A split commune's households are placed one by one (domain: the new commune cannot be told
    from the old alone). Raises ValidationError when the official table knows no such change of
    people; PermissionDenied without ``people.register`` in both units.
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    by.require("people.register", household)
    by.require("people.register", to_unit)
    changes = UnitChange.objects.filter(old=household.unit_id, new=to_unit, on__lte=on)
    if not changes.exclude(kind=ChangeKind.AREA).exists():
        raise ValidationError({"to_unit": _("Đơn vị này không tiếp nhận dân cư của đơn vị cũ.")})
    before = household.unit_id
    household.unit = to_unit
    household.save(update_fields=["unit"])
    _pass_on(list(household.children.filter(unit_id=before)), to_unit, on)
    record("people.reassign_household", household, by=by, on=on, note=note,
           before={"unit": before}, after={"unit": to_unit.pk})  # fmt: skip
    return household


def _pass_on(children: list[Child], to_unit: Unit, on: date) -> None:
    """All at once: a reform passes on thousands of them."""
    until = Func(RangeStartsWith("valid"), Value(on), function="daterange",
                 output_field=DateRangeField())  # fmt: skip
    Residence.objects.filter(child__in=children, valid__contains=on).update(valid=until)
    Residence.objects.bulk_create(
        Residence(child=child, unit=to_unit, hamlet=child.hamlet, valid=DateRange(on, None))
        for child in children
    )
    Child.objects.filter(pk__in=[child.pk for child in children]).update(unit=to_unit)
