"""Legal time limits of the procedure as dated rules, and the days they give.

Three kinds of clock (domain, 10.6): clock hours run round the clock; working days skip week-ends,
Vietnamese public holidays and swapped days; calendar days skip nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.due import DueItem
from tuoitho.lib.workdays import add_working_days
from tuoitho.plan.calendar import swapped_days

ND_56 = "Nghị định 56/2017/NĐ-CP"
IN_FORCE_SINCE = date(2017, 7, 1)


class UnitOfTime(StrEnum):
    CLOCK_HOURS = "clock_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True)
class Rule:
    """How long one step may take.

    ``starts`` says what begins the limit; the day of that event is not counted for limits in days
    (Bộ luật Dân sự Điều 147). ``valid_from`` is the first day the rule is in force, ``valid_until``
    the first day it is not (None: still in force).
    """

    step: str
    what: str | Promise
    amount: int
    unit: UnitOfTime
    starts: str | Promise
    who: str | Promise
    article: str
    valid_from: date = IN_FORCE_SINCE
    valid_until: date | None = None
    legal: bool = True

    @property
    def basis(self) -> str:
        """Article and instrument, as officials write them."""
        return f"{self.article} {ND_56}" if self.legal else self.article


_WORKER = _("người làm công tác bảo vệ trẻ em cấp xã")
_CHAIR = _("Chủ tịch Ủy ban nhân dân cấp xã")
_PROGRAMME = "Lịch theo dõi của chương trình"

RULES: tuple[Rule, ...] = (
    Rule("forward", _("Chuyển tin báo đến xã nơi xảy ra vụ việc"), 0, UnitOfTime.CLOCK_HOURS,
         _("khi tiếp nhận tin báo"), _("nơi tiếp nhận thông tin"), "khoản 1 Điều 26"),
    Rule("first_response", _("Đánh giá ban đầu; nếu khẩn cấp thì áp dụng biện pháp"), 12,
         UnitOfTime.CLOCK_HOURS, _("khi nhận được thông tin"), _CHAIR, "khoản 3 Điều 26, Điều 31"),
    # Đ28 counts from the assessment; Đ27 sets no limit for Mẫu 03 between the two. We start at the
    # first assessment that found a need (Mẫu 02): the earlier day, so that nobody waits longer.
    Rule("plan", _("Dự thảo và trình kế hoạch hỗ trợ, can thiệp"), 5, UnitOfTime.WORKING_DAYS,
         _("ngày đánh giá ban đầu thấy trẻ cần hỗ trợ"), _WORKER, "khoản 1 Điều 28"),
    Rule("approval", _("Phê duyệt kế hoạch"), 2, UnitOfTime.WORKING_DAYS,
         _("ngày trình kế hoạch"), _CHAIR, "khoản 4 Điều 28"),
    Rule("separation", _("Tạm thời cách ly khỏi môi trường gây hại, kể cả gia hạn"), 15,
         UnitOfTime.CALENDAR_DAYS, _("ngày bắt đầu cách ly"), _CHAIR, "Điều 32"),
    Rule("visit", _("Thăm hộ theo lịch"), 30, UnitOfTime.CALENDAR_DAYS,
         _("ngày bắt đầu hỗ trợ, rồi mỗi lần thăm"), _WORKER, _PROGRAMME, legal=False),
)  # fmt: skip

# Days after support begins on which the child is visited; afterwards every VISIT_INTERVAL days.
VISIT_SCHEDULE: tuple[int, ...] = (30, 90, 180)
VISIT_INTERVAL = 90
# Cessation: clear at every visit of a run of two or more that spans at least so many days.
CESSATION_VISITS = 2
CESSATION_DAYS = 90


def rule(step: str, day: date) -> Rule:
    """The rule of ``step`` in force on ``day``. Raises LookupError when there is none."""
    for candidate in RULES:
        ended = candidate.valid_until is not None and candidate.valid_until <= day
        if candidate.step == step and candidate.valid_from <= day and not ended:
            return candidate
    raise LookupError(f"no time limit for {step!r} on {day:%Y-%m-%d}")


def due_moment(step: str, start: datetime) -> datetime:
    """When a limit in clock hours that began at ``start`` (aware) ends; nights and Tết count."""
    limit = rule(step, start.date())
    if limit.unit is not UnitOfTime.CLOCK_HOURS:
        raise ValueError(f"{step} is not counted in hours")
    return start + timedelta(hours=limit.amount)


def due_day(step: str, start: date, swapped: Mapping[date, bool] | None = None) -> date:
    """The last day of a limit in days that began with an event on ``start``.

    ``swapped`` overrides single days (True works, False off); None asks the calendar of the plan.
    Raises ValueError for a limit in hours.
    """
    limit = rule(step, start)
    if limit.unit is UnitOfTime.CALENDAR_DAYS:
        return start + timedelta(days=limit.amount)
    if limit.unit is UnitOfTime.WORKING_DAYS:
        days = swapped_days() if swapped is None else swapped
        return add_working_days(start, limit.amount, days)
    raise ValueError(f"{step} is counted in hours")


def next_visit_day(support_since: date, last_visit: date | None) -> date:
    """The next day of the schedule after the last visit (None: not yet visited).

    A visit settles every scheduled day up to a week after it, so that one made a few days early is
    not asked for again.
    """
    if last_visit is None:
        return support_since + timedelta(days=VISIT_SCHEDULE[0])
    settled = last_visit + timedelta(days=7)
    for days in VISIT_SCHEDULE:
        planned = support_since + timedelta(days=days)
        if planned > settled:
            return planned
    return last_visit + timedelta(days=VISIT_INTERVAL)


def cessation_day(visits: list[tuple[date, bool]]) -> date | None:
    """The day child labour counts as stopped, or None while it does not.

    ``visits``: (day, clear) in order of time; clear means that no child labour was found. It has
    stopped when the latest run of clear visits has at least two and spans at least 90 days; the
    answer is the last visit of the run. A visit that is not clear starts again.
    """
    run: list[date] = []
    for day, clear in visits:
        run = [*run, day] if clear else []
    if len(run) < CESSATION_VISITS or (run[-1] - run[0]).days < CESSATION_DAYS:
        return None
    return run[-1]


def due_items(user: Any) -> list[DueItem]:
    """What waits for ``user`` on reports and cases (see ``cases.due``)."""
    from tuoitho.cases.due import due_items as ask

    return ask(user)
