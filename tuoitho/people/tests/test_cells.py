"""What people write into cells, and what it means."""

import contextlib
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.people import cells
from tuoitho.people.importers import COLUMNS, read_row
from tuoitho.people.importers.columns import BY_KEY, heading_key
from tuoitho.units.models import Unit

DAY = date(2014, 6, 1)
ON = date(2026, 6, 1)


@pytest.mark.parametrize(
    "cell",
    ["01/06/2014", "1/6/2014", "1.6.2014", "1-6-2014", "2014-06-01", "2014-06-01 00:00:00", 41791,
     41791.0, "41791", "'01/06/2014", "2014/06/01", "2014.6.1", "01062014", "1 6 2014",
     "ngày 1 tháng 6 năm 2014", "Ngày 01 tháng 06 năm 2014", "01-Jun-2014", "1/6/2014 00:00",
     "2014-06-01T00:00:00"],
)  # fmt: skip
def test_days(cell):
    assert cells.day(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2014",
        "x",
        "1/6/14",
        "1-Abc-2014",
        "ngày 31 tháng 2 năm 2014",
        "1/6/2014 14:30",
        5.0,
        float("inf"),
        float("nan"),
    ],
)
def test_what_is_no_day(cell):
    with pytest.raises(ValidationError):
        cells.day(cell)


@given(st.dates(date(1940, 1, 1), date(2099, 12, 31)))
def test_every_serial_of_excel_comes_back(day):
    assert cells.day(float((day - cells.EXCEL_DAY_0).days)) == day


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (cells.birth, "--/--/2012", (None, 2012)), (cells.birth, "00/00/2012", (None, 2012)),
        (cells.birth, "năm 2012", (None, 2012)), (cells.birth, 2012, (None, 2012)),
        (cells.birth, "1/6/2014", (DAY, None)), (cells.name, "NGUYỄN THỊ HÀ", "Nguyễn Thị Hà"),
        (cells.name, "NGUYễN V¡N", "Nguyễn V¡n"), (cells.name, "Đào Thị K", "Đào Thị K"),
        (cells.name, "nguyễn an", "nguyễn an"), (cells.name, None, ""),
        (cells.birth, "2012", (None, 2012)),
        (cells.ages, "12-14", (12, 14)), (cells.ages, 13.0, (13, 13)),
        (cells.ages, "khoảng 13 tuổi", (13, 13)), (cells.sex, " NỮ ", "female"),
        (cells.sex, None, "unknown"), (cells.poverty, "Hộ cận nghèo", "near_poor"),
        (cells.poverty, "", ""), (cells.schooling, "Bỏ học", "dropped_out"),
        (cells.group, "d", "10.1.d"), (cells.group, "Đ)", "10.1.đ"),
        (cells.group, "10.1.h", "10.1.h"), (cells.number, 1214012345.0, "001214012345"),
        (cells.number, "001214012345", "001214012345"), (cells.phone, 912345678, "0912345678"),
        (cells.whole, "lớp 7", 7), (cells.whole, None, None),
    ],
)  # fmt: skip
def test_meanings(parse, cell, value):
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell"),
    [(cells.sex, "x"), (cells.poverty, "giàu"), (cells.schooling, "?"), (cells.group, "z"),
     (cells.ages, "nhỏ"), (cells.whole, "bảy")],
)  # fmt: skip
def test_what_has_no_meaning_is_said(parse, cell):
    with pytest.raises(ValidationError):
        parse(cell)


@given(
    st.lists(st.one_of(st.none(), st.floats(), st.integers(), st.text(max_size=30)), max_size=21)
)
def test_no_row_can_break_the_reading(row):
    unit = Unit(name="Xã Thanh Trì", folded_name="xa thanh tri")
    read = read_row(row, dict(enumerate(COLUMNS)), unit, ON)
    assert all(problem.message for problem in read.problems)


LETTERS = st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọ")
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=5)


@given(WORDS)
def test_a_name_in_capitals_is_the_same_name_and_stays_what_it_became(words):
    once = cells.name(" ".join(words).upper())
    assert once.casefold() == " ".join(words).casefold()
    assert cells.name(once) == once


@given(st.dates(date(1940, 1, 1), date(2099, 12, 31)))
def test_a_day_is_the_same_in_every_way_of_writing(day):
    written = [
        f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day:%d%m%Y}",
        f"{day:%Y/%m/%d}", day.isoformat(), f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day:%d-%b-%Y}", f"'{day.day}/{day.month}/{day.year}",
    ]  # fmt: skip
    assert {cells.day(cell) for cell in written} == {day}


@given(st.one_of(st.none(), st.floats(), st.integers(), st.text(max_size=40)))
def test_any_cell_is_the_same_day_again_or_a_sentence(cell):
    for parse in (cells.day, cells.birth):
        with contextlib.suppress(ValidationError):
            assert parse(cell) is None or parse(cell) == parse(cells.text(cell) or cell)


def test_no_two_columns_answer_to_one_heading():
    words = [heading_key(w) for c in COLUMNS for w in (c.heading, *c.others)]
    assert len(set(words)) == len(BY_KEY)
    for column in COLUMNS:
        assert BY_KEY[heading_key(column.heading)] == column


def test_every_wrong_cell_is_named():
    unit = Unit(name="Xã Thanh Trì", folded_name="xa thanh tri")
    places = dict(enumerate(COLUMNS))
    names = [c.name for c in COLUMNS]
    row: list[object] = [None] * len(COLUMNS)
    wrong = {
        "full_name": "An 9", "birth": "30/02/2014", "sex": "?", "national_id": "12",
        "commune": "Xã Đại Thanh", "grade": 15,
    }  # fmt: skip
    for name, cell in wrong.items():
        row[names.index(name)] = cell
    read = read_row(row, places, unit, ON)
    assert {p.column for p in read.problems} == {
        "Họ và tên trẻ", "Ngày sinh", "Giới tính", "Số định danh cá nhân", "Xã, phường", "Lớp",
    }  # fmt: skip
