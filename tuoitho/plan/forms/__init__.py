"""What the screens of the plan may send."""

from tuoitho.plan.forms.documents import DocumentForm
from tuoitho.plan.forms.swapped import SwapForm
from tuoitho.plan.forms.tasks import TaskReportForm

__all__ = ["DocumentForm", "SwapForm", "TaskReportForm"]
