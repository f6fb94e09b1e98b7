"""Children found in child labour (target 1.1 and the series of 2030): a register is no survey."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tuoitho.cases.models import Case, Category, Screening
from tuoitho.indicators.counting import Counts, Figures
from tuoitho.indicators.disclosure import is_small
from tuoitho.indicators.grounds import Grounds, Size
from tuoitho.indicators.places import Ask
from tuoitho.indicators.states import Group
from tuoitho.people.ages import years_between
from tuoitho.people.models import Child

YOUNGEST, OLDEST = 5, 17


def screened(ask: Ask) -> Any:
    """Screenings of the year that found child labour."""
    rows = Screening.objects.observed_in(ask.period).found_child_labour()
    return rows.happened_in(ask.places)


def taken_up(ask: Ask) -> Any:
    """Cases of child labour of which the news came in the year."""
    rows = Case.objects.notified_in(ask.period).in_category(Category.CHILD_LABOUR)
    return rows.confirmed().happened_in(ask.places)


@dataclass(frozen=True)
class Found:
    """One child found: where first, whether at hazardous work, whether only in sealed files."""

    unit: int
    hazardous: bool
    sealed: bool


def found_children(ask: Ask) -> dict[int, Found]:
    """Children aged 5 to 17 (or of unknown age) found in the year, each once. Two queries, once
    for all figures that rest on it."""
    return ask.once("found_children", lambda: _found_children(ask))


def _found_children(ask: Ask) -> dict[int, Found]:
    found: dict[int, Found] = {}
    for child, unit, hazardous, sealed, age, on, birth in _sightings(ask):
        if birth is not None:
            age = years_between(birth, on)
        if age is not None and not YOUNGEST <= age <= OLDEST:
            continue
        known = found.get(child, Found(unit, hazardous=False, sealed=False))
        found[child] = Found(known.unit, known.hazardous or bool(hazardous), known.sealed or sealed)
    return found


Sighting = tuple[int, int, bool | None, bool, int | None, date, date | None]


def _sightings(ask: Ask) -> list[Sighting]:
    """Child, where, hazardous, sealed, age then, day, birth date; the earliest first."""
    seen = screened(ask).values_list(
        "child_id", "happened_unit_id", "hazardous", "sealed", "age", "observed_on",
        "child__birth_date", "pk",
    )  # fmt: skip
    taken = taken_up(ask).values_list(
        "child_id", "opened_unit_id", "hazardous", "sealed", "notified_on", "child__birth_date",
        "pk",
    )  # fmt: skip
    rows = [(row[5], 0, row[7], row[:7]) for row in seen]
    rows += [(row[4], 1, row[6], (*row[:4], None, *row[4:6])) for row in taken]
    return [row for _day, _kind, _pk, row in sorted(rows, key=lambda row: row[:3])]


def _counts(found: list[Found]) -> Counts:
    by_unit: dict[int, int] = {}
    for child in found:
        if not child.sealed:
            by_unit[child.unit] = by_unit.get(child.unit, 0) + 1
    sealed = sum(child.sealed for child in found)
    return Counts(by_unit, 0 if is_small(sealed) else sealed)


class _OfChildren:
    def listed(self, ask: Ask, user: Any) -> QuerySet[Child]:
        """The children found that this person may see, by files this person may see."""
        seen = screened(ask).visible_to(user).values("child")
        taken = taken_up(ask).visible_to(user).values("child")
        return Child.objects.visible_to(user).filter(Q(pk__in=seen) | Q(pk__in=taken))


@dataclass(frozen=True)
class RateOfSurvey(_OfChildren):
    """The rate comes from a survey (``engine`` puts it in); here the register beside it."""

    groups: tuple[str, ...] = (Group.POPULATION_5_17,)

    def count(self, ask: Ask, grounds: Grounds) -> Figures:
        return Figures(_counts(list(found_children(ask).values())), grounds.size(self.groups))


@dataclass(frozen=True)
class FoundAtHazard(_OfChildren):
    """Of the children found, those at work of Điều 147 or the harmful lists."""

    def count(self, ask: Ask, grounds: Grounds) -> Figures:
        found = list(found_children(ask).values())
        size = Size.counted(_counts(found), ask)
        note = _("Trong số trẻ phát hiện trong sổ; không phải kết quả điều tra.")
        return Figures(_counts([child for child in found if child.hazardous]), size, (note,))
