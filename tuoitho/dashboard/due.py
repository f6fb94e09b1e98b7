"""What is due for one person, from every room, in the order in which it must be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.activities.due import due_items as activities_due
from tuoitho.budget.due import due_items as budget_due
from tuoitho.cases.due import due_items as cases_due
from tuoitho.inspections.due import due_items as inspections_due
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import HANOI
from tuoitho.plan.due import due_items as plan_due
from tuoitho.reports.due import due_items as reports_due

SOURCES: tuple[Callable[[User], list[DueItem]], ...] = (
    cases_due,
    inspections_due,
    activities_due,
    budget_due,
    plan_due,
    reports_due,
)
SHOWN = 8  # rows of one group before the rest is folded away
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """An item with the address where it is done."""

    item: DueItem
    url: str


@dataclass(frozen=True)
class Group:
    """Items of one urgency: the first ones, and those folded away."""

    code: str
    label: str | Promise
    colour: str
    rows: list[Row]

    @property
    def first(self) -> list[Row]:
        return self.rows[:SHOWN]

    @property
    def rest(self) -> list[Row]:
        return self.rows[SHOWN:]


def items_for(user: User) -> list[DueItem]:
    """Everything due for ``user``, nearest limit first."""
    items = [item for source in SOURCES for item in source(user)]
    return sorted(items, key=lambda item: (item.moment, item.what, item.subject))


def grouped(items: list[DueItem], now: datetime) -> list[Group]:
    """All four groups, also the empty ones: overdue, today, the next seven days, later."""
    found: dict[str, list[Row]] = {"overdue": [], "today": [], "week": [], "later": []}
    for item in items:
        row = Row(item, reverse(item.url_name, args=item.url_args))
        found[urgency(item, now)].append(row)
    return [
        Group("overdue", _("Quá hạn"), "red", found["overdue"]),
        Group("today", _("Hôm nay"), "orange", found["today"]),
        Group("week", _("Trong 7 ngày tới"), "blue", found["week"]),
        Group("later", _("Sau đó"), "secondary", found["later"]),
    ]


def urgency(item: DueItem, now: datetime) -> str:
    """ "overdue", "today", "week" (until the end of the seventh day from today) or "later"."""
    if item.is_overdue(now):
        return "overdue"
    today, day = now.astimezone(HANOI).date(), item.moment.astimezone(HANOI).date()
    if day == today:
        return "today"
    return "week" if day <= today + WEEK else "later"
