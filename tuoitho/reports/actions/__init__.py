"""Everything that changes a report, in the order of its life."""

from tuoitho.reports.actions.calling import begin_report, call_reports, start_report
from tuoitho.reports.actions.consolidating import start_consolidation
from tuoitho.reports.actions.publishing import publish_figures, withdraw_figures
from tuoitho.reports.actions.receiving import accept_report, return_report
from tuoitho.reports.actions.sending import amend_report, send_report
from tuoitho.reports.actions.signing import next_number, sign_report
from tuoitho.reports.actions.writing import write_report

__all__ = [
    "accept_report", "amend_report", "begin_report", "call_reports", "next_number",
    "publish_figures", "return_report", "send_report", "sign_report", "start_consolidation",
    "start_report", "withdraw_figures", "write_report",
]  # fmt: skip
