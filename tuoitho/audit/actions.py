"""The only way an event is written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from tuoitho.audit.models import Event
from tuoitho.lib.actors import Actor
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.insert import insert_values

_gathered: ContextVar[list[dict[str, Any]] | None] = ContextVar("gathered", default=None)
HIDDEN = "•••"  # an encrypted value is named in the log, never copied into it


def snapshot(instance: models.Model, fields: list[str]) -> dict[str, Any]:
    """The named fields of a row as plain JSON values; encrypted ones only as "•••" when filled."""
    row: dict[str, Any] = {}
    for name, column, hidden in _columns(type(instance), tuple(fields)):
        value = getattr(instance, column)
        row[name] = (HIDDEN if value else "") if hidden else _plain(value)
    return row


@lru_cache(maxsize=200)
def _columns(model: type[models.Model], fields: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    """Name, attribute, and whether it is encrypted, of each of these fields."""
    found: list[Any] = [model._meta.get_field(name) for name in fields]
    return [(f.name, f.attname, isinstance(f, EncryptedTextField)) for f in found]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime | date | Decimal | UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def record(
    action: str,
    subject: models.Model | None,
    *,
    by: Actor,
    on: date | None = None,
    note: str = "",
    **details: Mapping[str, Any] | int | None,
) -> None:
    """Append one event.

    ``action`` is a permission-like code ("cases.approve", "people.view"). Unit and child are read
    from the subject (``unit_id``; ``child_id``, or the subject itself when it is a child) unless
    given as ``unit_key`` / ``child_key``. ``before`` / ``after`` are ``snapshot``s.
    """
    keys = {
        "unit_key": getattr(subject, "unit_id", None),
        "child_key": getattr(subject, "child_id", None),
    }
    if subject is not None and subject._meta.label == "people.Child":
        keys["child_key"] = subject.pk
    # As plain values: an import records hundreds of thousands, and an object costs more than all.
    event: dict[str, Any] = {
        "at": timezone.now(),
        "actor_key": by.pk,
        "actor_name": by.actor_name,
        "action": action,
        "subject_type": subject._meta.label if subject is not None else "",
        "subject_key": str(subject.pk) if subject is not None else "",
        "on": on,
        "note": note,
        "before": {},
        "after": {},
        **keys,
        **details,
    }
    gathered = _gathered.get()
    if gathered is None:
        insert_values(Event, [event])
    else:
        gathered.append(event)


@contextmanager
def gathering() -> Iterator[None]:
    """Events recorded inside are written together at its end: for one transaction that touches
    thousands of rows, and inside it only. What fails writes none, as it changes nothing; so not
    where single rows may fail and be passed over. Inside another one, the outer end counts."""
    if _gathered.get() is not None:
        yield
        return
    events: list[dict[str, Any]] = []
    token = _gathered.set(events)
    try:
        yield
    finally:
        _gathered.reset(token)
    insert_values(Event, events)
