"""How well each body answers: share answered, in time, median time; each figure opens its rows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases.models import Referral
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period
from tuoitho.ui.responses import page

FIRST_YEAR = 2021
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rate:
    """One body in one year."""

    receiver: int
    name: str
    asked: int
    answered: int
    in_time: int
    days: float | None
    year: int

    @property
    def share(self) -> float:
        return self.answered / self.asked

    @property
    def share_in_time(self) -> float:
        return self.in_time / self.asked

    def _url(self, **more: str) -> str:
        query = urlencode({"receiver": self.receiver, "year": self.year, **more})
        return f"{reverse('cases:referral_list')}?{query}"

    @property
    def answered_url(self) -> str:
        return self._url(answer="answered")

    @property
    def in_time_url(self) -> str:
        return self._url(answer="in_time")

    @property
    def asked_url(self) -> str:
        return self._url(answer="asked")


def rates(rows: Any, year: int) -> list[Rate]:
    """A row a body, of the referrals in ``rows`` sent in ``year``; the slowest to answer first."""
    found = [
        Rate(row["receiver"], row["receiver__name"], row["asked"], row["answered"],
             row["in_time"], row["median"] / DAY if row["median"] is not None else None, year)
        for row in rows.offered_in(Period.year(year)).by_receiver()
    ]  # fmt: skip
    return sorted(found, key=lambda rate: (rate.share, rate.name))


def _year(text: str) -> int:
    last = today().year
    asked = int(text) if text.isascii() and text.isdigit() else last
    return asked if FIRST_YEAR <= asked <= last else last


@require_GET
@needs("cases.view")
def answer_rates(request: UserRequest) -> HttpResponse:
    year = _year(request.GET.get("year", ""))
    rows = Referral.objects.sent_from_sight_of(request.user)
    context = {
        "title": _("Tỷ lệ trả lời của các cơ quan"), "rates": rates(rows, year), "year": year,
        "years": range(today().year, FIRST_YEAR - 1, -1),
    }  # fmt: skip
    return page(request, "cases/answer_rates.html", context)
