"""Who owes a report for a year, to whom, by which day (365/KH-UBND, end of part IV)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.indicators.engine import plan_of
from tuoitho.indicators.places import Ask
from tuoitho.lib.periods import Period
from tuoitho.plan.offices import Office
from tuoitho.plan.schema import Plan
from tuoitho.units.models import Level, Organisation, Unit

Key = tuple[int, str, int | None]
WHOLE = (Level.DISTRICT, Level.AREA)


@dataclass(frozen=True)
class Reporter:
    """One body that reports: a commune's committee, or an office of the district or area."""

    unit: Unit
    office: str
    name: str
    organisation: Organisation | None = None

    @property
    def key(self) -> Key:
        """What makes its report of a year the same report: of the bodies that share the duty
        "khac" each its own, of any other duty the one that holds it."""
        own = self.organisation.pk if self.organisation and self.office == Office.OTHER else None
        return self.unit.pk, self.office, own


def in_sentence(name: str) -> str:
    """A unit inside a sentence: "xã Thanh Trì", "huyện Thanh Trì (cũ)"."""
    bare = name.removeprefix("Địa bàn ")
    return bare[:1].lower() + bare[1:]


def due_on(year: int) -> date:
    """The last day in time. Raises ValidationError when no plan covers the year."""
    return plan_of(year).annual_report.due_on(year)


def whole_above(unit: Unit, year: int) -> Unit:
    """The district or programme area that consolidates ``year`` for ``unit`` (or is it).

    Raises ValidationError when there was none on the last day of the year.
    """
    found = Unit.objects.filter(level__in=WHOLE, below__descendant=unit)
    whole = found.as_of(Period.year(year).last_day).select_related("area").first()
    if whole is None:
        said = _("Năm %(year)s không có huyện hoặc địa bàn chương trình của %(unit)s.")
        raise ValidationError(said % {"year": year, "unit": unit.name})
    return whole


def reporters(whole: Unit, year: int) -> list[Reporter]:
    """Everybody who owes a report of ``year``, communes first, then offices in the plan's order.

    Communes are those of the last day in time. Raises ValidationError without a plan.
    """
    plan, root = plan_of(year), Ask(whole, year).root
    day = plan.annual_report.due_on(year)
    found = _communes(plan, root, day)
    holders = _holders(root, day)
    for code in plan.annual_report.reporters:
        if code != Office.COMMUNE:
            found += _office(plan, whole, code, holders.get(code, []))
    return found


def _communes(plan: Plan, root: Unit, day: date) -> list[Reporter]:
    if Office.COMMUNE not in plan.annual_report.reporters:
        return []
    communes = Unit.objects.communes().as_of(day).within(root).order_by("code")
    return [
        Reporter(unit, Office.COMMUNE, f"Ủy ban nhân dân {in_sentence(unit.name)}")
        for unit in communes
    ]


def _holders(root: Unit, day: date) -> dict[str, list[Organisation]]:
    rows = Organisation.objects.as_of(day).within(root).exclude(office="")
    found: dict[str, list[Organisation]] = {}
    for row in rows.filter(unit__level__in=WHOLE).order_by("pk"):
        found.setdefault(row.office, []).append(row)
    return found


def _office(plan: Plan, whole: Unit, code: str, holders: list[Organisation]) -> list[Reporter]:
    """Bodies that share "khac" report one by one, so none is owed where none is registered."""
    if code == Office.OTHER:
        return [Reporter(whole, code, row.name, row) for row in holders]
    holder = holders[0] if holders else None
    name = holder.name if holder else name_in(plan, code)
    return [Reporter(whole, code, name, holder)]


def name_in(plan: Plan, code: str) -> str:
    """The name the plan gives to an office; its code when it names none."""
    return next((office.name for office in plan.offices if office.code == code), code)


def holder_of(code: str, root: Unit, day: date) -> Organisation | None:
    """Who held the duty ``code`` in or above ``root`` on ``day``: the nearest level wins."""
    rows = Organisation.objects.as_of(day).filter(office=code).exclude(unit__level=Level.COMMUNE)
    below = rows.within(root).order_by("pk").first()
    return below or rows.filter(unit__below__descendant=root).order_by("-unit_id", "pk").first()


def missing(owed: Iterable[Reporter], known: Iterable[Key]) -> list[Reporter]:
    """Of those who owe, those without a row yet."""
    there = set(known)
    return [reporter for reporter in owed if reporter.key not in there]
