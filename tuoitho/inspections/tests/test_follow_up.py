"""Decisions, measures, looking again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from tuoitho.audit.models import Event
from tuoitho.inspections import actions
from tuoitho.inspections.models import Measure, Violation
from tuoitho.inspections.tests.make import (
    VISITED,
    make_inspection,
    make_measure,
    make_violation,
    make_visit,
)

LATER = date(2026, 11, 20)
DECISION = {"decision_number": "12/QĐ-XPHC", "decided_by": "commune_chair", "on": LATER}


@pytest.fixture
def visit(here):
    return make_visit(here)


def decide(violation, by, **facts):
    return actions.record_sanction(violation, by=by, **{"fine": 1_500_000, **DECISION, **facts})


def test_a_decision_is_kept_and_can_be_corrected(visit, lan):
    violation = make_violation(visit)
    decided = decide(violation, lan)
    assert (decided.fine, decided.decision_number, decided.decided_on) == (
        1_500_000, "12/QĐ-XPHC", LATER,
    )  # fmt: skip
    assert decide(violation, lan, fine=2_000_000).fine == 2_000_000
    last = Event.objects.order_by("pk").last()
    assert (last.before["fine"], last.after["fine"]) == (1_500_000, 2_000_000)


@pytest.mark.parametrize("fine", [999_999, 2_000_001])
def test_outside_the_range_a_reason_is_needed(visit, lan, fine):
    violation = make_violation(visit)
    with pytest.raises(ValidationError, match="ngoài khung"):
        decide(violation, lan, fine=fine)
    assert decide(violation, lan, fine=fine, note="hai tình tiết giảm nhẹ").fine == fine


def test_no_money_is_a_decision_too(visit, lan):
    assert decide(make_violation(visit), lan, fine=0).fine == 0


def test_above_the_signers_power_a_reason_is_needed(visit, lan):
    violation = make_violation(visit, sanction_min=50_000_000, sanction_max=75_000_000)
    with pytest.raises(ValidationError, match="vượt thẩm quyền"):
        decide(violation, lan, fine=50_000_000)
    assert decide(violation, lan, fine=50_000_000, decided_by="provincial_chair").fine


@pytest.mark.parametrize(
    "facts",
    [{"fine": -1}, {"decision_number": " "}, {"decided_by": "nobody"}, {"on": date(2026, 11, 1)}],
)
def test_half_a_decision_is_refused(visit, lan, facts):
    violation = make_violation(visit)
    with pytest.raises(ValidationError):
        decide(violation, lan, **facts)
    violation.refresh_from_db()
    assert violation.decided_on is None


def test_the_database_keeps_decisions_and_ranges_whole(visit):
    rows = Violation.objects.filter(pk=make_violation(visit).pk)
    for half in ({"fine": 5}, {"decided_on": LATER}, {"sanction_min": None}, {"sanction_max": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**half)


def test_a_violation_entered_by_mistake_is_withdrawn_and_stays_in_the_log(visit, lan):
    actions.withdraw_violation(make_violation(visit), by=lan, on=LATER)
    assert not Violation.objects.exists()
    assert Event.objects.get().before["rule"] == "144.3-book"


def test_not_once_something_rests_on_it(visit, lan):
    measured, decided = make_violation(visit), make_violation(visit)
    make_measure(visit, violation=measured)
    decide(decided, lan)
    for violation in (measured, decided):
        with pytest.raises(ValidationError, match="Đã có"):
            actions.withdraw_violation(violation, by=lan, on=LATER)


def test_a_measure_is_ordered_and_remedied(visit, lan):
    measure = actions.order_measure(visit, what="Lập sổ", due_on=LATER, by=lan, on=VISITED)
    done = actions.verify_measure(measure, result="remedied", by=lan, on=LATER, note="đủ")
    assert (done.verified_on, done.verified_by, done.result_note) == (LATER, lan.actor_name, "đủ")
    assert Event.objects.count() == 2
    with pytest.raises(ValidationError, match="đã được kiểm tra lại"):
        actions.verify_measure(measure, result="remedied", by=lan, on=LATER)


def test_not_remedied_is_ordered_anew(visit, lan):
    measure = make_measure(visit, violation=make_violation(visit))
    with pytest.raises(ValidationError, match="hạn mới"):
        actions.verify_measure(measure, result="not_remedied", by=lan, on=LATER)
    actions.verify_measure(
        measure, result="not_remedied", by=lan, on=LATER, next_due_on=date(2026, 12, 1)
    )
    again = Measure.objects.unverified().get()
    assert (again.renews, again.what, again.violation, again.due_on) == (
        measure, measure.what, measure.violation, date(2026, 12, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"what": " "}, "what"),
        ({"due_on": date(2026, 11, 1)}, "due_on"),
        ({"on": date(2026, 11, 1)}, "on"),
    ],
)
def test_what_an_order_needs(visit, lan, facts, field):
    with pytest.raises(ValidationError) as refused:
        actions.order_measure(
            visit, **{"what": "x", "due_on": LATER, "by": lan, "on": VISITED, **facts}
        )
    assert field in refused.value.message_dict


@pytest.mark.parametrize(
    "facts",
    [
        {"result": "perhaps"}, {"on": date(2026, 11, 1)},
        {"result": "not_remedied", "next_due_on": date(2026, 11, 19)},
    ],
)  # fmt: skip
def test_what_a_verification_needs(visit, lan, facts):
    measure = make_measure(visit)
    with pytest.raises(ValidationError):
        actions.verify_measure(measure, **{"result": "remedied", "by": lan, "on": LATER, **facts})


def test_a_violation_of_another_visit_is_refused(visit, here, lan):
    other = make_violation(make_visit(here, minutes_number="02"))
    with pytest.raises(ValidationError, match="cuộc kiểm tra khác"):
        actions.order_measure(visit, what="x", due_on=LATER, by=lan, on=VISITED, violation=other)


def test_nothing_follows_a_visit_not_made(here, lan):
    planned = make_inspection(here)
    with pytest.raises(ValidationError, match="sau khi ghi"):
        actions.add_violation(planned, "144.3-book", children=1, by=lan, on=VISITED)
    with pytest.raises(ValidationError, match="sau khi ghi"):
        actions.order_measure(planned, what="x", due_on=LATER, by=lan, on=VISITED)


FOLLOW_UP = {
    "add": lambda v, by: actions.add_violation(
        v.inspection, "144.3-book", children=1, by=by, on=LATER
    ),
    "decide": lambda v, by: decide(v, by),
    "withdraw": lambda v, by: actions.withdraw_violation(v, by=by, on=LATER),
    "order": lambda v, by: actions.order_measure(
        v.inspection, what="x", due_on=LATER, by=by, on=LATER
    ),
    "verify": lambda v, by: actions.verify_measure(
        make_measure(v.inspection), result="remedied", by=by, on=LATER
    ),
}


@pytest.mark.parametrize("name", list(FOLLOW_UP))
def test_who_may_only_look_or_works_elsewhere_changes_nothing(visit, chung, thu, name):
    violation = make_violation(visit)
    for person in (chung, thu):
        with pytest.raises(PermissionDenied):
            FOLLOW_UP[name](violation, person)
