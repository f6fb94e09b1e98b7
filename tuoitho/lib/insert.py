"""Thousands of new rows with one statement, several times faster than ``bulk_create``.

That one quotes every value of every row in Python; here all rows travel as one JSON text and
PostgreSQL takes it apart by the types of the table's own columns.
"""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import Range

from tuoitho.lib.fields import EncryptedTextField

TOGETHER = 2_000
Reader = Callable[[models.Model], Any]


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, as ``bulk_create`` does: keys are set, defaults are taken, no
    ``save`` and no signal. All or none. Raises IntegrityError."""
    with transaction.atomic():
        for at in range(0, len(rows), TOGETHER):
            _insert(rows[at : at + TOGETHER])


def _insert(rows: Sequence[models.Model]) -> None:
    keyed = rows[0].pk is not None
    if any((row.pk is not None) != keyed for row in rows):
        raise ValueError("some rows have a key and some have none")
    readers = _readers(type(rows[0]), keyed)
    values = [{column: read(row) for column, read in readers} for row in rows]
    meta = rows[0]._meta
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(column) for column, _read in readers)
    table, key = quoted(meta.db_table), quoted(str(meta.pk.column))
    with connection.cursor() as cursor:
        # Names of our own tables and columns; every value is in the parameter.
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns}"  # noqa: S608
            f" FROM json_populate_recordset(NULL::{table}, %s::json) RETURNING {key}",
            [json.dumps(values, ensure_ascii=False, default=_text)],
        )
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk
            row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=100)
def _readers(model: type[models.Model], keyed: bool) -> list[tuple[str, Reader]]:
    """How each column of a row is read."""
    fields = [f for f in model._meta.concrete_fields if keyed or not f.primary_key]
    return [(str(field.column), _reader(field)) for field in fields]


def _reader(field: Any) -> Reader:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return lambda row: field.pre_save(row, add=True)
    if isinstance(field, EncryptedTextField):
        return lambda row: field.get_db_prep_value(field.value_from_object(row), connection)
    return lambda row: getattr(row, field.attname)


def _text(value: Any) -> str:
    """What JSON has no sign for, as PostgreSQL writes it."""
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    if isinstance(value, Range):
        lower, upper = value.lower, value.upper
        return f"{value._bounds[0]}{lower or ''},{upper or ''}{value._bounds[1]}"
    return str(value)
