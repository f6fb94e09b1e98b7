"""Legal time limits of the procedure as dated rules, and the days they give.

Three kinds of clock (domain, 10.6): clock hours run round the clock; working days skip week-ends,
Vietnamese public holidays and swapped days; calendar days skip nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as translated

from tuoitho.cases.models.limit import StepRule, Surety, UnitOfTime
from tuoitho.cases.parameters import Cessation, Schedule, cessation, visit_schedule
from tuoitho.lib.hanoi import day_of
from tuoitho.lib.transaction_memory import asked_once, forget
from tuoitho.lib.workdays import add_working_days
from tuoitho.plan.calendar import swapped_days

_MEMORY = "cases.step_rules"
PACKAGED = Path(__file__).parent / "data" / "time_limits.yaml"


@dataclass(frozen=True)
class Rule:
    """How long one step may take.

    ``starts`` says what begins the limit, ``stops`` what ends it; the day of the first event is not
    counted for limits in days (Bộ luật Dân sự Điều 147). ``valid_from`` is the first day the rule
    is in force, ``valid_until`` the first day it is not (None: still in force). ``surety`` says how
    sure we are (V read, V* second-hand, P partly, M memory, I our own).
    """

    step: str
    what: str
    amount: int
    unit: str
    starts: str
    who: str
    article: str
    valid_from: date
    valid_until: date | None = None
    legal: bool = True
    stops: str = ""
    instrument: str = ""
    surety: str = Surety.READ
    note: str = ""
    key: int | None = None

    @property
    def basis(self) -> str:
        """Article and instrument, as officials write them."""
        if not self.instrument:
            return translated(self.article)
        return f"{self.article} {self.instrument}"


@cache
def packaged_rules() -> tuple[Rule, ...]:
    """The rules that come with the package, as ``data/time_limits.yaml`` has them."""
    rows = yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))
    return tuple(Rule(valid_from=row.pop("from"), **row) for row in rows)


def rules() -> Sequence[Rule]:
    """All dated rules of the database, every step's in order of time (one query a transaction)."""
    return asked_once(_MEMORY, _asked)


def _asked() -> list[Rule]:
    return [
        Rule(
            row.step, row.what, row.amount, row.unit, row.starts, row.who, row.article, row.since,
            row.until, row.legal, row.stops, row.instrument, row.surety, row.note, row.pk,
        )
        for row in StepRule.objects.order_by("step", "valid")
    ]  # fmt: skip


def forget_rules() -> None:
    """Ask again: after a rule has changed in this transaction."""
    forget(_MEMORY)


def rule(step: str, day: date) -> Rule:
    """The rule of ``step`` in force on ``day``. Raises LookupError when there is none."""
    for candidate in rules():
        ended = candidate.valid_until is not None and candidate.valid_until <= day
        if candidate.step == step and candidate.valid_from <= day and not ended:
            return candidate
    raise LookupError(f"no time limit for {step!r} on {day:%Y-%m-%d}")


def last_moment(limit: Rule, start: datetime) -> datetime:
    """When a limit in clock hours that began at ``start`` (aware) ends; nights and Tết count.

    Raises ValueError for a limit in days.
    """
    if limit.unit != UnitOfTime.CLOCK_HOURS:
        raise ValueError(f"{limit.step} is not counted in hours")
    return start + timedelta(hours=limit.amount)


def last_day(limit: Rule, start: date, swapped: Mapping[date, bool]) -> date:
    """The last day of a limit in days that began with an event on ``start``.

    ``swapped`` overrides single days (True works, False off). Raises ValueError for hours.
    """
    if limit.unit == UnitOfTime.CALENDAR_DAYS:
        return start + timedelta(days=limit.amount)
    if limit.unit == UnitOfTime.WORKING_DAYS:
        return add_working_days(start, limit.amount, swapped)
    raise ValueError(f"{limit.step} is counted in hours")


def due_moment(step: str, start: datetime) -> datetime:
    """When the limit in clock hours of ``step`` that began at ``start`` (aware) ends."""
    return last_moment(rule(step, day_of(start)), start)


def due_day(step: str, start: date, swapped: Mapping[date, bool] | None = None) -> date:
    """The last day of the limit of ``step`` that began with an event on ``start``.

    ``swapped`` overrides single days; None asks the calendar of the plan. Raises ValueError for a
    limit in hours.
    """
    return last_day(rule(step, start), start, swapped_days() if swapped is None else swapped)


def next_visit_day(
    support_since: date, last_visit: date | None, schedule: Schedule | None = None
) -> date:
    """The next day of the schedule after the last visit (None: not yet visited).

    A visit settles every scheduled day up to a week after it, so that one made a few days early is
    not asked for again. ``schedule`` None: the one in force when support began.
    """
    schedule = schedule or visit_schedule(support_since)
    if last_visit is None:
        return support_since + timedelta(days=schedule.days[0])
    settled = last_visit + timedelta(days=schedule.settles)
    for days in schedule.days:
        planned = support_since + timedelta(days=days)
        if planned > settled:
            return planned
    return last_visit + timedelta(days=max(schedule.interval, schedule.settles + 1))


def cessation_day(visits: list[tuple[date, bool]], needed: Cessation | None = None) -> date | None:
    """The day child labour counts as stopped, or None while it does not.

    ``visits``: (day, clear) in order of time; clear means that no child labour was found. It has
    stopped when the latest run of clear visits has at least two and spans at least 90 days
    (parameters, ``needed``; None asks for those of the last visit's day); the answer is the last
    visit of the run. A visit that is not clear starts again.
    """
    run: list[date] = []
    for day, clear in visits:
        run = [*run, day] if clear else []
    if not run:
        return None
    needed = needed or cessation(run[-1])
    if len(run) < needed.visits or (run[-1] - run[0]).days < needed.days:
        return None
    return run[-1]
