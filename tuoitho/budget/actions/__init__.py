"""Everything that changes the programme's money. Screens, importers and tests come through here."""

from tuoitho.budget.actions.contributions import (
    receive_contribution,
    record_contribution,
    use_contribution,
)
from tuoitho.budget.actions.lines import (
    approve_line,
    correct_line,
    draft_line,
    refuse_line,
    settle_line,
    spend_line,
    submit_line,
    withdraw_expenditure,
)

__all__ = [
    "approve_line",
    "correct_line",
    "draft_line",
    "receive_contribution",
    "record_contribution",
    "refuse_line",
    "settle_line",
    "spend_line",
    "submit_line",
    "use_contribution",
    "withdraw_expenditure",
]
