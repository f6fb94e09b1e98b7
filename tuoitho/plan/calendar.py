"""Working days of the programme: public holidays, and single days swapped by the yearly notice."""

from datetime import date
from typing import Any

import holidays
from django.db import connection

from tuoitho.plan.models import SwappedDay

LANGUAGES = {"vi": "vi", "en": "en_US"}


def public_holidays(year: int, language: str = "vi") -> list[tuple[date, str]]:
    """The public holidays of Việt Nam in ``year`` (Bộ luật Lao động 2019 Đ112), earliest first."""
    days = holidays.country_holidays("VN", years=year, language=LANGUAGES.get(language, "vi"))
    return sorted(days.items())


def swapped_days() -> dict[date, bool]:
    """Day → whether offices work on it, for ``lib.workdays`` (one query a transaction).

    Kept until the transaction ends, so that a list of cases asks once.
    """
    if not connection.in_atomic_block:
        return _asked()
    # Django begins a new list of commit hooks whenever a transaction ends or is rolled back, also
    # to a savepoint: as long as it is the same object, nothing can have been undone under us.
    moment = connection.run_on_commit
    kept: tuple[Any, dict[date, bool]] | None = connection.__dict__.get("_tuoitho_swapped")
    if kept is None or kept[0] is not moment:
        kept = (moment, _asked())
        connection.__dict__["_tuoitho_swapped"] = kept
    return kept[1]


def forget_swapped_days() -> None:
    """Ask again: after a day has changed in this transaction."""
    connection.__dict__.pop("_tuoitho_swapped", None)


def _asked() -> dict[date, bool]:
    return dict(SwappedDay.objects.values_list("day", "works"))
