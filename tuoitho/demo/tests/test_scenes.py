"""Single scenes of the demonstration: danger, needs, relapse, sixteen; without playing it all."""

from datetime import timedelta

import pytest

from tuoitho.cases.models import Case
from tuoitho.demo.families import Known
from tuoitho.demo.present import _begun_again, _sixteen
from tuoitho.demo.stage import Stage
from tuoitho.demo.story import Way, tell
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import register_household
from tuoitho.people.tests.make import make_child


@pytest.fixture
def stage(system):
    return Stage(system, today())


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


def test_a_closed_case_begins_again(stage, here, lan, chung):
    (case,) = tell(stage, way(stage, here, "close", stage.system, stage.system, 500))
    assert Case.objects.get(pk=case.pk).closing == "reached"
    _begun_again(stage, here, lan, chung)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.relapses.count()) == ("reopened", 1)


def test_a_minor_of_sixteen_is_helped_without_a_plan(stage, here, lan):
    make_child(here, birth_date=today() - timedelta(days=16 * 366 + 60))
    _sixteen(stage, here, lan)
    case = Case.objects.get()
    assert (case.state, case.outside_children_law, case.plans.count()) == ("supporting", True, 0)
