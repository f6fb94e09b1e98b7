"""The article, the decree and the range are those of the day, and those of ``law.assess``."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from tuoitho.establishments.tests.make import make_establishment
from tuoitho.inspections.actions import add_violation
from tuoitho.inspections.checklist import checklist_on, checklists
from tuoitho.inspections.offences import (
    OFFENCES,
    OTHER,
    citation_of,
    limitation_ends,
    powers,
    sanction_of,
)
from tuoitho.inspections.tests.make import make_visit
from tuoitho.law import Facts, Work, assess

LAST_OF_28, FIRST_OF_12 = date(2022, 1, 16), date(2022, 1, 17)
LAST_OF_12, FIRST_OF_283 = date(2026, 9, 9), date(2026, 9, 10)
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("day", "decree", "clause"),
    [
        (LAST_OF_28, "28/2020/NĐ-CP", "khoản 1"),
        (FIRST_OF_12, "12/2022/NĐ-CP", "Đ29.1"),
        (LAST_OF_12, "12/2022/NĐ-CP", "Đ29.1"),
        (FIRST_OF_283, "283/2026/NĐ-CP", "Đ27.1"),
    ],
)
def test_a_violation_falls_under_the_decree_of_the_visit(here, lan, day, decree, clause):
    visit = make_visit(here, done_on=day, planned_on=day)
    found = add_violation(visit, "144.3-book", children=2, by=lan, on=day)
    assert (found.sanction_decree, found.sanction_clause) == (decree, clause)
    assert found.citation == "khoản 3 Điều 144 Bộ luật Lao động 45/2019/QH14"
    assert found.sanction_verified is (day > LAST_OF_28)


def test_an_act_that_ended_before_keeps_its_old_decree(here, lan):
    visit = make_visit(here, done_on=date(2026, 10, 1))
    ended = add_violation(
        visit, "147.1-job", children=1, by=lan, on=date(2026, 10, 1), ended_on=LAST_OF_12
    )
    assert ended.sanction_decree == "12/2022/NĐ-CP"
    with pytest.raises(ValidationError, match="để trống"):
        add_violation(
            visit, "147.1-job", children=1, by=lan, on=date(2026, 10, 1), ended_on=date(2026, 10, 2)
        )


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        ("household", 50, 75), ("enterprise", 100, 150), ("small_enterprise", 100, 150),
        ("cooperative", 100, 150),
    ],
)  # fmt: skip
def test_an_organisation_pays_double_a_household_does_not(here, lan, kind, low, high):
    visit = make_visit(here, make_establishment(here, kind=kind))
    found = add_violation(visit, "147.1-job", children=1, by=lan, on=visit.done_on)
    assert (found.sanction_min, found.sanction_max) == (low * MILLION, high * MILLION)


def test_another_rule_needs_its_article_and_has_no_range(here, lan):
    visit = make_visit(here)
    with pytest.raises(ValidationError, match="điều khoản"):
        add_violation(visit, OTHER, children=1, by=lan, on=visit.done_on)
    found = add_violation(visit, OTHER, children=1, by=lan, on=visit.done_on, citation="Điều 165")
    assert (found.citation, found.sanction_min, found.sanction_decree) == ("Điều 165", None, "")


@pytest.mark.parametrize(("rule", "children"), [("147.9-x", 1), ("144.3-book", 0)])
def test_what_is_refused(here, lan, rule, children):
    visit = make_visit(here)
    with pytest.raises(ValidationError):
        add_violation(visit, rule, children=children, by=lan, on=visit.done_on)


YES_NO = (True, False)
WORKS = [
    Work(
        relation="employee", job=job, place=place, hours_day=hours, hours_week=hours * 6,
        overtime=extra, night=extra, guardian_consent=papers, tracking_book=papers,
        written_contract=papers, health_certificate=papers, health_check_6_months=papers,
        study_not_affected=papers, safe_conditions=papers, provincial_consent=papers,
        organisation=organisation,
    )
    for job, place, hours, extra, papers, organisation in product(
        ("147.1.e", "other", "L01"), ("147.2.b", "ordinary"), (2, 9), YES_NO, YES_NO, YES_NO
    )
]  # fmt: skip


@pytest.mark.parametrize("day", [LAST_OF_28, FIRST_OF_12, LAST_OF_12, FIRST_OF_283])
def test_this_table_says_what_the_law_says(day):
    met = set()
    for age, work in product((12, 14, 16), WORKS):
        judged = assess(Facts(observed_on=day, age_range=(age, age), works=(work,)))
        for finding in judged.broken:
            ours = sanction_of(finding.rule, day, organisation=work.organisation)
            assert ours == finding.sanction, finding.rule
            met.add(finding.rule)
    assert met == {code for code, offence in OFFENCES.items() if offence.act}


@pytest.mark.parametrize("code", sorted(OFFENCES))
def test_every_rule_has_its_article(code):
    assert "Điều" in citation_of(code, FIRST_OF_283) or "Phụ lục" in citation_of(code, FIRST_OF_283)


def test_before_any_decree_there_is_no_range():
    assert sanction_of("144.3-book", date(2020, 4, 14), organisation=False) is None


@pytest.mark.parametrize(
    ("most", "organisation", "enough"),
    [
        (25 * MILLION, False, [True, True, True]),
        (50 * MILLION, True, [True, True, True]),
        (75 * MILLION, False, [False, False, True]),
        (150 * MILLION, True, [False, False, True]),
    ],
)
def test_who_may_fine(most, organisation, enough):
    found = list(powers(most, FIRST_OF_283, organisation=organisation))
    assert [p.decider.value for p in found] == [
        "commune_chair", "home_affairs_director", "provincial_chair",
    ]  # fmt: skip
    assert [p.enough for p in found] == enough
    assert {p.flag for p in found} == {"V*"}


def test_of_earlier_days_nothing_is_known_about_powers_and_limits():
    assert list(powers(MILLION, LAST_OF_12, organisation=False)) == []
    assert limitation_ends(LAST_OF_12) is None


def test_an_act_may_be_fined_for_one_year():
    assert limitation_ends(date(2026, 11, 2)) == date(2027, 11, 2)
    assert limitation_ends(date(2028, 2, 29)) == date(2029, 2, 28)


def test_the_checklist_of_a_day():
    assert checklist_on(date(2026, 1, 1)).code == "2021"
    assert checklist_on(date(2019, 1, 1)) == checklists()[0]
    asked = {rule for item in checklist_on(FIRST_OF_283).items for rule in item.rules}
    assert asked == {code for code, offence in OFFENCES.items() if offence.act}
