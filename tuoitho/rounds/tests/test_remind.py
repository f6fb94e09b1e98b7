"""Who has a list is reminded before the round ends, once a day."""

from datetime import timedelta

import pytest

from conftest import make_user
from tuoitho.cases.tests.make import NO_WORK
from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.lib.hanoi import today
from tuoitho.notices.models import Notice
from tuoitho.rounds.actions import answer_child
from tuoitho.rounds.tests.make import listed_of, make_family, make_running


@pytest.fixture
def ctv(here):
    return make_user("ctv", "collaborator", here)


def told(ctv):
    return Notice.objects.filter(to=ctv, kind="round.due").count()


def test_three_days_before_the_end_the_collaborator_is_told_once(here, ctv, system):
    make_family(here, "An")
    make_running(here, last_day=today() + timedelta(days=3))
    for _time in range(2):
        enqueue("rounds.remind", {}, by=system)
        run_jobs()
    assert told(ctv) == 1


@pytest.mark.parametrize("days", [0, 5, 30])
def test_on_other_days_nobody_is_told(here, ctv, system, days):
    make_family(here, "An")
    make_running(here, last_day=today() + timedelta(days=days))
    enqueue("rounds.remind", {}, by=system)
    run_jobs()
    assert told(ctv) == 0


def test_who_has_visited_all_is_left_alone(here, ctv, system):
    (child,) = make_family(here, "An")
    make_running(here, last_day=today() + timedelta(days=3))
    answer_child(listed_of(child), visited_on=today(), facts=NO_WORK, by=ctv)
    enqueue("rounds.remind", {}, by=system)
    run_jobs()
    assert told(ctv) == 0
