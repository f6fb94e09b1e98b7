"""Communes side by side by rates of the register, small numbers flagged."""

from datetime import date
from pathlib import Path

from django.urls import reverse

from tuoitho.cases.tests.make import NO_WORK, make_case, make_screening, seal
from tuoitho.establishments.tests.make import make_establishment
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import record_poverty
from tuoitho.rounds import areas
from tuoitho.rounds.actions import answer_child
from tuoitho.rounds.areas import ranking
from tuoitho.rounds.models import RiskScore
from tuoitho.rounds.tests.make import listed_of, make_family, make_living, make_running


def area_of(user, unit):
    return next(area for area in ranking(user, today()) if area.unit == unit)


def test_rates_are_per_thousand_children_and_the_highest_comes_first(here, there, hanh, system):
    (poor,) = make_family(here, "An")
    make_living(here, "Bình")
    make_living(there, "Chi")
    record_poverty(poor.household, today().year, "poor", by=system)
    make_establishment(there, sector="catering")
    found = ranking(hanh, today())
    assert {area.unit for area in found} == {here, there}
    parts = {str(p.label): (p.count, p.rate, p.share) for p in area_of(hanh, here).parts}
    assert parts["Hộ nghèo, cận nghèo"] == (1, 500.0, 1.0)
    assert [area.index for area in found] == sorted((a.index for a in found), reverse=True)


def test_small_numbers_are_flagged(here, hanh, system):
    (poor,) = make_family(here, "An")
    record_poverty(poor.household, today().year, "poor", by=system)
    area = area_of(hanh, here)
    assert area.is_small
    assert [part.is_small for part in area.parts] == [False, True, False, False]


def test_detections_are_counted_by_child_and_never_from_sealed_ones(here, hanh):
    child = make_living(here)
    for day in (date(2026, 3, 2), date(2026, 4, 2)):
        make_screening(child, observed_on=day)
    case = make_case(here, child=make_living(here, "Kín"))
    make_screening(case.child, observed_on=date(2026, 3, 2), case=case)
    assert area_of(hanh, here).parts[3].count == 2
    seal(case)
    assert area_of(hanh, here).parts[3].count == 1


def test_coverage_is_of_the_rounds_of_a_year(here, hanh, system):
    children = [make_living(here, "An"), make_living(here, "Bình")]
    make_running(here)
    answer_child(listed_of(children[0]), visited_on=today(), facts=NO_WORK, by=system)
    assert area_of(hanh, here).coverage == 0.5


def test_it_knows_nothing_of_the_scores_of_children():
    assert RiskScore.__name__ not in Path(areas.__file__).read_text()


def test_a_commune_sees_itself_only(client, here, there, lan):
    make_living(here)
    make_living(there, "Chi")
    client.force_login(lan)
    page = client.get(reverse("rounds:area_ranking"))
    assert [area.unit for area in page.context["areas"]] == [here]
