"""A round is planned, begun with lists from the register, given to people, ended."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from conftest import make_user, thanh_tri
from tuoitho.access.models import Assignment
from tuoitho.audit.models import Event
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import move_from
from tuoitho.notices.models import Notice
from tuoitho.people.actions import record_circumstance, record_enrolment, record_poverty
from tuoitho.rounds.actions import (
    assign_list,
    cancel_round,
    close_round,
    correct_round,
    draft_round,
    start_round,
)
from tuoitho.rounds.models import ListedChild, Round
from tuoitho.rounds.states import MOVES, State, Step
from tuoitho.rounds.tests.make import make_family, make_living, make_round, make_running


def names(planned):
    rows = ListedChild.objects.filter(round=planned).order_by("child__full_name")
    return list(rows.values_list("child__full_name", flat=True))


def test_the_commune_plans_a_round_with_a_list_for_each_hamlet(here, lan):
    make_family(here, "An", hamlet="Thôn 1")
    make_family(here, "Bình", hamlet="Thôn 2", head="Lê Văn Bốn")
    day = today()
    planned = draft_round(here, name="Quý IV", groups=["poor"], first_day=day, last_day=day,
                          by=lan, on=day)  # fmt: skip
    assert [str(row) for row in planned.lists.all()] == ["Thôn 1", "Thôn 2"]
    assert Event.objects.filter(action="rounds.draft").exists()


def test_the_area_plans_for_all_its_communes_or_some(area, here, hanh):
    day = today()
    plan = {"name": "Cả huyện", "groups": ["everyone"], "first_day": day, "last_day": day}
    whole = draft_round(area, by=hanh, on=day, **plan)
    some = draft_round(area, communes=[here], by=hanh, on=day, **plan)
    assert whole.communes.count() == 5
    assert list(some.communes.all()) == [here]


def test_a_commune_does_not_plan_for_another_or_the_area(area, there, lan):
    day = today()
    for unit in (area, there):
        with pytest.raises(PermissionDenied):
            draft_round(unit, name="x", groups=["everyone"], first_day=day, last_day=day,
                        by=lan, on=day)  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"groups": []}, "groups"), ({"groups": ["at_risk"]}, "score_from"),
     ({"age_low": 12, "age_high": 9}, "age_high"), ({"last_day": date(2020, 1, 1)}, "last_day")],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_beside_its_field(here, wrong, field):
    with pytest.raises(ValidationError) as refused:
        make_round(here, **wrong)
    assert field in refused.value.message_dict


def test_lists_are_made_house_by_house_from_the_register_of_that_day(here, lan):
    an, binh = make_family(here, "An", "Bình")
    chi = make_living(here, "Chi", hamlet="Thôn 2")
    planned = start_round(make_round(here), by=lan, on=today())
    assert planned.state == State.RUNNING
    assert names(planned) == ["An", "Bình", "Chi"]
    first = ListedChild.objects.get(child=an)
    assert (first.unit, str(first.work_list), first.household) == (here, "Thôn 1", an.household)
    assert ListedChild.objects.get(child=chi).work_list_id != first.work_list_id
    assert ListedChild.objects.get(child=binh).place_in_list == 2


def test_who_came_after_the_day_and_who_is_not_of_the_age_are_not_listed(here, lan):
    make_living(here, "An")
    make_living(here, "Mới", on=today())
    make_living(here, "Bé", birth_date=date(2024, 1, 1))
    planned = make_round(here, first_day=today() - timedelta(days=9))
    start_round(planned, by=lan, on=today() - timedelta(days=9))
    assert names(planned) == ["An"]


def test_each_group_chooses_its_children(here, lan, system):
    (poor,) = make_family(here, "Nghèo")
    record_poverty(poor.household, today().year - 1, "near_poor", by=system)
    special = make_living(here, "Đặc biệt")
    record_circumstance(special, "10.1.a", since=date(2026, 2, 1), by=system)
    left = make_living(here, "Bỏ học")
    record_enrolment(left, school_year="2025-2026", status="dropped_out", by=system,
                     on=date(2026, 3, 1))  # fmt: skip
    make_living(here, "Khác")
    wanted = {"poor": ["Nghèo"], "special": ["Đặc biệt"], "out_of_school": ["Bỏ học"]}
    for group, found in wanted.items():
        assert names(start_round(make_round(here, groups=[group]), by=lan, on=today())) == found


def test_a_household_no_longer_poor_this_year_is_left_out(here, system):
    (child,) = make_family(here, "An")
    record_poverty(child.household, today().year - 1, "poor", by=system)
    record_poverty(child.household, today().year, "none", by=system)
    with pytest.raises(ValidationError, match="không có trẻ nào"):
        start_round(make_round(here, groups=["poor"]), by=system, on=today())


ACTS: dict[Step, Any] = {
    Step.START: start_round,
    Step.CANCEL: cancel_round,
    Step.CLOSE: close_round,
}


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_only_the_steps_of_the_table_are_possible(here, system, state, step):
    make_living(here)
    planned = make_round(here)
    begun = today() if state in (State.RUNNING, State.CLOSED) else None
    ended = today() if state == State.CLOSED else None
    Round.objects.filter(pk=planned.pk).update(state=state, started_on=begun, closed_on=ended)
    allowed = move_from(MOVES, state, step)
    if allowed is None:
        with pytest.raises(ValidationError, match="Không thể làm bước này"):
            ACTS[step](planned, by=system, on=today(), note="vì thế")
        assert Round.objects.get(pk=planned.pk).state == state
        assert not planned.moves.exists()
    else:
        moved = ACTS[step](planned, by=system, on=today(), note="vì thế")
        assert (moved.state, moved.moves.get().target) == (allowed.target, allowed.target)
        assert Event.objects.filter(action=f"rounds.{step}").exists()


def test_a_plan_is_corrected_only_before_it_begins(here, lan):
    make_living(here)
    planned = make_round(here)
    day = today()
    plan = {"name": "Tên mới", "groups": ["everyone"], "first_day": day, "last_day": day}
    assert correct_round(planned, by=lan, on=day, **plan).name == "Tên mới"
    start_round(planned, by=lan, on=day)
    with pytest.raises(ValidationError):
        correct_round(planned, by=lan, on=day, **plan)


def test_the_only_collaborator_gets_the_lists_and_a_list_can_be_given_to_another(here, lan):
    only = make_user("ctv", "collaborator", here)
    make_family(here, "An")
    planned = make_round(here)
    work_list = planned.lists.get()
    assert work_list.collaborator == only
    other = make_user("ctv2", "collaborator", here)
    assert assign_list(work_list, other, by=lan, on=today()).collaborator == other
    assert Notice.objects.get(to=other).kind == "round.assigned"


def test_who_has_left_the_commune_is_not_given_the_hamlet_of_the_last_round(here, system):
    gone, stays = (make_user(name, "collaborator", here) for name in ("đi", "ở"))
    make_family(here, "An")
    before = make_running(here)
    assign_list(before.lists.get(), gone, by=system, on=today())
    close_round(before, by=system, on=today())
    assert make_round(here).lists.get().collaborator == gone
    Assignment.objects.filter(user=gone).delete()
    assert make_round(here).lists.get().collaborator == stays


def test_no_step_is_taken_on_a_day_to_come(here, system):
    make_living(here)
    tomorrow = today() + timedelta(days=1)
    draft, running = make_round(here), make_running(here)
    for act, planned in ((start_round, draft), (cancel_round, draft), (close_round, running)):
        with pytest.raises(ValidationError) as refused:
            act(planned, by=system, on=tomorrow, note="vì thế")
        assert "on" in refused.value.message_dict


def test_a_list_is_not_given_to_someone_of_another_commune_nor_by_a_stranger(here, lan, thu):
    make_family(here, "An")
    work_list = make_round(here).lists.get()
    with pytest.raises(ValidationError):
        assign_list(work_list, thu, by=lan, on=today())
    with pytest.raises(PermissionDenied):
        assign_list(work_list, None, by=thu, on=today())


def test_strangers_schools_and_police_see_no_round(client, here, thu, cast_member):
    make_living(here)
    planned = make_running(here)
    work_list = planned.lists.get()
    pages = [
        reverse("rounds:round_detail", args=[planned.pk]),
        reverse("rounds:list_detail", args=[work_list.pk]),
        reverse("rounds:list_word", args=[work_list.pk]),
        reverse("rounds:listed_detail", args=[work_list.listed.get().pk]),
    ]
    for user in (thu, cast_member("school"), cast_member("police"), cast_member("leader")):
        client.force_login(user)
        assert {client.get(page).status_code for page in pages} == {404}


def test_a_commune_sees_its_part_of_the_round_of_the_area(client, area, here, there, lan):
    make_living(here, "Ở Đây")
    make_living(there, "Ở Kia")
    planned = make_running(area)
    client.force_login(lan)
    page = client.get(reverse("rounds:round_detail", args=[planned.pk]))
    assert page.status_code == 200
    assert page.context["progress"].whole.counts["all"] == 1
    assert len(page.context["progress"].lists) == 1
    assert client.get(reverse("rounds:round_start", args=[planned.pk])).status_code == 403


def test_the_screen_plans_begins_and_ends_a_round(client, here, lan):
    make_living(here)
    client.force_login(lan)
    sent = {"name": "Quý IV", "unit": here.pk, "groups": ["everyone"], "age_low": 5,
            "age_high": 17, "first_day": f"{today():%d/%m/%Y}",
            "last_day": f"{today():%d/%m/%Y}"}  # fmt: skip
    made = client.post(reverse("rounds:round_new"), sent)
    assert made.status_code == 303
    assert client.post(made.url + "start/", {"on": f"{today():%d/%m/%Y}"}).status_code == 303
    assert client.post(made.url + "close/", {"on": f"{today():%d/%m/%Y}"}).status_code == 303
    assert Round.objects.get().state == State.CLOSED
    wrong = client.post(reverse("rounds:round_new"), {**sent, "name": ""})
    assert wrong.status_code == 422


def test_the_number_of_questions_does_not_grow_with_the_lists(
    client, here, lan, django_assert_max_num_queries
):
    for n in range(12):
        make_family(here, f"Trẻ {chr(97 + n)}", hamlet=f"Thôn {n}", head=f"Chủ {n}")
    planned = make_running(here)
    client.force_login(lan)
    with django_assert_max_num_queries(22):
        client.get(reverse("rounds:round_detail", args=[planned.pk]))


def test_a_list_of_a_unit_that_ended_is_not_planned(here, lan, area, hanh):
    day = today()
    old = thanh_tri("00640", before=True)
    planned = draft_round(area, name="x", groups=["everyone"], communes=[old, here],
                          first_day=day, last_day=day, by=hanh, on=day)  # fmt: skip
    assert list(planned.communes.all()) == [here]
