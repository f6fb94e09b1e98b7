"""What waits for somebody among the reports of a year: one's own, those sent in, those missing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Min
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tuoitho.access.models import User
from tuoitho.indicators.engine import plan_of
from tuoitho.lib.due import DueItem, ListedPart, end_of_day, part_of
from tuoitho.lib.hanoi import today
from tuoitho.plan.due import programme_for
from tuoitho.plan.schema import Plan
from tuoitho.reports.actions.consolidating import WITHIN_DAYS
from tuoitho.reports.models import Consolidation, UnitReport, UnitReportQuerySet
from tuoitho.reports.speakers import own_reports, uncalled
from tuoitho.reports.states import State

ACCEPT_WITHIN_DAYS = 7  # days in which a report sent is accepted or returned: our own rule
NAMED = 3  # so many late bodies are named, the rest counted


def due_items(user: User) -> list[DueItem]:
    """The reports ``user`` has to write, sign or send, from the first day of reminding on; for the
    standing body also those to accept, those late, and the consolidated one."""
    return [*OWN.everything(user), *_of_the_others(user)]


def _plan(user: User) -> Plan | None:
    """The plan of this year, asked once for a page; None without one: nobody owes anything."""

    def ask() -> Plan | None:
        programme = programme_for(user)
        try:
            return plan_of(today().year) if programme is None else programme.plan
        except ValidationError:
            return None

    found: Plan | None = user.once("reports.plan", ask)
    return found


def _of_the_others(user: User) -> list[DueItem]:
    """What is worked out from sums: a report nobody has called for, and the standing body's."""
    day, writes = today(), user.may("reports.write")
    consolidates = user.may("reports.consolidate")
    plan = _plan(user) if writes or consolidates else None
    if plan is None:
        return []
    items = _uncalled(user, plan, day) if writes and day >= first_day(plan, day.year) else []
    return items + (_of_all(user, plan, day) if consolidates else [])


def first_day(plan: Plan, year: int) -> date:
    """The first day of reminding."""
    return plan.annual_report.reminders_on(year)[0]


def reminded(plan: Plan, day: date) -> int:
    """How many reminding days of this year have come."""
    return sum(reminder <= day for reminder in plan.annual_report.reminders_on(day.year))


def basis(plan: Plan) -> str:
    return f"{plan.header.number}, {plan.annual_report.paragraph}"


def _own(user: User) -> Any:
    if not user.may("reports.write") and not user.may("reports.sign"):
        return None
    if (plan := _plan(user)) is None:
        return None
    last = today() + timedelta(days=max(plan.annual_report.reminders_days))
    return own_reports(user).filter(due_on__lte=last)


def _own_item(report: UnitReport) -> DueItem:
    page = ("reports:report_detail", (report.pk,))
    return _item(
        plan_of(today().year), today(), report.name, DOES[State(report.state)], report.due_on, page
    )


def _uncalled(user: User, plan: Plan, day: date) -> list[DueItem]:
    due = plan.annual_report.due_on(day.year)
    return [
        _item(plan, day, reporter.name, DOES[State.OWED], due, ("reports:report_new", ()))
        for reporter in uncalled(user, day.year)
    ]  # fmt: skip


DOES = {
    State.OWED: gettext_lazy("đã viết, ký và gửi"),
    State.DRAFT: gettext_lazy("đã viết xong, ký và gửi"),
    State.SIGNED: gettext_lazy("đã gửi bản đã ký"),
    State.RETURNED: gettext_lazy("đã sửa theo lý do trả lại, ký và gửi lại"),
}


def _item(
    plan: Plan, day: date, name: str, done_by: str | Promise, due: date,
    page: tuple[str, tuple[object, ...]],
) -> DueItem:  # fmt: skip
    times = reminded(plan, day) if due.year == day.year else 0
    subject = _("%(name)s · đã nhắc %(n)s lần") % {"name": name, "n": times} if times else name
    return DueItem(
        what=_("Báo cáo năm %(year)s") % {"year": due.year}, subject=subject, due=due,
        url_name=page[0], url_args=page[1], basis=basis(plan), done_by=str(done_by),
    )  # fmt: skip


def _of_all(user: User, plan: Plan, day: date) -> list[DueItem]:
    """What the standing body does with the reports of others."""
    scope = user.scope("reports.consolidate")
    rows = UnitReport.objects.visible_to(user)
    rows = rows.filter(scope.covers())
    return [
        *_waiting(rows, plan),
        *_late(rows.of_year(day.year), plan, day),
        *_consolidated(user, plan, day),
    ]


def _waiting(rows: UnitReportQuerySet, plan: Plan) -> list[DueItem]:
    found = rows.waiting().aggregate(count=Count("pk"), first=Min("sent_on"))
    if not found["count"]:
        return []
    words = ngettext("%(n)s báo cáo đã gửi", "%(n)s báo cáo đã gửi", found["count"])
    return [
        DueItem(
            what=_("Tiếp nhận báo cáo năm"), subject=words % {"n": found["count"]},
            due=found["first"] + timedelta(days=ACCEPT_WITHIN_DAYS),
            url_name="reports:report_list", basis=basis(plan),
            done_by=_("tiếp nhận hoặc trả lại kèm lý do"),
        )
    ]  # fmt: skip


def _late(rows: UnitReportQuerySet, plan: Plan, day: date) -> list[DueItem]:
    missing = rows.undelivered().filter(due_on__lt=day).in_order()
    names = list(missing.values_list("name", flat=True))
    if not names:
        return []
    more = [_("%(n)s đơn vị khác") % {"n": len(names) - NAMED}] if len(names) > NAMED else []
    return [
        DueItem(
            what=_("Đôn đốc báo cáo năm còn thiếu"), subject=", ".join([*names[:NAMED], *more]),
            due=plan.annual_report.due_on(day.year), url_name="reports:report_list",
            basis=basis(plan), done_by=_("mọi đơn vị đã gửi"),
        )
    ]  # fmt: skip


def _consolidated(user: User, plan: Plan, day: date) -> list[DueItem]:
    """The consolidated report of this year, from the day after the units' last one."""
    due = plan.annual_report.due_on(day.year)
    sent = Consolidation.objects.visible_to(user).of_year(day.year).exclude(sent_on=None)
    if day <= due or sent.exists():
        return []
    return [
        DueItem(
            what=_("Báo cáo tổng hợp năm %(year)s") % {"year": day.year},
            subject=_("gửi %(whom)s") % {"whom": ", ".join(_short_names(plan))},
            due=due + timedelta(days=WITHIN_DAYS), url_name="reports:consolidation_detail",
            basis=basis(plan), done_by=_("đã ký và gửi"),
        )
    ]  # fmt: skip


def _short_names(plan: Plan) -> list[str]:
    names = {office.code: office.short_name for office in plan.offices}
    return [names.get(code, code) for code in plan.annual_report.consolidated_to]


def _listed(user: User) -> list[DueItem]:
    return [replace(item, kind=KIND) for item in _of_the_others(user)]


KIND, LABEL = "report", gettext_lazy("Báo cáo năm")
OWN = part_of(KIND, LABEL, _own, end_of_day("due_on"), _own_item, prefix="unitreport")
QUEUE = (OWN, ListedPart({KIND: LABEL}, _listed))
