"""Handing in a file, writing its rows, settling what may be a duplicate."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.interop.models import Batch, BatchRow
from tuoitho.interop.sheets import read_sheets
from tuoitho.interop.states import WAITING, BatchState, RowFate
from tuoitho.interop.tables import find_table
from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.models import Job
from tuoitho.lib.text import tidy
from tuoitho.people.importers import (
    BY_NAME,
    COLUMNS,
    Fate,
    Outcome,
    SheetRow,
    foresee,
    natural_key,
    read_row,
    write_row,
)
from tuoitho.people.models import Child
from tuoitho.people.register import Register
from tuoitho.units.models import Level, Unit

AT_ONCE = 500  # rows one call of ``commit_batch`` writes unless told otherwise
COMMIT = "interop.commit"  # the work (jobs.py) that writes a longer file
FORESEEN = {Fate.CREATED: RowFate.READY, Fate.UNCHANGED: RowFate.KNOWN, Fate.REVIEW: RowFate.REVIEW}


@transaction.atomic
def stage_file(
    unit: Unit, name: str, content: bytes, *, sheet: str = "", by: User, on: date
) -> Batch:
    """Read a file of households and children for one commune and say what writing it would do.

    ``sheet`` names the sheet to read; "" takes the one with most known headings. Nothing is written
    to the register. The same file again makes a new batch that names the earlier
    one. Raises ValidationError (field ``file``), PermissionDenied.
    """
    by.require("interop.import", unit)
    by.require("people.register", unit)
    if unit.level != Level.COMMUNE:
        raise ValidationError({"unit": _("Chọn một xã, phường.")})
    try:
        table = find_table(read_sheets(name, content), sheet)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    digest = hashlib.sha256(content).hexdigest()
    batch = Batch.objects.create(
        unit=unit, file_name=tidy(name)[-200:], sha256=digest, sheet_name=table.sheet_name,
        headings=table.headings, heading_line=table.heading_line, staged_by=by, notes=table.notes,
        places={str(place): column.name for place, column in table.places.items()},
        same_as=Batch.objects.filter(unit=unit, sha256=digest).order_by("pk").first(),
    )  # fmt: skip
    BatchRow.objects.bulk_create(_foreseen(batch, table.rows, by, on), batch_size=500)
    record(
        "interop.stage_file", batch, by=by, on=on,
        after={"file": batch.file_name, "sha256": digest, "rows": len(table.rows)},
    )  # fmt: skip
    return batch


@transaction.atomic
def set_columns(batch: Batch, places: dict[int, str], *, by: User, on: date) -> Batch:
    """A person says which place of the sheet holds which column; all rows are judged anew.

    ``places``: place → name of a column (``people.importers``). Raises ValidationError (unknown or
    doubled columns, no column of names, rows already written), PermissionDenied.
    """
    batch = Batch.objects.select_for_update().select_related("unit").get(pk=batch.pk)
    by.require("interop.import", batch)
    if batch.state != BatchState.STAGED:
        raise ValidationError(_("Tệp đã bắt đầu được ghi, không đổi cột được nữa."))
    _check_places(batch, places)
    before = batch.places
    batch.places = {str(place): name for place, name in sorted(places.items())}
    batch.save(update_fields=["places"])
    rows = [(row.line, row.cells) for row in batch.rows.order_by("line")]
    batch.rows.all().delete()
    BatchRow.objects.bulk_create(_foreseen(batch, rows, by, on), batch_size=500)
    record(
        "interop.set_columns", batch, by=by, on=on,
        before={"places": before}, after={"places": batch.places},
    )  # fmt: skip
    return batch


def _check_places(batch: Batch, places: dict[int, str]) -> None:
    names = list(places.values())
    if not set(places) <= set(range(len(batch.headings))) or not set(names) <= set(BY_NAME):
        raise ValidationError(_("Không có cột này."))
    for name in names:
        if names.count(name) > 1:
            raise ValidationError(
                _("Hai cột cùng được chọn là “%(name)s”.") % {"name": BY_NAME[name].heading}
            )
    missing = [c.heading for c in COLUMNS if c.required and c.name not in names]
    if missing:
        raise ValidationError(_("Thiếu cột: %(names)s.") % {"names": ", ".join(missing)})


def _foreseen(
    batch: Batch, lines_of: list[tuple[int, list[Any]]], by: User, on: date
) -> list[BatchRow]:
    register, places = Register(batch.unit, by), batch.columns
    lines: dict[tuple[Any, ...], int] = {}
    rows = []
    for line, cells in lines_of:
        read = read_row(cells, places, batch.unit, on)
        row = BatchRow(batch=batch, line=line, content=json.dumps(cells, ensure_ascii=False))
        problems = [(p.column, p.message) for p in read.problems]
        problems += _twice(read, line, lines)
        if problems:
            row.fate = RowFate.REJECTED
        else:
            _note(row, foresee(read.facts, register), FORESEEN)
        row.findings = json.dumps(problems, ensure_ascii=False)
        rows.append(row)
    return rows


def _twice(read: SheetRow, line: int, lines: dict[tuple[Any, ...], int]) -> list[tuple[str, str]]:
    """The same child twice in one file: by number, else by natural key."""
    if not read.facts.get("full_name"):
        return []
    number = read.facts.get("national_id")
    key = (number,) if number else natural_key(read.facts)
    first = lines.setdefault(key, line)
    return [] if first == line else [("", _("Trùng với dòng %(line)s.") % {"line": first})]


def _note(row: BatchRow, outcome: Outcome, names: dict[Fate, RowFate]) -> None:
    row.fate = names[outcome.fate]
    row.child = outcome.child
    row.candidates = [candidate.child.pk for candidate in outcome.candidates]


@transaction.atomic
def commit_batch(batch: Batch, *, by: User, on: date, limit: int | None = AT_ONCE) -> int:
    """Write the next ``limit`` rows that wait (None: all). Returns how many still wait.

    Each row goes through the actions of the register. A row that only the database could refuse is
    rejected with the reason, the others go on. Rows with errors or resemblances are left.
    Raises PermissionDenied.
    """
    batch = Batch.objects.select_for_update().select_related("unit").get(pk=batch.pk)
    by.require("interop.import", batch)
    _one_at_a_time(batch.unit_id)
    waiting = batch.rows.filter(fate__in=WAITING).order_by("line")
    rows = list(waiting[:limit] if limit else waiting)
    register = Register(batch.unit, by)
    written = {str(fate): 0 for fate in RowFate}
    for row in rows:
        _write(row, batch, register, by, on)
        written[row.fate] += 1
    left = waiting.count()
    batch.state = BatchState.COMMITTING if left else BatchState.COMMITTED
    batch.save(update_fields=["state"])
    if rows:
        record(
            "interop.commit_batch", batch, by=by, on=on,
            after={fate: count for fate, count in written.items() if count},
        )  # fmt: skip
    return left


@transaction.atomic
def write_rows(batch: Batch, *, by: User, on: date) -> Job | None:
    """Write what waits: a short file now, a longer one by a job, which is returned.

    Raises PermissionDenied.
    """
    by.require("interop.import", batch)
    if batch.rows.filter(fate__in=WAITING).count() <= AT_ONCE:
        commit_batch(batch, by=by, on=on)
        return None
    return enqueue(COMMIT, {"batch": batch.pk, "on": f"{on:%Y-%m-%d}"}, by=by)


def _one_at_a_time(unit_id: int) -> None:
    """Files of one commune are written one after the other, each seeing the rows before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('interop.commit'), %s)", [unit_id])


def _write(
    row: BatchRow, batch: Batch, register: Register, by: User, on: date, anew: bool = False
) -> None:
    """Write one row and keep its fate; what is refused is undone and named."""
    read = read_row(row.cells, batch.columns, batch.unit, on)
    problems = [(p.column, p.message) for p in read.problems]
    if not problems:
        try:
            with transaction.atomic():
                outcome = write_row(read.facts, register, by=by, on=on, anew=anew)
            _note(row, outcome, {fate: RowFate(fate.value) for fate in Fate})
        except ValidationError as error:
            problems = [("", message) for message in error.messages]
    if problems:
        row.fate = RowFate.REJECTED
        row.findings = json.dumps(problems, ensure_ascii=False)
    row.save()


@transaction.atomic
def settle_row(row: BatchRow, same_as: Child | None, *, by: User, on: date) -> BatchRow:
    """A person has looked at a row that resembles children of the register.

    ``same_as``: it is this child, nothing is written; None: it is another child, who is registered.
    Raises ValidationError when the row is not waiting for this, PermissionDenied.
    """
    row = BatchRow.objects.select_for_update().select_related("batch__unit").get(pk=row.pk)
    by.require("interop.import", row.batch)
    _one_at_a_time(row.batch.unit_id)
    if row.fate != RowFate.REVIEW:
        raise ValidationError(_("Dòng này đã được giải quyết."))
    if same_as is None:
        _write(row, row.batch, Register(row.batch.unit, by), by, on, anew=True)
    elif same_as.pk in row.candidates:
        row.fate, row.child = RowFate.UNCHANGED, same_as
        row.save()
    else:
        raise ValidationError(_("Em này không nằm trong danh sách gần giống."))
    record(
        "interop.settle_row", row, by=by, on=on, unit_key=row.batch.unit_id,
        child_key=row.child_id, after={"line": row.line, "fate": row.fate},
    )  # fmt: skip
    return row
