"""The finance office appraises: not its own, not more than was asked, not without a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conftest import make_user
from tuoitho.budget import actions
from tuoitho.budget.due import due_items
from tuoitho.budget.tests.make import DAY, make_line
from tuoitho.lib.hanoi import today


def submitted(unit, by, owner="ubnd_xa"):
    return actions.submit_line(make_line(unit, owner=owner), by=by, on=DAY)


def test_finance_approves_part_of_the_estimate(here, lan, duc):
    line = actions.approve_line(submitted(here, lan), approved=9_000_000, by=duc, on=today())
    assert (line.state, line.approved, line.remaining) == ("approved", 9_000_000, 9_000_000)


@pytest.mark.parametrize("amount", [0, 10_000_001])
def test_not_more_than_the_estimate_and_not_nothing(here, lan, duc, amount):
    line = submitted(here, lan)
    with pytest.raises(ValidationError) as error:
        actions.approve_line(line, approved=amount, by=duc, on=today())
    assert "approved" in error.value.message_dict


def test_who_submitted_does_not_approve(area, duc):
    line = submitted(area, duc, owner="tckh")
    with pytest.raises(ValidationError):
        actions.approve_line(line, approved=1, by=duc, on=today())
    colleague = make_user("dung", "finance_office", area)
    assert actions.approve_line(line, approved=1, by=colleague, on=today()).state == "approved"


def test_the_labour_office_does_not_approve(here, lan, hanh):
    with pytest.raises(PermissionDenied):
        actions.approve_line(submitted(here, lan), approved=1, by=hanh, on=today())


def test_a_refusal_says_why(here, lan, duc):
    line = submitted(here, lan)
    with pytest.raises(ValidationError):
        actions.refuse_line(line, reason=" ", by=duc, on=today())
    line = actions.refuse_line(line, reason="Trùng nội dung", by=duc, on=today())
    assert (line.state, line.refusal, line.approved) == ("refused", "Trùng nội dung", None)


def test_waiting_estimates_are_due_for_finance_only(here, lan, duc, hanh, thu):
    line = submitted(here, lan)
    (item,) = due_items(duc)
    assert item.url_args == (line.pk,)
    assert due_items(hanh) == []
    assert due_items(thu) == []


def test_a_chairman_appraises_his_own_commune_only(here, there, lan, thu, chung):
    submitted(there, thu)
    line = submitted(here, lan)
    assert [item.url_args for item in due_items(chung)] == [(line.pk,)]
    assert actions.approve_line(line, approved=1, by=chung, on=today()).state == "approved"
