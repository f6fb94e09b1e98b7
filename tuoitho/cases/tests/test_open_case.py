"""Opening a case, gathering its news, sealing it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases.actions import (
    attach_report,
    close_case,
    open_case,
    reopen_case,
    screen_child,
    seal_case,
)  # fmt: skip
from tuoitho.cases.models import Case, Report, Screening
from tuoitho.cases.tests.make import (
    DISHES,
    OPENED,
    RECEIVED,
    make_case,
    make_child,
    make_report,
)  # fmt: skip
from tuoitho.lib.hanoi import HANOI, today


def test_a_case_opens_with_the_limit_of_its_report(here, lan):
    child, report = make_child(here), make_report(here)
    screening = screen_child(child, DISHES, observed_on=OPENED, report=report, by=lan)
    case = open_case(child, "child_labour", report=report, screening=screening, by=lan, on=OPENED)
    case.refresh_from_db()
    report.refresh_from_db()
    assert case.first_response_due_at == RECEIVED + timedelta(hours=12)
    assert (case.state, case.notified_on, case.opened_unit) == ("opened", OPENED, here)
    assert (report.state, report.case, case.screenings.get()) == ("in_case", case, screening)
    assert case.moves.get().name == "open"
    assert Event.objects.get(action="cases.open").child_key == child.pk


def test_all_news_of_the_child_come_together(here, lan):
    child = make_child(here)
    for _ in range(2):
        make_report(here, child=child)
    case = open_case(child, "at_risk", by=lan, on=OPENED)
    assert case.reports.count() == 2
    attach_report(case, make_report(here), by=lan, on=OPENED)
    assert case.reports.filter(state="in_case").count() == 3


def test_without_an_hour_the_day_counts_to_its_end(here, lan):
    case = open_case(make_child(here), "at_risk", by=lan, on=OPENED)
    assert case.first_response_due_at == datetime(2026, 3, 3, 11, 59, tzinfo=HANOI)


def test_one_open_case_a_child(here, lan):
    child = make_child(here)
    open_case(child, "at_risk", by=lan, on=OPENED)
    with pytest.raises(ValidationError):
        open_case(child, "child_labour", by=lan, on=OPENED)


@pytest.mark.parametrize(
    ("birth", "outside"),
    [(date(2010, 3, 3), False), (date(2010, 3, 2), True), (None, False)],
)
def test_sixteen_is_outside_the_law_on_children(here, lan, birth, outside):
    case = open_case(make_child(here, birth_date=birth), "at_risk", by=lan, on=OPENED)
    assert case.outside_children_law is outside


def test_an_adult_has_no_case(here, lan):
    with pytest.raises(ValidationError):
        open_case(make_child(here, birth_date=date(2008, 3, 2)), "at_risk", by=lan, on=OPENED)


def test_a_case_is_not_opened_before_its_report_nor_tomorrow(here, lan):
    child, report = make_child(here), make_report(here)
    for day in (OPENED - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(ValidationError):
            open_case(child, "at_risk", report=report, by=lan, on=day)


def test_strangers_and_the_chair_open_nothing(here, thu, chung):
    for person in (thu, chung):
        with pytest.raises(PermissionDenied):
            open_case(make_child(here), "at_risk", by=person, on=OPENED)


def test_trafficking_vanishes_from_all_but_the_police(here, lan, chung, hanh, cast_member):
    child, report = make_child(here), make_report(here)
    with acting_as(lan):
        screen_child(child, DISHES, observed_on=OPENED, report=report, by=lan)
        case = open_case(child, "trafficked", report=report, by=lan, on=OPENED)
    for person in (lan, chung, hanh):
        with acting_as(person):
            for model in (Case, Report, Screening):
                assert not model.objects.visible_to(person).exists()
                assert not model.objects.exists()
    with acting_as(cast_member("police")):
        assert Case.objects.get() == case
        assert Report.objects.exists()
        assert Screening.objects.exists()


def test_a_sealed_case_does_not_show_itself_by_refusing_another(here, lan):
    child = make_child(here)
    with acting_as(lan):
        open_case(child, "trafficked", by=lan, on=OPENED)
        open_case(child, "at_risk", by=lan, on=OPENED)


def test_sealing_leaves_no_trace_to_readers_of_the_log(here, lan, chung):
    case = open_case(make_child(here), "at_risk", by=lan, on=OPENED)
    seal_case(case, by=lan, on=OPENED)
    with acting_as(chung):
        assert not Event.objects.filter(action="cases.seal").exists()
    assert Event.objects.filter(action="cases.seal", child_key=None).count() == 1


def test_the_police_work_on_what_only_they_see(here, lan, cast_member):
    from tuoitho.cases.actions import assess_emergency

    with acting_as(lan):
        case = open_case(make_child(here), "trafficked", by=lan, on=OPENED)
    police = cast_member("police")
    with acting_as(police):
        assert assess_emergency(case, emergency=True, by=police, on=OPENED).emergency
    with acting_as(lan), pytest.raises(Case.DoesNotExist):
        assess_emergency(case, emergency=True, by=lan, on=OPENED)


def test_reopening_keeps_the_history_and_asks_for_a_new_assessment(here, lan, chung):
    case = make_case(here, state="closed", closed_on=date(2026, 5, 4))
    with pytest.raises(ValidationError):
        reopen_case(case, by=chung, on=date(2026, 6, 1), note=" ")
    case = reopen_case(case, by=chung, on=date(2026, 6, 1), note="Em lại đi làm")
    assert (case.state, case.closed_on, case.closing) == ("reopened", None, "")
    assert case.response_due_at == datetime(2026, 6, 2, 11, 59, tzinfo=HANOI)
    assert case.first_response_due_at == RECEIVED + timedelta(hours=12)
    assert case.moves.count() == 2


def test_no_reopening_beside_another_open_case(here, chung):
    child = make_child(here)
    old = make_case(here, state="closed", child=child)
    make_case(here, child=child)
    with pytest.raises(ValidationError):
        reopen_case(old, by=chung, on=date(2026, 10, 1), note="Nhầm")


def test_a_case_that_is_none_is_stopped_by_the_chair_only(here, lan, chung):
    case = make_case(here, state="assessed")
    with pytest.raises(PermissionDenied):
        close_case(case, reason="not_confirmed", by=lan, on=OPENED)
    assert close_case(case, reason="not_confirmed", by=chung, on=OPENED).closed_on == OPENED
