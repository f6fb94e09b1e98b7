"""The table of states, tried as a table."""

from datetime import date
from itertools import pairwise, product

import pytest
from django.core.exceptions import ValidationError

from tuoitho.cases.actions.steps import locked, take
from tuoitho.cases.models import Case
from tuoitho.cases.states import MAIN_LINE, MOVES, PLAIN_STEPS, State
from tuoitho.cases.tests.make import make_case, make_measure
from tuoitho.lib.steps import move_from, moves_from
from tuoitho.people.tests.make import make_child

TODAY = date(2026, 10, 1)
NAMES = sorted({m.name for m in MOVES})


@pytest.mark.parametrize(("name", "source"), list(product(NAMES, State)))
@pytest.mark.parametrize(("outside", "urgent"), [(False, False), (True, False), (False, True)])
def test_only_steps_of_the_table_can_be_taken(here, system, name, source, outside, urgent):
    case = make_case(here, state=source, outside_children_law=outside)
    if urgent:
        make_measure(case)
    row = move_from(MOVES, source, name)
    if row and row.is_for(outside=outside, urgent=urgent):
        case = locked(case)
        assert take(case, name, by=system, on=TODAY).target == case.state
        assert case.moves.order_by("-pk")[0].source == source
    else:
        with pytest.raises(ValidationError, match="không làm được việc này"):
            take(locked(case), name, by=system, on=TODAY)
        case.refresh_from_db()
        assert case.state == source
        assert not case.moves.filter(name=name).exists()


def test_every_state_is_reached_from_the_first():
    reached = {State.OPENED}
    while more := {m.target for m in MOVES if m.source in reached} - reached:
        reached |= more
    assert reached == set(State)


def test_no_state_is_a_dead_end_and_a_closed_case_can_only_reopen():
    for state in State:
        assert any(m.is_for(outside=False, urgent=False) for m in moves_from(MOVES, state))
    assert [m.target for m in moves_from(MOVES, State.CLOSED)] == [State.REOPENED]


def test_every_case_can_come_to_its_end():
    ending = {State.CLOSED}
    while more := {m.source for m in MOVES if m.target in ending} - ending:
        ending |= more
    assert ending == set(State)


def test_every_step_has_words_and_plain_steps_are_steps():
    assert all(str(m.label) for m in MOVES)
    assert {m.name for m in MOVES} >= PLAIN_STEPS


def test_the_main_line_follows_the_table():
    pairs = {(m.source, m.target) for m in MOVES}
    assert all(pair in pairs for pair in pairwise(MAIN_LINE))


def test_a_child_has_one_open_case_at_a_time(here):
    from django.db import IntegrityError

    child = make_child(here)
    make_case(here, child=child, state=State.CLOSED)
    make_case(here, child=child)
    with pytest.raises(IntegrityError):
        make_case(here, child=child)


def test_closed_and_dated_go_together(here):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=make_case(here).pk).update(state=State.CLOSED)
