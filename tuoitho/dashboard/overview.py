"""Where the work stands, for those who may see cases: by month, and by commune."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import ExtractMonth, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.cases.models import Case, CaseMove, Report
from tuoitho.cases.states import State
from tuoitho.lib.hanoi import HANOI
from tuoitho.lib.periods import Period
from tuoitho.units.models import Level, Unit

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One month of the chart and of the table under it."""

    start: date
    reports: int
    opened: int
    closed: int

    @property
    def label(self) -> str:
        return f"{self.start.month:02}/{self.start.year}"


def by_month(user: User, today: date) -> list[Month]:
    """Reports received, cases opened and closed in the last twelve months, this one included."""
    starts = [_month_before(today, back) for back in range(MONTHS - 1, -1, -1)]
    period = Period(starts[0], _month_before(today, -1))
    reports = Report.objects.visible_to(user).received_in(period)
    cases = Case.objects.visible_to(user).opened_in(period)
    moves = CaseMove.objects.visible_to(user).filter(
        target=State.CLOSED, on__gte=period.start, on__lt=period.end
    )
    counts = [
        _counted("reports", reports, "received_at", "pk", tzinfo=HANOI),
        _counted("opened", cases, "opened_on", "pk"),
        _counted("closed", moves, "on", "case"),
    ]
    found: dict[tuple[int, int], dict[str, int]] = {}
    for row in counts[0].union(*counts[1:], all=True):
        found.setdefault((row["year"], row["month"]), {})[row["what"]] = row["n"]
    nothing = {"reports": 0, "opened": 0, "closed": 0}
    return [
        Month(start, **{**nothing, **found.get((start.year, start.month), {})}) for start in starts
    ]


def _month_before(day: date, back: int) -> date:
    """The first day of the month ``back`` months before that of ``day`` (negative: after)."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _counted(
    what: str, rows: QuerySet[Any], field: str, counted: str, **zone: Any
) -> QuerySet[Any, dict[str, Any]]:
    """A row a month, named ``what``: the three questions are asked together."""
    named = rows.order_by().annotate(
        what=Value(what), year=ExtractYear(field, **zone), month=ExtractMonth(field, **zone)
    )
    months = named.values("what", "year", "month")
    counts: QuerySet[Any, dict[str, Any]] = months.annotate(n=Count(counted, distinct=True))
    return counts


def month_chart(months: list[Month]) -> dict[str, Any]:
    """ECharts options: three columns a month."""
    series = (
        (_("Tin báo nhận"), [month.reports for month in months]),
        (_("Hồ sơ mở"), [month.opened for month in months]),
        (_("Hồ sơ đóng"), [month.closed for month in months]),
    )
    return {
        "legend": {},
        "xAxis": {"type": "category", "data": [month.label for month in months]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [{"type": "bar", "name": name, "data": data} for name, data in series],
    }


@dataclass(frozen=True)
class Place:
    """A commune and its open cases."""

    unit: Unit
    cases: int

    @property
    def url(self) -> str:
        """The list of cases of this commune."""
        return f"{reverse('cases:case_list')}?unit={self.unit.pk}"


def by_commune(user: User, unit: Unit, today: date) -> list[Place]:
    """Open cases in each commune of today within ``unit``, most first; none for a commune."""
    if unit.level == Level.COMMUNE:
        return []
    open_cases = Case.objects.visible_to(user).still_open().filter(unit=OuterRef("pk"))
    counted = open_cases.order_by().values("unit").annotate(n=Count("pk")).values("n")
    communes = Unit.objects.communes().as_of(today).within(unit).order_by("name")
    found = communes.annotate(n=Subquery(counted))
    places = [Place(commune, commune.n or 0) for commune in found]  # type: ignore[attr-defined]
    return sorted(places, key=lambda place: -place.cases)


def map_values(places: list[Place]) -> dict[str, dict[str, Any]]:
    """What ``{% commune_map %}`` takes: a commune opens the list of its cases."""
    return {place.unit.code: {"value": place.cases, "url": place.url} for place in places}
