"""Writing households and whether they are poor."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import fold
from tuoitho.people.models import Household, PovertyStatus
from tuoitho.people.states import Poverty
from tuoitho.people.values import line_of, name_of
from tuoitho.units.models import Unit

FACTS = ["head_name", "address", "hamlet"]


def _write(household: Household, *, head_name: str, address: str, hamlet: str) -> None:
    household.head_name = name_of(head_name, "head_name")
    household.folded_head_name = fold(household.head_name)
    household.address = line_of(address, "address", 200)
    household.hamlet = line_of(hamlet, "hamlet")
    household.folded_hamlet = fold(household.hamlet)


@transaction.atomic
def register_household(
    unit: Unit, *, head_name: str, address: str = "", hamlet: str = "", by: Actor, on: date
) -> Household:
    """A new household in ``unit``. Raises ValidationError, PermissionDenied."""
    by.require("people.register", unit)
    household = Household(unit=unit, registered_on=on)
    _write(household, head_name=head_name, address=address, hamlet=hamlet)
    household.save()
    record("people.register_household", household, by=by, on=on, after=snapshot(household, FACTS))
    return household


@transaction.atomic
def correct_household(
    household: Household, *, by: Actor, on: date, note: str = "", **fields: str
) -> Household:
    """Correct ``head_name``, ``address``, ``hamlet``. Raises TypeError for another field."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    by.require("people.register", household)
    if unknown := set(fields) - set(FACTS):
        raise TypeError(f"a household has no {', '.join(sorted(unknown))} to correct")
    before = snapshot(household, FACTS)
    _write(household, **{name: fields.get(name, getattr(household, name)) for name in FACTS})
    household.save()
    record(
        "people.correct_household", household, by=by, on=on, note=note, before=before,
        after=snapshot(household, FACTS),
    )  # fmt: skip
    return household


@transaction.atomic
def record_poverty(
    household: Household, year: int, status: str, *, by: Actor, on: date | None = None
) -> PovertyStatus:
    """The result of a year's review; a later result for the same year replaces it.

    Raises ValidationError for a year outside 1990-2100 or an unknown status.
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    by.require("people.register", household)
    if status not in Poverty.values:
        raise ValidationError({"status": _("Chọn một kết quả rà soát.")})
    if not 1990 <= year <= 2100:
        raise ValidationError({"year": _("Năm không hợp lệ.")})
    row = household.poverty_statuses.filter(year=year).first()
    before = {"year": year, "status": row.status} if row else {}
    row = row or PovertyStatus(household=household, year=year)
    row.status = status
    row.save()
    record(
        "people.record_poverty", household, by=by, on=on, before=before,
        after={"year": year, "status": status},
    )  # fmt: skip
    return row
