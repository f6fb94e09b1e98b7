"""Visits against their schedule, and what stopped and began again, as a page shows it."""

from dataclasses import dataclass
from datetime import date, timedelta

from tuoitho.cases.models import Case, Cessation, Visit
from tuoitho.cases.parameters import Schedule, visit_schedule
from tuoitho.cases.states import State
from tuoitho.lib.hanoi import today

AHEAD = 3


@dataclass(frozen=True)
class Stop:
    """One day of the schedule: ``visit`` made for it, or None; ``slip``: days late (so far)."""

    planned: date
    visit: Visit | None
    slip: int

    @property
    def is_missed(self) -> bool:
        return self.visit is None and self.slip > 0


def planned_days(since: date, schedule: Schedule, until: date) -> list[date]:
    """The days of the schedule from ``since``, up to the first one after ``until``."""
    days = [since + timedelta(days=n) for n in schedule.days]
    while days[-1] <= until:
        days.append(days[-1] + timedelta(days=schedule.interval))
    last = next((n for n, day in enumerate(days) if day > until), len(days) - 1)
    return days[: last + 1]


def stops(since: date, schedule: Schedule, visits: list[Visit], day: date) -> list[Stop]:
    """Each planned day up to the next one, with the visit that settled it.

    A visit settles every planned day up to ``settles`` days after it that none settled before: a
    slipped day stays open, visibly late, until somebody comes.
    """
    left, found = sorted(visits, key=lambda v: v.on), []
    for planned in planned_days(since, schedule, day):
        early = planned - timedelta(days=schedule.settles)
        visit = next((v for v in left if v.on >= early), None)
        came = visit.on if visit else day
        found.append(Stop(planned, visit, max((came - planned).days, 0)))
    return found


@dataclass(frozen=True)
class FollowUp:
    stops: list[Stop]
    risk: str
    cessations: list[Cessation]

    @property
    def unverified(self) -> Cessation | None:
        """The latest cessation, while nobody else has verified it."""
        last = self.cessations[-1] if self.cessations else None
        return last if last is not None and not last.is_verified else None


def follow_up_of(case: Case) -> FollowUp | None:
    """None before support begins. ``case`` comes with its rows prefetched."""
    cessations = list(case.cessations.all())
    if case.supported_since is None:
        return FollowUp([], "", cessations) if cessations else None
    schedule = visit_schedule(case.supported_since, case.risk_level)
    visits = [v for v in case.visits.all() if v.on >= case.supported_since]
    day = case.closed_on or today()
    found = stops(case.supported_since, schedule, visits, day)
    if case.state not in (State.SUPPORTING, State.FOLLOWING):
        found = [stop for stop in found if stop.visit is not None]
    return FollowUp(found, str(case.get_risk_level_display()), cessations)
