"""What every act on a report has in common: the row held, and the reporter told."""

from datetime import date

from tuoitho.cases.models import Receipt, Report
from tuoitho.cases.models.report import ReceiptState


def locked_report(report: Report) -> Report:
    """The row as it is now, held until the end of the transaction."""
    return Report.objects.select_for_update().get(pk=report.pk)


def tell_reporter(report: Report, state: str, on: date) -> None:
    """Move the public word of a report forward."""
    Receipt.objects.filter(report_id=report.pk).exclude(state=ReceiptState.HANDLED).update(
        state=state, changed_on=on
    )
