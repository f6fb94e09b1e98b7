"""Working days of Việt Nam: Monday to Friday, without public holidays, with swapped days."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


def is_working_day(day: date, swapped: Mapping[date, bool]) -> bool:
    """Whether offices work on ``day``.

    ``swapped`` says otherwise for single days: True = works although a week-end or holiday,
    False = off although a week day (the yearly notice on swapped days).
    """
    if day in swapped:
        return swapped[day]
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add_working_days(start: date, count: int, swapped: Mapping[date, bool]) -> date:
    """The last day of a limit of ``count`` working days that begins the day after ``start``.

    Bộ luật Dân sự Đ147.2: the day of the event itself is not counted.
    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, swapped)
    return day
