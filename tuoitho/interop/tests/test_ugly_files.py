"""The ugly files kept in ``ugly/``: the same two children read out of each, or a clear refusal."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tuoitho.interop.sheets import read_sheets
from tuoitho.interop.tables import Table, find_table
from tuoitho.people.importers import SheetRow, read_row
from tuoitho.units.models import Unit

UGLY = Path(__file__).parent / "ugly"
OTHERS = "two-columns-by-sex.xlsx"  # years only
READ = sorted(p.name for p in UGLY.iterdir() if p.suffix in (".xlsx", ".csv")
              and not p.name.startswith("refused") and p.name != OTHERS)  # fmt: skip
CHILDREN = [
    ("Nguyễn Văn An", date(2014, 6, 1), "male", "Nguyễn Văn Hùng", "Thôn Nội"),
    ("Trần Thị Đường", date(2012, 3, 5), "female", "Trần Văn Lợi", "Thôn Ngoại"),
]
REFUSED = {
    "refused-macro.xlsx": "macro", "refused-bomb.xlsx": "phình", "refused-locked.xlsx": "mật khẩu",
    "refused-old.xls": ".xls cũ", "refused-torn.xlsx": "hỏng", "refused-wide.csv": "cột",
    "refused-page.xls": "HTML", "refused-picture.xlsx": "PNG",
}  # fmt: skip
FACTS = ("full_name", "birth_date", "sex", "head_name", "hamlet")


def table_of(name: str, sheet: str = "") -> Table:
    return find_table(read_sheets(name, (UGLY / name).read_bytes()), sheet)


def read(table: Table) -> list[SheetRow]:
    unit = Unit(name="Xã Thanh Trì", folded_name="xa thanh tri")
    return [read_row(row, table.places, unit, date(2026, 6, 1)) for _line, row in table.rows]


@pytest.mark.parametrize("name", READ)
def test_the_same_two_children_are_in_each(name):
    rows = read(table_of(name))
    assert [tuple(row.facts[f] for f in FACTS) for row in rows[:2]] == CHILDREN
    assert not rows[0].problems
    assert not rows[1].problems


@pytest.mark.parametrize(("name", "words"), REFUSED.items())
def test_hostile_files_are_refused_in_words(name, words):
    with pytest.raises(ValidationError, match=words):
        table_of(name)


def test_none_is_forgotten():
    assert {p.name for p in UGLY.glob("refused-*")} == set(REFUSED)
    assert len(READ) >= 16


@pytest.mark.parametrize(("name", "note"), [
    ("tcvn3.xlsx", "TCVN3 (ABC)"), ("vni.csv", "VNI-Windows"), ("formulas.xlsx", "A2, A4"),
    ("several-sheets.xlsx", "“Bìa”"), ("capitals-and-serials.xlsx", "2 tên viết hoa"),
])  # fmt: skip
def test_how_it_was_read_is_said(name, note):
    assert any(note in sentence for sentence in table_of(name).notes)


def test_a_formula_without_a_value_is_named_in_its_row():
    problems = read(table_of("formulas.xlsx"))[2].problems
    assert {p.column for p in problems} == {"Họ và tên trẻ"}
    assert "công thức" in problems[0].message
    assert not any("viết hoa" in note for note in table_of("formulas.xlsx").notes)


def test_blank_rows_and_counted_columns_are_no_children():
    table = table_of("two-row-headings.xlsx")
    assert [line for line, _row in table.rows] == [7, 8]
    assert table.heading_line == 5


def test_a_sheet_is_chosen_by_name():
    with pytest.raises(ValidationError, match="tiêu đề"):
        table_of("several-sheets.xlsx", "bìa")
    with pytest.raises(ValidationError, match="Ghi chú"):
        table_of("several-sheets.xlsx", "Không có")
    assert table_of("several-sheets.xlsx", "trẻ").sheet_name == "Trẻ"


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A1", "#REF!", " =1+1"])
def test_a_formula_as_text_is_never_a_fact(cell):
    table = find_table(read_sheets("a.csv", f"Họ và tên,Ghi chú\nLê An,{cell}\n".encode()))
    (row,) = read(table)
    assert [p.column for p in row.problems] == ["Ghi chú"]


def test_the_column_of_a_sex_tells_the_sex_and_the_year():
    an, duong, marked, both, named_so = read(table_of(OTHERS))
    assert [(r.facts["sex"], r.facts["age_range"]) for r in (an, duong)] == [
        ("male", (11, 12)), ("female", (13, 14)),
    ]  # fmt: skip
    assert (marked.facts["sex"], marked.facts["age_range"], marked.problems) == ("male", None, [])
    assert {p.column for p in both.problems} == {"Năm sinh Nam", "Năm sinh Nữ"}
    assert (named_so.facts["full_name"], named_so.problems) == ("Tống Văn Cộng", [])


def test_a_row_of_totals_is_named_and_passed_over():
    assert "Bỏ qua dòng tổng cộng: 7." in table_of(OTHERS).notes


def test_nam_alone_is_a_cell_not_a_heading():
    table = find_table(read_sheets("a.csv", "Họ tên,Giới tính\nLê An,Nam\nLê Bé,Nữ\n".encode()))
    assert (table.heading_line, len(table.rows)) == (1, 2)


def test_a_birth_in_the_column_of_the_other_sex_is_named():
    lines = "Họ tên,Giới tính,Năm sinh Nam,Năm sinh Nữ\nLê An,Nữ,2014,\n"
    (row,) = read(find_table(read_sheets("a.csv", lines.encode())))
    assert [(p.column, p.message) for p in row.problems] == [
        ("Năm sinh Nam", "Khác với cột giới tính.")
    ]


def test_capitals_can_be_kept():
    table = table_of("capitals-and-serials.xlsx")
    unit = Unit(name="Xã Thanh Trì", folded_name="xa thanh tri")
    kept = read_row(table.rows[0][1], table.places, unit, date(2026, 6, 1), capitals_kept=True)
    assert kept.facts["full_name"] == "NGUYỄN VĂN AN"
