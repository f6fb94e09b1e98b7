"""Single scenes of the demonstration, without playing it all."""

from datetime import date, timedelta

import pytest

from tuoitho.cases.models import Case
from tuoitho.demo import follow_up, identity
from tuoitho.demo.doubles import write_twice
from tuoitho.demo.families import Known, _identity
from tuoitho.demo.names import family
from tuoitho.demo.stage import Stage
from tuoitho.demo.story import Way, tell
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import add_guardian, register_child, register_household
from tuoitho.people.models import MatchPair, NumberList
from tuoitho.people.national_id import problem
from tuoitho.people.tests.make import make_child


@pytest.fixture
def stage(system):
    return Stage(system, today())


@pytest.fixture
def corner(stage, here, lan, chung, monkeypatch):
    """The commune of the tests with its people, and ten homes."""
    monkeypatch.setattr(follow_up, "staff", lambda _unit: (lan, chung))
    for number in range(10):
        register_household(unit=here, head_name=f"Nguyễn Văn {chr(65 + number)}", hamlet="Thôn 1",
                           by=stage.system, on=today())  # fmt: skip
    return follow_up.Corner(stage, here)


def way(stage, here, last_step, worker, chair, ago, **facts):
    child = make_child(here, birth_date=today() - timedelta(days=13 * 365))
    household = register_household(
        unit=here, head_name="Nguyễn Văn A", hamlet="Thôn 1", by=stage.system, on=today()
    )
    day = today() - timedelta(days=ago)
    return Way(Known(child, here, household), day, last_step, worker, chair, kind="labour", **facts)


def test_a_child_in_danger_is_separated_and_the_separation_prolonged(stage, here, lan, chung):
    (case,) = tell(stage, way(stage, here, "draft", lan, chung, 20, emergency=True))
    first, more = case.emergency_measures.order_by("starts_on")
    assert more.extends == first
    assert [n.party for n in case.emergency_notices.all()] == ["police"]
    assert case.plans.get().measures.filter(need__isnull=False).count() == 2
    assert case.meetings.get().attendance.count() == 4


@pytest.mark.parametrize("risk", ["high", "medium", "low"])
def test_the_level_of_risk_is_the_suggested_one(stage, here, lan, chung, risk):
    (case,) = tell(stage, way(stage, here, "draft", lan, chung, 20, risk=risk))
    assert case.assessments.get().risk_level == risk


def test_cessation_is_verified_by_a_second_person(stage, here, lan, chung):
    (case,) = tell(stage, way(stage, here, "cease", lan, chung, 160))
    assert case.cessations.get().verified_by == chung.actor_name


def test_a_closed_case_begins_again(stage, corner, here):
    (case,) = tell(stage, way(stage, here, "close", stage.system, stage.system, 500))
    assert Case.objects.get(pk=case.pk).closing == "reached"
    follow_up._begun_again(corner)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.relapses.count()) == ("reopened", 1)


def test_a_plan_is_sent_back_and_approved_when_rewritten(corner):
    follow_up._sent_back(corner)
    plans = Case.objects.get().plans.order_by("version")
    assert [plan.decision for plan in plans] == ["refused", "approved"]


def test_a_visit_finds_work_and_later_ones_do_not(corner):
    follow_up._works_still(corner)
    visits = Case.objects.get().visits.order_by("on")
    assert [visit.clear for visit in visits] == [False, True, True]


def test_a_separation_ends_when_the_carers_are_safe(corner):
    follow_up._safe_again(corner)
    ended = Case.objects.get().emergency_measures.order_by("starts_on").last()
    assert ended.end_reason == "carers_safe"


def test_a_minor_of_sixteen_is_helped_without_a_plan(corner):
    follow_up._sixteen(corner)
    case = Case.objects.get()
    assert (case.state, case.outside_children_law, case.plans.count()) == ("supporting", True, 0)


def test_one_turns_sixteen_and_another_eighteen(corner):
    follow_up._turned_sixteen(corner)
    assert Case.objects.get().turned_16_on is not None
    follow_up._adult(corner)
    assert Case.objects.get(state="closed").closing == "adult"


def test_files_are_kept_and_one_is_taken_back(stage, corner, here, lan, chung):
    (case,) = tell(stage, way(stage, here, "visit", lan, chung, 60))
    follow_up._files(corner)
    assert [a.withdrawn_at is None for a in case.attachments.order_by("at")] == [True, True, False]


def test_a_case_of_the_year_before_is_followed_to_this_day(stage, corner, here, lan, chung):
    (case,) = tell(stage, way(stage, here, "visit", lan, chung, 600))
    follow_up._still_followed(corner)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.step_due_on > today()) == ("following", True)


def test_papers_are_printed_and_crime_is_told_to_the_police(stage, corner, here, lan, chung):
    (case,) = tell(stage, way(stage, here, "approve", lan, chung, 20))
    follow_up._papers(corner)
    assert {d.kind for d in case.documents.all()} == {"mau_02", "mau_05"}
    follow_up._crime(corner)
    assert case.report.sendings.get().kind == "police"


def test_cases_are_given_to_the_worker_but_the_last_four(stage, corner, here, lan, chung):
    for _number in range(5):
        tell(stage, way(stage, here, "open", lan, chung, 2))
    follow_up._given_out(corner)
    assert Case.objects.filter(assigned_to=lan).count() == 1


def test_the_school_says_how_often_a_followed_child_came(stage, corner, here, lan, chung):
    (case,) = tell(stage, way(stage, here, "follow", lan, chung, 60))
    follow_up._at_school(corner)
    assert case.child.attendances.get().days == 85


def test_three_children_are_written_twice_and_found(stage):
    hamlets = ("Thôn 1", "Thôn 2")
    unit = stage.new_communes[0]
    for _number in range(12):
        given = family(stage.chance, hamlets)
        household = register_household(unit, head_name=given.father, hamlet=given.hamlet,
                                       by=stage.system, on=today())  # fmt: skip
        for relation, name in (("father", given.father), ("mother", given.mother)):
            add_guardian(household, relation=relation, full_name=name, by=stage.system, on=today())
        for kid in (kid for kid in given.children if kid.birth_date.year > today().year - 15):
            register_child(
                unit, full_name=kid.full_name, birth_date=kid.birth_date, sex=kid.sex,
                household=household, hamlet=given.hamlet, by=stage.system, on=today(),
            )  # fmt: skip
    write_twice(stage)
    assert MatchPair.objects.waiting().count() >= 3


def test_most_children_have_an_identity_number_and_few_a_strange_one(stage):
    kids = [kid for _n in range(400) for kid in family(stage.chance, ("Thôn 1",)).children]
    numbers = [_identity(kid, serial) for serial, kid in enumerate(kids, start=1)]
    strange = [problem(n, kid.birth_date, kid.sex) for n, kid in zip(numbers, kids, strict=True)]
    assert 0.1 < numbers.count("") / len(kids) < 0.15
    assert {"", "sex", "birth_year", "malformed"} <= set(strange)
    assert 0.02 < sum(map(bool, strange)) / len(kids) < 0.08


def test_a_list_of_strange_numbers_is_with_the_police(stage, corner, here, lan, chung, monkeypatch):
    monkeypatch.setattr(identity, "staff", lambda _unit: (lan, chung))
    register_child(here, full_name="Bùi An", national_id="001314000001", sex="male",
                   birth_date=date(2014, 6, 1), by=stage.system, on=today())  # fmt: skip
    identity.ask_police(stage)
    handed = NumberList.objects.get()
    assert (handed.state, handed.checks.count()) == ("handed", 1)
