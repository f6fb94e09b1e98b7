"""What people may type, and what is refused with which words."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.lib.hanoi import HANOI
from tuoitho.ui.fields import (
    DecimalVNField,
    MoneyField,
    NameField,
    VietnameseDateField,
    VietnameseDateTimeField,
)

FIELDS = [
    VietnameseDateField(),
    VietnameseDateTimeField(),
    DecimalVNField(),
    DecimalVNField(decimal_places=4),
    MoneyField(),
    NameField(),
]


@pytest.mark.parametrize(
    "typed",
    [
        "05/03/2021",
        "5/3/2021",
        " 5 / 3 / 2021 ",
        "05-03-2021",
        "5.3.2021",
        "05032021",
        "2021-03-05",
    ],
)
def test_a_day_is_taken_as_people_write_it(typed):
    assert VietnameseDateField().clean(typed) == date(2021, 3, 5)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("31/02/2012", "lịch"),
        ("2021-02-30", "lịch"),
        ("12/13/2012", "ngày/tháng/năm"),
        ("5/3/21", "bốn chữ số"),
        ("5/3/20211", "bốn chữ số"),
        ("01/01/0001", "1900"),
        ("hôm qua", "ngày/tháng/năm"),
        ("٠٥/٠٣/٢٠٢١", "ngày/tháng/năm"),
        ("05/03/2021; DROP TABLE", "ngày/tháng/năm"),
    ],
)
def test_a_wrong_day_is_explained(typed, word):
    with pytest.raises(ValidationError, match=word):
        VietnameseDateField().clean(typed)


def test_a_day_is_shown_as_it_is_typed():
    class Form(forms.Form):
        day = VietnameseDateField(initial=date(2021, 3, 5))
        moment = VietnameseDateTimeField(initial=datetime(2021, 3, 5, 18, 30, tzinfo=UTC))

    html = Form().as_p()
    assert 'value="05/03/2021"' in html
    assert 'value="06/03/2021 01:30"' in html


@pytest.mark.parametrize(
    "typed",
    [
        "05/03/2021 14:30",
        "14:30 05/03/2021",
        "5-3-2021 14h30",
        "14g30, 5/3/2021",
        "2021-03-05T14:30",
    ],
)
def test_a_moment_is_hanoi_time(typed):
    assert VietnameseDateTimeField().clean(typed) == datetime(2021, 3, 5, 14, 30, tzinfo=HANOI)


@pytest.mark.parametrize("typed", ["05/03/2021", "14:30", "05/03/2021 25:00", "05/03/2021 1:2:3:4"])
def test_half_a_moment_is_refused(typed):
    with pytest.raises(ValidationError):
        VietnameseDateTimeField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.250.000", "1250000"),
        ("1,250,000", "1250000"),
        ("1 250 000", "1250000"),
        ("1.234", "1234"),
        ("-2,5", "-2.5"),
        ("0,5", "0.5"),
    ],
)
def test_a_number_is_taken_when_it_can_be_read_one_way(typed, number):
    assert DecimalVNField().clean(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["1,234", "1.23.4", "1,2,3", "12.34,5", "1e5", "NaN", "∞", "--1", ".", ",5", "١٢"]
)
def test_a_number_of_two_readings_or_none_is_refused(typed):
    with pytest.raises(ValidationError):
        DecimalVNField().clean(typed)


def test_with_many_decimals_the_dot_is_doubtful_and_the_comma_is_not():
    field = DecimalVNField(decimal_places=4)
    assert field.clean("1,234") == Decimal("1.234")
    with pytest.raises(ValidationError):
        field.clean("1.234")


@pytest.mark.parametrize(
    "typed", ["1.250.000", "1250000", "1.250.000 đồng", "1,250,000đ", "1250000 VND"]
)
def test_money_is_whole_dong(typed):
    assert MoneyField().clean(typed) == 1250000


@pytest.mark.parametrize("typed", ["1.250,5", "-5", "1,5", "12 triệu", "9" * 16])
def test_money_has_no_fractions_and_no_minus(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_money_is_shown_in_groups():
    class Form(forms.Form):
        amount = MoneyField(initial=Decimal("1250000"))

    assert 'value="1.250.000"' in Form().as_p()


def test_a_name_is_tidied():
    assert NameField().clean("  Nguyễn\u0303  Thị   Đào ".replace("\u0303", "")) == "Nguyễn Thị Đào"
    assert NameField().clean("Nguye\u0302\u0303n") == "Nguyễn"
    assert NameField().clean("H'Hen Niê") == "H'Hen Niê"


@pytest.mark.parametrize(
    "typed", ["Lan 2", "<b>Lan</b>", "Lan\u202eabc", "Lan\u200b", "La\x07n", "=Lan", "...", "Lan😀"]
)
def test_a_name_has_no_digits_signs_or_invisible_characters(typed):
    with pytest.raises(ValidationError):
        NameField().clean(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_there_is_an_answer(typed):
    for field in FIELDS:
        with suppress(ValidationError):  # anything else is a bug
            field.clean(typed)
