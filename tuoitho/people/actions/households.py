"""Writing households and whether they are poor."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import gathering, record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.insert import insert_many
from tuoitho.lib.text import fold
from tuoitho.people.actions.many import check_same_unit, require_everywhere
from tuoitho.people.models import Household, PovertyStatus
from tuoitho.people.states import Poverty
from tuoitho.people.values import line_of, name_of
from tuoitho.units.models import Unit

_POVERTIES = frozenset(Poverty.values)  # made once: Django makes the list anew each time
FACTS = ["head_name", "address", "hamlet"]


def _write(household: Household, *, head_name: str, address: str, hamlet: str) -> None:
    household.head_name = name_of(head_name, "head_name")
    household.folded_head_name = fold(household.head_name)
    household.address = line_of(address, "address", 200)
    household.hamlet = line_of(hamlet, "hamlet")
    household.folded_hamlet = fold(household.hamlet)


def draft_household(
    unit: Unit, *, head_name: str, address: str = "", hamlet: str = "", on: date
) -> Household:
    """A household checked, for ``register_households`` to write. Raises ValidationError."""
    household = Household(unit=unit, registered_on=on)
    _write(household, head_name=head_name, address=address, hamlet=hamlet)
    return household


@transaction.atomic
def register_household(
    unit: Unit, *, head_name: str, address: str = "", hamlet: str = "", by: Actor, on: date
) -> Household:
    """A new household in ``unit``. Raises ValidationError, PermissionDenied."""
    by.require("people.register", unit)
    draft = draft_household(unit, head_name=head_name, address=address, hamlet=hamlet, on=on)
    return register_households(unit, [draft], by=by, on=on)[0]


@transaction.atomic
def register_households(
    unit: Unit, drafts: Sequence[Household], *, by: Actor, on: date
) -> list[Household]:
    """New households in ``unit``, many at once: those of ``draft_household``.

    Raises PermissionDenied.
    """
    by.require("people.register", unit)
    check_same_unit(unit, drafts)
    insert_many(drafts)
    with gathering():
        for row in drafts:
            record("people.register_household", row, by=by, on=on, after=snapshot(row, FACTS))
    return list(drafts)


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


PovertyFact = tuple[Household, int, str]  # who, which year, with what result


@transaction.atomic
def record_poverty(
    household: Household, year: int, status: str, *, by: Actor, on: date | None = None
) -> PovertyStatus:
    """The result of a year's review; a later result for the same year replaces it.

    Raises ValidationError for a year outside 1990-2100 or an unknown status.
    """
    return record_poverties([(household, year, status)], by=by, on=on)[0]


@transaction.atomic
def record_poverties(
    facts: Sequence[PovertyFact], *, by: Actor, on: date | None = None
) -> list[PovertyStatus]:
    """``record_poverty`` of many households at once. Raises ValidationError, PermissionDenied."""
    keys = {household.pk for household, _year, _status in facts}
    locked = {h.pk: h for h in Household.objects.select_for_update().filter(pk__in=keys)}
    if len(locked) != len(keys):
        raise Household.DoesNotExist
    require_everywhere("people.register", locked.values(), by=by)
    years = {year for _household, year, _status in facts}
    found = PovertyStatus.objects.filter(household__in=keys, year__in=years)
    rows = {(row.household_id, row.year): row for row in found}
    new: dict[tuple[int, int], PovertyStatus] = {}
    events = []
    for household, year, status in facts:
        key = (household.pk, year)
        row = rows.get(key) or new.get(key)
        events.append((locked[household.pk], {"year": year, "status": row.status} if row else {}))
        if row is None:
            row = new[key] = PovertyStatus(household=locked[household.pk], year=year)
        _write_poverty(row, year, status)
        if key in rows:
            row.save()
    insert_many([*new.values()])
    with gathering():
        for (household, before), (_same, year, status) in zip(events, facts, strict=True):
            record(
                "people.record_poverty", household, by=by, on=on, before=before,
                after={"year": year, "status": status},
            )  # fmt: skip
    return [(rows.get(key) or new[key]) for key in ((h.pk, y) for h, y, _s in facts)]


def _write_poverty(row: PovertyStatus, year: int, status: str) -> None:
    if status not in _POVERTIES:
        raise ValidationError({"status": _("Chọn một kết quả rà soát.")})
    if not 1990 <= year <= 2100:
        raise ValidationError({"year": _("Năm không hợp lệ.")})
    row.status = status
