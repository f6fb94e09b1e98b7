"""Where the targets of the plan stand this year, a row for each figure that decides."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.indicators.disclosure import protect
from tuoitho.indicators.engine import compute_for, deciding
from tuoitho.indicators.results import TargetResult
from tuoitho.plan.schema import Direction
from tuoitho.units.models import Unit

MANAGED = "1.3"


@dataclass(frozen=True)
class Standing:
    """One deciding figure, ready to be drawn: shares between 0 and 1."""

    found: TargetResult

    @property
    def share(self) -> Decimal | None:
        return None if self.found.value is None else self.found.value / 100

    @property
    def threshold(self) -> Decimal | None:
        return None if self.found.threshold is None else self.found.threshold / 100

    @property
    def has_bar(self) -> bool:
        """A rate to be kept under one percent would be an empty bar: it is written instead."""
        return self.found.direction == Direction.AT_LEAST

    @property
    def state(self) -> tuple[str | Promise, str]:
        """In words, with a colour; no words where there is nothing to compare. Only a year for
        which the plan states a figure is judged."""
        if self.found.value is None:
            return _("chưa có số liệu"), "secondary"
        if self.found.met is None:
            return "", ""
        if self.found.concluded:
            return (_("đạt"), "green") if self.found.met else (_("chưa đạt"), "red")
        if self.found.met:
            return _("đã tới mức đề ra"), "green"
        return _("chưa tới mức đề ra"), "yellow"


def results_for(
    user: User, unit: Unit, year: int, codes: Collection[str] | None = None
) -> list[TargetResult]:
    """The deciding figures of ``unit`` (or those of ``codes``); empty when no plan covers ``year``.
    Raises PermissionDenied without ``indicators.view`` in ``unit``."""
    try:
        return compute_for(user, unit, year, codes=deciding(year) if codes is None else codes)
    except ValidationError:
        return []


def standings(results: list[TargetResult]) -> list[tuple[str, str, list[Standing]]]:
    """(target, its short title, its deciding figures) in the order of the plan."""
    targets: dict[str, tuple[str, str, list[Standing]]] = {}
    for found in results:
        if found.role == "deciding":
            row = targets.setdefault(found.target, (found.target, found.target_title, []))
            row[2].append(Standing(found))
    return list(targets.values())


@dataclass(frozen=True)
class Managed:
    """Children under management in one commune; None is a number too small to be told."""

    code: str
    name: str
    count: int | None


def managed_by_commune(results: list[TargetResult]) -> list[Managed]:
    """The denominator of target 1.3 by commune, as those may know it who do not see cases."""
    true = [found for found in results if found.code == MANAGED]
    rows = [
        pair
        for found, shown in zip(true, protect(true), strict=True)
        for pair in zip(found.by_unit, shown.by_unit, strict=True)
    ]
    # A commune without a single case has no denominator at all: nothing there to hide.
    return [Managed(s.unit, s.name, s.denominator if f.denominator else 0) for f, s in rows]
