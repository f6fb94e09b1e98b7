"""The annual report as a workbook: every target, every unit, money, and how it was counted.

Figures are values, not formulas: the workbook must say what was signed, also after somebody has
sorted a sheet. Nothing a person typed is ever read as a formula, a number or a link.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from tuoitho.lib import official_document as od
from tuoitho.lib import official_text as words
from tuoitho.reports.annual.context import moment, say, verdict, warnings
from tuoitho.reports.annual.data import AnnualReport, Number, TargetLine, UnitLine

Value = str | Number | date | None
OVERVIEW, BUDGET, REPORTS, NOTES = "Tổng hợp", "Kinh phí", "Gửi báo cáo", "Ghi chú"
A4 = 9
COUNT, PERCENT, SMALL = "#,##0", "#,##0.0", "#,##0.00"
"""Excel shows these as 1.234 and 85,5 on a computer set to Vietnamese."""

_BASE = {"font_name": od.FONT, "font_size": 12, "valign": "vcenter", "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "text_wrap": False},
    "line": {"italic": True, "text_wrap": False},
    "warn": {"bold": True, "text_wrap": False, "bg_color": "#D9D9D9"},
    "head": {"bold": True, "align": "center", "border": 1, "bg_color": "#E7E6E6"},
    "text": {"border": 1},
    "mid": {"border": 1, "align": "center"},
    "total": {"border": 1, "bold": True},
}


@dataclass(frozen=True)
class Column:
    """A column: heading, width in characters, how its figures are shown."""

    heading: str
    width: float
    look: str = "text"


@dataclass(frozen=True)
class Sheet:
    """One table with the lines above it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] = ()


class _Book:
    """A workbook with our formats; each is made once."""

    def __init__(self, out: Path | BinaryIO, report: AnnualReport) -> None:
        self.report = report
        self.file = xlsxwriter.Workbook(out if not isinstance(out, Path) else str(out), {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        })  # fmt: skip
        self._formats: dict[tuple[str, str], Any] = {}
        self.file.set_properties({
            "title": say(report.full_subject)[:255], "author": say(report.issuer)[:255],
        })  # fmt: skip

    def look(self, name: str, number: str = "") -> Any:
        if (name, number) not in self._formats:
            form = {**_BASE, **_LOOKS[name], **({"num_format": number} if number else {})}
            self._formats[name, number] = self.file.add_format(form)
        return self._formats[name, number]

    def put(self, page: Any, at: tuple[int, int], value: Value, look: str) -> None:
        """By type, never by what a text looks like."""
        row, column = at
        if value is None or value == "":
            page.write_blank(row, column, None, self.look(look))
        elif isinstance(value, str):
            page.write_string(row, column, say(value)[:32767], self.look(look))
        elif isinstance(value, date):
            page.write_datetime(row, column, value, self.look(look, "dd/mm/yyyy"))
        else:
            page.write_number(row, column, value, self.look(look, number_format(value)))


def number_format(value: Number) -> str:
    """Whole numbers whole; estimates and percentages with a decimal, two below 2."""
    if isinstance(value, int):
        return COUNT
    return SMALL if abs(value) < 2 else PERCENT


def render_excel(report: AnnualReport, out: Path | BinaryIO) -> None:
    """Write the workbook: overview, a sheet for each target line, budget, senders, notes."""
    book = _Book(out, report)
    sheets = [_overview(report)]
    names = _sheet_names(report.targets)
    sheets += [
        _target(report, line, name) for line, name in zip(report.targets, names, strict=True)
    ]
    sheets.append(_budget(report))
    if report.unit_reports:
        sheets.append(_senders(report))
    sheets.append(_notes(report, sheets))
    for sheet in sheets:
        _write(book, sheet)
    book.file.close()


def _write(book: _Book, sheet: Sheet) -> None:
    page = book.file.add_worksheet(sheet.name)
    page.write_string(0, 0, say(sheet.title), book.look("title"))
    page.write_string(1, 0, _level(book.report), book.look("line"))
    head = 3
    if notices := " · ".join(warnings(book.report)):
        page.write_string(2, 0, notices, book.look("warn"))
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, _width(sheet, at))
        page.write_string(head, at, column.heading, book.look("head"))
    page.set_row(head, 34)
    for down, row in enumerate(sheet.rows, start=head + 1):
        for at, value in enumerate(row):
            book.put(page, (down, at), value, sheet.columns[at].look)
        page.set_row(down, _height(sheet, row))
    if sheet.total:
        page.set_row(head + 1 + len(sheet.rows), _height(sheet, sheet.total))
    for at, value in enumerate(sheet.total):
        book.put(page, (head + 1 + len(sheet.rows), at), value, "total")
    page.freeze_panes(head + 1, min(2, len(sheet.columns) - 1))
    _set_up_print(page, head, book.report)


def _set_up_print(page: Any, head: int, report: AnnualReport) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.8)
    page.set_header(f"&C&P/&N&R{_in_header(say(report.confidentiality))}")
    if notices := " · ".join(warnings(report)):
        page.set_footer(f"&C{_in_header(notices)}")
    page.hide_gridlines(2)


def _in_header(text: str) -> str:
    """An ampersand begins a command in Excel's headers."""
    return text.replace("&", "&&")[:200]


def _shown(value: Value) -> str:
    if isinstance(value, date):
        return "00/00/0000"
    if isinstance(value, int | Decimal):
        return words.vn_number(value, 0 if isinstance(value, int) else 2)
    return ""  # text is wrapped; only figures turn into ####


def _width(sheet: Sheet, at: int) -> float:
    """As wide as asked, wider if a figure needs it: "####" is no figure."""
    figures = [len(_shown(row[at])) for row in [*sheet.rows, *filter(None, [sheet.total])]]
    return max(sheet.columns[at].width, *[n * 1.25 + 2 for n in figures], 4)


def _height(sheet: Sheet, row: Sequence[Value]) -> float:
    """Excel does not grow rows it has not drawn; count the lines of wrapped text ourselves."""
    lines = [
        math.ceil(len(value) / sheet.columns[at].width)
        for at, value in enumerate(row)
        if isinstance(value, str) and value
    ]
    return min(max([1, *lines]) * 16.5 + 2, 400)


def _level(report: AnnualReport) -> str:
    scope = say(report.distribution)
    level = say(report.confidentiality)
    return f"{level}. {scope}".strip(". ") if scope else level


def _result(line: TargetLine | UnitLine) -> Value:
    """A number, or the reason why there is none; never 0 for what nobody knows."""
    return line.reason if line.value is None else line.value


def _overview(report: AnnualReport) -> Sheet:
    columns = (
        Column("Chỉ tiêu", 8, "mid"), Column("Phần", 12), Column("Nội dung", 40),
        Column("Đơn vị báo cáo", 15), Column("Số thực hiện", 11), Column("Tổng số", 11),
        Column("Kết quả (%)", 16), Column("So sánh", 9, "mid"), Column("Mục tiêu (%)", 9),
        Column("Đánh giá", 9, "mid"), Column("Ghi chú", 30),
    )  # fmt: skip
    rows: list[Sequence[Value]] = [
        (t.code, t.part, t.title, t.owner, t.numerator, t.denominator, _result(t),
         t.direction.words, t.threshold, verdict(t), t.note)
        for t in report.targets
    ]  # fmt: skip
    return Sheet(OVERVIEW, f"{report.full_subject}", columns, rows)


def _target(report: AnnualReport, line: TargetLine, name: str) -> Sheet:
    columns = (
        Column("TT", 5, "mid"), Column("Mã đơn vị", 11, "mid"), Column("Đơn vị", 30),
        Column("Số thực hiện", 14), Column("Tổng số", 14), Column("Kết quả (%)", 18),
        Column("Ghi chú", 44),
    )  # fmt: skip
    rows: list[Sequence[Value]] = [
        (at, u.unit_code, u.unit_name, u.numerator, u.denominator, _result(u), u.note)
        for at, u in enumerate(line.by_unit, start=1)
    ]
    total: Sequence[Value] = (
        None, None, f"Toàn {report.unit_name}", line.numerator, line.denominator, _result(line),
        line.note,
    )  # fmt: skip
    title = f"Chỉ tiêu {line.label}. {line.title} - năm {report.year}"
    return Sheet(name, title, columns, rows, total)


def _sheet_names(targets: Sequence[TargetLine]) -> list[str]:
    """Excel: at most 31 letters, none of []:*?/\\, no two alike whatever the case."""
    names: list[str] = []
    taken = {name.casefold() for name in (OVERVIEW, BUDGET, REPORTS, NOTES)}
    for line in targets:
        base = say(re.sub(r"[\[\]:*?/\\']", " ", f"CT {line.label}"))[:31].strip()
        name, again = base, 2
        while name.casefold() in taken:
            tail = f" ({again})"
            name, again = base[: 31 - len(tail)] + tail, again + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _budget(report: AnnualReport) -> Sheet:
    columns = (
        Column("TT", 5, "mid"), Column("Nguồn kinh phí", 46), Column("Dự toán (đồng)", 18),
        Column("Được duyệt (đồng)", 18), Column("Đã chi (đồng)", 18), Column("Ghi chú", 36),
    )  # fmt: skip
    rows: list[Sequence[Value]] = [
        (at, b.source, _money(b.estimate), _money(b.approved), _money(b.spent), b.note)
        for at, b in enumerate(report.budget, start=1)
    ]
    return Sheet(BUDGET, f"Kinh phí thực hiện Chương trình năm {report.year}", columns, rows)


def _money(value: Number | None) -> Value:
    return "chưa có số liệu" if value is None else value


def _senders(report: AnnualReport) -> Sheet:
    columns = (
        Column("TT", 5, "mid"), Column("Mã đơn vị", 11, "mid"), Column("Đơn vị", 34),
        Column("Hạn gửi", 13, "mid"), Column("Ngày gửi", 13, "mid"),
        Column("Tình trạng", 16, "mid"), Column("Tóm tắt", 60),
    )  # fmt: skip
    rows: list[Sequence[Value]] = [
        (at, u.unit_code, u.unit_name, u.due_on, u.sent_on or "chưa gửi", u.status, u.summary)
        for at, u in enumerate(report.unit_reports, start=1)
    ]
    return Sheet(REPORTS, f"Tình hình gửi báo cáo năm {report.year}", columns, rows)


def _notes(report: AnnualReport, sheets: Sequence[Sheet]) -> Sheet:
    """Where the figures come from, so that a copy on its own can still be checked."""
    frozen = moment(report.frozen_at) if report.frozen_at else "chưa chốt"
    number = words.number_and_symbol(report.number, report.symbol).strip("\u00a0")
    rows: list[Sequence[Value]] = [
        ("Đơn vị lập", report.issuer),
        ("Số, ký hiệu", number if report.number else "chưa ban hành"),
        ("Ngày ban hành", report.signed_on or "chưa ban hành"),
        ("Số liệu chốt lúc", frozen),
        ("Mã bộ định nghĩa chỉ tiêu", report.definition_hash or "chưa có"),
        ("Mức độ bảo mật", report.confidentiality),
        ("Phạm vi phân phối (Điều 24.3 NĐ 56/2017)", report.distribution),
    ]
    rows[:0] = [("Lưu ý", notice) for notice in warnings(report)]
    rows += [(f"Số dòng của trang {sheet.name}", len(sheet.rows)) for sheet in sheets]
    rows += [(f"Cách tính {t.label}", t.definition or t.title) for t in report.targets]
    rows.append(("Ô không có số", "“chưa có số liệu: thiếu …” nghĩa là chưa biết, không phải 0."))
    return Sheet(NOTES, "Ghi chú", (Column("Mục", 42), Column("Nội dung", 100)), rows)
