"""Full years of age, from a birth date or from an estimate made on a day."""

from datetime import date

ADULT = 18  # Bộ luật Lao động 2019 Đ143.1: a minor worker is below 18


def years_between(start: date, day: date) -> int:
    """Full years from ``start`` to ``day``; who is born on 29 February completes one on 1 March of
    a common year. Negative when ``day`` comes first."""
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))


def years_before(day: date, years: int) -> date:
    """The latest birth date of someone who has completed ``years`` full years on ``day``."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def moved_range(low: int, high: int, seen_on: date, day: date) -> tuple[int, int]:
    """The ages possible on ``day`` of someone who was ``low``..``high`` full years on ``seen_on``.

    A begun year may or may not have completed one more: the upper end counts it, the lower not.
    """
    years = years_between(seen_on, day)
    begun = years_before(day, years) != seen_on
    return max(0, low + years), max(0, high + years + (1 if begun else 0))
