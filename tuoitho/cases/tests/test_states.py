"""The table of states, tried as a table."""

from datetime import date
from itertools import pairwise, product

import pytest
from django.core.exceptions import ValidationError

from tuoitho.access.permissions import PERMISSIONS
from tuoitho.cases import states_page
from tuoitho.cases.actions.steps import locked, take
from tuoitho.cases.exchange_states import TABLES
from tuoitho.cases.models import Case
from tuoitho.cases.states import MAIN_LINE, MOVES, PLAIN_STEPS, State, step, steps_from
from tuoitho.cases.tests.make import make_case, make_measure
from tuoitho.people.tests.make import make_child

TODAY = date(2026, 10, 1)
NAMES = sorted({m.name for m in MOVES})


@pytest.mark.parametrize(("name", "source"), list(product(NAMES, State)))
@pytest.mark.parametrize(("outside", "urgent"), [(False, False), (True, False), (False, True)])
def test_only_steps_of_the_table_can_be_taken(here, system, name, source, outside, urgent):
    case = make_case(here, state=source, outside_children_law=outside)
    if urgent:
        make_measure(case)
    row = step(name, source)
    if row and row.is_for(outside=outside, urgent=urgent):
        case = locked(case)
        assert take(case, name, by=system, on=TODAY).target == case.state
        assert case.moves.order_by("-pk")[0].source == source
    else:
        with pytest.raises(ValidationError):
            take(locked(case), name, by=system, on=TODAY)


def test_every_state_is_reached_from_the_first():
    reached = {State.OPENED}
    while more := {m.target for m in MOVES if m.source in reached} - reached:
        reached |= more
    assert reached == set(State)


def test_no_state_is_a_dead_end_and_a_closed_case_can_only_reopen():
    assert all(steps_from(state) for state in State)
    assert [m.target for m in steps_from(State.CLOSED)] == [State.REOPENED]


def test_every_case_can_come_to_its_end():
    ending = {State.CLOSED}
    while more := {m.source for m in MOVES if m.target in ending} - ending:
        ending |= more
    assert ending == set(State)


def test_a_step_is_one_row_with_a_known_permission_and_an_article():
    assert len({(m.name, m.source) for m in MOVES}) == len(MOVES)
    assert all(m.permission in PERMISSIONS and m.basis and str(m.label) for m in MOVES)
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


def test_the_page_of_states_names_every_step_and_limit():
    page = states_page()
    between = sum(len(steps) + len(first) for _title, _states, steps, first in TABLES)
    assert page.count("-->") == len(MOVES) + 1 + between
    assert all(f"`{s.name}`" in page for _title, _states, steps, _first in TABLES for s in steps)
    assert all(f"`{m.name}`" in page and m.basis in page for m in MOVES)
    assert "| 5 ngày làm việc |" in page
    assert page == states_page()
