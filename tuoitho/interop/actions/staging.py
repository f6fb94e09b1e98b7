"""Handing in a file and judging its rows: a short one at once, a long one part by part in a job."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.interop.actions.judging import LARGEST, Line, judged, portions
from tuoitho.interop.models import Batch, BatchFile, BatchPart
from tuoitho.interop.sheets import read_sheets
from tuoitho.interop.states import BatchState
from tuoitho.interop.tables import Table, find_table
from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.models import Job
from tuoitho.lib.garbage import no_collection
from tuoitho.lib.insert import insert_many
from tuoitho.lib.text import tidy
from tuoitho.people.importers import BY_NAME, COLUMNS
from tuoitho.people.register import keep_register, register_of
from tuoitho.units.models import Level, Unit

READ = "interop.read"  # the work (jobs.py) that reads a longer file
NOW_ROWS = 2_000  # more rows are judged by the job
NOW_BYTES = 400_000  # a larger file is even opened by the job


@no_collection()
@transaction.atomic
def stage_file(
    unit: Unit,
    name: str,
    content: bytes,
    *,
    sheet: str = "",
    at_once: bool = False,
    by: User,
    on: date,
) -> Batch:
    """Take a file of households and children for one commune, and say what writing it would do.

    ``sheet`` names the sheet to read; "" takes the one with most known headings. Nothing is written
    to the register. The same file again makes a new batch that names the earlier one. A long file
    is READING when this returns (never with ``at_once``); what is wrong with it then is its
    ``refusal``.
    Raises ValidationError (field ``file``), PermissionDenied.
    """
    by.require("interop.import", unit)
    by.require("people.register", unit)
    if unit.level != Level.COMMUNE:
        raise ValidationError({"unit": _("Chọn một xã, phường.")})
    digest = hashlib.sha256(content).hexdigest()
    batch = Batch(
        unit=unit, file_name=tidy(name)[-200:], sha256=digest, sheet_name=tidy(sheet)[:120],
        staged_by=by, state=BatchState.READING,
        same_as=Batch.objects.filter(unit=unit, sha256=digest).order_by("pk").first(),
    )  # fmt: skip
    if len(content) <= NOW_BYTES or at_once:
        try:
            table = find_table(read_sheets(name, content), sheet)
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
        batch.save()
        _keep_table(batch, table)
    else:
        batch.save()
        file = BatchFile(batch=batch)
        file.put(content)
        file.save(force_insert=True)
    record(
        "interop.stage_file", batch, by=by, on=on,
        after={"file": batch.file_name, "sha256": digest, "rows": batch.row_count},
    )  # fmt: skip
    _go_on(batch, at_once=at_once, by=by, on=on)
    return batch


def _keep_table(batch: Batch, table: Table) -> None:
    batch.sheet_name, batch.headings = table.sheet_name, table.headings
    batch.heading_line, batch.notes = table.heading_line, table.notes
    batch.places = {str(place): column.name for place, column in table.places.items()}
    batch.row_count = len(table.rows)
    batch.save()
    _keep_parts(batch, table.rows)


def _keep_parts(batch: Batch, lines: Sequence[Line]) -> None:
    parts = []
    for some in portions(lines):
        part = BatchPart(batch=batch, first_line=some[0][0], last_line=some[-1][0])
        part.put(json.dumps(some, ensure_ascii=False).encode())
        parts.append(part)
    BatchPart.objects.bulk_create(parts)


def _go_on(batch: Batch, *, at_once: bool = False, by: User, on: date) -> Job | None:
    """Judge what waits: a few rows now, more by a job, which is returned."""
    if at_once or 0 < batch.row_count <= NOW_ROWS:
        for part in open_file(batch, by=by, on=on):
            read_part(batch, part, by=by, on=on)
        batch.refresh_from_db()
        return None
    return enqueue(READ, {"batch": batch.pk, "on": f"{on:%Y-%m-%d}"}, by=by)


@no_collection()
@transaction.atomic
def open_file(batch: Batch, *, by: User, on: date) -> list[str]:
    """Find the table in a long file and cut it into parts; or take up the parts that are left.

    Returns the names of the parts. A file that cannot be read is REFUSED, its sentence kept, and
    has no parts. Raises PermissionDenied.
    """
    batch = _taken(batch, by)
    if batch.state != BatchState.READING:
        return []
    file = BatchFile.objects.filter(batch=batch).first()
    if file is not None:
        try:
            _keep_table(batch, find_table(read_sheets(batch.file_name, file.read()),
                                          batch.sheet_name))  # fmt: skip
        except ValidationError as error:
            batch.state, batch.refusal = BatchState.REFUSED, " ".join(error.messages)
            batch.save(update_fields=["state", "refusal"])
        file.delete()
    return [str(part) for part in batch.parts.order_by("first_line")]


def _taken(batch: Batch, by: User) -> Batch:
    batch = Batch.objects.select_for_update(of=["self"]).select_related("unit").get(pk=batch.pk)
    by.require("interop.import", batch)
    return batch


@no_collection()
@transaction.atomic
def read_part(batch: Batch, name: str, *, by: User, on: date) -> int:
    """Judge the rows of one part; after the last one the batch is STAGED. Returns how many rows.

    A part that is gone was read before: nothing happens. Raises PermissionDenied.
    """
    batch = _taken(batch, by)
    parts = {str(part): part for part in batch.parts.defer("sealed")}
    if name not in parts:
        return 0
    register = register_of(batch.unit, by)
    rows = judged(batch, parts[name].lines, register, on)
    insert_many(rows)
    parts[name].delete()
    if len(parts) > 1:
        keep_register(register)
    else:
        batch.state = BatchState.STAGED
        batch.save(update_fields=["state"])
    return len(rows)


@transaction.atomic
def read_on(batch: Batch, *, by: User, on: date) -> Job | None:
    """Go on reading a file whose job was stopped or failed. Raises ValidationError (it is read),
    PermissionDenied."""
    batch = _taken(batch, by)
    if batch.state != BatchState.READING:
        raise ValidationError(_("Tệp này đã đọc xong."))
    return _go_on(batch, by=by, on=on)


@transaction.atomic
def set_columns(
    batch: Batch, places: dict[int, str], *, capitals_kept: bool = False, by: User, on: date
) -> Job | None:
    """A person says which place of the sheet holds which column; all rows are judged anew, those of
    a long file by a job, which is returned.

    ``places``: place → name of a column (``people.importers``). ``capitals_kept``: names typed in
    capitals stay so. Raises ValidationError (unknown or doubled columns, no column of names, rows
    already written), PermissionDenied.
    """
    batch = _taken(batch, by)
    if batch.state == BatchState.READING:
        raise ValidationError(_("Tệp đang được đọc, hãy chờ đọc xong."))
    if batch.state != BatchState.STAGED:
        raise ValidationError(_("Tệp đã bắt đầu được ghi, không đổi cột được nữa."))
    _check_places(batch, places)
    before = batch.places
    batch.places = {str(place): name for place, name in sorted(places.items())}
    batch.capitals_kept, batch.state = capitals_kept, BatchState.READING
    batch.save(update_fields=["places", "capitals_kept", "state"])
    rows = batch.rows.order_by("line").defer("findings")
    _keep_parts(batch, [(row.line, row.cells) for row in rows.iterator(chunk_size=LARGEST)])
    batch.rows.all().delete()
    record(
        "interop.set_columns", batch, by=by, on=on,
        before={"places": before}, after={"places": batch.places, "capitals": capitals_kept},
    )  # fmt: skip
    return _go_on(batch, by=by, on=on)


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
