"""Days of temporary separation as Điều 32 counts them: all decisions of one event together.

Pure functions; who locks and who writes is in ``actions.emergencies``.
"""

from collections.abc import Iterable
from datetime import date, timedelta

Span = tuple[date, date]


def days_of(spans: Iterable[Span]) -> int:
    """How many days lie in ``spans`` (first and last day counted), each day once."""
    days: set[int] = set()
    for first, last in spans:
        days.update(range(first.toordinal(), last.toordinal() + 1))
    return len(days)


def latest_end(start: date, spans: Iterable[Span], limit: int) -> date | None:
    """The last day a separation from ``start`` may last beside ``spans``; None: none is left."""
    left = limit - days_of(spans)
    return start + timedelta(days=left - 1) if left > 0 else None
