"""Two people at once on one file: a separation, the end of child labour, reports put together."""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from conftest import cloned, make_user, thanh_tri  # type: ignore[attr-defined]
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.models import Report, ReportJoin
from tuoitho.cases.separation import days_of
from tuoitho.cases.tests.make import NO_WORK, OPENED, in_support, make_case, make_child, make_report
from tuoitho.cases.tests.test_race import at_once, refusals
from tuoitho.lib.hanoi import today


@pytest.fixture
def stage(server, django_db_setup, django_db_blocker):
    """A database of its own, in which what is done stays done."""
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_file_race_{os.getpid()}"):
        with acting_as(User.objects.get(username="system")):
            here = thanh_tri("00640")
            people = [make_user(name, "commune_worker", here) for name in ("lan", "mai")]
            people += [make_user(name, "commune_chair", here) for name in ("chung", "chi")]
        yield here, people


def later(days):
    return OPENED + timedelta(days=days)


def test_two_separations_at_once_stay_within_fifteen_days(stage):
    here, (_lan, _mai, chung, chi) = stage
    with acting_as(User.objects.get(username="system")):
        case = make_case(here)
    separate = lambda by, first: actions.decide_emergency(  # noqa: E731
        case, kind="separation", by=by, on=later(first), until=later(first + 9)
    )
    answers = at_once([(chung, lambda: separate(chung, 0)), (chi, lambda: separate(chi, 10))])
    assert (len(answers), refusals(answers)) == (2, 1)
    with acting_as(chung):
        spans = [(m.starts_on, m.last_day) for m in case.emergency_measures.all()]
    assert days_of(spans) == 10


def test_the_end_of_child_labour_is_recorded_once_and_verified_once(stage):
    here, (lan, mai, chung, chi) = stage
    with acting_as(lan):
        child = make_child(here)
    with acting_as(User.objects.get(username="system")):
        case = in_support(child, lan, chung)
    with acting_as(lan):
        for day in (30, 120):
            actions.record_visit(case, NO_WORK, by=lan, on=later(day))
    record = lambda: actions.record_cessation(case, by=lan, on=later(120))  # noqa: E731
    answers = at_once([(lan, record), (lan, record)])
    assert (len(answers), refusals(answers)) == (2, 1)
    answers = at_once([
        (p, lambda p=p: actions.verify_cessation(case, by=p, on=later(121))) for p in (mai, chi)
    ])  # fmt: skip
    assert (len(answers), refusals(answers)) == (2, 1)
    with acting_as(lan):
        assert case.cessations.exclude(verified_by="").count() == 1


def test_reports_are_joined_once(stage):
    here, (lan, mai, _chung, _chi) = stage
    with acting_as(lan):
        one, other = make_report(here), make_report(here)
    pairs = ((lan, one, other), (mai, other, one))
    answers = at_once([
        (p, lambda p=p, a=a, b=b: actions.join_reports(a, b, "same_child", by=p, on=today()))
        for p, a, b in pairs
    ])  # fmt: skip
    assert (len(answers), refusals(answers)) == (2, 1)
    with acting_as(lan):
        assert ReportJoin.objects.filter(ended_at=None).count() == 2


def test_two_groups_put_together_from_both_ends_become_one(stage):
    here, (lan, mai, _chung, _chi) = stage
    for _again in range(3):  # each time a chance for the two to cross
        with acting_as(lan):
            a, b, c, d = (make_report(here) for _n in range(4))
            for pair in ((a, b), (c, d)):
                actions.join_reports(*pair, "same_child", by=lan, on=today())
        crossed = ((lan, a, c), (mai, d, b))
        answers = at_once([
            (p, lambda p=p, x=x, y=y: actions.join_reports(x, y, "same_child", by=p, on=today()))
            for p, x, y in crossed
        ])  # fmt: skip
        assert (len(answers), refusals(answers)) == (2, 1)
        with acting_as(lan):
            rows = ReportJoin.objects.filter(report__in=[a, b, c, d], ended_at=None)
            assert len(set(rows.values_list("group", flat=True))) == 1


def test_a_report_is_taken_out_once(stage):
    here, (lan, mai, _chung, _chi) = stage
    with acting_as(lan):
        reports = [make_report(here) for _n in range(3)]
        for other in reports[1:]:
            actions.join_reports(reports[0], other, "same_child", by=lan, on=today())
    answers = at_once([
        (p, lambda p=p: actions.separate_report(reports[0], "Nhầm", by=p, on=today()))
        for p in (lan, mai)
    ])  # fmt: skip
    assert (len(answers), refusals(answers)) == (2, 1)
    assert all(isinstance(answer, Report | ValidationError) for answer in answers)
