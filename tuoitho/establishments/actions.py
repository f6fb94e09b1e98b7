"""Everything that changes the register of workplaces."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.establishments.models import (
    Commitment,
    CraftVillage,
    Establishment,
    Guidance,
)
from tuoitho.establishments.names import distinctive
from tuoitho.establishments.tax_code import hashed, normalised
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import fold, tidy
from tuoitho.units.models import Unit

REGISTER = "establishments.register"
LOGGED = [
    "name", "kind", "informal", "craft_village", "sector", "products", "address", "hamlet",
    "owner_name", "owner_phone", "tax_code", "workers", "opened_on", "closed_on", "closing_reason",
]  # fmt: skip
_TEXTS = ("name", "products", "address", "hamlet", "owner_name", "owner_phone")


class Facts(TypedDict, total=False):
    """What may be said of an establishment besides its unit; all optional in a correction."""

    name: str
    kind: str
    informal: bool
    craft_village: CraftVillage | None
    sector: str
    products: str
    address: str
    hamlet: str
    owner_name: str
    owner_phone: str
    tax_code: str
    workers: int | None
    opened_on: date | None


@transaction.atomic
def register_establishment(
    unit: Unit, *, by: Actor, on: date, note: str = "", **facts: Unpack[Facts]
) -> Establishment:
    """Enter a workplace of ``unit``. ``facts`` must hold ``name`` and ``kind`` (``states.Kind``).

    Raises PermissionDenied without ``establishments.register`` in ``unit``; ValidationError for an
    empty name, an unknown kind, a malformed tax code, a first day in the future, a craft village
    of another unit.
    """
    by.require(REGISTER, unit)
    establishment = Establishment(unit=unit, registered_on=on)
    _take(establishment, facts, on)
    establishment.save()
    record(REGISTER, establishment, by=by, on=on, note=note, after=_row(establishment))
    return establishment


@transaction.atomic
def correct_establishment(
    establishment: Establishment, *, by: Actor, on: date, note: str = "", **facts: Unpack[Facts]
) -> Establishment:
    """Change the facts given, leave the rest. Raises as ``register_establishment``."""
    establishment = _locked(establishment)
    by.require(REGISTER, establishment)
    before = _row(establishment)
    _take(establishment, facts, on)
    establishment.save()
    after = _row(establishment)
    record("establishments.correct", establishment, by=by, on=on, note=note,
           before=before, after=after)  # fmt: skip
    return establishment


@transaction.atomic
def close_establishment(
    establishment: Establishment, *, by: Actor, on: date, reason: str, note: str = ""
) -> Establishment:
    """It stopped working; ``on`` is its last day of work. ``reason`` is required.

    Raises ValidationError when it is closed already or ``on`` is before its first day.
    """
    establishment = _locked(establishment)
    if establishment.closed_on is not None:
        raise ValidationError(_("Cơ sở này đã ngừng hoạt động."))
    by.require(REGISTER, establishment)
    if establishment.opened_on is not None and on < establishment.opened_on:
        raise ValidationError({"on": _("Ngày cuối không thể trước ngày bắt đầu hoạt động.")})
    if not tidy(reason):
        raise ValidationError({"reason": _("Hãy ghi lý do ngừng hoạt động.")})
    before = _row(establishment)
    establishment.closed_on, establishment.closing_reason = on, tidy(reason)
    establishment.save(update_fields=["closed_on", "closing_reason"])
    record("establishments.close", establishment, by=by, on=on, note=note,
           before=before, after=_row(establishment))  # fmt: skip
    return establishment


@transaction.atomic
def reopen_establishment(
    establishment: Establishment, *, by: Actor, on: date, note: str = ""
) -> Establishment:
    """It works again, or was closed by mistake. Raises ValidationError when it is not closed."""
    establishment = _locked(establishment)
    if establishment.closed_on is None:
        raise ValidationError(_("Cơ sở này đang hoạt động."))
    by.require(REGISTER, establishment)
    before = _row(establishment)
    establishment.closed_on, establishment.closing_reason = None, ""
    establishment.save(update_fields=["closed_on", "closing_reason"])
    record("establishments.reopen", establishment, by=by, on=on, note=note,
           before=before, after=_row(establishment))  # fmt: skip
    return establishment


@transaction.atomic
def name_craft_village(
    unit: Unit, *, name: str, trade: str = "", by: Actor, on: date, note: str = ""
) -> CraftVillage:
    """Enter a craft village of ``unit``. Raises ValidationError for an empty name or one the unit
    has already."""
    by.require(REGISTER, unit)
    village = CraftVillage(unit=unit, name=tidy(name), folded_name=fold(name), trade=tidy(trade))
    if not village.name:
        raise ValidationError({"name": _("Hãy ghi tên làng nghề.")})
    if CraftVillage.objects.filter(unit=unit, folded_name=village.folded_name).exists():
        raise ValidationError({"name": _("Địa bàn này đã có làng nghề cùng tên.")})
    village.save()
    record("establishments.name_craft_village", village, by=by, on=on, note=note)
    return village


@transaction.atomic
def record_guidance(
    establishment: Establishment, *, topic: str, detail: str = "", by: Actor, on: date,
    note: str = "",
) -> Guidance:  # fmt: skip
    """The employer was guided on day ``on`` (plan II.4); ``topic`` is a ``states.Topic``."""
    establishment = _locked(establishment)
    by.require(REGISTER, establishment)
    guidance = Guidance(
        establishment=establishment, given_on=on, topic=topic, detail=detail.strip(),
        given_by=by.actor_name,
    )  # fmt: skip
    guidance.full_clean()
    guidance.save()
    record("establishments.guide", establishment, by=by, on=on, note=note,
           after=snapshot(guidance, ["given_on", "topic"]))  # fmt: skip
    return guidance


@transaction.atomic
def record_commitment(
    establishment: Establishment, *, signed_by: str, by: Actor, on: date, note: str = ""
) -> Commitment:
    """The employer signed, on day ``on``, not to use child labour. One a day at most."""
    establishment = _locked(establishment)
    by.require(REGISTER, establishment)
    commitment = Commitment(establishment=establishment, signed_on=on, signed_by=tidy(signed_by))
    commitment.full_clean()
    commitment.save()
    record("establishments.commit", establishment, by=by, on=on, note=note,
           after=snapshot(commitment, ["signed_on", "signed_by"]))  # fmt: skip
    return commitment


def _locked(establishment: Establishment) -> Establishment:
    return Establishment.objects.select_for_update(of=("self",)).get(pk=establishment.pk)


def _row(establishment: Establishment) -> dict[str, Any]:
    return snapshot(establishment, LOGGED)


def _take(establishment: Establishment, facts: Facts, on: date) -> None:
    """Put the facts into the row, each in its stored form; raises ValidationError."""
    unknown = set(facts) - Facts.__optional_keys__
    if unknown:
        raise TypeError(f"no such facts of an establishment: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(establishment, name, tidy(str(value)) if name in _TEXTS else value)
    establishment.tax_code = normalised(establishment.tax_code)
    establishment.tax_code_hash = hashed(establishment.tax_code)
    establishment.folded_name = fold(establishment.name)
    establishment.core_name = distinctive(establishment.name)
    establishment.folded_owner = fold(establishment.owner_name)
    _check(establishment, on)
    establishment.full_clean(validate_unique=False)


def _check(establishment: Establishment, on: date) -> None:
    village, opened = establishment.craft_village, establishment.opened_on
    if opened is not None and opened > on:
        raise ValidationError({"opened_on": _("Ngày bắt đầu không thể ở tương lai.")})
    if village is not None and village.unit_id != establishment.unit_id:
        raise ValidationError({"craft_village": _("Làng nghề này thuộc địa bàn khác.")})
    last = establishment.closed_on
    if opened is not None and last is not None and last < opened:
        raise ValidationError({"opened_on": _("Cơ sở đã ngừng hoạt động trước ngày này.")})
