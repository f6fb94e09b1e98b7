"""What an indicator is: one definition of a figure, for every screen, report and file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise

from tuoitho.indicators.counting import Figures
from tuoitho.indicators.grounds import Grounds
from tuoitho.indicators.places import Ask

Words = str | Promise


class Measure(Protocol):
    """A way to count: both sides of a share by unit, and the rows behind it."""

    def count(self, ask: Ask, grounds: Grounds) -> Figures: ...

    def listed(self, ask: Ask, user: Any) -> QuerySet[Any]:
        """The rows counted that ``user`` may see."""
        ...


@dataclass(frozen=True)
class Indicator:
    """One figure of the plan.

    ``rests_on`` are the methods of other rooms whose meaning the figure depends on: they are part
    of ``definition_hash``. ``splits`` are the ways it can be divided besides by commune. Valid for
    the years from ``since`` to ``until`` (both included; None: open).
    """

    code: str
    title: Words
    formula: Words
    counted: Words
    paragraph: str
    measure: Measure
    splits: tuple[str, ...] = ()
    rests_on: tuple[Callable[..., Any], ...] = ()
    since: int = 2021
    until: int | None = None

    def valid_in(self, year: int) -> bool:
        return self.since <= year and (self.until is None or year <= self.until)
