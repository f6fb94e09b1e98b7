"""All pairs of step and state: what the table does not name cannot be done."""

import itertools

import pytest
from django.core.exceptions import ValidationError

from tuoitho.lib.steps import move_from
from tuoitho.reports import actions
from tuoitho.reports.states import (
    CONSOLIDATION_MOVES,
    CONSOLIDATION_STATES,
    REPORT_MOVES,
    State,
    Step,
)
from tuoitho.reports.tests.make import DAY, SIGNER, make_consolidation, make_report

ACTS = {
    Step.START: lambda d, by: actions.start_report(d, by=by, on=DAY),
    Step.WRITE: lambda d, by: actions.write_report(d, {"budget": "x"}, revision=0, by=by, on=DAY),
    Step.SIGN: lambda d, by: actions.sign_report(d, **SIGNER, revision=0, by=by, on=DAY),
    Step.SEND: lambda d, by: actions.send_report(d, by=by, on=DAY),
    Step.ACCEPT: lambda d, by: actions.accept_report(d, by=by, on=DAY),
    Step.RETURN: lambda d, by: actions.return_report(d, reason="x", by=by, on=DAY),
    Step.AMEND: lambda d, by: actions.amend_report(d, reason="x", by=by, on=DAY),
}
OF_THE_WHOLE = {
    **{step: ACTS[step] for step in (Step.WRITE, Step.SIGN, Step.SEND, Step.AMEND)},
    Step.PUBLISH: lambda d, by: actions.publish_figures(d, by=by, on=DAY),
    Step.WITHDRAW: lambda d, by: actions.withdraw_figures(d, reason="x", by=by, on=DAY),
}


def check(document, moves, act, step, by):
    state = document.state
    move = move_from(moves, state, step)
    if move is None:
        with pytest.raises(ValidationError, match="nên không thể"):
            act(document, by)
        document.refresh_from_db()
        assert document.state == state
        assert not document.moves.filter(step=step).exists()
        return
    act(document, by)
    document.refresh_from_db()
    assert document.state == move.target
    assert document.moves.filter(step=step).count() == 1


@pytest.mark.parametrize(("step", "state"), list(itertools.product(ACTS, State)))
def test_the_table_decides_for_a_unit(here, system, step, state):
    check(make_report(here, state), REPORT_MOVES, ACTS[step], step, system)


@pytest.mark.parametrize(
    ("step", "state"), list(itertools.product(OF_THE_WHOLE, CONSOLIDATION_STATES))
)
def test_the_table_decides_for_the_whole(area, system, step, state):
    document = make_consolidation(area)
    if step in (Step.PUBLISH, Step.WITHDRAW):  # there is something to publish or to withdraw
        ACTS[Step.SIGN](document, system)
        document.refresh_from_db()
    if step == Step.WITHDRAW:
        actions.send_report(document, by=system, on=DAY)
        actions.publish_figures(document, by=system, on=DAY)
    document.state, document.sent_on = state, DAY
    document.save()
    check(document, CONSOLIDATION_MOVES, OF_THE_WHOLE[step], step, system)
