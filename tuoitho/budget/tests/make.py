"""Builders: boring fixed values; a test states every fact it depends on."""

from datetime import date
from typing import Any

from tuoitho.budget.models import Contribution, Expenditure, Line
from tuoitho.budget.states import State
from tuoitho.units.models import Unit

DAY = date(2026, 3, 10)


def make_line(unit: Unit, **facts: Any) -> Line:
    """The commune's own estimate of 10 million đồng for 2026 from the state budget."""
    given = {
        "year": 2026, "owner": "ubnd_xa", "task_code": "II.2.1", "source": "state",
        "purpose": "In tờ rơi", "estimate": 10_000_000, **facts,
    }  # fmt: skip
    if given.get("state") in (State.APPROVED, State.CLOSED):
        given.setdefault("approved", given["estimate"])
        given.setdefault("decided_on", DAY)
    if given.get("state") == State.CLOSED:
        given.setdefault("settled_on", DAY)
    if given.get("state") == State.SUBMITTED:
        given.setdefault("submitted_on", DAY)
    if given.get("state") == State.REFUSED:
        given.setdefault("refusal", "Trùng với dự toán khác")
    return Line.objects.create(unit=unit, **given)


def make_expenditure(line: Line, amount: int, voucher: str = "PC-01") -> Expenditure:
    line.spent += amount
    line.save()
    return Expenditure.objects.create(
        line=line, on=DAY, amount=amount, what="In 2.000 tờ", voucher=voucher
    )


def make_contribution(unit: Unit, **facts: Any) -> Contribution:
    """5 million đồng a company has given to the commune."""
    return Contribution.objects.create(
        unit=unit,
        **{
            "donor": "Công ty May Thanh Trì", "donor_kind": "enterprise", "owner": "ubnd_xa",
            "kind": "money", "amount": 5_000_000, "on": DAY, "received_on": DAY,
            "purpose": "Học bổng cho trẻ có nguy cơ", **facts,
        },
    )  # fmt: skip
