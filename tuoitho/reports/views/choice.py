"""Which district or area, and which year, a page about the whole is for."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404

from tuoitho.access.guards import UserRequest
from tuoitho.access.models import User
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period
from tuoitho.reports.owed import WHOLE
from tuoitho.reports.views.filters import FIRST_YEAR
from tuoitho.units.models import Unit, UnitQuerySet


@dataclass(frozen=True)
class Choice:
    """What was chosen, and what else could be. ``unit`` is None for who sees no whole."""

    unit: Unit | None
    year: int
    units: tuple[Unit, ...]

    @property
    def years(self) -> list[int]:
        return years()

    @property
    def query(self) -> str:
        """The same choice in another address."""
        return urlencode({"year": self.year, **({"unit": self.unit.code} if self.unit else {})})


def years() -> list[int]:
    return list(range(today().year, FIRST_YEAR - 1, -1))


def wholes(user: User, year: int, permission: str = "reports.view") -> UnitQuerySet:
    """Districts and areas of the last day of ``year`` in which ``user`` holds ``permission``."""
    day = min(Period.year(year).last_day, today())
    units = Unit.objects.filter(level__in=WHOLE).as_of(day).select_related("area")
    scope = user.scope(permission)
    if not scope.everywhere:
        return units.filter(pk__in=sorted(scope.unit_ids)).order_by("code")
    # The whole country: those that carry a programme.
    return units.filter(above__ancestor__level="area").distinct().order_by("code")


def chosen(request: UserRequest) -> Choice:
    """Read ``?year=&unit=``. A year nobody can mean is this year; a unit one may not see is 404."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else today().year
    if year not in years():
        year = today().year
    units = tuple(wholes(request.user, year))
    code = request.GET.get("unit", "")
    if not code:
        return Choice(units[0] if units else None, year, units)
    found = next((unit for unit in units if unit.code == code), None)
    if found is None:
        raise Http404
    return Choice(found, year, units)
