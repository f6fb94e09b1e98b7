"""Files of any kind: read, or refused in one Vietnamese sentence; never a crash, never a flood."""

import io
import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from tuoitho.interop import sheets
from tuoitho.interop.sheets import read_sheets
from tuoitho.interop.tables import find_table
from tuoitho.interop.tests.make import AN, BINH, HEADINGS, make_xlsx, rezipped

GOOD = make_xlsx([HEADINGS, AN, BINH])
SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(ValidationError) as caught:
        find_table(read_sheets(name, content))
    (sentence,) = caught.value.messages
    return sentence


def outcome(content: bytes) -> object:
    """The sheets, or the sentences that refuse them; anything else raised is a fault."""
    try:
        return [sheet.rows for sheet in read_sheets("a.xlsx", content)] or "no visible sheet"
    except ValidationError as error:
        return error.messages


def docx() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return target.getvalue()


def far_cell(cell: str) -> bytes:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1"><v>1</v></c></row><row><c s="0" r="{cell}"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    return rezipped(GOOD, **{SHEET: xml.encode()})


UGLY = {
    "empty": (b"", "rỗng"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "PNG"),
    "jpeg": (b"\xff\xd8\xff\xe0" + b"\0" * 100, "JPEG"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "html renamed": (b"\xef\xbb\xbf <html><table><tr><td>An</td></tr></table>", "HTML"),
    "old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
    "password": (
        b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu",
    ),
    "zip of something": (docx(), "không phải bảng tính"),
    "torn zip": (GOOD[: len(GOOD) // 2], "hỏng"),
    "only PK": (b"PK\x03\x04", "hỏng"),
    "noise": (bytes(range(256)) * 4, "UTF-8"),
    "macros": (rezipped(GOOD, **{"xl/vbaProject.bin": b"x"}), "macro"),
    "far row": (far_cell("A1048576"), "200.000"),
    "far column": (far_cell("XFD2"), "rất xa"),
    "no such row": (far_cell("A99999999999999999999"), "200.000"),
    "no heading": (make_xlsx([["a", "b"], [1, 2]]), "tiêu đề"),
    "heading too low": (make_xlsx([HEADINGS, AN], before=15), "tiêu đề"),
    "no rows": (make_xlsx([HEADINGS]), "Không có dòng"),
    "broken xml": (rezipped(GOOD, **{SHEET: b"<worksheet><sheetData><row r='1'><c"}), ""),
    "csv in another code": ("Họ và tên;Ngày sinh\nAn;1".encode("utf-32-be"), "UTF-8"),
    "csv with a huge field": (b"a,b\n" + b"x" * 200_000 + b",1", "CSV"),
    "csv too wide": (b"," * 400, "cột"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words"), UGLY.values(), ids=UGLY.keys())
def test_ugly_files_are_refused_in_words(content, words):
    assert words in refusal(content)


def test_a_file_named_xlsm_is_refused():
    assert "macro" in refusal(GOOD, "a.xlsm")


def test_a_bomb_that_says_so_is_refused_unopened():
    bomb = rezipped(GOOD, **{"xl/media/a.bin": b"\0" * (101 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert "phình" in refusal(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused_too():
    bomb = bytearray(rezipped(GOOD, **{"xl/media/a.bin": b"\0" * (101 * 1024 * 1024)}))
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        found = (
            bomb.find(b"xl/media/a.bin")
            if signature == b"PK\x03\x04"
            else bomb.rfind(b"xl/media/a.bin")
        )
        start = bomb.rfind(signature, 0, found)
        bomb[start + place : start + place + 4] = struct.pack("<I", 10)
    assert "phình" in refusal(bytes(bomb))


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 100)
    assert "20 MB" in refusal(GOOD)


def test_more_than_a_hundred_thousand_rows_are_to_be_split():
    rows = "\n".join(["Họ tên,Ngày sinh", *["An,1/1/2014"] * 100_001])
    assert "100.000" in refusal(rows.encode(), "a.csv")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<"]))
def test_noise_never_crashes(noise, start):
    assert outcome(start + noise)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_workbook_with_one_wrong_byte_never_crashes(place, byte):
    altered = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    assert outcome(altered)


def test_the_table_is_found_under_a_letterhead_and_beside_other_sheets():
    table = find_table(read_sheets("a.xlsx", make_xlsx([HEADINGS, AN], before=7)))
    assert (table.heading_line, [line for line, _cells in table.rows]) == (8, [9])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_every_usual_make(delimiter, encoding):
    text = f"Họ và tên{delimiter}Ngày sinh\r\nAn{delimiter}1/6/2014\r\n"
    table = find_table(read_sheets("a.csv", text.encode(encoding)))
    assert table.rows == [(2, ["An", "1/6/2014"])]


def test_headings_in_capitals_without_marks_or_with_remarks():
    rows = [["HO VA TEN *", "ngay sinh (dd/mm/yyyy)", "GIỚI  TÍNH:", "Lạ"], ["An", "", "", ""]]
    table = find_table(read_sheets("a.xlsx", make_xlsx(rows)))
    assert [c.name for c in table.places.values()] == ["full_name", "birth", "sex"]
