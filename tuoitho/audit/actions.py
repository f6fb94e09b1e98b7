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

from tuoitho.audit.models import Event
from tuoitho.lib.actors import Actor
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.insert import insert_many

_gathered: ContextVar[list[Event] | None] = ContextVar("gathered", default=None)
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
) -> Event:
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
    event = _event(
        actor_key=by.pk,
        actor_name=by.actor_name,
        action=action,
        subject_type=subject._meta.label if subject is not None else "",
        subject_key=str(subject.pk) if subject is not None else "",
        on=on,
        note=note,
        **{**keys, **details},
    )
    gathered = _gathered.get()
    if gathered is None:
        event.save(force_insert=True)
    else:
        gathered.append(event)
    return event


def _event(**values: Any) -> Event:
    """``Event(**values)``; given by place Django takes them twice as fast, and there are many."""
    made: dict[str, Any] = {"id": None, "at": None, "before": {}, "after": {}, **values}
    by_place = [made.pop(field.attname) for field in Event._meta.concrete_fields]
    return Event(*by_place)  # type: ignore[misc]


@contextmanager
def gathering() -> Iterator[None]:
    """Events recorded inside are written together at its end: for one transaction that touches
    thousands of rows, and inside it only. What fails writes none, as it changes nothing; so not
    where single rows may fail and be passed over. Inside another one, the outer end counts."""
    if _gathered.get() is not None:
        yield
        return
    events: list[Event] = []
    token = _gathered.set(events)
    try:
        yield
    finally:
        _gathered.reset(token)
    insert_many(events)
