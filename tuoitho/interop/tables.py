"""Finding the table of children in a workbook: its sheet, its header row, its rows."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.interop.sheets import Sheet
from tuoitho.people.cells import text
from tuoitho.people.importers import COLUMNS, SheetColumn, recognised

HEADER_WITHIN = 15
MAX_TABLE_ROWS = 5_000


@dataclass(frozen=True)
class Table:
    """A table: headings as written, known columns by place, (line number, cells) without blanks."""

    sheet_name: str
    heading_line: int
    headings: list[str]
    places: dict[int, SheetColumn]
    rows: list[tuple[int, list[Any]]]


def find_table(sheets: list[Sheet]) -> Table:
    """The sheet and row that hold most of our headings. Raises ValidationError."""
    best: tuple[int, Sheet, int] | None = None
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            score = len(recognised(row))
            if best is None or score > best[0]:
                best = (score, sheet, index)
    if best is None or best[0] < 2:
        raise ValidationError(_("Không tìm thấy dòng tiêu đề trong 15 dòng đầu. Hãy dùng tệp mẫu."))
    _score, sheet, index = best
    places = recognised(sheet.rows[index])
    missing = [c.heading for c in COLUMNS if c.required and c not in places.values()]
    if missing:
        raise ValidationError(_("Thiếu cột: %(names)s.") % {"names": ", ".join(missing)})
    return _table(sheet, index, places)


def _table(sheet: Sheet, index: int, places: dict[int, SheetColumn]) -> Table:
    rows = [
        (line, row)
        for line, row in enumerate(sheet.rows[index + 1 :], start=index + 2)
        if any(text(cell) for cell in row)
    ]
    if not rows:
        raise ValidationError(_("Không có dòng nào dưới dòng tiêu đề."))
    if len(rows) > MAX_TABLE_ROWS:
        raise ValidationError(
            _("Tệp có %(n)s dòng; mỗi tệp nhiều nhất 5.000 dòng. Hãy chia theo thôn, tổ dân phố.")
            % {"n": len(rows)}
        )
    headings = [text(cell)[:200] for cell in sheet.rows[index]]
    return Table(sheet.name[:120], index + 1, headings, places, rows)
