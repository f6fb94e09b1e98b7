"""Whom a round visits: children of its communes as the register knew them on its first day."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from tuoitho.establishments.models import Establishment
from tuoitho.lib.text import fold
from tuoitho.people.models import Child, PovertyStatus
from tuoitho.people.models.child import ChildQuerySet
from tuoitho.people.states import Poverty
from tuoitho.rounds.models import RiskScore, Round
from tuoitho.rounds.states import Group
from tuoitho.units.models import Unit

Place = tuple[int, str]  # a commune and a folded hamlet


def children_of(planned: Round, communes: Sequence[Unit], on: date) -> ChildQuerySet:
    """The children a round visits in these communes, by what the register says of day ``on``;
    annotated with ``lived_unit`` and ``lived_hamlet``, where they lived then."""
    living = Child.objects.filter(
        residences__unit__in=communes, residences__valid__contains=on
    ).aged_in(planned.age_low, planned.age_high, on)
    # One residence a day: the join of the filter gives each child once.
    living = living.annotate(
        lived_unit=F("residences__unit_id"), lived_hamlet=F("residences__hamlet")
    )
    if Group.EVERYONE in planned.groups:
        return living
    wanted = Q(pk__in=[])
    for group in planned.groups:
        wanted |= Q(pk__in=_of_group(group, planned, communes, on).values("pk"))
    return living.filter(wanted)


def _of_group(group: str, planned: Round, communes: Sequence[Unit], on: date) -> ChildQuerySet:
    everyone = Child.objects.all()
    if group == Group.POOR:
        return poor_on(everyone, on)
    if group == Group.SPECIAL:
        return everyone.in_special_circumstances(on)
    if group == Group.OUT_OF_SCHOOL:
        return everyone.out_of_school_on(on)
    if group == Group.CRAFT:
        return living_at(everyone, craft_hamlets(communes, on))
    if group == Group.AT_RISK:
        scores = RiskScore.objects.at_least(planned.score_from or 0)
        return everyone.filter(Exists(scores.filter(child=OuterRef("pk"))))
    raise LookupError(f"nobody says whom group {group!r} visits")


def poor_on(children: ChildQuerySet, on: date) -> ChildQuerySet:
    """In a poor or near-poor household by the yearly review in force: that of the year, or, where
    it has not been written yet, of the year before."""
    needy = (Poverty.POOR, Poverty.NEAR_POOR)
    known = PovertyStatus.objects.filter(household=OuterRef("household"))
    this_year = known.filter(year=on.year)
    before = known.filter(year=on.year - 1, status__in=needy)
    return children.filter(
        Exists(this_year.filter(status__in=needy)) | (Exists(before) & ~Exists(this_year))
    )


def living_at(children: ChildQuerySet, places: Iterable[Place]) -> ChildQuerySet:
    """Living now in one of these hamlets."""
    wanted = Q(pk__in=[])
    for unit_id, hamlet in places:
        wanted |= Q(unit=unit_id, folded_hamlet=hamlet)
        wanted |= Q(unit=unit_id, folded_hamlet="", household__folded_hamlet=hamlet)
    return children.filter(wanted)


def craft_hamlets(communes: Iterable[Unit], on: date) -> set[Place]:
    """Hamlets where a workplace of a craft village is at work."""
    rows = Establishment.objects.filter(unit__in=list(communes)).open_on(on).in_craft_villages()
    named = rows.exclude(hamlet="").values_list("unit_id", "hamlet").distinct()
    return {(unit_id, fold(hamlet)) for unit_id, hamlet in named}
