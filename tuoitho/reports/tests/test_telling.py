"""Who is told of a step, and what the clock does in the season of reports."""

import pytest
import time_machine

from tuoitho.access.person import acting_as
from tuoitho.jobs.actions import start_recurring
from tuoitho.jobs.registry import Every
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.notices.models import Notice
from tuoitho.reports.actions import accept_report, return_report
from tuoitho.reports.models import UnitReport
from tuoitho.reports.tests.make import DAY, make_report, make_sent


def told(user, kind):
    with acting_as(user):
        return Notice.objects.filter(to=user, kind=kind).count()


def morning(day):
    with time_machine.travel(f"{day}T06:00:00+07:00", tick=False):
        start_recurring(Every.DAY)
        run_jobs()


def test_the_standing_body_learns_of_a_report_sent(here, chung, hanh, thu):
    make_sent(make_report(here), chung)
    assert (told(hanh, "yearly.sent"), told(thu, "yearly.sent")) == (1, 0)


def test_its_own_people_learn_what_became_of_it(here, there, lan, chung, hanh, thu):
    report = make_report(here)
    make_sent(report, chung)
    return_report(report, reason="Thiếu kinh phí", by=hanh, on=DAY)
    assert [told(p, "yearly.returned") for p in (lan, chung, thu, hanh)] == [1, 1, 0, 0]
    other = make_report(there, "sent")
    accept_report(other, by=hanh, on=DAY)
    assert (told(thu, "yearly.accepted"), told(lan, "yearly.accepted")) == (1, 0)


def test_the_list_opens_by_itself_on_the_first_day_of_reminding(area, hanh):
    morning("2025-10-24")
    assert not UnitReport.objects.exists()
    morning("2025-10-25")
    assert UnitReport.objects.of_year(2025).count() == 16
    morning("2025-10-26")
    assert UnitReport.objects.of_year(2025).count() == 16


@pytest.mark.parametrize(
    ("day", "kind", "times"),
    [
        ("2025-11-09", "yearly.due", 0),
        ("2025-11-10", "yearly.due", 1),
        ("2025-11-23", "yearly.due", 1),
        ("2025-11-25", "yearly.late", 1),
        ("2025-11-26", "yearly.late", 0),
    ],
)
def test_who_owes_is_reminded_on_the_days_of_the_plan(here, lan, thu, day, kind, times):
    make_report(here, "draft")
    make_report(thu.home().unit, "sent")
    morning(day)
    assert told(lan, kind) == times
    assert told(thu, kind) == 0
