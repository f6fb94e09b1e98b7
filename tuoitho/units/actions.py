"""Everything that changes units and organisations."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.lib.insert import insert_many
from tuoitho.lib.text import fold, tidy
from tuoitho.units.models import Closure, Level, Organisation, Unit, UnitChange
from tuoitho.units.national import REFORM, AreaRow, Key, UnitRow, read

CLOSURE = """
WITH RECURSIVE up(descendant, ancestor) AS (
    SELECT id, id FROM units_unit
    UNION
    SELECT up.descendant, above.id
    FROM up JOIN units_unit here ON here.id = up.ancestor
    -- An area also stands above the district it continues (same code, earlier days).
    JOIN units_unit above ON above.id IN (here.parent_id, here.area_id)
)
INSERT INTO units_closure (ancestor_id, descendant_id) SELECT ancestor, descendant FROM up
"""


@transaction.atomic
def rebuild_closure() -> int:
    """Write anew who stands above whom, from ``parent`` and ``area``. Returns the rows."""
    Closure.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(CLOSURE)
        return int(cursor.rowcount)


@transaction.atomic
def load_national_units() -> int:
    """Load the packaged units of the country once; a second call changes nothing.

    Returns how many units were made. Part of installing, hence without an actor.
    """
    if Unit.objects.filter(level=Level.COUNTRY).exists():
        return 0
    rows, changes, areas = read()
    made: dict[Key, Unit] = {}
    for level in (Level.COUNTRY, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        batch = [row for row in rows if row.level == level]
        units = [_unit(row, made) for row in batch]
        insert_many(units)
        made.update((row.key, unit) for row, unit in zip(batch, units, strict=True))
    insert_many(
        [
            UnitChange(old=made[c.old], new=made[c.new], on=REFORM, kind=c.kind, note=c.note)
            for c in changes
        ]
    )
    for area in areas:
        _make_area(area, made)
    rebuild_closure()
    return len(made) + len(areas)


def _unit(row: UnitRow, made: dict[Key, Unit]) -> Unit:
    return Unit(
        code=row.key[0], name=row.name, folded_name=fold(row.name), level=row.level,
        parent=made[row.parent] if row.parent else None, valid=DateRange(row.start, row.end),
    )  # fmt: skip


def _make_area(row: AreaRow, made: dict[Key, Unit]) -> None:
    district = made[row.continues]
    area = Unit.objects.create(
        code=row.key[0], name=row.name, folded_name=fold(row.name), level=Level.AREA,
        parent=district.parent, valid=DateRange(REFORM, None),
    )  # fmt: skip
    members = [made[key].pk for key in row.members]
    Unit.objects.filter(pk__in=[district.pk, *members]).update(area=area)


@transaction.atomic
def create_organisation(
    name: str, kind: str, unit: Unit, *, by: Actor, start: date | None = None,
    end: date | None = None, office: str = "",
) -> Organisation:  # fmt: skip
    """An office, school or union in ``unit`` from ``start`` (None: before our data) to ``end``
    (excluded). Raises ValidationError."""
    by.require("units.manage", unit)
    if start and end and end <= start:
        raise ValidationError({"end": _("Ngày kết thúc phải sau ngày bắt đầu.")})
    organisation = Organisation(
        name=tidy(name), kind=kind, unit=unit, office=office, valid=DateRange(start, end)
    )
    organisation.full_clean()
    organisation.save()
    record("units.create_organisation", organisation, by=by, after={"name": organisation.name})
    return organisation
