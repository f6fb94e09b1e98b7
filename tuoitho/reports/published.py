"""The only door through which the public pages read: nothing here is about a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tuoitho.cases import receipts
from tuoitho.cases.receipts import ReceiptStatus
from tuoitho.reports.models import Publication

__all__ = ["PublishedFigures", "ReceiptStatus", "published_figures", "receipt_status"]


@dataclass(frozen=True)
class PublishedFigures:
    """The targets of one area and year as the standing body published them; None in a figure is
    not known, or hidden because it is about few children."""

    area: str
    area_code: str
    year: int
    document: str
    published_on: date
    figures: tuple[Mapping[str, Any], ...]


def receipt_status(code: str) -> ReceiptStatus | None:
    """What has become of the report a person sent, by the code they were given: the public words
    (``label``), ``received_on``, ``changed_on``. None for a code that was never given out."""
    return receipts.status(code)


def published_figures() -> list[PublishedFigures]:
    """Everything that is public now, the latest year first."""
    rows = Publication.objects.standing().select_related("unit").order_by("-year", "unit_name")
    return [
        PublishedFigures(
            row.unit_name, row.unit.code, row.year, row.document, row.published_on,
            tuple(row.figures),
        )
        for row in rows
    ]  # fmt: skip
