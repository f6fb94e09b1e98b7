"""Everything that changes an inspection. Screens, importers and tests all come through here."""

from tuoitho.inspections.actions.measures import order_measure, verify_measure
from tuoitho.inspections.actions.violations import (
    add_violation,
    record_sanction,
    withdraw_violation,
)
from tuoitho.inspections.actions.visits import (
    cancel_inspection,
    close_inspection,
    correct_findings,
    record_findings,
    reopen_inspection,
    reschedule_inspection,
    schedule_inspection,
)

__all__ = [
    "add_violation",
    "cancel_inspection",
    "close_inspection",
    "correct_findings",
    "order_measure",
    "record_findings",
    "record_sanction",
    "reopen_inspection",
    "reschedule_inspection",
    "schedule_inspection",
    "verify_measure",
    "withdraw_violation",
]
