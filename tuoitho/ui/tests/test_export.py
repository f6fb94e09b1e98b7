"""Excel and CSV files: complete, typed, and harmless."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tuoitho.ui.columns import Column
from tuoitho.ui.export import harmless, stream_csv, write_csv, write_xlsx, xlsx_response

COLUMNS = [Column("value", "Giá trị", lambda value: value)]
HOSTILE = ["=1+1", "+84", "-cmd|'/C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"]


def sheet_of(rows):
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(COLUMNS, rows, "Thử").read()))
    return book.active


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_cannot_become_a_formula(text):
    assert harmless(text) == f"'{text}"
    cell = sheet_of([text])["A5"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    line = write_csv(COLUMNS, [text]).read().decode("utf-8-sig")
    assert f"'{text}" in line


def test_ordinary_text_stays_as_it_is():
    assert harmless("Nguyễn Văn A = 1") == "Nguyễn Văn A = 1"
    assert harmless("") == ""


def test_cells_keep_their_kind():
    rows = [date(2021, 3, 5), datetime(2021, 3, 5, 18, 30, tzinfo=UTC), Decimal("1.5"), -7, True]
    cells = [cell.value for cell in sheet_of([*rows, None])["A"]]
    assert cells[4:10] == [
        datetime(2021, 3, 5),
        datetime(2021, 3, 6, 1, 30),
        1.5,
        -7,
        "Có",
        None,
    ]


def test_days_before_excels_calendar_and_odd_numbers_are_text():
    cells = [c.value for c in sheet_of([date(1850, 1, 2), float("nan"), 10**20])["A"]]
    assert cells[4:7] == ["02/01/1850", "–", "100.000.000.000.000.000.000"]


def test_the_number_of_rows_stands_in_the_file():
    assert [c.value for c in sheet_of(["a", "b"])["A"]][-1] == "Tổng số dòng: 2"
    assert [c.value for c in sheet_of([])["A"]][-1] == "Tổng số dòng: 0"
    assert write_csv(COLUMNS, ["a", "b"]).read().decode().endswith("Tổng số dòng,2\r\n")


def test_a_negative_number_in_csv_is_still_a_number():
    assert "\r\n-7\r\n" in write_csv(COLUMNS, [-7]).read().decode()


def test_rows_are_read_before_the_answer_is_returned():
    read = []
    rows = (read.append(i) or str(i) for i in range(3))
    response = stream_csv(COLUMNS, rows, "Đơn vị")
    assert read == [0, 1, 2]
    assert response["Content-Disposition"].startswith('attachment; filename="don-vi-')
    assert response["Cache-Control"] == "private, no-store"
    response.close()


def test_excel_answer_is_a_download():
    response = xlsx_response(COLUMNS, [], "Thử", "thu")
    assert response["Content-Disposition"].endswith('.xlsx"')
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_a_column_is_as_wide_as_its_longest_cell():
    sheet = sheet_of(["Nguyễn Thị Phương Quỳnh", "An"])
    assert sheet.column_dimensions["A"].width >= len("Nguyễn Thị Phương Quỳnh")
    long = sheet_of(["rất dài " * 30])
    assert long.column_dimensions["A"].width < 60
    assert long["A5"].alignment.wrap_text


def test_a_sheet_prints_on_pages_of_one_width_with_its_header():
    page = sheet_of(["An"])
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$4:$4"


def test_invented_rows_say_so(settings):
    assert sheet_of(["An"])["A3"].value is None
    settings.DEMO_BANNER = True
    assert "giả định" in sheet_of(["An"])["A3"].value
