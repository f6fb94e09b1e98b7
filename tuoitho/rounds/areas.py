"""Communes set side by side by rates of the register; never by the scores of children.

The programme's own measure (M): each rate is set against the highest one in the table, and the mean
of the parts is the place in the order. Nothing else follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models import Screening
from tuoitho.establishments.models import Establishment
from tuoitho.establishments.states import Sector
from tuoitho.lib.periods import Period
from tuoitho.people.models import Child
from tuoitho.people.models.child import ChildQuerySet
from tuoitho.rounds.groups import poor_on
from tuoitho.rounds.models import ListedChild
from tuoitho.rounds.models.listed import VISITED
from tuoitho.rounds.models.round import OLDEST, YOUNGEST
from tuoitho.units.models import Unit

# Trades in which children are found at work most often; the programme's own list (M).
RISKY = (Sector.HANDICRAFT, Sector.CATERING, Sector.RECYCLING, Sector.CONSTRUCTION)
YEARS_BACK = 3
FEW_CHILDREN, FEW = 100, 5  # below these a rate says little
PARTS: dict[str, str | Promise] = {
    "left_school": _("Bỏ học"),
    "poor": _("Hộ nghèo, cận nghèo"),
    "workplaces": _("Cơ sở ngành rủi ro"),
    "detected": _("Đã phát hiện, 3 năm"),
}


@dataclass(frozen=True)
class Part:
    """One rate: how many, per 1,000 children, and its share of the highest (0 to 1)."""

    label: str | Promise
    count: int
    rate: float
    share: float

    @property
    def is_small(self) -> bool:
        return 0 < self.count < FEW


@dataclass(frozen=True)
class Area:
    """A commune in the ranking. ``coverage``: visited of listed in rounds that began within a year,
    None when there was none."""

    unit: Unit
    children: int
    parts: tuple[Part, ...]
    coverage: float | None

    @property
    def index(self) -> float:
        """Mean share of the parts, 0 to 100; what was not looked at counts as one more part."""
        shares = [part.share for part in self.parts]
        if self.coverage is not None:
            shares.append(1 - self.coverage)
        return 100 * sum(shares) / len(shares)

    @property
    def is_small(self) -> bool:
        return self.children < FEW_CHILDREN


def ranking(user: Any, on: date) -> list[Area]:
    """The communes ``user`` may look into, those most to look at first; one question a part."""
    scope = user.scope("rounds.view")
    units = Unit.objects.as_of(on).communes().filter(scope.covers("pk")).order_by("name")
    children = Child.objects.visible_to(user).aged_in(YOUNGEST, OLDEST, on)
    totals = _by_unit(children)
    counts = _counts(user, children, on)
    rates = {
        code: {u: 1000 * n / totals[u] for u, n in by_unit.items() if totals.get(u)}
        for code, by_unit in counts.items()
    }
    coverage = _coverage(user, on)
    areas = [
        Area(unit, totals[unit.pk], _parts(unit.pk, counts, rates), coverage.get(unit.pk))
        for unit in units
        if totals.get(unit.pk)
    ]
    return sorted(areas, key=lambda area: -area.index)


def _parts(
    unit: int, counts: Mapping[str, dict[int, int]], rates: Mapping[str, dict[int, float]]
) -> tuple[Part, ...]:
    found = []
    for code, label in PARTS.items():
        rate, highest = rates[code].get(unit, 0.0), max(rates[code].values(), default=0.0)
        share = rate / highest if highest else 0.0
        found.append(Part(label, counts[code].get(unit, 0), rate, share))
    return tuple(found)


def _counts(user: Any, children: ChildQuerySet, on: date) -> dict[str, dict[int, int]]:
    places = Establishment.objects.none()
    if user.may("establishments.view"):
        places = Establishment.objects.visible_to(user).open_on(on).filter(sector__in=RISKY)
    period = Period(date(on.year - YEARS_BACK, 1, 1), date(on.year + 1, 1, 1))
    seen = Screening.objects.visible_to(user).observed_in(period).found_child_labour()
    seen = seen.filter(sealed=False)
    return {
        "left_school": _by_unit(children.out_of_school_on(on)),
        "poor": _by_unit(poor_on(children, on)),
        "workplaces": _by_unit(places),
        "detected": _pairs(seen.order_by().values("unit_id").annotate(
            n=Count("child", distinct=True))),
    }  # fmt: skip


def _by_unit(rows: Any) -> dict[int, int]:
    return _pairs(rows.order_by().values("unit_id").annotate(n=Count("pk")))


def _pairs(rows: Any) -> dict[int, int]:
    return {row["unit_id"]: row["n"] for row in rows}


def _coverage(user: Any, on: date) -> dict[int, float]:
    """Commune to the share visited of all listed in rounds that began within a year."""
    rows = (
        ListedChild.objects.visible_to(user)
        .once()
        .filter(round__started_on__gt=date.fromordinal(on.toordinal() - 365))
    )
    counted = rows.order_by().values(place=F("unit_id")).annotate(
        all=Count("pk"), seen=Count("pk", VISITED)
    )  # fmt: skip
    return {row["place"]: row["seen"] / row["all"] for row in counted}
