"""Scores say whom to visit first, with reasons; sealed cases leave no trace in them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases.tests.make import make_case, seal
from tuoitho.establishments.tests.make import make_establishment, make_village
from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import (
    add_guardian,
    move_child,
    record_attendance,
    record_circumstance,
    record_enrolment,
    record_poverty,
)
from tuoitho.rounds.actions import score_commune, set_weights
from tuoitho.rounds.factors import factors_of
from tuoitho.rounds.models import ListedChild, RiskScore
from tuoitho.rounds.models.risk import rules_in_force
from tuoitho.rounds.risk import FACTORS, packaged, packaged_weights, score
from tuoitho.rounds.tests.make import make_family, make_living, make_running

DAY = date(2026, 11, 20)


def factors(child, on=DAY):
    return factors_of([child.pk], on).get(child.pk, set())


def test_a_score_is_the_sum_of_what_holds_heaviest_first():
    found = score({"poor", "left_school", "craft_hamlet"}, {"poor": 15, "left_school": 30})
    assert found.points == 45
    assert [(r.code, r.points) for r in found.reasons] == [("left_school", 30), ("poor", 15)]


def test_every_factor_has_a_packaged_weight_marked_unverified():
    assert set(packaged_weights()) == set(FACTORS)
    assert {rule["flag"] for rule in packaged()["rules"]} == {"M"}


def test_a_child_of_whom_nothing_speaks_has_no_factor(here):
    assert factors(make_living(here)) == set()


def test_each_factor_holds_by_its_fact(here, there, system):
    (child, sibling) = make_family(here, "An", "Bình")
    record_enrolment(child, school_year="2025-2026", status="dropped_out", by=system,
                     on=date(2026, 3, 1))  # fmt: skip
    record_poverty(child.household, 2026, "poor", by=system)
    record_circumstance(child, "10.1.d", since=date(2026, 2, 1), by=system)
    add_guardian(child.household, relation="grandparent", full_name="Bà Nội", by=system,
                 on=date(2026, 1, 5))  # fmt: skip
    make_establishment(here, hamlet="Thôn 1", craft_village=make_village(here))
    make_case(here, child=sibling)
    assert factors(child) == {
        "left_school", "poor", "special", "no_parent", "craft_hamlet", "sibling_case",
    }  # fmt: skip
    assert "past_case" in factors(sibling)
    moved = make_living(there, "Chi")
    moved = move_child(moved, here, hamlet="Thôn 9", by=system, on=date(2026, 5, 1))
    assert factors(moved) == {"moved_lately"}
    assert factors(child, date(2026, 7, 1)) >= {"left_school"}


def test_long_absence_is_of_the_last_term(here, system):
    child = make_living(here)
    record_enrolment(child, school_year="2025-2026", status="attending", by=system,
                     on=date(2026, 1, 6))  # fmt: skip
    record_attendance(child, school_year="2025-2026", term="2", source="school", days=80,
                      with_leave=4, without_leave=6, by=system, on=date(2026, 6, 5))  # fmt: skip
    assert factors(child) == {"long_absence"}


def test_thirteen_to_seventeen_in_summer(here):
    child = make_living(here, birth_date=date(2012, 1, 1))
    assert factors(child, date(2026, 7, 1)) == {"teen_in_summer"}
    assert factors(child) == set()


def test_the_register_is_scored_with_the_version_of_the_rules(here, lan, system):
    (poor,) = make_family(here, "An")
    record_poverty(poor.household, today().year, "poor", by=system)
    make_living(here, "Không Có Gì")
    for _time in range(2):
        assert score_commune(here, by=lan, on=today()) == 1
    row = RiskScore.objects.get()
    assert (row.child, row.points, row.reasons, row.rule_version) == (poor, 15, {"poor": 15}, 0)


def test_the_office_changes_weights_and_old_versions_stay(hanh):
    set_weights({"poor": 40}, by=hanh, on=today(), note="Theo kết quả rà soát")
    version, weights = rules_in_force()
    assert (version, weights["poor"], weights["left_school"]) == (1, 40, 30)
    event = Event.objects.get(action="rounds.set_weights")
    assert (event.before["poor"], event.after["poor"]) == (15, 40)


def test_weights_out_of_bounds_or_without_a_reason_or_right_are_refused(hanh, lan):
    with pytest.raises(ValidationError) as refused:
        set_weights({"poor": 101}, by=hanh, on=today(), note=" ")
    assert set(refused.value.message_dict) == {"poor", "note"}
    with pytest.raises(PermissionDenied):
        set_weights({"poor": 1}, by=lan, on=today(), note="vì thế")


def test_a_sealed_case_is_no_factor_and_erases_what_it_had_been(here, lan, system):
    child, sibling = make_family(here, "An", "Bình")
    case = make_case(here, child=child)
    make_running(here)
    score_commune(here, by=system, on=today())
    assert RiskScore.objects.count() == 2
    assert ListedChild.objects.get(child=sibling).factors == ["sibling_case"]
    seal(case)
    assert not RiskScore.objects.exists()
    assert not ListedChild.objects.exclude(factors=[]).exists()
    score_commune(here, by=system, on=today())
    assert factors(child) == factors(sibling) == set()
    assert not RiskScore.objects.exists()


def test_a_case_of_another_commune_is_no_factor_here(here, there):
    child = make_living(here)
    make_case(there, child=child)
    assert factors(child) == set()


def test_a_score_changes_no_state(here, lan, system):
    (child,) = make_family(here, "An")
    record_poverty(child.household, today().year, "poor", by=system)
    score_commune(here, by=lan, on=today())
    assert not child.cases.exists()
    assert not child.reports.exists()


def test_the_job_scores_the_communes_of_who_asked(here, there, lan, system):
    for unit in (here, there):
        (child,) = make_family(unit, "An")
        record_poverty(child.household, today().year, "poor", by=system)
    with acting_as(lan):
        enqueue("rounds.score", {}, by=lan)
    run_jobs()
    assert set(RiskScore.objects.values_list("unit", flat=True)) == {here.pk}


def test_the_list_shows_reasons_filters_and_is_a_file(client, here, lan, thu, system):
    (child,) = make_family(here, "An")
    record_poverty(child.household, today().year, "poor", by=system)
    score_commune(here, by=system, on=today())
    client.force_login(lan)
    address = reverse("rounds:risk_list")
    page = client.get(address).content.decode()
    assert "Hộ nghèo hoặc cận nghèo (+15)" in page
    assert "không kết luận về trẻ nào" in page
    assert not client.get(address + "?factor=special").context["rows"]
    assert client.get(address + "?points=15").context["rows"]
    assert client.get(address + "?format=csv").status_code == 200
    client.force_login(thu)
    assert not client.get(address).context["rows"]


def test_a_child_is_explained_to_who_may_see_it(client, here, lan, thu, system):
    (child,) = make_family(here, "An")
    record_poverty(child.household, today().year, "poor", by=system)
    address = reverse("rounds:risk_child", args=[child.pk])
    client.force_login(lan)
    assert client.get(address).context["score"].points == 15
    client.force_login(thu)
    assert client.get(address).status_code == 404


def test_rules_are_edited_on_their_page_by_who_may(client, hanh, lan):
    client.force_login(hanh)
    edit = reverse("rounds:risk_rules_edit")
    sent = {**dict.fromkeys(FACTORS, 7), "note": "Thử"}
    assert client.post(edit, sent).status_code == 303
    assert client.post(edit, {**sent, "note": ""}).status_code == 422
    page = client.get(reverse("rounds:risk_rules")).content.decode()
    assert "Thử" in page
    client.force_login(lan)
    assert client.get(edit).status_code == 403


def test_a_round_may_visit_who_has_a_score(here, lan, system):
    (poor,) = make_family(here, "An")
    make_living(here, "Bình")
    record_poverty(poor.household, today().year, "poor", by=system)
    score_commune(here, by=system, on=today())
    planned = make_running(here, groups=["at_risk"], score_from=15)
    row = ListedChild.objects.get(round=planned)
    assert (row.child, row.factors) == (poor, ["poor"])


def test_moving_by_a_reform_is_no_move(here, system):
    child = make_living(here, on=date(2025, 7, 1))
    assert factors(child, date(2025, 7, 1) + timedelta(days=30)) == set()


def test_scoring_asks_the_same_number_of_questions_for_many(
    here, system, django_assert_max_num_queries
):
    for n in range(30):
        make_living(here, f"Trẻ {chr(97 + n % 26)}{n // 26 * 'a'}")
    with django_assert_max_num_queries(30):
        score_commune(here, by=system, on=today())
