"""Everything that changes a programme, what is reported on it, its register and its calendar."""

from tuoitho.plan.actions.load import load_programme
from tuoitho.plan.actions.register import add_document, forget_swapped_day, swap_day
from tuoitho.plan.actions.tasks import report_task

__all__ = ["add_document", "forget_swapped_day", "load_programme", "report_task", "swap_day"]
