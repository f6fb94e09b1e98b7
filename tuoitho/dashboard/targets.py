"""Where the targets of the plan stand this year, a row for each figure that decides."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.indicators.engine import compute_for
from tuoitho.indicators.results import TargetResult
from tuoitho.plan.schema import Direction
from tuoitho.units.models import Unit


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
        """In words, with a colour. Only a year for which the plan states a figure is judged."""
        if self.found.met is None:
            return _("chưa có số liệu"), "secondary"
        if self.found.concluded:
            return (_("đạt"), "green") if self.found.met else (_("chưa đạt"), "red")
        return (
            (_("đã tới mức đề ra"), "green")
            if self.found.met
            else (_("chưa tới mức đề ra"), "yellow")
        )


def standings(user: User, unit: Unit, year: int) -> list[tuple[str, str, list[Standing]]]:
    """(target, its short title, its deciding figures) in the order of the plan; empty when no plan
    covers ``year``. Raises PermissionDenied without ``indicators.view`` in ``unit``."""
    try:
        results = compute_for(user, unit, year)
    except ValidationError:
        return []
    targets: dict[str, tuple[str, str, list[Standing]]] = {}
    for found in results:
        if found.role == "deciding":
            row = targets.setdefault(found.target, (found.target, found.target_title, []))
            row[2].append(Standing(found))
    return list(targets.values())
