"""What the clock does every morning: call for the year's reports, remind those who owe them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.indicators.engine import plan_of
from tuoitho.jobs.registry import Args, Every, Work, register
from tuoitho.lib.hanoi import today
from tuoitho.plan.schema import Plan
from tuoitho.reports.actions import call_reports
from tuoitho.reports.actions.telling import tell_its_people
from tuoitho.reports.models import UnitReport
from tuoitho.units.models import Level, Unit


def _plan() -> Plan | None:
    try:
        return plan_of(today().year)
    except ValidationError:  # no plan: nobody owes a report
        return None


def _areas(args: Args, by: User) -> list[str]:
    """From the first day of reminding on; who is on the list already stays as he is."""
    plan, day = _plan(), today()
    if plan is None or day < plan.annual_report.reminders_on(day.year)[0]:
        return []
    areas = Unit.objects.filter(level=Level.AREA).as_of(day)
    return [str(pk) for pk in areas.order_by("pk").values_list("pk", flat=True)]


def _call_one(args: Args, key: str, by: User) -> str:
    day = today()
    called = call_reports(Unit.objects.get(pk=int(key)), day.year, by=by, on=day)
    return str(len(called)) if called else ""


def _owing(args: Args, by: User) -> list[str]:
    """On the plan's days of reminding, and on the day after the last one in time."""
    plan, day = _plan(), today()
    if plan is None:
        return []
    rule = plan.annual_report
    if day not in (*rule.reminders_on(day.year), rule.due_on(day.year) + timedelta(days=1)):
        return []
    rows = UnitReport.objects.of_year(day.year).undelivered()
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]


def _remind_one(args: Args, key: str, by: User) -> str:
    report = UnitReport.objects.select_related("unit").get(pk=int(key))
    kind = "yearly.late" if report.due_on < today() else "yearly.due"
    tell_its_people(report, kind, by=by)
    return ""


register(
    Work("reports.call", _("Mở danh sách báo cáo năm"), _areas, _call_one, every=Every.DAY)
)  # fmt: skip
register(
    Work("reports.remind", _("Nhắc hạn báo cáo năm"), _owing, _remind_one, every=Every.DAY)
)  # fmt: skip
