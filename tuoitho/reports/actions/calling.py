"""The reports owed of a year: put on the list, begun by those who owe them."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.plan.offices import Office
from tuoitho.reports.actions.steps import append, locked, logged, moved, not_in_future
from tuoitho.reports.models import UnitReport
from tuoitho.reports.owed import WHOLE, Key, Reporter, due_on, missing, reporters, whole_above
from tuoitho.reports.speakers import speaks_for
from tuoitho.reports.states import State, Step
from tuoitho.units.models import Unit


@transaction.atomic
def call_reports(whole: Unit, year: int, *, by: Actor, on: date) -> list[UnitReport]:
    """Put on the list everybody in the district or area ``whole`` who owes a report of ``year``
    and is not there yet; a second call adds nobody. Returns the new rows.

    Raises ValidationError (no plan, a year that has not begun, not a district or area of that
    year) and PermissionDenied.
    """
    # One caller at a time: the second one then finds the rows of the first.
    whole = Unit.objects.select_for_update(of=("self",)).get(pk=whole.pk)
    not_in_future(on)
    by.require("reports.consolidate", whole)
    if whole.level not in WHOLE or whole_above(whole, year) != whole:
        raise ValidationError({"unit": _("Chỉ huyện hoặc địa bàn của năm đó tổng hợp báo cáo.")})
    if year > on.year:
        raise ValidationError({"year": _("Năm %(year)s chưa bắt đầu.") % {"year": year}})
    new = missing(reporters(whole, year), _known(whole, year))
    return [_call(reporter, year, by=by, on=on) for reporter in new]


@transaction.atomic
def begin_report(unit: Unit, office: str, year: int, *, by: Actor, on: date) -> UnitReport:
    """Write one's own report before the standing body has called for it: called and started.

    Raises ValidationError when this unit or office owes none, or its report is there already;
    PermissionDenied for another's report.
    """
    not_in_future(on)
    by.require("reports.write", unit)
    whole = whole_above(unit, year)
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    owed = [r for r in reporters(whole, year) if (r.unit, r.office) == (unit, office)]
    mine = [reporter for reporter in owed if speaks_for(by, reporter)]
    if owed and not mine:
        raise PermissionDenied(f"{by.actor_name}: the report of {owed[0].name}")
    new = missing(mine, _known(unit, year))
    if not new or year > on.year:
        raise ValidationError(_("Không có báo cáo nào cần lập thêm cho năm %(y)s.") % {"y": year})
    return start_report(_call(new[0], year, by=by, on=on), by=by, on=on)


@transaction.atomic
def start_report(report: UnitReport, *, by: Actor, on: date, note: str = "") -> UnitReport:
    """Begin to write a report that is owed."""
    report, move = locked(report, Step.START, by)
    not_in_future(on)
    return moved(report, move, logged(report), by=by, on=on, note=note)


def _call(reporter: Reporter, year: int, *, by: Actor, on: date) -> UnitReport:
    report = UnitReport(
        unit=reporter.unit, office=reporter.office, name=reporter.name,
        organisation=reporter.organisation, year=year, state=State.OWED, due_on=due_on(year),
    )  # fmt: skip
    report.full_clean()
    report.save()
    append(report, Step.CALL, by=by, on=on)
    record("reports.call", report, by=by, on=on, after=logged(report))
    return report


def _known(whole: Unit, year: int) -> list[Key]:
    rows = UnitReport.objects.of_year(year).within(whole if whole.area is None else whole.area)
    return [
        (row.unit_id, row.office, row.organisation_id if row.office == Office.OTHER else None)
        for row in rows
    ]
