"""One thing somebody has to do by a certain time: what every room answers to "what is due?"."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from tuoitho.lib.hanoi import HANOI


@dataclass(frozen=True)
class DueItem:
    """A row of the queue of one person.

    ``due`` is an aware moment for limits in clock hours, or a day (its last moment counts).
    ``done_by`` says in words what closes the item; ``basis`` names the article or document.
    """

    what: str
    subject: str
    due: datetime | date
    url_name: str
    url_args: tuple[object, ...] = field(default=())
    basis: str = ""
    unit_name: str = ""
    done_by: str = ""

    @property
    def moment(self) -> datetime:
        """The last moment in time, aware: for a day, its end in Hà Nội."""
        if isinstance(self.due, datetime):
            return self.due
        return datetime.combine(self.due, time.max, tzinfo=HANOI)

    def is_overdue(self, now: datetime) -> bool:
        return self.moment < now
