"""Writing the rows of a file into the register, settling what may be a duplicate."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.interop.actions.judging import LARGEST, WRITTEN, note_outcome, portions, read
from tuoitho.interop.models import Batch, BatchRow
from tuoitho.interop.states import WRITABLE, BatchState, RowFate
from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.models import Job
from tuoitho.lib.garbage import no_collection
from tuoitho.people.importers import SheetRow
from tuoitho.people.importers import write_rows as write_into_register
from tuoitho.people.models import Child
from tuoitho.people.register import Register, keep_register, register_of

AT_ONCE = 500  # rows one call of ``commit_batch`` writes unless told otherwise
COMMIT = "interop.commit"  # the work (jobs.py) that writes a longer file
Read = tuple[BatchRow, SheetRow]


@no_collection()
@transaction.atomic
def commit_batch(
    batch: Batch, *, by: User, on: date, limit: int | None = AT_ONCE, to_line: int | None = None
) -> int:
    """Write the next ``limit`` rows that wait (None: all), or all that wait up to ``to_line``.

    Returns how many still wait.

    The rows go through the actions of the register, many at once. A row that only the database
    could refuse is rejected with the reason, the others go on. Rows with errors or resemblances are
    left.
    Raises ValidationError (the file is not read yet), PermissionDenied.
    """
    batch = _taken(batch, by)
    waiting = batch.rows.waiting()
    rows = list(waiting.filter(line__lte=to_line) if to_line else waiting[:limit])
    if rows:
        register = register_of(batch.unit, by)
        for some in portions(rows, LARGEST):
            _write(some, batch, register, by, on)
    left = waiting.count()
    batch.state = BatchState.COMMITTING if left else BatchState.COMMITTED
    batch.save(update_fields=["state"])
    if rows:
        if left:
            keep_register(register)
        after = Counter(str(row.fate) for row in rows)
        record("interop.commit_batch", batch, by=by, on=on, after=dict(after))
    return left


def _taken(batch: Batch, by: User) -> Batch:
    """Locked, and alone: files of one commune are written one after the other, each seeing the rows
    before it."""
    batch = Batch.objects.select_for_update(of=["self"]).select_related("unit").get(pk=batch.pk)
    by.require("interop.import", batch)
    if batch.state not in WRITABLE:
        raise ValidationError(_("Tệp chưa đọc xong, chưa ghi được."))
    with connection.cursor() as cursor:
        lock = "SELECT pg_advisory_xact_lock(hashtext('interop.commit'), %s)"
        cursor.execute(lock, [batch.unit_id])
    return batch


@transaction.atomic
def write_rows(batch: Batch, *, by: User, on: date) -> Job | None:
    """Write what waits: a short file now, a longer one by a job, which is returned.

    Raises ValidationError, PermissionDenied.
    """
    by.require("interop.import", batch)
    if batch.state not in WRITABLE:
        raise ValidationError(_("Tệp chưa đọc xong, chưa ghi được."))
    if batch.rows.waiting()[: AT_ONCE + 1].count() <= AT_ONCE:
        commit_batch(batch, by=by, on=on)
        return None
    # From now on its columns stand: the job's portions are of these rows.
    Batch.objects.filter(pk=batch.pk, state=BatchState.STAGED).update(state=BatchState.COMMITTING)
    return enqueue(COMMIT, {"batch": batch.pk, "on": f"{on:%Y-%m-%d}"}, by=by)


def _write(
    rows: Sequence[BatchRow],
    batch: Batch,
    register: Register,
    by: User,
    on: date,
    anew: bool = False,
) -> None:
    """Write rows and keep their fates; what is refused is named."""
    as_read = [*zip(rows, read(batch, (row.cells for row in rows), on), strict=True)]
    for row, sheet_row in as_read:
        if sheet_row.problems:
            _reject(row, [(p.column, p.message) for p in sheet_row.problems])
    good = [(row, sheet_row) for row, sheet_row in as_read if not sheet_row.problems]
    _write_good(good, register, by, on, anew)
    _keep_fates(rows)


def _write_good(rows: Sequence[Read], register: Register, by: User, on: date, anew: bool) -> None:
    """All at once; when one is refused, each half by itself, down to the row that is refused."""
    if not rows:
        return
    try:
        with transaction.atomic():
            outcomes = write_into_register(
                [sheet_row for _row, sheet_row in rows], register, by=by, on=on, anew=anew
            )
    except ValidationError as error:
        if len(rows) == 1:
            _reject(rows[0][0], [("", message) for message in error.messages])
            return
        middle = len(rows) // 2
        _write_good(rows[:middle], register, by, on, anew)
        _write_good(rows[middle:], register, by, on, anew)
        return
    for (row, _sheet_row), outcome in zip(rows, outcomes, strict=True):
        note_outcome(row, outcome, WRITTEN)


def _reject(row: BatchRow, problems: list[tuple[str, str]]) -> None:
    row.fate = RowFate.REJECTED
    row.findings = json.dumps(problems, ensure_ascii=False)


def _keep_fates(rows: Sequence[BatchRow]) -> None:
    """Into the table, all with one statement; but for the few with new sentences."""
    for row in rows:
        if row.fate == RowFate.REJECTED:
            row.save(update_fields=["fate", "findings"])
    written = [row for row in rows if row.fate != RowFate.REJECTED]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE interop_batchrow r"
            " SET fate = v.fate, child_id = v.child, candidates = v.candidates::jsonb"
            " FROM unnest(%s::bigint[], %s::varchar[], %s::bigint[], %s::text[])"
            " AS v(id, fate, child, candidates) WHERE r.id = v.id",
            [
                [row.pk for row in written],
                [str(row.fate) for row in written],
                [row.child_id for row in written],
                [json.dumps(row.candidates) for row in written],
            ],
        )


@transaction.atomic
def settle_row(row: BatchRow, same_as: Child | None, *, by: User, on: date) -> BatchRow:
    """A person has looked at a row that resembles children of the register.

    ``same_as``: it is this child, nothing is written; None: it is another child, who is registered.
    Raises ValidationError when the row is not waiting for this, PermissionDenied.
    """
    batch = _taken(row.batch, by)
    row = BatchRow.objects.select_for_update().get(pk=row.pk)
    row.batch = batch
    if row.fate != RowFate.REVIEW:
        raise ValidationError(_("Dòng này đã được giải quyết."))
    if same_as is None:
        _write([row], batch, Register(batch.unit, by), by, on, anew=True)
    elif same_as.pk in row.candidates:
        row.fate, row.child = RowFate.UNCHANGED, same_as
        row.save()
    else:
        raise ValidationError(_("Em này không nằm trong danh sách gần giống."))
    record(
        "interop.settle_row", row, by=by, on=on, unit_key=batch.unit_id,
        child_key=row.child_id, after={"line": row.line, "fate": row.fate},
    )  # fmt: skip
    return row
