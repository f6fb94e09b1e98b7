"""Registering and correcting children."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tuoitho.audit.actions import gathering, record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.insert import insert_many, insert_values
from tuoitho.lib.text import fold
from tuoitho.people import national_id as numbers
from tuoitho.people.actions.facts import add_guardian
from tuoitho.people.actions.households import register_household
from tuoitho.people.actions.many import check_same_unit, words_of
from tuoitho.people.models import Child, Guardian, Household, Residence
from tuoitho.people.states import Sex
from tuoitho.people.values import check_age_range, check_birth_date, line_of, name_of, number_of
from tuoitho.people.violations import constraint_of, explained
from tuoitho.ui.alphabet import alphabetical_key
from tuoitho.units.models import Unit

FACTS = [
    "full_name", "birth_date", "age_low", "age_high", "age_seen_on", "sex", "household", "hamlet",
    "national_id", "note",
]  # fmt: skip
_SEXES = frozenset(Sex.values)  # made once: Django makes the list anew each time
CORRECTABLE = {
    "full_name", "birth_date", "age_range", "sex", "household", "hamlet", "national_id", "note",
}  # fmt: skip


@transaction.atomic
def register_child(  # noqa: PLR0913 - the facts of a child
    unit: Unit,
    *,
    full_name: str,
    birth_date: date | None = None,
    age_range: tuple[int, int] | None = None,
    sex: str = Sex.UNKNOWN,
    household: Household | None = None,
    hamlet: str = "",
    national_id: str = "",
    note: str = "",
    form_token: UUID | None = None,
    by: Actor,
    on: date,
) -> Child:
    """A new child living in ``unit`` since ``on``.

    ``age_range`` is the lowest and highest full age as judged on ``on``. With a ``form_token``, a
    second call with the same token returns the child of the first, whatever else it says. Looking
    for duplicates is the caller's part (``people.matching.candidates``).
    Raises ValidationError, PermissionDenied.
    """
    by.require("people.register", unit)
    if made := _made_by(form_token):
        return made
    child = draft_child(
        unit, full_name=full_name, birth_date=birth_date, age_range=age_range, sex=sex,
        household=household, hamlet=hamlet, national_id=national_id, note=note, on=on,
    )  # fmt: skip
    child.form_token = form_token
    try:
        return register_children(unit, [child], by=by, on=on)[0]
    except IntegrityError as error:
        made = _made_by(form_token)
        if constraint_of(error) != "child_form_makes_one" or made is None:
            raise
        return made  # the same form arrived twice at once


def draft_child(  # noqa: PLR0913 - the facts of a child
    unit: Unit,
    *,
    full_name: str,
    birth_date: date | None = None,
    age_range: tuple[int, int] | None = None,
    sex: str = Sex.UNKNOWN,
    household: Household | None = None,
    hamlet: str = "",
    national_id: str = "",
    note: str = "",
    on: date,
) -> Child:
    """A child checked, for ``register_children`` to write; its household may be a draft written
    before it. Raises ValidationError."""
    child = Child(unit=unit, registered_on=on)
    _write(
        child, on=on, full_name=full_name, birth_date=birth_date, age_range=age_range, sex=sex,
        household=household, hamlet=hamlet, national_id=national_id, note=note,
    )  # fmt: skip
    return child


@transaction.atomic
def register_children(
    unit: Unit,
    drafts: Sequence[Child],
    *,
    carers: Iterable[Guardian] = (),
    by: Actor,
    on: date,
) -> list[Child]:
    """New children living in ``unit`` since ``on``, many at once: those of ``draft_child``.

    ``carers``: drafts for ``add_guardians``, which the caller writes next in the same transaction;
    by their names too the child is found, and its row need not be written again for that.
    Raises ValidationError when the database refuses one of them (none is written then),
    PermissionDenied.
    """
    by.require("people.register", unit)
    check_same_unit(unit, drafts)
    words = words_of(carers)
    with explained():
        insert_many(drafts, {"search_words": lambda child: words.get(child.pk)})
    since = DateRange(on, None)
    insert_values(Residence, [
        {"child_id": child.pk, "unit_id": unit.pk, "hamlet": child.hamlet, "valid": since}
        for child in drafts
    ])  # fmt: skip
    with gathering():
        for child in drafts:
            record("people.register_child", child, by=by, on=on, after=snapshot(child, FACTS))
    return list(drafts)


@transaction.atomic
def register_with_family(
    unit: Unit,
    *,
    household: Household | None = None,
    new_household_head: str = "",
    guardian: dict[str, Any] | None = None,
    by: Actor,
    on: date,
    **facts: Any,
) -> Child:
    """``register_child`` together with a new household and the main carer, all or nothing.

    ``guardian`` holds the facts of ``add_guardian``; ``facts`` those of ``register_child``.
    Raises ValidationError; what is wrong with the carer is named ``guardian_name``, ….
    """
    form_token = facts.get("form_token")
    _wait_for(form_token)
    if made := _made_by(form_token):
        return made
    if new_household_head:
        household = register_household(
            unit, head_name=new_household_head, hamlet=facts.get("hamlet", ""), by=by, on=on
        )
    child = register_child(unit, household=household, by=by, on=on, **facts)
    if guardian:
        try:
            add_guardian(child, by=by, on=on, **guardian)
        except ValidationError as error:
            renamed = {"full_name": "name"}
            raise ValidationError(
                {f"guardian_{renamed.get(k, k)}": v for k, v in error.message_dict.items()}
            ) from error
    return child


def _wait_for(form_token: UUID | None) -> None:
    """Until another sending of the same form is through (to the end of this transaction)."""
    if form_token:
        with connection.cursor() as cursor:
            lock = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
            cursor.execute(lock, [str(form_token)])


def _made_by(form_token: UUID | None) -> Child | None:
    # Also when it has been merged since: the form is not sent for another child.
    return Child.with_merged.filter(form_token=form_token).first() if form_token else None


@transaction.atomic
def correct_child(
    child: Child, *, by: Actor, on: date, note_of_change: str = "", **fields: Any
) -> Child:
    """Correct the facts named in ``fields`` (those of ``register_child``), leaving the others.

    A birth date takes the place of an estimate, and ``age_range`` of a birth date only when that is
    set to None in the same call. Raises ValidationError, PermissionDenied, TypeError (a field that
    is not the child's to correct; moving is ``move_child``).
    """
    child = Child.objects.select_for_update().get(pk=child.pk)
    by.require("people.register", child)
    if unknown := set(fields) - CORRECTABLE:
        raise TypeError(f"a child has no {', '.join(sorted(unknown))} to correct")
    before = snapshot(child, FACTS)
    now = {
        "full_name": child.full_name, "birth_date": child.birth_date, "sex": child.sex,
        "household": child.household, "hamlet": child.hamlet, "note": child.note,
        "national_id": child.national_id,
    }  # fmt: skip
    _write(child, on=on, **{**now, "age_range": _KEEP, **fields})
    changes_household(on)
    with explained():
        child.save()
    record(
        "people.correct_child", child, by=by, on=on, note=note_of_change, before=before,
        after=snapshot(child, FACTS),
    )  # fmt: skip
    return child


def changes_household(on: date | None) -> None:
    """From which day a change of household counts that this transaction writes next (the trigger
    of ``Membership`` reads it); None: it is no change in life and leaves the history alone."""
    with connection.cursor() as cursor:
        day = f"{on:%Y-%m-%d}" if on else "never"
        cursor.execute("SELECT set_config('people.changed_on', %s, true)", [day])


_KEEP: Any = object()  # "the estimate as it is": its day must not become the day of a correction


def _write(child: Child, *, on: date, **facts: Any) -> None:
    child.full_name = name_of(facts["full_name"], "full_name")
    child.folded_name = fold(child.full_name)
    child.sort_name = alphabetical_key(child.full_name)
    if facts["sex"] not in _SEXES:
        raise ValidationError({"sex": _("Chọn giới tính.")})
    child.sex = facts["sex"]
    child.hamlet = line_of(facts["hamlet"], "hamlet")
    child.folded_hamlet = fold(child.hamlet)
    child.note = facts["note"]
    _write_age(child, facts["birth_date"], facts["age_range"], on)
    _write_household(child, facts["household"])
    _write_number(child, facts["national_id"])


def _write_age(
    child: Child, birth_date: date | None, age_range: tuple[int, int] | None, on: date
) -> None:
    check_birth_date(birth_date, child.registered_on)
    if age_range is _KEEP:
        if birth_date is None:
            child.birth_date = None
            return
        age_range = None
    check_age_range(birth_date, age_range)
    child.birth_date = birth_date
    child.age_low, child.age_high = age_range or (None, None)
    child.age_seen_on = on if age_range else None


def _write_household(child: Child, household: Household | None) -> None:
    if household is not None and household.unit_id != child.unit_id:
        raise ValidationError({"household": _("Hộ gia đình này ở địa bàn khác với trẻ.")})
    child.household = household


def _write_number(child: Child, typed: str) -> None:
    child.national_id = number_of(typed)
    child.national_id_hash = numbers.hashed(child.national_id)
    child.national_id_problem = numbers.problem(child.national_id, child.birth_date, child.sex)
