"""Two people, or a person and the clock, at once, in a committed database of two connections."""

import os
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from conftest import cloned, make_user, thanh_tri  # type: ignore[attr-defined]
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.cases.tests.make import DISHES
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import record_enrolment
from tuoitho.people.school_years import school_year_of
from tuoitho.people.tests.test_race import at_once
from tuoitho.rounds.actions import answer_child, close_round, score_commune, set_weights
from tuoitho.rounds.models import ListedChild, RiskScore, Round
from tuoitho.rounds.models.risk import RuleSet
from tuoitho.rounds.tests.make import make_living, make_running


@pytest.fixture
def stage(server, django_db_setup, django_db_blocker):
    """A database of its own, in which what is done stays done: a round with one child."""
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_rounds_race_{os.getpid()}"):
        system = User.objects.get(username="system")
        with acting_as(system):
            here = thanh_tri("00640")
            people = [make_user(name, "commune_worker", here) for name in ("lan", "liên")]
            child = make_living(here)
            record_enrolment(child, school_year=school_year_of(today()), status="dropped_out",
                             by=system, on=today())  # fmt: skip
            make_running(here)
        yield here, people


def test_a_round_does_not_end_while_a_child_is_being_found(stage):
    """Luật Trẻ em 2016 Điều 51: no child found in child labour is left without a report."""
    _here, (lan, lien) = stage
    written, closed = threading.Event(), threading.Event()

    def close():
        try:
            with acting_as(lien):
                written.wait(10)
                close_round(Round.objects.get(), by=lien, on=today())
        except ValidationError:
            pass
        finally:
            closed.set()
            connection.close()

    other = threading.Thread(target=close)
    other.start()
    with acting_as(lan), transaction.atomic():
        answer_child(ListedChild.objects.get(), visited_on=today(), facts=DISHES, by=lan)
        written.set()
        closed.wait(1)
    other.join(20)
    with acting_as(lan):
        assert ListedChild.objects.needing_report().count() == 1
        assert Round.objects.get().is_running


def test_scoring_asked_for_twice_gives_each_child_one_score(stage):
    here, people = stage
    answers = at_once(people * 3, lambda by: score_commune(here, by=by, on=today()))
    with acting_as(people[0]):
        assert answers == [1] * 6
        assert RiskScore.objects.count() == 1


def test_two_first_versions_of_the_weights_are_two_versions(stage):
    """There is no row yet that could be locked."""
    area = thanh_tri("00640").area
    with acting_as(User.objects.get(username="system")):
        people = [make_user(name, "administrator", area) for name in ("tuấn", "tú")]
    at_once(
        people,
        lambda who: set_weights({"poor": 40}, by=who, on=today(), note="Theo kết quả rà soát"),
    )
    assert sorted(RuleSet.objects.values_list("version", flat=True)) == [1, 2]
