"""Planning, recording, correcting and cancelling; what would count somebody twice is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from conftest import make_user
from tuoitho.activities import actions
from tuoitho.activities.actions import Reached
from tuoitho.activities.due import due_items
from tuoitho.activities.models import Activity, Reach
from tuoitho.activities.states import MOVES, State, Step
from tuoitho.activities.tests.make import DAY, make_activity, make_reach, make_school
from tuoitho.audit.models import Event
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import move_from

EVENT = {"title": "Truyền thông thôn 2", "kind": "event", "owner": "ubnd_xa", "starts_on": DAY}


def plan(unit, by, **facts):
    return actions.plan_activity(unit, by=by, on=today(), **{**EVENT, **facts})


def record(activity, by, *rows, **facts):
    return actions.record_activity(activity, reached=rows, by=by, on=today(), **facts)


def test_an_activity_is_planned_held_and_counted(here, lan):
    activity = record(plan(here, lan), lan, Reached("parents", 40, 35, female=22))
    assert (activity.state, activity.done_on) == ("done", DAY)
    row = activity.reached.get()
    assert (row.attended, row.first_time, row.female) == (40, 35, 22)
    assert [move.step for move in activity.moves.order_by("pk")] == ["plan", "record"]
    event = Event.objects.get(action="activities.record")
    assert event.after["reached"][0]["first_time"] == 35


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Reached("parents", 10, 11), "first_time_parents_community"),
        (Reached("parents", 10, 5, female=11), "female_parents_community"),
        (Reached("parents", 10, 5, first_trained=5), "first_trained_parents_community"),
        (Reached("parents", 10, 5, part="school"), "attended_parents_school"),
        # Pupils are counted by their school (IV.2); a commune may only say how many seats.
        (Reached("children", 10, 5, part="school"), "first_time_children_school"),
    ],
)
def test_impossible_numbers_name_their_field(here, lan, row, field):
    with pytest.raises(ValidationError) as error:
        record(plan(here, lan), lan, row)
    assert list(error.value.message_dict) == [field]
    assert not Reach.objects.exists()


def test_seats_of_pupils_may_be_written_by_the_commune(here, lan):
    record(plan(here, lan), lan, Reached("children", 200, 0, part="school"))
    assert Reach.objects.informed("children").people() == 0
    assert Reach.objects.informed("children").seats() == 200


def test_education_does_not_count_children_outside_school(area, system):
    activity = plan(area, system, owner="gddt")
    with pytest.raises(ValidationError) as error:
        record(activity, system, Reached("children", 10, 10))
    assert "first_time_children_community" in error.value.message_dict


def test_new_to_the_programme_means_new_to_its_courses(here, lan):
    course = plan(here, lan, kind="training", hours=4)
    with pytest.raises(ValidationError) as error:
        record(course, lan, Reached("officials_commune", 30, 20, first_trained=10))
    assert "first_trained_officials_commune_community" in error.value.message_dict
    row = Reached("officials_commune", 30, 20, first_trained=25)
    assert record(course, lan, row, score_before=5, score_after=8).score_gain == 3


def test_the_same_activity_is_not_entered_twice(here, there, lan, thu):
    plan(here, lan)
    with pytest.raises(ValidationError) as error:
        plan(here, lan, title="truyền thông  thôn 2")
    assert "title" in error.value.message_dict
    assert plan(there, thu).pk


def test_what_has_not_happened_is_not_recorded(here, lan):
    activity = plan(here, lan, starts_on=today() + timedelta(days=1))
    with pytest.raises(ValidationError) as error:
        record(activity, lan, Reached("parents", 1, 1))
    assert "ends_on" in error.value.message_dict


def test_an_event_without_people_is_no_event(here, lan):
    with pytest.raises(ValidationError):
        record(plan(here, lan), lan, Reached("parents", 0))


def test_a_model_counts_from_its_first_day_and_runs_on(here, lan):
    model = plan(here, lan, kind="model", model_kind="craft_villages",
                 ends_on=DAY + timedelta(days=900))  # fmt: skip
    model = record(model, lan, member_establishments=12, before="9 cơ sở", after="0 cơ sở")
    assert (model.done_on, model.member_establishments) == (DAY, 12)
    with pytest.raises(ValidationError):
        plan(here, lan, kind="model", title="Mô hình khác")


def test_facts_of_another_kind_are_a_mistake_of_the_caller(here, lan):
    with pytest.raises(TypeError):
        plan(here, lan, model_kind="enterprises")


def test_a_correction_keeps_what_stood_before(here, lan):
    activity = record(plan(here, lan), lan, Reached("parents", 40, 35))
    actions.correct_activity(
        activity, reached=[Reached("parents", 40, 30)], by=lan, on=today(), note="Đếm lại"
    )
    event = Event.objects.get(action="activities.correct")
    assert event.before["reached"][0]["first_time"] == 35
    assert event.after["reached"][0]["first_time"] == 30
    with pytest.raises(ValidationError):
        actions.correct_activity(activity, reached=[], by=lan, on=today(), note=" ")


def test_a_cancelled_activity_counts_no_more(here, lan):
    row = make_reach(here, "parents", 40, 35)
    actions.cancel_activity(row.activity, by=lan, on=today(), note="Ghi hai lần")
    assert Reach.objects.informed("parents").people() == 0
    assert row.activity.moves.get().note == "Ghi hai lần"


def test_nobody_records_for_strangers(here, there, area, lan, hanh, thu):
    with pytest.raises(PermissionDenied):
        plan(there, lan)
    with pytest.raises(PermissionDenied):
        plan(here, lan, owner="gddt")
    with pytest.raises(PermissionDenied):
        record(make_activity(here), thu, Reached("parents", 1))
    # The standing body may record for every office of its area (IV.1).
    assert plan(here, hanh, owner="phunu").pk


def test_a_school_writes_only_its_own(here):
    own, other = make_school(here), make_school(here, "Trường Tiểu học Yên Mỹ")
    teacher = make_user("co-giao", "school", here, own)
    activity = plan(here, teacher, owner="gddt", organisation=own)
    record(activity, teacher, Reached("children", 300, 290, part="school"))
    for organisation in (other, None):
        with pytest.raises(PermissionDenied):
            plan(here, teacher, owner="gddt", organisation=organisation, title="Khác")
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", [Step.RECORD, Step.CORRECT, Step.CANCEL])
def test_the_table_decides_what_follows(here, lan, step, state):
    activity = make_activity(here, state=state, done_on=DAY if state == State.DONE else None)
    facts = {"by": lan, "on": today(), "note": "x"}
    if step != Step.CANCEL:
        facts["reached"] = [Reached("parents", 1, 1)]
    act = getattr(actions, f"{step}_activity")
    move = move_from(MOVES, state, step)
    if move is None:
        with pytest.raises(ValidationError, match="thì không thể"):
            act(activity, **facts)
        activity.refresh_from_db()
        assert activity.state == state
        assert not activity.moves.exists()
    else:
        assert act(activity, **facts).state == move.target
        assert activity.moves.get().step == step


@pytest.mark.parametrize(
    "facts", [{"attended": 1, "first_time": 2}, {"attended": 1, "first_time": 0, "female": 2}]
)
def test_the_database_refuses_impossible_numbers(here, facts):
    activity = make_activity(here)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reach.objects.create(activity=activity, audience="parents", **facts)


def test_a_day_that_passed_without_a_record_is_due(here, lan, thu, duc):
    activity = make_activity(here, day=today() - timedelta(days=1))
    make_activity(here, day=today())
    (item,) = due_items(lan)
    assert (item.url_args, item.due) == ((activity.pk,), today() + timedelta(days=6))
    assert due_items(thu) == []
    assert due_items(duc) == []
