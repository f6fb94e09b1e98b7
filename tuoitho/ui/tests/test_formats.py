"""How dates, numbers, money and time limits read."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tuoitho.lib.hanoi import HANOI
from tuoitho.ui import formats

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=HANOI)


def test_a_moment_is_shown_in_hanoi_time():
    late_in_london = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
    assert formats.vn_datetime(late_in_london) == "06/03/2026 01:30"
    assert formats.vn_date(late_in_london) == "06/03/2026"


def test_nothing_is_shown_for_nothing():
    assert formats.vn_date(None) == formats.vn_datetime(None) == formats.vn_number(None) == ""
    assert formats.vn_money(None) == formats.vn_percent(None) == formats.shown(None) == ""
    assert formats.due(None) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234.5, "1.234,5"),
        (Decimal("1250000"), "1.250.000"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("-0.0"), "0"),
        (-1234567, "-1.234.567"),
        (Decimal("0.10"), "0,1"),
        (float("nan"), "–"),
        ("abc", "abc"),
    ],
)
def test_numbers_have_dots_for_thousands_and_a_comma(value, text):
    assert formats.vn_number(value) == text


def test_places_round_half_up():
    assert formats.vn_number(Decimal("2.345"), 2) == "2,35"
    assert formats.vn_number(2, 1) == "2,0"


def test_money_and_shares():
    assert formats.vn_money(1250000) == "1.250.000 đồng"
    assert formats.vn_percent(0.125) == "12,5 %"
    assert formats.vn_percent(Decimal(1)) == "100 %"


@pytest.mark.parametrize(
    ("limit", "text", "overdue"),
    [
        (NOON - timedelta(minutes=1), "vừa quá hạn", True),
        (NOON - timedelta(hours=3), "quá hạn 3 giờ", True),
        (NOON - timedelta(days=2), "quá hạn 2 ngày", True),
        (NOON + timedelta(minutes=20), "còn 20 phút", False),
        (NOON + timedelta(hours=11, minutes=59), "còn 11 giờ", False),
        (NOON + timedelta(days=2), "còn 2 ngày", False),
        (date(2026, 3, 4), "quá hạn 1 ngày", True),
        (date(2026, 3, 5), "Hôm nay", False),
        (date(2026, 3, 6), "còn 1 ngày", False),
    ],
)
def test_a_limit_says_how_near_it_is(limit, text, overdue):
    found = formats.due(limit, NOON)
    assert (found.text, found.overdue) == (text, overdue)


def test_a_limit_names_the_exact_moment():
    assert formats.due(NOON.astimezone(UTC), NOON).title == "05/03/2026 12:00"


def test_initials_are_of_the_first_word_and_the_given_name():
    assert formats.initials("Nguyễn Thị Đào") == "NĐ"
    assert formats.initials("lan") == "L"
    assert formats.initials(" 12 ") == "?"


def test_a_year_is_not_grouped_but_a_large_count_is():
    assert formats.shown(2026) == "2026"
    assert formats.shown(12345) == "12.345"
    assert formats.shown(True) == "Có"
