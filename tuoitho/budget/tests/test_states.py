"""All pairs of step and state: what the table does not name cannot be done."""

import itertools

import pytest
from django.core.exceptions import ValidationError

from tuoitho.budget import actions
from tuoitho.budget.states import State, Step, move_for
from tuoitho.budget.tests.make import DAY, make_line
from tuoitho.lib.hanoi import today

ACTS = {
    Step.CORRECT: lambda line, by: actions.correct_line(line, estimate=5, by=by, on=today()),
    Step.SUBMIT: lambda line, by: actions.submit_line(line, by=by, on=today()),
    Step.APPROVE: lambda line, by: actions.approve_line(line, approved=5, by=by, on=today()),
    Step.REFUSE: lambda line, by: actions.refuse_line(line, reason="x", by=by, on=today()),
    Step.SPEND: lambda line, by: actions.spend_line(
        line, amount=1, paid_on=DAY, what="x", voucher="1", by=by, on=today()
    ),
    Step.SETTLE: lambda line, by: actions.settle_line(line, by=by, on=today()),
}


@pytest.mark.parametrize(("step", "state"), list(itertools.product(ACTS, State)))
def test_the_table_decides(here, system, step, state):
    line = make_line(here, state=state)
    move = move_for(step, state)
    if move is None:
        with pytest.raises(ValidationError):
            ACTS[step](line, system)
        return
    ACTS[step](line, system)
    line.refresh_from_db()
    assert line.state == move.target
    assert line.moves.get().step == step
