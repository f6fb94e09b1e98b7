"""What is said of a row before anything is written: what is wrong, what would become of it."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tuoitho.interop.models import Batch, BatchRow
from tuoitho.interop.states import RowFate
from tuoitho.lib.crypto import keyed_hash
from tuoitho.people.importers import Fate, Outcome, SheetRow, foresee_rows, read_row
from tuoitho.people.register import Register

FORESEEN = {Fate.CREATED: RowFate.READY, Fate.UNCHANGED: RowFate.KNOWN, Fate.REVIEW: RowFate.REVIEW}
NOTHING = "[]"  # no findings
WRITTEN = {fate: RowFate(fate.value) for fate in Fate}
Line = tuple[int, list[Any]]
as_json = json.JSONEncoder(ensure_ascii=False).encode  # made once, for every row
# Rows read or written in one transaction: a crash loses no more. Each such portion costs some
# questions of its own, so those of a very long file are larger.
SMALLEST, LARGEST, STEPS = 500, 5_000, 20


def portions(lines: Sequence[Any], size: int = 0) -> list[Sequence[Any]]:
    """The lines of a file cut into about twenty portions (or of ``size`` each)."""
    size = size or max(SMALLEST, min(LARGEST, len(lines) // STEPS))
    return [lines[at : at + size] for at in range(0, len(lines), size)]


def read(batch: Batch, rows: Iterable[Sequence[Any]], on: date) -> list[SheetRow]:
    """The rows as the columns of the batch have them."""
    columns, unit, kept = batch.columns, batch.unit, batch.capitals_kept
    return [read_row(cells, columns, unit, on, capitals_kept=kept) for cells in rows]


def judged(batch: Batch, lines: Sequence[Line], register: Register, on: date) -> list[BatchRow]:
    """Rows for these lines (in their order, after all lines judged before), not written yet."""
    sheet_rows = read(batch, (cells for _line, cells in lines), on)
    keys = [key_of(row) for row in sheet_rows]
    first = batch.rows.first_lines({*keys} - {""}, lines[0][0]) if lines else {}
    rows, good = [], []
    for (line, cells), sheet_row, key in zip(lines, sheet_rows, keys, strict=True):
        row = BatchRow(
            batch_id=batch.pk, line=line, key=key, fate=RowFate.REJECTED,
            content=as_json(cells),
        )  # fmt: skip
        note_problems(row, sheet_row, first.setdefault(key, line) if key else line)
        rows.append(row)
        if row.findings == NOTHING:
            good.append((row, sheet_row))
    outcomes = foresee_rows([sheet_row for _row, sheet_row in good], register)
    for (row, _sheet_row), outcome in zip(good, outcomes, strict=True):
        note_outcome(row, outcome, FORESEEN)
    return rows


def key_of(row: SheetRow) -> str:
    """Hash of the identity number, else of the natural key; "" without a name."""
    if not row.facts["full_name"]:
        return ""
    number = row.facts["national_id"]
    who = f"number {number}" if number else repr(row.key)
    return keyed_hash(who, purpose="interop.row")


def note_problems(row: BatchRow, read_as: SheetRow, first_line: int) -> None:
    """Keep what is wrong, also that the same child stood on an earlier line."""
    problems = [(problem.column, problem.message) for problem in read_as.problems]
    if first_line != row.line:
        problems.append(("", _("Trùng với dòng %(line)s.") % {"line": first_line}))
    row.findings = as_json(problems) if problems else NOTHING


def note_outcome(row: BatchRow, outcome: Outcome, names: dict[Fate, RowFate]) -> None:
    row.fate = names[outcome.fate]
    row.child_id = outcome.child.pk if outcome.child else None
    row.candidates = [candidate.child.pk for candidate in outcome.candidates]
