"""Which unit, year and map a page is about, read from its address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404

from tuoitho.access.guards import UserRequest
from tuoitho.access.models import User
from tuoitho.indicators.places import Ask, existing_on
from tuoitho.indicators.states import Map
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period
from tuoitho.units.models import Level, Unit

FIRST_YEAR = 2021  # the plan's first
ORDER = (Level.AREA, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY, Level.COMMUNE)
MANY = 80  # a select box with more is no choice: communes are left out


@dataclass(frozen=True)
class Choice:
    """What was chosen, and what else could be."""

    unit: Unit
    year: int
    on_map: str
    units: tuple[Unit, ...]

    @property
    def ask(self) -> Ask:
        return Ask(self.unit, self.year)

    @property
    def years(self) -> list[int]:
        return list(range(today().year, FIRST_YEAR - 1, -1))

    @property
    def maps(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Map.choices]

    @property
    def query(self) -> str:
        """The same choice in another address."""
        chosen = {"year": self.year, "unit": self.unit.code}
        return urlencode({**chosen, **({"map": self.on_map} if self.on_map != Map.THEN else {})})


def chosen(request: UserRequest) -> Choice:
    """Read ``?year=&unit=&map=``. A year nobody can mean is taken as this year; a unit the person
    may not look at is 404."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else today().year
    if not FIRST_YEAR <= year <= today().year:
        year = today().year
    units = offered(request.user, year)
    code = request.GET.get("unit", "")
    found = next((unit for unit in units if unit.code == code), None) if code else units[0]
    if found is None:
        found = _beyond(request.user, code, year)
    on_map = request.GET.get("map", "")
    return Choice(found, year, on_map if on_map in Map.values else Map.THEN, tuple(units))


def offered(user: User, year: int) -> list[Unit]:
    """Units in which the person may see figures, as they were on the last day of the year, the
    widest first; for a year before any of them, the one where the person serves today."""
    scope = user.scope("indicators.view")
    units = Unit.objects.select_related("area").as_of(min(Period.year(year).last_day, today()))
    if scope.everywhere:
        there = list(units.exclude(level=Level.COMMUNE).filter(above__ancestor__level=Level.AREA))
    else:
        there = list(units.filter(pk__in=sorted(scope.unit_ids)))
    if len(there) > MANY:
        there = [unit for unit in there if unit.level != Level.COMMUNE]
    there.sort(key=lambda unit: (ORDER.index(Level(unit.level)), unit.code))
    if there:
        return there
    now = Unit.objects.select_related("area").filter(pk__in=sorted(scope.unit_ids))
    serving = existing_on(now, today())
    if not serving:
        raise Http404
    return serving[:1]


def _beyond(user: User, code: str, year: int) -> Unit:
    """A unit that the select box leaves out, but the person may look at."""
    units = Unit.objects.select_related("area").as_of(min(Period.year(year).last_day, today()))
    unit = units.filter(code=code).first()
    if unit is None or unit.pk not in user.scope("indicators.view"):
        raise Http404
    return unit
