"""Sixteen and eighteen: from which day the Law on Children, and the programme, no longer bind.

Luật Trẻ em Điều 1: a child is below 16. Whoever may still be younger is protected as a child, so
only a sure age counts.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from tuoitho.cases.models import Case
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child

CHILDREN_LAW_AGE = 16
ADULT_AGE = 18
SOON = timedelta(days=60)


def surely_from(child: Child, years: int) -> date | None:
    """The first day ``child`` has surely completed ``years``; None when nothing is known.

    Who is born on 29 February completes a year on 1 March of a common year.
    """
    if child.birth_date is not None:
        return _anniversary(child.birth_date, years)
    if child.age_low is None or child.age_seen_on is None:
        return None
    return _anniversary(child.age_seen_on, years - child.age_low)


def _anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def is_surely(child: Child, years: int, on: date) -> bool:
    """Whether ``child`` has surely completed ``years`` on that day."""
    day = surely_from(child, years)
    return day is not None and day <= on


@dataclass(frozen=True)
class Ages:
    """What a case page says about 16 and 18. ``sixteen``: turned during the case, or soon."""

    sixteen: date | None
    eighteen: date | None
    is_sixteen: bool
    is_adult: bool


def ages_of(case: Case, child: Child | None) -> Ages | None:
    """None when nothing has to be said: both birthdays are far, or the child is out of sight."""
    if child is None or not case.is_open:
        return None
    day = today()
    sixteen, eighteen = surely_from(child, CHILDREN_LAW_AGE), surely_from(child, ADULT_AGE)
    told = sixteen if sixteen and case.opened_on < sixteen <= day + SOON else None
    grown = eighteen if eighteen and eighteen <= day + SOON else None
    if told is None and grown is None:
        return None
    return Ages(told, grown, bool(told and told <= day), bool(grown and grown <= day))
