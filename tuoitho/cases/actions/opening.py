"""Opening a case, adding news to it, sealing it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.clocks import keep_clocks, stop_report_clock
from tuoitho.cases.actions.report_steps import locked_report, tell_reporter
from tuoitho.cases.actions.steps import add_move, check_open, locked, moment_on, trace
from tuoitho.cases.coming_of_age import ADULT_AGE, CHILDREN_LAW_AGE
from tuoitho.cases.deadlines import due_moment
from tuoitho.cases.models import Case, Category, Report, ReportState, Screening
from tuoitho.cases.models.report import ReceiptState
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import day_of, today
from tuoitho.people.models import Child


@transaction.atomic
def open_case(
    child: Child,
    category: str,
    *,
    report: Report | None = None,
    screening: Screening | None = None,
    by: Actor,
    on: date,
    note: str = "",
) -> Case:
    """Open the file of a child in one of the three groups of target 1.2.

    The 12 hours run from the receipt of the report; without one, from the screening. A case of
    trafficking is sealed at once, and may leave the sight of who opened it. Raises ValidationError
    when the child has an open case, is an adult, or the day does not fit.
    """
    by.require("cases.screen", child)
    if category not in Category.values:
        raise ValidationError({"category": _("Hãy chọn nhóm của hồ sơ.")})
    report = locked_report(report) if report else None
    notified_at = _news(report, screening, on)
    _check_opening(child, report, notified_at, on)
    due = due_moment("first_response", notified_at)
    try:
        with transaction.atomic():
            case = Case.objects.create(
                child=child, unit_id=child.unit_id, category=category, opened_on=on,
                opened_unit=report.happened_unit if report else child.unit,
                opened_by=by.actor_name, report=report, notified_on=day_of(notified_at),
                outside_children_law=_is_outside_children_law(child, on),
                hazardous=screening.hazardous if screening else None,
                first_response_due_at=due, response_due_at=due, step_due_on=day_of(due),
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(_("Trẻ này đã có hồ sơ đang mở.")) from error
    add_move(case, "open", source="", by=by, on=on, note=note)
    _gather(case, report, on)
    keep_clocks(case, on)  # before sealing, which may take the case out of sight
    if category == Category.TRAFFICKED:
        _seal(case)
    trace("cases.open", case, by=by, on=on, after={"category": category})
    return case


def _news(report: Report | None, screening: Screening | None, on: date) -> datetime:
    """When the news came: the report, else the screening, else the day itself."""
    if report is not None:
        return report.received_at
    if screening is not None and day_of(screening.recorded_at) == screening.observed_on:
        return screening.recorded_at
    return moment_on(screening.observed_on if screening else on)


def _check_opening(child: Child, report: Report | None, notified_at: datetime, on: date) -> None:
    if on > today():
        raise ValidationError({"on": _("Ngày này chưa tới.")})
    if on < day_of(notified_at):
        raise ValidationError({"on": _("Ngày mở hồ sơ không thể trước ngày nhận tin.")})
    if report is not None and (report.case_id or report.state == ReportState.DISMISSED):
        raise ValidationError(_("Tin này đã được xử lý."))
    ages = child.age_range_on(on)
    if ages is not None and ages[0] >= ADULT_AGE:
        raise ValidationError(_("Người này đã đủ 18 tuổi."))


def _is_outside_children_law(child: Child, on: date) -> bool:
    """Surely 16 or older; whoever may be younger is protected as a child."""
    ages = child.age_range_on(on)
    return ages is not None and ages[0] >= CHILDREN_LAW_AGE


def _gather(case: Case, report: Report | None, on: date) -> None:
    """Put every report and screening of this child that is in no case yet into this one."""
    loose = Report.objects.filter(child=case.child_id, case=None).exclude(
        state=ReportState.DISMISSED
    )
    found = {r.pk: r for r in [*loose.select_for_update(), *([report] if report else [])]}
    for one in found.values():
        _put_into(one, case, on)
    Screening.objects.filter(child=case.child_id, case=None).update(case=case)


def _put_into(report: Report, case: Case, on: date) -> None:
    report.case, report.child_id, report.state = case, case.child_id, ReportState.IN_CASE
    report.sealed = case.sealed  # what joins a sealed case hides with it
    report.save(update_fields=["case", "child", "state", "sealed"])
    stop_report_clock(report)
    tell_reporter(report, ReceiptState.VERIFYING, on)


@transaction.atomic
def attach_report(case: Case, report: Report, *, by: Actor, on: date) -> Report:
    """Another report about a child whose case is open. Raises ValidationError."""
    case, report = locked(case), locked_report(report)
    check_open(case)
    if report.case_id or report.state == ReportState.DISMISSED:
        raise ValidationError(_("Tin này đã được xử lý."))
    by.require("cases.screen", report)
    _put_into(report, case, on)
    trace("cases.attach_report", case, by=by, on=on, after={"report": str(report.pk)})
    return report


@transaction.atomic
def seal_case(case: Case, *, by: Actor, on: date, note: str = "") -> Case:
    """Hide the case with its reports and screenings from all but holders of ``cases.sealed`` there.

    There is no unsealing. Raises ValidationError when it is sealed already, PermissionDenied.
    """
    case = locked(case)
    if case.sealed:
        raise ValidationError(_("Hồ sơ này đã được niêm phong."))
    by.require("cases.screen", case)
    add_move(case, "seal", source=case.state, by=by, on=on, note=note)
    _seal(case)
    trace("cases.seal", case, by=by, on=on)
    return case


def _seal(case: Case) -> None:
    # Who seals may not see the row afterwards, so the owner of the tables writes it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_seal(%s)", [case.pk])
        if not cursor.fetchone()[0]:
            raise ValidationError(_("Không niêm phong được hồ sơ này."))
    case.sealed = True
