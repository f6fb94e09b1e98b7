"""The day and time of Hà Nội, whatever the clock of the machine says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in Hà Nội time."""
    return datetime.now(HANOI)


def today() -> date:
    """Today's date in Hà Nội."""
    return now().date()


def day_of(moment: datetime) -> date:
    """The Hà Nội date of an aware moment."""
    return moment.astimezone(HANOI).date()
