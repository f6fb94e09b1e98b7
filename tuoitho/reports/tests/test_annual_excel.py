"""The workbook of the annual report, read back."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tuoitho.reports.annual import BudgetLine, TargetLine, UnitLine, render_excel
from tuoitho.reports.tests.annual_example import REPORT, TARGETS, UNITS

HEAD = 4


def render(report):
    out = BytesIO()
    render_excel(report, out)
    out.seek(0)
    return load_workbook(out)


def cells(book):
    return [cell for page in book for row in page.iter_rows() for cell in row]


@pytest.fixture(scope="module")
def book():
    return render(REPORT)


def test_there_is_a_sheet_for_everything(book):
    names = book.sheetnames
    assert names[0] == "Tổng hợp"
    assert names[1 : 1 + len(TARGETS)] == [f"CT {t.label}" for t in TARGETS]
    assert names[-3:] == ["Kinh phí", "Gửi báo cáo", "Ghi chú"]


def test_the_overview_has_a_row_for_each_target_with_real_numbers(book):
    rows = list(book["Tổng hợp"].iter_rows(min_row=HEAD + 1, values_only=True))
    assert [(r[0], r[1] or "") for r in rows] == [(t.code, t.part) for t in TARGETS]
    assert rows[4][4:7] == (46_759, 59_860, 78.11)
    assert rows[4][7:10] == ("không thấp hơn", 80, "Chưa đạt")
    assert rows[0][7] == "dưới"


def test_an_absent_figure_says_what_is_missing(book):
    row = next(r for r in book["Tổng hợp"].iter_rows(values_only=True) if r[1] == "doanh nghiệp")
    assert row[5] is None
    assert row[6].startswith("chưa có số liệu: thiếu tổng số doanh nghiệp")


def test_a_target_sheet_has_all_units_and_the_given_total(book):
    rows = list(book["CT 2.1 cha mẹ"].iter_rows(min_row=HEAD + 1, values_only=True))
    assert len(rows) == len(UNITS) + 1
    assert [r[1] for r in rows[:-1]] == [code for code, _ in UNITS]
    assert rows[-1][2:6] == ("Toàn huyện Thanh Trì", 46_759, 59_860, 78.11)
    assert rows[10][5] == "chưa có số liệu: thiếu danh sách hộ có trẻ em"


def test_unit_codes_keep_their_leading_zeros(book):
    cell = book["CT 1.2"].cell(HEAD + 1, 2)
    assert (cell.value, cell.data_type) == ("00640", "s")


def test_dates_are_dates(book):
    cell = book["Gửi báo cáo"].cell(HEAD + 1, 4)
    assert cell.value == datetime(2024, 11, 25)
    assert cell.number_format == "dd/mm/yyyy"


def test_number_formats_follow_the_locale(book):
    page = book["Kinh phí"]
    assert page.cell(HEAD + 1, 3).value == 780_000_000
    assert page.cell(HEAD + 1, 3).number_format == "#,##0"
    assert book["CT 1.3"].cell(HEAD + 1, 6).number_format == "#,##0.0"
    assert book["CT 1.1"].cell(HEAD + 1, 6).number_format == "#,##0.00"


def test_there_is_no_formula_anywhere(book):
    assert not [c.coordinate for c in cells(book) if c.data_type == "f"]


@pytest.mark.parametrize("start", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1",
                                   "=HYPERLINK(\"http://x\")", "http://x.vn", "12345"])  # fmt: skip
def test_typed_text_is_only_text(start):
    unit = UnitLine(start, start, 1, 2, Decimal(50), start)
    target = TargetLine("9.9", start, start, start, 1, 2, Decimal(50), Decimal(1), note=start,
                        definition=start, by_unit=(unit,))  # fmt: skip
    report = replace(REPORT, targets=(target,), subject=start, unit_name=start,
                     budget=(BudgetLine(start, 1, 1, 1, start),), distribution=start)  # fmt: skip
    book = render(report)
    assert not [c.coordinate for c in cells(book) if c.data_type == "f"]
    assert not [c.coordinate for c in cells(book) if c.hyperlink]
    assert book["Tổng hợp"].cell(HEAD + 1, 3).value == start.strip()
    assert book["Tổng hợp"].cell(HEAD + 1, 3).data_type == "s"


def test_every_sheet_is_ready_to_print(book):
    for page in book:
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.paperSize in (9, "9")
        assert page.print_title_rows == f"${HEAD}:${HEAD}"
        assert page.freeze_panes is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage


def test_no_figure_is_wider_than_its_column():
    report = replace(REPORT, budget=(BudgetLine("NSNN", 10**15, 10**15, 10**15),))
    page = render(report)["Kinh phí"]
    assert page.column_dimensions["C"].width > len("1.000.000.000.000.000")


def test_sheet_names_are_legal_and_unlike():
    long = "một phần rất dài [có] dấu: / ? * \\ ' và hơn nữa"
    targets = tuple(replace(TARGETS[0], part=part) for part in (long, long, long.upper()))
    names = render(replace(REPORT, targets=targets)).sheetnames
    assert len({n.casefold() for n in names}) == len(names)
    assert all(len(n) <= 31 for n in names)


def test_the_notes_tell_where_the_figures_come_from(book):
    notes = dict(book["Ghi chú"].iter_rows(min_row=HEAD + 1, max_col=2, values_only=True))
    assert notes["Lưu ý"] == "SỐ LIỆU GIẢ ĐỊNH ĐỂ TRÌNH DIỄN"
    assert notes["Số, ký hiệu"] == "05/BC-UBND"
    assert notes["Số liệu chốt lúc"] == "10:30 ngày 02/12/2024"
    assert notes["Mã bộ định nghĩa chỉ tiêu"] == REPORT.definition_hash
    assert notes["Mức độ bảo mật"] == "Lưu hành nội bộ"
    assert notes["Số dòng của trang CT 1.3"] == 16
    assert notes["Cách tính 1.1"].startswith("Số ước lượng người 5-17 tuổi")


def test_demonstration_is_said_on_every_sheet(book):
    for page in book:
        assert page["A3"].value == "SỐ LIỆU GIẢ ĐỊNH ĐỂ TRÌNH DIỄN"
        assert "GIẢ ĐỊNH" in page.oddFooter.center.text


def test_a_path_can_be_given(tmp_path):
    render_excel(replace(REPORT, is_demo=False), tmp_path / "r.xlsx")
    assert load_workbook(tmp_path / "r.xlsx")["Tổng hợp"]["A3"].value is None
