"""Sixteen during a case: what no longer binds and from when; eighteen ends it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.cases import actions
from tuoitho.cases.coming_of_age import surely_from
from tuoitho.cases.due import due_items
from tuoitho.cases.due_ages import QUEUE as ADULTS
from tuoitho.cases.models import Case
from tuoitho.cases.states import State
from tuoitho.cases.story import stepper
from tuoitho.cases.tests.make import MEASURES, NO_WORK, OPENED, make_case, make_child
from tuoitho.cases.turns import end_of
from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.people.models import Child

BIRTHS = st.dates(date(2005, 1, 1), date(2020, 12, 31))


def later(days):
    return OPENED + timedelta(days=days)


def born(years, shift=0):
    """Completes ``years`` on the day ``shift`` after the case was opened."""
    day = later(shift)
    return day.replace(year=day.year - years)


@given(BIRTHS, st.sampled_from([16, 18]))
def test_the_day_of_an_age_is_the_first_on_which_it_is_complete(birth, years):
    child = Child(birth_date=birth)
    day = surely_from(child, years)
    assert child.age_on(day) == years
    assert child.age_on(day - timedelta(days=1)) == years - 1


def test_an_estimate_is_sure_only_by_its_lower_end():
    child = Child(age_low=14, age_high=15, age_seen_on=date(2026, 3, 2))
    assert surely_from(child, 16) == date(2028, 3, 2)
    assert surely_from(Child(), 16) is None


def test_limits_that_end_after_sixteen_no_longer_bind(here, lan):
    case = make_case(here, child=make_child(here, birth_date=born(16, 3)))
    actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
    assert Case.objects.get(pk=case.pk).plan_due_on == date(2026, 3, 9)
    actions.draft_plan(case, needs="Học nghề", measures=MEASURES, by=lan, on=later(4))
    case = Case.objects.get(pk=case.pk)
    assert (case.outside_children_law, case.turned_16_on) == (True, later(3))
    assert (case.plan_due_on, case.plans.get().due_on) == (None, None)
    assert case.moves.filter(name="sixteen").count() == 1


def test_a_limit_missed_before_sixteen_stays_missed(here, lan):
    case = make_case(here, child=make_child(here, birth_date=born(16, 20)))
    actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)
    actions.start_support(case, by=lan, on=later(21))
    case = Case.objects.get(pk=case.pk)
    assert (case.plan_due_on, case.state) == (date(2026, 3, 9), "supporting")
    actions.start_service(case, kind="job", by=lan, on=later(21))
    assert not Case.objects.supported_in_time().exists()


def test_separation_ends_before_the_sixteenth_birthday(here, chung):
    case = make_case(here, child=make_child(here, birth_date=born(16, 5)))
    with pytest.raises(ValidationError) as error:
        actions.decide_emergency(case, kind="separation", by=chung, on=OPENED, until=later(5))
    assert f"{later(5):%d/%m/%Y}" in error.value.message_dict["until"][0]
    actions.decide_emergency(case, kind="separation", by=chung, on=OPENED, until=later(4))


def test_every_form_of_the_decree_is_optional_from_sixteen(here, lan, chung):
    case = make_case(here, child=make_child(here, birth_date=born(16)), outside_children_law=True,
                     category="at_risk")  # fmt: skip
    assert [s.optional for s in stepper(case)] == [True] * 4 + [False] * 2 + [True, False]
    actions.start_support(case, by=lan, on=OPENED)
    actions.record_visit(case, NO_WORK, by=lan, on=later(1))
    assert Case.objects.supported_in_time().get() == case
    actions.close_case(case, by=chung, on=later(2), reason="reached")
    assert Case.objects.get(pk=case.pk).closing == "reached"


def test_below_sixteen_a_review_is_still_needed(here, chung):
    with pytest.raises(ValidationError):
        actions.close_case(make_case(here, state="following"), by=chung, on=OPENED)


@pytest.mark.parametrize("state", [State.OPENED, State.SUBMITTED, State.SUPPORTING])
def test_eighteen_ends_a_case_from_any_step(here, chung, state):
    grown = make_case(here, state=state, child=make_child(here, birth_date=born(18)))
    minor = make_case(here, state=state, child=make_child(here, birth_date=born(17)))
    assert actions.close_case(grown, by=chung, on=OPENED, reason="adult").closing == "adult"
    with pytest.raises(ValidationError):
        actions.close_case(minor, by=chung, on=OPENED, reason="adult")


def test_an_undecided_case_ends_for_few_reasons(here, chung):
    for reason in ("not_confirmed", "other", "reached"):
        with pytest.raises(ValidationError):
            actions.close_case(make_case(here), by=chung, on=OPENED, reason=reason)
    assert actions.close_case(make_case(here), by=chung, on=OPENED, reason="moved")


def test_who_is_eighteen_waits_for_the_end(here, lan, chung, thu):
    make_case(here, child=make_child(here, birth_date=born(18)))
    words = "Kết thúc hồ sơ: đã đủ 18 tuổi"
    assert words in [i.what for i in due_items(chung)]
    assert words not in [i.what for i in due_items(lan)] + [i.what for i in due_items(thu)]


@pytest.mark.parametrize("birth", [date(2008, 2, 28), date(2008, 2, 29), date(2008, 3, 1)])
def test_the_database_counts_the_same_birthday(here, chung, birth):
    make_case(here, child=make_child(here, birth_date=birth))
    with time_machine.travel("2026-04-01 09:00+07:00", tick=False):
        (row,) = ADULTS.rows(chung)
        (item,) = ADULTS.everything(chung)
    assert row.queue_due == item.moment == end_of(surely_from(row.child, 18))


def test_the_daily_work_marks_who_has_turned_sixteen(here, system):
    case = make_case(here, child=make_child(here, birth_date=born(16, 3)))
    younger = make_case(here)
    enqueue("cases.sixteen", {}, by=system)
    run_jobs()
    case.refresh_from_db()
    younger.refresh_from_db()
    assert (case.turned_16_on, younger.outside_children_law) == (later(3), False)


def test_the_page_says_what_changes_and_from_when(client, here, chung):
    case = make_case(here, state="following", child=make_child(here, birth_date=born(16, 3)))
    client.force_login(chung)
    page = reverse("cases:case_detail", args=[case.pk])
    with time_machine.travel("2026-03-03 09:00+07:00"):
        assert "Em sẽ đủ 16 tuổi ngày 05/03/2026" in client.get(page).content.decode()
    with time_machine.travel("2026-03-06 09:00+07:00"):
        assert "Em đã đủ 16 tuổi ngày 05/03/2026" in client.get(page).content.decode()
    grown = make_case(here, child=make_child(here, birth_date=born(18)))
    assert (
        "Đã đủ 18 tuổi ngày"
        in client.get(reverse("cases:case_detail", args=[grown.pk])).content.decode()
    )
    stop = client.get(reverse("cases:case_step", args=[grown.pk, "stop"])).content.decode()
    assert 'value="adult"' in stop
    assert 'value="other"' not in stop
