"""Keeping the directory of providers and the table of policies: by day, nothing overwritten."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases.models import Policy, Provider, ServiceKind
from tuoitho.lib.actors import Actor
from tuoitho.units.models import Organisation, Unit

SEED = Path(__file__).resolve().parent.parent / "data" / "policies.yaml"
PROVIDER_FIELDS = frozenset({"contact", "phone", "email", "capacity", "conditions"})
POLICY_FIELDS = frozenset({
    "kind", "title", "what", "basis", "flag", "poverty", "groups", "age_low", "age_high",
    "out_of_school",
})  # fmt: skip


@transaction.atomic
def list_provider(
    organisation: Organisation,
    *,
    kinds: Sequence[str],
    area: Unit,
    by: Actor,
    on: date,
    **details: Any,
) -> Provider:
    """``organisation`` gives services of ``kinds`` in ``area`` from ``on``; what the directory said
    of it before ends the day before. ``details``: ``PROVIDER_FIELDS``. Raises ValidationError,
    PermissionDenied, TypeError."""
    if unknown := set(details) - PROVIDER_FIELDS:
        raise TypeError(f"a provider has no {sorted(unknown)}")
    by.require("cases.directory", area)
    if not kinds or not set(kinds) <= set(ServiceKind.values):
        raise ValidationError({"kinds": _("Hãy chọn ít nhất một loại dịch vụ.")})
    rows = Provider.objects.select_for_update().filter(organisation=organisation)
    _end_before(rows, on)
    provider = Provider(
        organisation=organisation, kinds=sorted(kinds), area=area, valid=DateRange(on, None),
        **details,
    )  # fmt: skip
    provider.clean_fields()
    try:
        with transaction.atomic():
            provider.save()
    except IntegrityError as error:
        raise ValidationError({"on": _("Danh bạ đã ghi nơi này từ một ngày sau đó.")}) from error
    record("cases.list_provider", provider, by=by, on=on, unit_key=area.pk,
           after={"organisation": organisation.pk, "kinds": provider.kinds})  # fmt: skip
    return provider


def _end_before(rows: Any, on: date) -> None:
    """End the version in force on ``on``; one that begins that very day gives way entirely."""
    for row in rows.filter(valid__contains=on):
        if row.valid.lower == on:
            row.delete()
        else:
            row.valid = DateRange(row.valid.lower, on)
            row.save(update_fields=["valid"])


@transaction.atomic
def unlist_provider(provider: Provider, *, by: Actor, on: date, note: str = "") -> Provider:
    """From ``on`` it is no longer in the directory; what was asked of it stays. Raises
    ValidationError, PermissionDenied."""
    provider = Provider.objects.select_for_update().get(pk=provider.pk)
    by.require("cases.directory", provider.area)
    start, end = provider.valid.lower, provider.valid.upper
    if end is not None or (start is not None and on <= start):
        raise ValidationError({"on": _("Ngày này không nằm trong thời gian còn trong danh bạ.")})
    provider.valid = DateRange(start, on)
    provider.save(update_fields=["valid"])
    record("cases.unlist_provider", provider, by=by, on=on, note=note, unit_key=provider.area_id)
    return provider


@transaction.atomic
def set_policy(code: str, *, by: Actor, on: date, **facts: Any) -> Policy:
    """What the policy ``code`` says from ``on``; its earlier version ends. ``facts``:
    ``POLICY_FIELDS``. Raises ValidationError by field, PermissionDenied, TypeError."""
    if unknown := set(facts) - POLICY_FIELDS:
        raise TypeError(f"a policy has no {sorted(unknown)}")
    by.require("cases.directory")
    low, high = facts.get("age_low"), facts.get("age_high")
    if low is not None and high is not None and low > high:
        raise ValidationError({"age_high": _("Tuổi đến phải từ tuổi bắt đầu trở lên.")})
    _end_before(Policy.objects.select_for_update().filter(code=code), on)
    policy = Policy(code=code, valid=DateRange(on, None), **facts)
    policy.clean_fields()
    try:
        with transaction.atomic():
            policy.save()
    except IntegrityError as error:
        raise ValidationError({"on": _("Đã có bản khác từ một ngày sau đó.")}) from error
    record("cases.set_policy", policy, by=by, on=on, after={"code": code, "flag": policy.flag})
    return policy


@transaction.atomic
def load_policies() -> int:
    """Write the packaged policies once; what officials have edited since is left alone.

    Returns how many were made. Part of installing, hence without an actor.
    """
    rows: list[Mapping[str, Any]] = yaml.safe_load(SEED.read_text())
    known = set(Policy.objects.values_list("code", flat=True))
    new = [row for row in rows if row["code"] not in known]
    Policy.objects.bulk_create(Policy(valid=DateRange(None, None), **row) for row in new)
    return len(new)
