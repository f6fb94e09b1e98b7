"""Two people at the same report at once, in a committed database with two connections."""

import os
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from conftest import cloned, make_user, thanh_tri  # type: ignore[attr-defined]
from tuoitho.access.models import User
from tuoitho.access.person import acting_as, steadily
from tuoitho.indicators.tests.make import make_baseline
from tuoitho.reports import actions
from tuoitho.reports.models import Edition
from tuoitho.reports.tests.make import DAY, SIGNER, make_report


@pytest.fixture
def stage(server, django_db_setup, django_db_blocker):
    """A database of its own, in which what is done stays done."""
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_reports_race_{os.getpid()}"):
        with acting_as(User.objects.get(username="system")):
            here = thanh_tri("00640")
            people = [make_user(name, "commune_chair", here) for name in ("chung", "chi")]
            report = make_report(here)
        yield report, people


def at_once(acts):
    """Run each (person, act) in its own thread and steady transaction; what each returned."""
    gate, answers = threading.Barrier(len(acts)), []

    def run(person, act):
        waited = []

        def within():
            if not waited:  # a second try does not wait for anybody
                waited.append(gate.wait(timeout=20))
            return act(person)

        try:
            answers.append(steadily(person, within))
        except ValidationError as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_of_two_who_sign_one_signs_and_the_other_is_told(stage):
    report, (chung, chi) = stage

    def sign(person):
        return actions.sign_report(report, **SIGNER, revision=0, by=person, on=DAY)

    answers = at_once([(chung, sign), (chi, sign)])
    refusals = [a for a in answers if isinstance(a, ValidationError)]
    assert (len(answers), len(refusals)) == (2, 1)
    assert "Đã ký, chưa gửi" in refusals[0].messages[0]
    assert "Bước gần nhất: Ký" in refusals[0].messages[0]
    with acting_as(chung):
        assert Edition.objects.count() == 1


def test_of_two_who_save_one_saves_and_the_other_is_told(stage):
    report, (chung, chi) = stage

    def write(person):
        texts = {"budget": person.username}
        return actions.write_report(report, texts, revision=0, by=person, on=DAY)

    answers = at_once([(chung, write), (chi, write)])
    refusals = [a for a in answers if isinstance(a, ValidationError)]
    assert (len(answers), len(refusals)) == (2, 1)
    assert refusals[0].code == "overtaken"


def test_what_changes_while_a_report_is_signed_is_not_in_it(stage):
    report, (chung, _chi) = stage

    def enter_a_figure():
        with acting_as(User.objects.get(username="system")):
            make_baseline(report.unit, "staff_teachers", 100, year=2025)
        connection.close()

    def sign():
        assert Edition.objects.count() == 0  # the moment from which on nothing changes
        other = threading.Thread(target=enter_a_figure)
        other.start()
        other.join(timeout=20)
        return actions.sign_report(report, **SIGNER, revision=0, by=chung, on=DAY)

    edition = steadily(chung, sign)
    staff = next(row for row in edition.figures if row["code"] == "2.1.staff")
    assert staff["denominator"] is None
    connection.close()
