"""A visit is planned, made, recorded, closed or cancelled, and nothing else."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.establishments.tests.make import make_establishment
from tuoitho.inspections import actions
from tuoitho.inspections.models import ChecklistAnswer, Inspection
from tuoitho.inspections.states import MOVES, State, Step
from tuoitho.inspections.tests.make import (
    VISITED,
    make_inspection,
    make_measure,
    make_violation,
    make_visit,
)
from tuoitho.lib.steps import move_from

ACTS = {
    Step.RECORD: lambda i, by: actions.record_findings(i, minutes_number="01", by=by, on=VISITED),
    Step.CLOSE: lambda i, by: actions.close_inspection(i, by=by, on=VISITED),
    Step.REOPEN: lambda i, by: actions.reopen_inspection(i, by=by, on=VISITED, note="x"),
    Step.CANCEL: lambda i, by: actions.cancel_inspection(i, reason="x", by=by, on=VISITED),
}


def in_state(unit, state):
    visited = {"done_on": VISITED, "minutes_number": "09"}
    facts = {
        State.PLANNED: {}, State.DONE: visited, State.CLOSED: {**visited, "closed_on": VISITED},
        State.CANCELLED: {"cancel_reason": "x"},
    }  # fmt: skip
    return make_inspection(unit, state=state, **facts[state])


@pytest.mark.parametrize(("source", "step"), list(product(State, Step)))
def test_only_the_steps_of_the_table_are_possible(here, lan, source, step):
    inspection = in_state(here, source)
    allowed = move_from(MOVES, source, step)
    if allowed is None:
        with pytest.raises(ValidationError, match="Không thể làm bước này"):
            ACTS[step](inspection, lan)
        inspection.refresh_from_db()
        assert inspection.state == source
        assert not inspection.moves.exists()
    else:
        assert ACTS[step](inspection, lan).state == allowed.target
        move = inspection.moves.get()
        assert (move.source, move.target, move.by) == (source, allowed.target, lan.actor_name)
        assert Event.objects.get().action == f"inspections.{step}"


@pytest.mark.parametrize("step", Step)
def test_who_may_only_look_takes_no_step(here, chung, thu, step):
    source = next(m.source for m in MOVES if m.name == step)
    inspection = in_state(here, source)
    for stranger in (chung, thu):
        with pytest.raises(PermissionDenied):
            ACTS[step](inspection, stranger)


@pytest.mark.parametrize(
    ("role", "may"),
    [("commune_worker", True), ("labour_office", True), ("economy_office", True),
     ("police", False), ("leader", False), ("commune_chair", False), ("collaborator", False)],
)  # fmt: skip
def test_who_schedules(here, cast_member, role, may):
    place, member = make_establishment(here), cast_member(role)
    facts = {"kind": "planned", "planned_on": VISITED, "by": member, "on": VISITED}
    if may:
        assert actions.schedule_inspection(place, **facts).unit == here
    else:
        with pytest.raises(PermissionDenied):
            actions.schedule_inspection(place, **facts)


def test_scheduling_leaves_a_trace_and_refuses_a_closed_place(here, lan):
    place = make_establishment(here, closed_on=date(2026, 5, 1), closing_reason="x")
    with pytest.raises(ValidationError, match="ngừng hoạt động"):
        actions.schedule_inspection(place, kind="planned", planned_on=VISITED, by=lan, on=VISITED)
    with pytest.raises(ValidationError, match="hình thức"):
        actions.schedule_inspection(
            make_establishment(here), kind="secret", planned_on=VISITED, by=lan, on=VISITED
        )
    actions.schedule_inspection(
        place, kind="planned", planned_on=date(2026, 5, 1), by=lan, on=VISITED
    )
    assert Event.objects.get().action == "inspections.schedule"


def test_acting_as_lan_the_database_lets_her_work(here, lan):
    place = make_establishment(here)
    with acting_as(lan):
        visit = actions.schedule_inspection(
            place, kind="planned", planned_on=VISITED, by=lan, on=VISITED
        )
        visit = ACTS[Step.RECORD](visit, lan)
        assert visit.state == "done"


def test_what_was_seen_is_kept(here, lan):
    visit = actions.record_findings(
        make_inspection(here), minutes_number=" 03/bb-kt ", by=lan, on=VISITED, workers_seen=9,
        minors_seen=2, under_15_seen=1, answers={"book": "broken", "hours": "kept"},
    )  # fmt: skip
    assert (visit.minutes_number, visit.done_on, visit.checklist) == ("03/BB-KT", VISITED, "2021")
    assert dict(visit.answers.values_list("item", "answer")) == {"book": "broken", "hours": "kept"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"minutes_number": " "}, "minutes_number"),
        ({"under_15_seen": 1}, "under_15_seen"),
        ({"minors_seen": 1, "under_15_seen": 2}, "under_15_seen"),
        ({"answers": {"colour": "kept"}}, "__all__"),
        ({"answers": {"book": "perhaps"}}, "__all__"),
    ],
)
def test_wrong_findings_change_nothing(here, lan, facts, field):
    inspection = make_inspection(here)
    with pytest.raises(ValidationError) as refused:
        actions.record_findings(
            inspection, **{"minutes_number": "01", "by": lan, "on": VISITED, **facts}
        )
    given = refused.value
    assert field in (given.message_dict if hasattr(given, "error_dict") else {"__all__"})
    assert Inspection.objects.get().state == "planned"
    assert not ChecklistAnswer.objects.exists()


def test_a_minutes_number_is_used_once_a_year_in_a_unit(here, there, lan, hanh):
    make_visit(here, minutes_number="01/BB-KT")
    again = make_inspection(here)
    with pytest.raises(ValidationError, match="2026"):
        actions.record_findings(again, minutes_number="01/bb-kt", by=lan, on=VISITED)
    actions.record_findings(again, minutes_number="01/BB-KT", by=lan, on=date(2025, 11, 2))
    elsewhere = make_inspection(there)
    actions.record_findings(elsewhere, minutes_number="01/BB-KT", by=hanh, on=VISITED)


def test_findings_can_be_mended_until_the_visit_is_closed(here, lan):
    visit = make_visit(here)
    mended = actions.correct_findings(
        visit, minutes_number="02", by=lan, on=date(2026, 11, 1), minors_seen=3,
        answers={"book": "kept"},
    )  # fmt: skip
    assert (mended.minutes_number, mended.done_on, mended.minors_seen) == (
        "02", date(2026, 11, 1), 3,
    )  # fmt: skip
    assert Event.objects.get().before["minutes_number"] == "01/BB-KT"
    make_violation(visit)
    with pytest.raises(ValidationError, match="rút vi phạm"):
        actions.correct_findings(visit, minutes_number="02", by=lan, on=VISITED)
    with pytest.raises(ValidationError, match="sau khi ghi"):
        actions.correct_findings(
            in_state(here, State.CLOSED), minutes_number="77", by=lan, on=VISITED
        )


def test_another_day_for_a_visit(here, lan, chung):
    inspection = make_inspection(here)
    moved = actions.reschedule_inspection(
        inspection, planned_on=date(2026, 12, 1), by=lan, on=VISITED
    )
    assert moved.planned_on == date(2026, 12, 1)
    with pytest.raises(PermissionDenied):
        actions.reschedule_inspection(inspection, planned_on=VISITED, by=chung, on=VISITED)
    with pytest.raises(ValidationError, match="chưa thực hiện"):
        actions.reschedule_inspection(make_visit(here), planned_on=VISITED, by=lan, on=VISITED)


def test_reasons_are_required(here, lan):
    with pytest.raises(ValidationError, match="lý do hủy"):
        actions.cancel_inspection(make_inspection(here), reason=" ", by=lan, on=VISITED)
    with pytest.raises(ValidationError, match="lý do mở lại"):
        actions.reopen_inspection(in_state(here, State.CLOSED), note=" ", by=lan, on=VISITED)


def test_closing_waits_for_measures_and_decisions(here, lan):
    visit = make_visit(here)
    violation = make_violation(visit)
    with pytest.raises(ValidationError, match="chưa có quyết định"):
        actions.close_inspection(visit, by=lan, on=VISITED)
    measure = make_measure(visit, violation=violation)
    with pytest.raises(ValidationError, match="chưa kiểm tra lại"):
        actions.close_inspection(visit, by=lan, on=VISITED)
    actions.verify_measure(measure, result="remedied", by=lan, on=date(2026, 11, 10))
    with pytest.raises(ValidationError, match="trước ngày kiểm tra"):
        actions.close_inspection(visit, by=lan, on=date(2026, 11, 1))
    assert actions.close_inspection(visit, by=lan, on=date(2026, 11, 10)).state == "closed"
