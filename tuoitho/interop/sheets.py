"""Opening whatever file people hand in: an Excel workbook or a CSV read safely, or a clear refusal.

A workbook is a zip of XML, and both can be made to swell: everything is measured before a reader
sees it. Limits: 20 MB sent, 100 MB unpacked, 200,000 rows, 300 columns, 4 million cells.
"""

import html
import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tuoitho.interop.csv_file import read_csv
from tuoitho.interop.legacy import code_of, converted

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 1_000
MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_CELLS = 4_000_000
_CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^<>]*?\br\s*=\s*["']([A-Za-z]{0,9})(\d{1,20})["']""")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'][^<>]*>\s*<(?:\w+:)?f[\s/>]"""
)
_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION_TAG = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
CODE_SAMPLE = 3_000  # cells looked at for the code the sheet was typed in
_OTHER_KINDS = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"%PDF", "PDF"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"{\\rtf", "RTF"), (b"MZ", "EXE"),
    (b"\x1f\x8b", "GZIP"),
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One table: its name, and its rows of text, numbers and dates written yyyy-mm-dd.

    ``formulas``: places (row, column, from 0) that hold a formula, of which only the value stored
    in the file was read. ``code``: the old code its text was turned from (``legacy``), or "".
    """

    name: str
    rows: list[list[Any]]
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    code: str = ""


def read_sheets(name: str, content: bytes) -> list[Sheet]:
    """The visible tables of a file called ``name``.

    Raises ValidationError with one sentence saying what to do instead.
    """
    if not content:
        raise ValidationError(_("Tệp rỗng, không có gì để đọc."))
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Tệp lớn hơn 20 MB. Hãy chia thành nhiều tệp nhỏ hơn."))
    if content.startswith(b"PK"):
        return _workbook(name, content)
    _refuse_other_kinds(content)
    return [_modern(Sheet("", read_csv(content, MAX_ROWS, MAX_COLUMNS)))]


def _modern(sheet: Sheet) -> Sheet:
    """The sheet in Unicode, whatever it was typed in."""
    marked = [c for row in sheet.rows for c in row if isinstance(c, str) and not c.isascii()]
    code = code_of(marked[:: len(marked) // CODE_SAMPLE + 1])
    if not code:
        return sheet
    rows = [[converted(c, code) if isinstance(c, str) else c for c in row] for row in sheet.rows]
    return Sheet(sheet.name, rows, sheet.formulas, code)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise ValidationError(_("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi nộp lại."))
        raise ValidationError(_("Tệp kiểu .xls cũ. Hãy mở bằng Excel và lưu lại dạng .xlsx."))
    for mark, kind in _OTHER_KINDS:
        if content.startswith(mark):
            raise ValidationError(
                _("Đây là tệp %(kind)s, không phải bảng tính. Hãy nộp tệp .xlsx hoặc .csv.")
                % {"kind": kind}
            )
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise ValidationError(
            _("Đây là trang web (HTML/XML) mang tên bảng tính. Hãy mở bằng Excel và lưu lại dạng "
              ".xlsx.")
        )  # fmt: skip


def _workbook(name: str, content: bytes) -> list[Sheet]:
    broken = ValidationError(_("Không mở được tệp: tệp hỏng hoặc không phải bảng tính .xlsx."))
    try:
        formulas = _measure(name, content)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            shown = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
            return [_sheet(book, sheet, formulas) for sheet in shown]
    except ValidationError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, KeyError) as error:
        raise broken from error
    except BaseException as error:
        # The reader is written in Rust: its own errors, and its panics, which are no Exception.
        if type(error).__module__.startswith(("python_calamine", "pyo3")):
            raise broken from error
        if isinstance(error, NotImplementedError | RuntimeError):  # zip methods, encrypted parts
            raise broken from error
        raise


def _sheet(
    book: CalamineWorkbook, name: str, formulas: dict[str, frozenset[tuple[int, int]]]
) -> Sheet:
    cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [[c if type(c) in _PLAIN_TYPES else _plain(c) for c in row] for row in cells]
    return _modern(Sheet(name, rows, formulas.get(name, frozenset())))


def _measure(name: str, content: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Refuse a workbook with macros, that swells, or that claims far-away cells.

    Returns where each sheet has formulas.
    """
    found: dict[str, frozenset[tuple[int, int]]] = {}
    index: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename.lower() for part in parts}
        if name.lower().endswith((".xlsm", ".xltm")) or any("vbaproject" in n for n in names):
            raise ValidationError(_("Tệp có macro (.xlsm). Hãy lưu lại dạng .xlsx không có macro."))
        if not any(n.startswith("xl/workbook") for n in names):
            raise ValidationError(
                _("Đây là tệp nén hoặc tài liệu khác, không phải bảng tính .xlsx.")
            )
        if any(n.endswith("workbook.bin") for n in names):
            raise ValidationError(_("Tệp kiểu .xlsb. Hãy lưu lại dạng .xlsx."))
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _swollen()
        left = MAX_UNPACKED
        for part in parts:
            unpacked = _unpacked(content, part, left)
            left -= len(unpacked)
            if part.filename.lower().startswith("xl/worksheets/"):
                _measure_sheet(unpacked)
                found[part.filename] = _formulas(unpacked)
            elif part.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
                index[part.filename] = unpacked
    return {sheet: found[path] for sheet, path in _paths(index).items() if path in found}


def _formulas(xml: bytes) -> frozenset[tuple[int, int]]:
    if b"<f" not in xml and b":f" not in xml:
        return frozenset()
    return frozenset(
        (int(match[2]) - 1, _column_number(match[1]) - 1) for match in _FORMULA.finditer(xml)
    )


def _paths(index: dict[str, bytes]) -> dict[str, str]:
    """Which part holds which sheet. Read by pattern: no entity is ever opened."""
    relations = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in _RELATION_TAG.findall(index.get("xl/_rels/workbook.xml.rels", b""))
    }
    return {
        _attribute(tag, b"name"): posixpath.join(
            "/xl", relations.get(_attribute(tag, rb"\w+:id"), "")
        ).removeprefix("/")
        for tag in _SHEET_TAG.findall(index.get("xl/workbook.xml", b""))
    }


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""


def _swollen() -> ValidationError:
    return ValidationError(_("Tệp phình quá lớn khi mở ra (trên 100 MB); không đọc."))


def _unpacked(content: bytes, part: zipfile.ZipInfo, left: int) -> bytes:
    """The part as it really unpacks: the size in the directory can lie, so it is not believed."""
    if part.flag_bits & 0x1:
        raise ValidationError(_("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi nộp lại."))
    header = content[part.header_offset : part.header_offset + 30]
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = part.header_offset + 30 + name_length + extra_length
    packed = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        return packed
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("unusual compression")
    opened = zlib.decompressobj(-15).decompress(packed, left + 1)
    if len(opened) > left:
        raise _swollen()
    return opened


def _measure_sheet(xml: bytes) -> None:
    """Readers lay a sheet out as one rectangle to its farthest cell, so measure that first."""
    if b"\x00" in xml[:64]:
        raise zipfile.BadZipFile("not UTF-8")
    letters, numbers = set[bytes](), set[bytes]()
    for match in _CELL.finditer(xml):  # a million times: gathered now, counted once each
        column, row = match.groups()
        letters.add(column)
        numbers.add(row)
    rows = max(map(int, numbers), default=1)
    columns = max(map(_column_number, letters), default=1)
    if rows > MAX_ROWS:
        raise ValidationError(
            _("Bảng có dữ liệu đến dòng %(n)s; nhiều nhất 200.000 dòng. Hãy chia nhỏ tệp.")
            % {"n": rows}
        )
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise ValidationError(
            _("Bảng quá rộng hoặc có ô nằm rất xa. Hãy xóa các cột, dòng thừa rồi lưu lại.")
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


_PLAIN_TYPES = {str, int, float}  # asked first: nearly every cell


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, int | float | str):
        return cell
    return str(cell)
