"""Money of the programme as lines of the report: the sums of the budget's own room."""

from dataclasses import dataclass

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.budget.models import Contribution, Line
from tuoitho.indicators.places import Ask
from tuoitho.lib.official_text import vn_number
from tuoitho.reports.annual import BudgetLine


@dataclass(frozen=True)
class Money:
    """Sums by source, and in words what was given to the programme."""

    lines: tuple[BudgetLine, ...]
    given: str


def money(ask: Ask, office: str = "") -> Money:
    """All money of ``ask``, or only that of one office. A source nobody used has no line.

    The sums are the same for everybody who may see the report, hence counted by the system.
    """
    with acting_as(system_actor()):
        rows = Line.objects.of_year(ask.year).filter(unit__among=ask.places)
        gifts = Contribution.objects.received_in(ask.period).filter(unit__among=ask.places)
        if office:
            rows, gifts = rows.of_owner(office), gifts.filter(owner=office)
        totals = rows.totals()
        received, used, count = gifts.amount(), gifts.used_amount(), gifts.count()
    lines = tuple(
        BudgetLine(str(row.source.label), row.estimate, row.approved, row.spent)
        for row in totals.by_source
        if row.estimate
    )
    return Money(lines, _given(count, received, used))


def _given(count: int, received: int, used: int) -> str:
    if not count:
        return ""
    return (
        f"Tiếp nhận {count} khoản ủng hộ (tiền và hiện vật) trị giá {vn_number(received)} đồng; "
        f"đã sử dụng {vn_number(used)} đồng."
    )
