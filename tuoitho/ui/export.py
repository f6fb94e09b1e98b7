"""Lists as Excel and CSV files, in which nothing a person typed can become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.lib.hanoi import HANOI, now
from tuoitho.ui.formats import shown, vn_datetime

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_000_000  # Excel ends at 1,048,576
A4 = 9
WIDEST = 48  # characters of a column; longer text goes on in the line below
HEAD_WIDTH = 18  # a heading alone makes no column wider
INVENTED = gettext_lazy("Bản trình diễn: mọi tên người, số liệu ở đây đều là giả định.")
CELL_CHARACTERS = 32_767  # Excel's longest text
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")


class ExportColumn(Protocol):
    """What a file needs of a column; ``columns.Column`` is one."""

    @property
    def label(self) -> str | Promise: ...
    @property
    def value(self) -> Any: ...


def harmless(text: str) -> str:
    """Text no spreadsheet program takes for a formula, even saved and opened again."""
    return f"'{text}" if _looks_like_formula(text) else text


def _looks_like_formula(text: str) -> bool:
    return text.lstrip(" \u00a0\ufeff").startswith(FORMULA_SIGNS)


def write_xlsx(columns: Sequence[ExportColumn], rows: Iterable[Any], title: str) -> io.BytesIO:
    """Write a workbook: title, moment, header, rows, number of rows. Returns the file, rewound."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"title": title, "author": "Tuổi Thơ"})
    styles = _styles(book)
    widths = [min(len(str(column.label)) + 2, HEAD_WIDTH) for column in columns]
    count, row, sheet = 0, 0, None
    for item in rows:
        count += 1
        if sheet is None or row >= SHEET_ROWS:
            sheet, row = _new_sheet(book, columns, title, styles)
        for place, column in enumerate(columns):
            length = _write_cell(sheet, row, place, column.value(item), styles)
            widths[place] = max(widths[place], min(length + 2, WIDEST))
        row += 1
    if sheet is None:
        sheet, row = _new_sheet(book, columns, title, styles)
    sheet.write_string(row + 1, 0, f"{_('Tổng số dòng')}: {count}", styles["bold"])
    for one in book.worksheets():
        for place, width in enumerate(widths):
            one.set_column(place, place, width)
    book.close()
    target.seek(0)
    return target


def _styles(book: Any) -> dict[str, Any]:
    looks: dict[str, dict[str, Any]] = {
        "bold": {"bold": True},
        "title": {"bold": True, "font_size": 14},
        "head": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8F0FA"},
        "date": {"num_format": "dd/mm/yyyy"},
        "moment": {"num_format": "dd/mm/yyyy hh:mm"},
        "number": {"num_format": "#,##0.##"},
        "long": {"text_wrap": True, "valign": "top"},
        # Excel's own "this is text" mark: stays text when the cell is edited.
        "quoted": {"quote_prefix": True},
    }
    return {name: book.add_format({"font_name": "Arial", **look}) for name, look in looks.items()}


def _new_sheet(
    book: Any, columns: Sequence[ExportColumn], title: str, styles: dict[str, Any]
) -> tuple[Any, int]:
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, title, styles["title"])
    sheet.write_string(1, 0, _("Lập lúc %(when)s") % {"when": vn_datetime(now())})
    if settings.DEMO_BANNER:
        sheet.write_string(2, 0, str(INVENTED), styles["bold"])
    for place, column in enumerate(columns):
        sheet.write_string(3, place, str(column.label), styles["head"])
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)  # as wide as one page, as long as it takes
    sheet.repeat_rows(3)
    sheet.set_footer("&C&P/&N")
    return sheet, 4


def _write_cell(sheet: Any, row: int, place: int, value: Any, styles: dict[str, Any]) -> int:
    """Returns how many characters wide the cell is."""
    if isinstance(value, datetime):
        local = value.astimezone(HANOI) if timezone.is_aware(value) else value
        sheet.write_datetime(row, place, local.replace(tzinfo=None), styles["moment"])
        return len("dd/mm/yyyy hh:mm")
    if isinstance(value, date) and value.year >= 1900:  # Excel's calendar begins there
        sheet.write_datetime(row, place, value, styles["date"])
        return len("dd/mm/yyyy")
    text = "" if value is None else shown(value)[:CELL_CHARACTERS]
    if isinstance(value, Decimal | float) and Decimal(value).is_finite():
        sheet.write_number(row, place, value, styles["number"])
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        sheet.write_number(row, place, value)
    elif value is not None:
        long = "long" if len(text) > WIDEST else ""
        look = "quoted" if _looks_like_formula(text) else long
        sheet.write_string(row, place, text, *([styles[look]] if look else []))
    return len(text)


def write_csv(columns: Sequence[ExportColumn], rows: Iterable[Any]) -> io.BytesIO:
    """Write a UTF-8 CSV (with the mark Excel needs): header, rows, number of rows; rewound."""
    target = io.BytesIO()
    lines = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(lines)
    writer.writerow([harmless(str(column.label)) for column in columns])
    count = 0
    for item in rows:
        count += 1
        writer.writerow([_csv_cell(column.value(item)) for column in columns])
    writer.writerow([_("Tổng số dòng"), count])
    lines.detach()
    target.seek(0)
    return target


def _csv_cell(value: Any) -> str:
    # Numbers keep their minus sign: only what a person typed can be hostile.
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return harmless(shown(value))


def file_response(file: io.BytesIO, filename: str, content_type: str) -> HttpResponse:
    """Send a finished file as a download; the name carries the Hà Nội day."""
    stem, _dot, ending = filename.rpartition(".")
    name = f"{slugify(stem.replace('đ', 'd').replace('Đ', 'D'))}-{now():%Y-%m-%d}.{ending}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]


def docx_response(content: bytes, filename: str) -> HttpResponse:
    """Send a Word document as a download, which the browser does not keep: it tells of people."""
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=DOCX_TYPE, headers=headers)


def xlsx_response(
    columns: Sequence[ExportColumn], rows: Iterable[Any], title: str, filename: str
) -> HttpResponse:
    """The rows as an Excel download. All rows are read before this returns (inside the view)."""
    return file_response(write_xlsx(columns, rows, title), f"{filename}.xlsx", XLSX_TYPE)


def stream_csv(columns: Sequence[ExportColumn], rows: Iterable[Any], filename: str) -> HttpResponse:
    """The rows as a CSV download. All rows are read before this returns (inside the view)."""
    return file_response(write_csv(columns, rows), f"{filename}.csv", "text/csv; charset=utf-8")
