"""Working days of the programme: public holidays, and single days swapped by the yearly notice."""

from datetime import date

import holidays

from tuoitho.lib.transaction_memory import asked_once, forget
from tuoitho.plan.models import SwappedDay

LANGUAGES = {"vi": "vi", "en": "en_US"}
SWAPPED = "plan.swapped_days"


def public_holidays(year: int, language: str = "vi") -> list[tuple[date, str]]:
    """The public holidays of Việt Nam in ``year`` (Bộ luật Lao động 2019 Đ112), earliest first."""
    days = holidays.country_holidays("VN", years=year, language=LANGUAGES.get(language, "vi"))
    return sorted(days.items())


def swapped_days() -> dict[date, bool]:
    """Day → whether offices work on it, for ``lib.workdays`` (one query a transaction)."""
    return asked_once(SWAPPED, _asked)


def forget_swapped_days() -> None:
    """Ask again: after a day has changed in this transaction."""
    forget(SWAPPED)


def _asked() -> dict[date, bool]:
    return dict(SwappedDay.objects.values_list("day", "works"))
