"""All pairs of step and state: what the table does not name cannot be done."""

import itertools

import pytest
from django.core.exceptions import ValidationError

from tuoitho.budget import actions
from tuoitho.budget.models import Expenditure
from tuoitho.budget.states import MOVES, State, Step
from tuoitho.budget.tests.make import DAY, make_expenditure, make_line
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import move_from


def payment(line):
    """One đồng; only a line with an approved sum can have spent it."""
    if line.approved:
        return make_expenditure(line, 1)
    return Expenditure.objects.create(line=line, on=DAY, amount=1, what="x", voucher="1")


ACTS = {
    Step.CORRECT: lambda line, by: actions.correct_line(line, estimate=5, by=by, on=today()),
    Step.SUBMIT: lambda line, by: actions.submit_line(line, by=by, on=today()),
    Step.APPROVE: lambda line, by: actions.approve_line(line, approved=5, by=by, on=today()),
    Step.REFUSE: lambda line, by: actions.refuse_line(line, reason="x", by=by, on=today()),
    Step.SPEND: lambda line, by: actions.spend_line(
        line, amount=1, paid_on=DAY, what="x", voucher="1", by=by, on=today()
    ),
    Step.WITHDRAW: lambda line, by: actions.withdraw_expenditure(
        payment(line), reason="x", by=by, on=today()
    ),
    Step.SETTLE: lambda line, by: actions.settle_line(line, by=by, on=today()),
}


@pytest.mark.parametrize(("step", "state"), list(itertools.product(ACTS, State)))
def test_the_table_decides(here, system, step, state):
    line = make_line(here, state=state)
    move = move_from(MOVES, state, step)
    if move is None:
        with pytest.raises(ValidationError, match="thì không thể"):
            ACTS[step](line, system)
        line.refresh_from_db()
        assert line.state == state
        assert not line.moves.exists()
        return
    ACTS[step](line, system)
    line.refresh_from_db()
    assert line.state == move.target
    assert line.moves.get().step == step
