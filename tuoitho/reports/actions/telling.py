"""Whom a step of a report concerns: its own people, or the standing body that receives it."""

from tuoitho.access.models import User
from tuoitho.lib.actors import Actor
from tuoitho.notices.actions import notify
from tuoitho.notices.people import holders_of
from tuoitho.plan.offices import Office
from tuoitho.reports.models import UnitReport
from tuoitho.reports.speakers import speakers_among

PAGE = "reports:report_detail"


def its_people(report: UnitReport) -> list[User]:
    """Who writes or signs for the body whose report it is."""
    at_home = report.office == Office.COMMUNE
    found = {
        person.pk: person
        for permission in ("reports.write", "reports.sign")
        for person in holders_of(permission, report.unit, at_home=at_home)
    }
    return speakers_among(found.values(), report)


def tell_its_people(report: UnitReport, kind: str, *, by: Actor) -> None:
    """Whoever acts need not be told."""
    others = [person for person in its_people(report) if person.pk != by.pk]
    notify(
        others, kind, subject=str(report), url_name=PAGE, url_args=(report.pk,), unit=report.unit,
        by=by,
    )  # fmt: skip


def tell_the_receiver(report: UnitReport, *, by: Actor) -> None:
    """The standing body: a report waits to be accepted."""
    receivers = holders_of("reports.consolidate", report.unit)
    notify(
        [person for person in receivers if person.pk != by.pk], "yearly.sent", subject=str(report),
        url_name=PAGE, url_args=(report.pk,), unit=report.unit, by=by,
    )  # fmt: skip
