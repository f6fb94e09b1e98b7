"""When units change and families stay: their rows pass to the successor unit."""

from collections.abc import Sequence
from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Func, Value
from django.utils.translation import gettext as _

from tuoitho.audit.actions import gathering, record
from tuoitho.lib.actors import Actor
from tuoitho.people.models import Child, Household, Residence
from tuoitho.units.models import ChangeKind, Unit, UnitChange


def reassign_household(
    household: Household, to_unit: Unit, *, by: Actor, on: date, note: str = ""
) -> Household:
    """``reassign_households`` of one."""
    return reassign_households([household], to_unit, by=by, on=on, note=note)[0]


@transaction.atomic
def reassign_households(
    households: Sequence[Household], to_unit: Unit, *, by: Actor, on: date, note: str = ""
) -> list[Household]:
    """``to_unit`` took over the part of the old unit where these households live, from ``on``.

    Nobody moved: hamlet, carers and household stay; the children's residence goes on in the new
    unit. A split commune's households are placed by hamlet (domain: the new commune cannot be told
    from the old alone). All or none. Raises ValidationError when the official table knows no such
    change of people; PermissionDenied without ``people.register`` in both units.
    """
    keys = [household.pk for household in households]
    found = list(Household.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if len(found) < len(keys):
        raise Household.DoesNotExist
    before = {household.pk: household.unit_id for household in found}
    for household in found:
        by.require("people.register", household)
    by.require("people.register", to_unit)
    _check_change(set(before.values()), to_unit, on)
    children = list(Child.objects.filter(household__in=keys).select_related("household"))
    staying = [c for c in children if c.household_id and c.unit_id == before[c.household_id]]
    Household.objects.filter(pk__in=keys).update(unit=to_unit)
    _pass_on(staying, to_unit, on)
    for household in found:
        household.unit = to_unit
    with gathering():
        for household in found:
            record("people.reassign_household", household, by=by, on=on, note=note,
                   before={"unit": before[household.pk]}, after={"unit": to_unit.pk})  # fmt: skip
    return found


def _check_change(old: set[int], to_unit: Unit, on: date) -> None:
    """People of every ``old`` unit went to ``to_unit`` by ``on``."""
    changes = UnitChange.objects.filter(old__in=old, new=to_unit, on__lte=on)
    known = set(changes.exclude(kind=ChangeKind.AREA).values_list("old", flat=True))
    if old - known:
        raise ValidationError({"to_unit": _("Đơn vị này không tiếp nhận dân cư của đơn vị cũ.")})


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
