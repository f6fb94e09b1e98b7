"""Opening whatever file people hand in: an Excel workbook or a CSV read safely, or a clear refusal.

A workbook is a zip of XML, and both can be made to swell: everything is measured before a reader
sees it. Limits: 20 MB sent, 100 MB unpacked, 200,000 rows, 300 columns, 4 million cells.
"""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook, SheetVisibleEnum

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 1_000
MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_CELLS = 4_000_000
_CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^<>]*?\br\s*=\s*["']([A-Za-z]{0,9})(\d{1,20})["']""")
_OTHER_KINDS = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"%PDF", "PDF"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"{\\rtf", "RTF"), (b"MZ", "EXE"),
    (b"\x1f\x8b", "GZIP"),
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One table: its name, and its rows of text, numbers and dates written yyyy-mm-dd."""

    name: str
    rows: list[list[Any]]


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
    return [Sheet("", _csv(content))]


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
        _measure(name, content)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            shown = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
            return [
                Sheet(sheet, [[_plain(c) for c in row] for row in
                              book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)])
                for sheet in shown
            ]  # fmt: skip
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


def _measure(name: str, content: bytes) -> None:
    """Refuse a workbook with macros, that swells, or that claims far-away cells."""
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
    rows = columns = 1
    for match in _CELL.finditer(xml):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column_number(match[1]))
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


def _csv(content: bytes) -> list[list[Any]]:
    lines = _decoded(content)
    first = next((line for line in lines.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    rows: list[list[Any]] = []
    try:
        for row in _limited(csv.reader(io.StringIO(lines), delimiter=delimiter)):
            rows.append(list(row))
    except csv.Error as error:
        raise ValidationError(_("Không đọc được tệp CSV. Hãy lưu lại dạng .xlsx.")) from error
    return rows


def _limited(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            raise ValidationError(_("Tệp CSV có quá nhiều dòng hoặc cột. Hãy chia nhỏ tệp."))
        yield row


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            break
        if "\x00" not in text:
            return text
    raise ValidationError(
        _("Không đọc được chữ trong tệp. Hãy nộp tệp .xlsx, hoặc lưu CSV với mã UTF-8.")
    )
