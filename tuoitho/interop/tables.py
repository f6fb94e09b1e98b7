"""Finding the table of children in a workbook: its sheet, its header rows, its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.interop.legacy import name_of
from tuoitho.interop.sheets import Sheet
from tuoitho.lib.text import fold
from tuoitho.people.cells import in_capitals, is_blank, is_broken, text
from tuoitho.people.importers import SheetColumn, column_of, recognised

HEADER_WITHIN = 15
HEADER_ROWS = 3  # at most, one over the other
MAX_TABLE_ROWS = 100_000
NAMED = 10  # formula cells named one by one
# With its marks, or a number behind it: Tống is a family name.
_TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng)(?:[\s:.].*)?|tong (?:cong|so)\b.*\d.*")
NO_VALUE = "#FORMULA!"  # stands for a formula whose value the file does not hold


@dataclass(frozen=True)
class Table:
    """A table: headings as written, known columns by place, (line number, cells) without blanks.

    ``notes``: sentences about how it was read, for the person who looks at the preview.
    """

    sheet_name: str
    heading_line: int
    headings: list[str]
    places: dict[int, SheetColumn]
    rows: list[tuple[int, list[Any]]]
    notes: list[str]


@dataclass(frozen=True)
class _Header:
    score: int
    sheet: Sheet
    index: int  # of its first row
    height: int
    headings: list[str]


def find_table(sheets: list[Sheet], wanted: str = "") -> Table:
    """The sheet and rows that hold most of our headings; ``wanted`` names the sheet to look at.

    Raises ValidationError.
    """
    looked_at = [s for s in sheets if fold(s.name) == fold(wanted)] if wanted else sheets
    if not looked_at:
        names = ", ".join(f"“{sheet.name}”" for sheet in sheets[:20])
        raise ValidationError(_("Không có trang “%(name)s”; tệp có: %(names)s.")
                              % {"name": wanted, "names": names})  # fmt: skip
    found = [header for sheet in looked_at for header in _headers(sheet)]
    best = max(found, key=lambda header: header.score, default=None)
    if best is None or best.score < 2:
        raise ValidationError(_("Không tìm thấy dòng tiêu đề trong 15 dòng đầu. Hãy dùng tệp mẫu."))
    return _table(best, sheets)


def _headers(sheet: Sheet) -> list[_Header]:
    """Every row that may be the header, alone and together with the rows below it."""
    found = []
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        headings = [text(cell)[:200] for cell in row]
        found.append(_Header(len(recognised(headings)), sheet, index, 1, headings))
        for height, below in enumerate(sheet.rows[index + 1 : index + HEADER_ROWS], start=2):
            headings = _over(headings, below)
            score = len(recognised(headings))
            # A row further down must add headings, or it is a row of the table.
            if score > max(found[-1].score, len(recognised(below))):
                found.append(_Header(score, sheet, index, height, headings))
    return found


def _over(upper: Sequence[Any], lower: Sequence[Any]) -> list[str]:
    """Headings of two rows, as merged cells leave them: a group's name stands over its first column
    only, a column merged downwards has nothing below."""
    headings: list[str] = []
    group, taken = "", set[SheetColumn]()
    for place in range(max(len(upper), len(lower))):
        above = text(upper[place]) if place < len(upper) else ""
        below = text(lower[place]) if place < len(lower) else ""
        group = above or (group if below else "")
        tried = [f"{group} {below}", below, above] if below else [above]
        for heading in (text(words)[:200] for words in tried):
            column = column_of(heading)
            if column is not None and column not in taken:
                taken.add(column)
                break
        else:
            heading = text(tried[0])[:200]
        headings.append(heading)
    return headings


def _table(header: _Header, sheets: list[Sheet]) -> Table:
    sheet, first = header.sheet, header.index + header.height
    places = recognised(header.headings)
    rows = [
        (line, _trimmed(_valued(row, line - 1, sheet.formulas)))
        for line, row in enumerate(sheet.rows[first:], start=first + 1)
        if not all(map(is_blank, row))
    ]
    if rows and _numbers_columns(rows[0][1]):
        del rows[0]
    totals = [line for line, row in rows if _is_total(row)]
    rows = [(line, row) for line, row in rows if line not in totals]
    if not rows:
        raise ValidationError(_("Không có dòng nào dưới dòng tiêu đề."))
    if len(rows) > MAX_TABLE_ROWS:
        raise ValidationError(
            _("Tệp có %(n)s dòng; mỗi tệp nhiều nhất 100.000 dòng. Hãy chia nhỏ tệp.")
            % {"n": len(rows)}
        )
    headings = _trimmed(header.headings)
    notes = _notes(sheet, [s for s in sheets if s is not sheet and s.rows], first)
    notes += _capitals(rows, places)
    if totals:
        lines = ", ".join(map(str, totals[:NAMED]))
        notes.append(_("Bỏ qua dòng tổng cộng: %(lines)s.") % {"lines": lines})
    return Table(sheet.name[:120], first, headings, places, rows, notes)


def _valued(row: list[Any], index: int, formulas: frozenset[tuple[int, int]]) -> list[Any]:
    """The row, with a mark where a formula has no value that could be read."""
    if not formulas:
        return row
    return [
        NO_VALUE if (index, place) in formulas and (is_blank(cell) or is_broken(cell)) else cell
        for place, cell in enumerate(row)
    ]


def _trimmed(row: list[Any]) -> list[Any]:
    """Without the blank cells at its end."""
    end = len(row)
    while end and is_blank(row[end - 1]):
        end -= 1
    return row[:end]


def _numbers_columns(row: list[Any]) -> bool:
    """A row under the header that only counts the columns: 1, 2, 3 or (1), (2), (3)."""
    counted = [text(cell).strip("()") for cell in row if text(cell)]
    return len(counted) > 2 and counted == [str(n) for n in range(1, len(counted) + 1)]


def _is_total(row: list[Any]) -> bool:
    """A row that only counts the table: "Tổng cộng: 25 trẻ", also the last row of our own files."""
    filled = [cell for cell in row if not is_blank(cell)]
    return 0 < len(filled) <= 2 and bool(_TOTAL.fullmatch(text(filled[0]).casefold()))


def _notes(sheet: Sheet, others: list[Sheet], first: int) -> list[str]:
    notes = []
    if sheet.code:
        notes.append(_("Chữ trong tệp gõ bằng bảng mã %(code)s, đã chuyển sang Unicode.")
                     % {"code": name_of(sheet.code)})  # fmt: skip
    if others:
        names = ", ".join(f"“{other.name}”" for other in others[:20])
        notes.append(_("Tệp còn trang khác, chưa đọc: %(names)s. Muốn đọc thì ghi tên trang khi "
                       "nộp.") % {"names": names})  # fmt: skip
    cells = sorted(place for place in sheet.formulas if place[0] >= first)
    if cells:
        named = ", ".join(f"{_letters(column)}{row + 1}" for row, column in cells[:NAMED])
        if len(cells) > NAMED:
            named += " " + _("và %(n)s ô khác") % {"n": len(cells) - NAMED}
        notes.append(_("Ô có công thức, chỉ đọc giá trị đã lưu: %(cells)s.") % {"cells": named})
    return notes


def _capitals(rows: list[tuple[int, list[Any]]], places: dict[int, SheetColumn]) -> list[str]:
    place = next((p for p, column in places.items() if column.name == "full_name"), None)
    if place is None:
        return []
    count = sum(place < len(row) and in_capitals(text(row[place])) for _line, row in rows)
    message = _("%(n)s tên viết hoa cả, sẽ ghi dạng “Nguyễn Văn An”; xem cột họ tên dưới đây.")
    return [message % {"n": count}] if count else []


def _letters(column: int) -> str:
    """A column as Excel calls it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
