from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.dashboard import due
from tuoitho.dashboard.due import grouped, items_for, urgency
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import HANOI

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=HANOI)


def item(limit, what="Việc"):
    return DueItem(what=what, subject="", due=limit, url_name="plan:plan_detail")


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (date(2026, 3, 3), "overdue"),
        (datetime(2026, 3, 4, 9, 59, tzinfo=HANOI), "overdue"),
        (datetime(2026, 3, 4, 10, 1, tzinfo=HANOI), "today"),
        (date(2026, 3, 4), "today"),
        (datetime(2026, 3, 5, 0, 30, tzinfo=HANOI), "week"),
        (date(2026, 3, 11), "week"),
        (date(2026, 3, 12), "later"),
    ],
)
def test_a_day_lasts_until_its_end_and_a_moment_until_its_minute(limit, expected):
    assert urgency(item(limit), NOW) == expected


@given(st.lists(st.dates(date(2026, 2, 1), date(2026, 4, 30)), max_size=40))
def test_no_item_is_lost_and_none_is_shown_twice(days):
    groups = grouped([item(day) for day in days], NOW)
    shown = [row.item.due for group in groups for row in [*group.first, *group.rest]]
    assert sorted(shown) == sorted(days)


def test_the_nearest_limit_comes_first_whichever_room_it_is_from(monkeypatch):
    later, sooner = item(NOW + timedelta(hours=3), "B"), item(date(2026, 3, 3), "A")
    monkeypatch.setattr(due, "SOURCES", (lambda _user: [later], lambda _user: [sooner]))
    assert items_for(None) == [sooner, later]
