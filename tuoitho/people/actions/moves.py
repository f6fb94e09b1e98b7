"""A child that moves house: within the commune, or out of the sight of who writes it down."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import fold
from tuoitho.people.actions.children import changes_household
from tuoitho.people.models import Child, Guardian, Residence
from tuoitho.people.values import line_of
from tuoitho.people.violations import explained
from tuoitho.units.models import Level, Unit


@transaction.atomic
def move_child(
    child: Child, to_unit: Unit, *, hamlet: str = "", by: Actor, on: date, note: str = ""
) -> Child:
    """The child lives in ``to_unit`` from ``on``; where it lived before is kept.

    The permission asked is that of the old unit. Into another unit the child goes without its
    household (its carers go with it), and whoever moved it may see it no more.
    Raises ValidationError, PermissionDenied.
    """
    child = Child.objects.select_for_update().select_related("unit").get(pk=child.pk)
    by.require("people.register", child)
    hamlet = line_of(hamlet, "hamlet")
    _check_target(child, to_unit, hamlet, on)
    before = {"unit": child.unit_id, "hamlet": child.hamlet, "household": child.household_id}
    leaves = to_unit.pk != child.unit_id
    if leaves:
        _take_carers_along(child)
    _change_residence(child, to_unit, hamlet, on)
    # Recorded while the child is still in the old unit: its log tells where the child went.
    record(
        "people.move_child", child, by=by, on=on, note=note, before=before,
        after={"unit": to_unit.pk, "hamlet": hamlet,
               "household": None if leaves else child.household_id},
    )  # fmt: skip
    changes_household(on)
    with explained(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_move_child(%s, %s, %s, %s)",
            [child.pk, to_unit.pk, hamlet, fold(hamlet)],
        )
        if cursor.fetchone() != (True,):
            raise PermissionDenied(f"{by.actor_name}: people.register")
    child.unit, child.hamlet, child.folded_hamlet = to_unit, hamlet, fold(hamlet)
    if leaves:
        child.household = None
    return child


def _check_target(child: Child, to_unit: Unit, hamlet: str, on: date) -> None:
    if to_unit.level != Level.COMMUNE:
        raise ValidationError({"to_unit": _("Nơi đến phải là một xã, phường, thị trấn.")})
    if not Unit.objects.as_of(on).filter(pk=to_unit.pk).exists():
        raise ValidationError({"to_unit": _("Đơn vị này không tồn tại vào ngày chuyển.")})
    if to_unit.pk == child.unit_id and fold(hamlet) == child.folded_hamlet:
        raise ValidationError({"to_unit": _("Nơi đến trùng với nơi ở hiện tại.")})


def _change_residence(child: Child, to_unit: Unit, hamlet: str, on: date) -> None:
    last = child.residences.order_by("-valid").first()
    if last is not None:
        if last.valid.lower is not None and on <= last.valid.lower:
            raise ValidationError({"on": _("Ngày chuyển phải sau ngày bắt đầu nơi ở hiện tại.")})
        last.valid = DateRange(last.valid.lower, on)
        last.save()
    with explained():
        Residence.objects.create(
            child=child, unit=to_unit, hamlet=hamlet, valid=DateRange(on, None)
        )


def _take_carers_along(child: Child) -> None:
    """The household stays; who cares for the child must stay known."""
    if child.household is None:
        return
    for carer in child.household.guardians.all():
        Guardian.objects.create(
            child=child, relation=carer.relation, full_name=carer.full_name,
            folded_name=carer.folded_name, phone=carer.phone, birth_year=carer.birth_year,
            occupation=carer.occupation,
        )  # fmt: skip
