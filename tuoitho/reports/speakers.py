"""For whose report a person speaks: only a unit's own people write, sign and send it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q

from tuoitho.access.models import Assignment, User
from tuoitho.indicators.engine import plan_of
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.plan.offices import EVERY, UNIONS, Office, acting_for, held_in, offices_by
from tuoitho.reports.models import Consolidation, UnitReport, UnitReportQuerySet
from tuoitho.reports.owed import Reporter, reporters, whole_above

SPEAKS_FOR: dict[str, frozenset[Office]] = {
    "labour_office": frozenset({Office.LABOUR}),
    "education_office": frozenset({Office.EDUCATION}),
    "police": frozenset({Office.POLICE}),
    "economy_office": frozenset({Office.ECONOMY}),
    "culture_office": frozenset({Office.CULTURE}),
    "finance_office": frozenset({Office.FINANCE}),
    "mass_organisation": UNIONS,
    "commune_worker": frozenset({Office.COMMUNE}),
    "commune_chair": frozenset({Office.COMMUNE}),
    "leader": frozenset({Office.DISTRICT}),
    "system": EVERY,
}


def speaks_for(actor: Actor, document: UnitReport | Consolidation | Reporter) -> bool:
    """Whether ``actor`` belongs to the body whose report it is.

    The consolidated report is that of the standing body, or of the committee above it.
    """
    return _is_of(actor, document, acting_for(actor, SPEAKS_FOR, document.unit))


def speakers_among(people: Iterable[User], report: UnitReport) -> list[User]:
    """Those of ``people`` who speak for the body whose report it is, asked of all at once."""
    people = list(people)
    held = held_in(report.unit, people)
    return [p for p in people if _is_of(p, report, offices_by(held[p.pk], SPEAKS_FOR))]


def _is_of(
    actor: Actor, document: UnitReport | Consolidation | Reporter, offices: frozenset[str]
) -> bool:
    if isinstance(document, Consolidation):
        return bool(offices & issuers_of(document))
    if document.office == Office.OTHER and offices != EVERY:
        return document.organisation is not None and _serves(actor, document.organisation.pk)
    return document.office in offices


def issuers_of(document: Consolidation) -> frozenset[str]:
    """Offices in whose name the consolidated report may be signed."""
    return frozenset({plan_of(document.year).annual_report.receiver, str(Office.DISTRICT)})


def issuer_for(actor: Actor, document: Consolidation) -> str:
    """The office in whose name this person signs: the standing body before the committee."""
    receiver = plan_of(document.year).annual_report.receiver
    offices = acting_for(actor, SPEAKS_FOR, document.unit)
    return receiver if receiver in offices else str(Office.DISTRICT)


def _serves(actor: Actor, organisation: int) -> bool:
    if isinstance(actor, User):
        return any(row.organisation_id == organisation for row in actor.held_today)
    held = Assignment.objects.on(today()).filter(user_id=actor.pk)
    return held.filter(organisation_id=organisation).exists()


def own_reports(user: User) -> UnitReportQuerySet:
    """Reports of bodies ``user`` speaks for that lie with them: not sent yet, or returned."""
    held = [row.organisation_id for row in user.held_today if row.organisation_id]
    shared = ~Q(office=Office.OTHER) | Q(organisation__in=held)
    rows = UnitReport.objects.visible_to(user).at_home()
    return rows.filter(shared, office__in=acting_for(user, SPEAKS_FOR))


def uncalled(user: User, year: int) -> list[Reporter]:
    """Bodies ``user`` speaks for that owe a report of ``year`` nobody has put on the list."""
    offices, home = acting_for(user, SPEAKS_FOR), user.home()
    mine = UnitReport.objects.visible_to(user).of_year(year).filter(office__in=offices)
    if not offices or home is None or mine.exists():
        return []
    try:
        owed = reporters(whole_above(home.unit, year), year)
    except ValidationError:  # a year without a plan, a unit without a programme
        return []
    here = [r for r in owed if r.office in offices and r.unit.pk in user.scope("reports.write")]
    return [reporter for reporter in here if speaks_for(user, reporter)]
