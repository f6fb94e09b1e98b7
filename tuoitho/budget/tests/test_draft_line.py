"""Who asks for money, for whom, in which year."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.audit.models import Event
from tuoitho.budget import actions
from tuoitho.budget.tests.make import DAY, make_line
from tuoitho.lib.hanoi import today

FACTS = {
    "year": 2026, "task_code": "II.2.1", "source": "state", "purpose": "In tờ rơi",
    "estimate": 10_000_000,
}  # fmt: skip


def test_a_commune_drafts_its_own_estimate_and_leaves_a_trace(here, lan):
    line = actions.draft_line(here, owner="ubnd_xa", by=lan, on=DAY, **FACTS)
    assert (line.state, line.estimate, line.approved) == ("drafted", 10_000_000, None)
    event = Event.objects.get(action="budget.draft")
    assert event.after["estimate"] == 10_000_000
    assert line.moves.get().by == lan.actor_name


def test_nobody_drafts_for_another_office(here, area, lan, hanh):
    with pytest.raises(PermissionDenied):
        actions.draft_line(here, owner="ldtbxh", by=lan, on=DAY, **FACTS)
    with pytest.raises(PermissionDenied):
        actions.draft_line(area, owner="gddt", by=hanh, on=DAY, **FACTS)
    assert actions.draft_line(area, owner="ldtbxh", by=hanh, on=DAY, **FACTS).pk


def test_nobody_drafts_for_another_commune(there, lan):
    with pytest.raises(PermissionDenied):
        actions.draft_line(there, owner="ubnd_xa", by=lan, on=DAY, **FACTS)


@pytest.mark.parametrize(("on", "allowed"), [(date(2026, 1, 31), True), (date(2026, 2, 1), False)])
def test_a_budget_year_is_shut_after_january_of_the_next(here, lan, on, allowed):
    facts = {**FACTS, "year": 2025}
    if allowed:
        assert actions.draft_line(here, owner="ubnd_xa", by=lan, on=on, **facts).year == 2025
        return
    with pytest.raises(ValidationError) as error:
        actions.draft_line(here, owner="ubnd_xa", by=lan, on=on, **facts)
    assert "year" in error.value.message_dict


@pytest.mark.parametrize(
    ("field", "value"), [("estimate", 0), ("task_code", "II-2"), ("source", "x"), ("purpose", " ")]
)
def test_wrong_facts_name_their_field(here, lan, field, value):
    with pytest.raises(ValidationError) as error:
        actions.draft_line(here, owner="ubnd_xa", by=lan, on=DAY, **{**FACTS, field: value})
    assert field in error.value.message_dict


def test_a_submitted_estimate_is_not_corrected(here, lan):
    line = make_line(here, state="submitted")
    with pytest.raises(ValidationError):
        actions.correct_line(line, estimate=1, by=lan, on=today())


def test_a_refused_estimate_is_corrected_and_drafted_again(here, lan):
    line = make_line(here, state="refused")
    line = actions.correct_line(line, estimate=8_000_000, by=lan, on=today())
    assert (line.state, line.estimate) == ("drafted", 8_000_000)
    event = Event.objects.get(action="budget.correct")
    assert (event.before["estimate"], event.after["estimate"]) == (10_000_000, 8_000_000)
