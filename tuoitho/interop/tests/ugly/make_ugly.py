"""Makes the ugly files beside it: ``python -m tuoitho.interop.tests.ugly.make_ugly``.

All readable ones tell of the same two invented children, each in another bad habit; the hostile
ones are to be refused. They are kept in the tree so that what was once read stays read.
"""

import datetime
import io
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import xlsxwriter

from tuoitho.interop.legacy import TCVN3, VNI

HERE = Path(__file__).parent
HEADS = ["Họ và tên", "Ngày sinh", "Giới tính", "Chủ hộ", "Thôn"]
AN = ["Nguyễn Văn An", "01/06/2014", "Nam", "Nguyễn Văn Hùng", "Thôn Nội"]
DUONG = ["Trần Thị Đường", "05/03/2012", "Nữ", "Trần Văn Lợi", "Thôn Ngoại"]
PLAIN = [HEADS, AN, DUONG]
TITLE = [["ỦY BAN NHÂN DÂN XÃ THANH TRÌ"], [], ["DANH SÁCH TRẺ EM, NĂM 2026"]]
TONES = "\u0300\u0301\u0303\u0309\u0323"
Rows = list[list[Any]]


def typed_in(table: dict[str, str], text: str) -> str:
    return "".join(table.get(letter, letter) for letter in text)


def as_tcvn3(text: str) -> str:
    return typed_in({letter: chr(code) for code, letter in TCVN3.items()}, text)


def as_vni(text: str) -> str:
    return typed_in({letter: typed for typed, letter in VNI.items()}, text)


def windows_1258(text: str) -> bytes:
    """Each letter with its circumflex, breve or horn, its tone behind it."""
    out = bytearray()
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in apart if c in TONES)
        bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES))
        out += bare.encode("cp1258") + tone.encode("cp1258")
    return bytes(out)


def book(*sheets: tuple[str, Rows]) -> bytes:
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    made.set_properties({"created": datetime.datetime(2026, 1, 1)})
    for name, rows in sheets:
        page = made.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(line, place, cell)
    made.close()
    return target.getvalue()


def csv_of(rows: Rows, delimiter: str) -> str:
    return "".join(delimiter.join(map(str, row)) + "\r\n" for row in rows)


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def every(change: Any, rows: Rows) -> Rows:
    return [[change(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def merged() -> bytes:
    """Titles, headings in two rows with merged cells, counted columns, blank rows at the end."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    page = made.add_worksheet("DS trẻ")
    centre = made.add_format({"align": "center"})
    page.merge_range("A1:F1", "ỦY BAN NHÂN DÂN XÃ THANH TRÌ", centre)
    page.merge_range("A2:F2", "DANH SÁCH TRẺ EM NĂM 2026", centre)
    for place, heading in ((0, "STT"), (1, "Họ và tên trẻ"), (2, "Ngày, tháng, năm sinh"),
                           (3, "Giới tính")):  # fmt: skip
        page.merge_range(3, place, 4, place, heading, centre)
    page.merge_range(3, 4, 3, 5, "Chủ hộ", centre)
    page.write_row(4, 4, ["Họ và tên", "Thôn/xóm"])
    page.write_row(5, 0, [f"({number})" for number in range(1, 7)])
    for line, child in enumerate((AN, DUONG), start=6):
        page.write_row(line, 0, [line - 5, *child])
    for line in range(8, 40):
        page.write_row(line, 0, [" ", "", "  ", "", "", "", "", " "])
    made.close()
    return target.getvalue()


def three_rows() -> bytes:
    """Headings in three rows, merged both ways; the birth stands in a column of the child's sex."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    page = made.add_worksheet("Danh sách")
    page.merge_range(1, 1, 1, 3, "Thông tin trẻ em")
    page.merge_range(2, 1, 3, 1, "Họ và tên")
    page.merge_range(2, 2, 2, 3, "Ngày sinh")
    page.write_row(3, 2, ["Nam", "Nữ"])
    page.merge_range(1, 4, 1, 5, "Gia đình")
    page.merge_range(2, 4, 3, 4, "Chủ hộ")
    page.merge_range(2, 5, 3, 5, "Thôn")
    page.write_row(4, 0, [1, AN[0], AN[1], "", *AN[3:]])
    page.write_row(5, 0, [2, DUONG[0], "", DUONG[1], *DUONG[3:]])
    page.write_row(6, 0, ["", "Tổng cộng: 2 trẻ"])
    made.close()
    return target.getvalue()


def by_sex() -> Rows:
    """Years of birth under Nam and Nữ, a mark instead of one, and both at once."""
    return [
        ["Họ và tên", "Nam", "Nữ", "Chủ hộ"],
        ["Nguyễn Văn An", 2014, "", "Nguyễn Văn Hùng"], ["Trần Thị Đường", "", "2012", "Trần Lợi"],
        ["Lê Bé", "x", "", "Lê Tám"], ["Lê Hai", "2012", "2013", "Lê Tám"],
        ["Tống Văn Cộng", "2013", "", ""], ["Tổng số", 3, "", ""],
    ]  # fmt: skip


def formulas() -> bytes:
    """A name joined by a formula with its value stored, and one that has come to nothing."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    page = made.add_worksheet("Trẻ")
    for line, row in enumerate([*PLAIN, ["", *AN[1:]]]):
        page.write_row(line, 0, row)
    page.write_formula("A2", '="Nguyễn Văn "&"An"', None, "Nguyễn Văn An")
    page.write_formula("A4", "=VLOOKUP(1,Z1:Z2,2,0)", None, "#N/A")
    made.close()
    return target.getvalue()


def dates() -> Rows:
    serial = (datetime.date(2014, 6, 1) - datetime.date(1899, 12, 30)).days
    spoken = "ngày 5 tháng 3 năm 2012"
    return [HEADS, [AN[0].upper(), serial, *AN[2:]], [DUONG[0].upper(), spoken, *DUONG[2:]]]


def files() -> dict[str, bytes]:
    """Every file: those from ``refused-`` on are hostile."""
    good = book(("Trẻ", PLAIN))
    wide = csv_of([[*HEADS, *[""] * 10_000], AN], ",")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return {
        "two-row-headings.xlsx": merged(),
        "capitals-and-serials.xlsx": book(("Trẻ", dates())),
        "tcvn3.xlsx": book(("Tre", every(as_tcvn3, [*TITLE, *PLAIN]))),
        "tcvn3.csv": csv_of(every(as_tcvn3, PLAIN), ",").encode("latin-1"),
        "vni.xlsx": book(("Tre", every(as_vni, PLAIN))),
        "vni.csv": csv_of(every(as_vni, PLAIN), ";").encode("latin-1"),
        "several-sheets.xlsx": book(("Bìa", TITLE), ("Ghi chú", [["x"]]), ("Trẻ", PLAIN)),
        "titles-semicolon.csv": csv_of([*TITLE, *PLAIN], ";").encode("utf-8-sig"),
        "tabs-utf16.csv": csv_of(PLAIN, "\t").encode("utf-16"),
        "excel-says-sep.csv": b"sep=;\r\n" + csv_of(PLAIN, ";").encode(),
        "decomposed.csv": unicodedata.normalize("NFD", csv_of(PLAIN, ",")).encode(),
        "windows-1258.csv": windows_1258(csv_of(PLAIN, ";")),
        "formulas.xlsx": formulas(),
        "three-row-headings.xlsx": three_rows(),
        "two-columns-by-sex.xlsx": book(("Trẻ", by_sex())),
        "utf16-no-mark.csv": csv_of([*TITLE, *PLAIN], "\t").encode("utf-16-le"),
        "utf16-big-no-mark.csv": csv_of(PLAIN, ";").encode("utf-16-be"),
        "refused-macro.xlsx": with_part(good, "xl/vbaProject.bin", b"macro"),
        "refused-bomb.xlsx": with_part(good, "xl/media/a.bin", b"\0" * (101 * 1024 * 1024)),
        "refused-locked.xlsx": old + "EncryptedPackage".encode("utf-16-le"),
        "refused-old.xls": old,
        "refused-torn.xlsx": good[: len(good) // 2],
        "refused-wide.csv": wide.encode(),
        "refused-page.xls": b"<html><table><tr><td>An</td></tr></table></html>",
        "refused-picture.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    }


def main() -> None:
    for name, content in files().items():
        (HERE / name).write_bytes(content)


if __name__ == "__main__":
    main()
