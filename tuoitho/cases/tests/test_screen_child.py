"""Facts of work go to the law of the day; its answer is kept as it was given."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.audit.models import Event
from tuoitho.cases.actions import screen_child
from tuoitho.cases.models import Screening, ScreeningWork
from tuoitho.cases.tests.make import DISHES, NO_WORK, OPENED, make_case, make_child, make_report
from tuoitho.law import LAW_VERSION


def test_a_child_of_eleven_washing_dishes_is_child_labour(here, lan):
    screening = screen_child(make_child(here), DISHES, observed_on=OPENED, by=lan)
    screening.refresh_from_db()
    assert (screening.outcome, screening.child_labour, screening.age) == ("unlawful", True, 11)
    assert screening.law_version == LAW_VERSION
    assert all(f["citation"] and f["reason"] for f in screening.broken)
    assert ScreeningWork.objects.get(screening=screening).description == "Rửa bát thuê"


def test_no_work_is_no_child_labour(here, lan):
    screening = screen_child(make_child(here), NO_WORK, observed_on=OPENED, by=lan)
    assert (screening.outcome, screening.child_labour) == ("not_working", False)


def test_what_nobody_knows_stays_unknown(here, lan):
    screening = screen_child(make_child(here), {"works": None}, observed_on=OPENED, by=lan)
    assert (screening.outcome, screening.child_labour) == ("undetermined", None)


def test_an_estimated_age_grows_until_the_day_observed(here, lan):
    child = make_child(
        here, birth_date=None, age_low=12, age_high=13, age_seen_on=date(2024, 1, 10)
    )
    screening = screen_child(child, DISHES, observed_on=OPENED, by=lan)
    assert screening.facts["age_range"] == [14, 16]


def test_it_answers_the_report_and_leaves_a_trace(here, lan):
    child, report = make_child(here), make_report(here)
    screening = screen_child(child, DISHES, observed_on=OPENED, report=report, by=lan)
    report.refresh_from_db()
    assert (report.state, report.child) == ("screened", child)
    event = Event.objects.get(action="cases.screen")
    assert (event.child_key, event.subject_key) == (child.pk, str(screening.pk))


def test_a_screening_of_a_child_in_care_belongs_to_the_case(here, lan):
    case = make_case(here)
    assert screen_child(case.child, NO_WORK, observed_on=OPENED, by=lan).case == case


@pytest.mark.parametrize(
    "facts",
    [{"works": [{"job": "X99"}]}, {"works": [{"hours_day": 25}]}, {"chores_hours_week": -1}],
)
def test_what_the_law_cannot_read_is_refused(here, lan, facts):
    with pytest.raises(ValidationError):
        screen_child(make_child(here), facts, observed_on=OPENED, by=lan)
    assert not Screening.objects.exists()


def test_tomorrow_cannot_be_observed(here, lan):
    with pytest.raises(ValidationError):
        screen_child(make_child(here), NO_WORK, observed_on=date(2099, 1, 1), by=lan)


def test_the_chair_and_the_neighbour_do_not_screen(here, chung, thu):
    for person in (chung, thu):
        with pytest.raises(PermissionDenied):
            screen_child(make_child(here), NO_WORK, observed_on=OPENED, by=person)


def test_a_work_is_named_by_the_lists_of_the_law_not_by_their_codes(here, lan):
    screening = screen_child(make_child(here), DISHES, observed_on=OPENED, by=lan)
    words = screening.works.get().by_list
    assert words.startswith("Việc khác, đã tra")
    assert "other" not in words
