"""The standing body receives a unit's report: accepts it, or returns it with a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.lib.actors import Actor
from tuoitho.reports.actions.steps import locked, logged, moved, not_in_future, reason_given
from tuoitho.reports.actions.telling import tell_its_people
from tuoitho.reports.models import UnitReport
from tuoitho.reports.states import Step


@transaction.atomic
def accept_report(report: UnitReport, *, by: Actor, on: date, note: str = "") -> UnitReport:
    """It goes into the consolidated report."""
    report, move = locked(report, Step.ACCEPT, by)
    _check_day(report, on)
    report = moved(report, move, logged(report), by=by, on=on, note=note)
    tell_its_people(report, "yearly.accepted", by=by)
    return report


@transaction.atomic
def return_report(report: UnitReport, *, reason: str, by: Actor, on: date) -> UnitReport:
    """Back to its unit for a ``reason``; until it is sent again it counts as missing."""
    report, move = locked(report, Step.RETURN, by)
    _check_day(report, on)
    before = logged(report)
    report.return_reason = reason_given(reason)
    report = moved(report, move, before, by=by, on=on, note=reason)
    tell_its_people(report, "yearly.returned", by=by)
    return report


def _check_day(report: UnitReport, on: date) -> None:
    not_in_future(on)
    if report.sent_on is not None and on < report.sent_on:
        raise ValidationError({"on": _("Không thể trước ngày gửi.")})
