"""The only door through which the public pages read: nothing here is about a child."""

from tuoitho.cases import receipts
from tuoitho.cases.receipts import ReceiptStatus

__all__ = ["ReceiptStatus", "receipt_status"]


def receipt_status(code: str) -> ReceiptStatus | None:
    """What has become of the report a person sent, by the code they were given: the public words
    (``label``), ``received_on``, ``changed_on``. None for a code that was never given out."""
    return receipts.status(code)
