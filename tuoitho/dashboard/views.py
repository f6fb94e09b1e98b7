"""The first page of a day, and the state of the targets that it fetches after it is drawn."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.dashboard import overview
from tuoitho.dashboard.queue import URGENCIES, WHOSE, Asked, Queue, queue_for
from tuoitho.dashboard.running import running
from tuoitho.dashboard.targets import MANAGED, managed_by_commune, results_for, standings
from tuoitho.lib import hanoi
from tuoitho.ui.responses import page
from tuoitho.units.models import Level, Unit

FIRST_YEAR = 2021  # the first plan the system carries
SHOWN = 12  # rows of the queue on the first page of the day
WORKS = ("plan.report_task", "cases.receive", "cases.approve", "budget.approve")


def order_of(user: User) -> list[str]:
    """Sections of the page, first one first: who does the work begins with what is due, who
    leads with where the programme stands, who runs the system with its accounts."""
    looks = ["standing"] if user.may("indicators.view") or user.may("cases.view") else []
    if user.may("access.manage"):
        return ["running", "due", *looks]
    if any(user.may(permission) for permission in WORKS):
        return ["due", *looks]
    return [*looks, "due"]


@require_GET
@needs("dashboard.view")
def today(request: UserRequest) -> HttpResponse:
    user, day = request.user, hanoi.today()
    queue = queue_for(user, Asked(), hanoi.now(), size=SHOWN)
    sections = order_of(user)
    home = user.home()
    return page(
        request,
        "dashboard/today.html",
        {
            "title": _("Hôm nay"),
            "day": day,
            "home": home,
            "home_assignment": home,  # the frame need not ask again
            "sections": sections,
            **_drawn(queue, Asked()),
            "running": running(user, day) if "running" in sections else None,
            "shows_targets": user.may("indicators.view"),
            **(_cases(user, home) if user.may("cases.view") else _managed(user, home)),
        },
        part="due",
    )


@require_GET
@needs("dashboard.view")
def queue(request: UserRequest) -> HttpResponse:
    """Everything that waits for this person: filters in the address, a page at a time."""
    asked = Asked.read(request.GET)
    found = queue_for(request.user, asked, hanoi.now())
    address = request.GET.copy()
    address.pop("after", None)
    context = {
        "title": _("Việc của tôi"), "asked": asked, **_drawn(found, asked),
        "units": _communes(request.user), "whose": WHOSE,
        "first_url": f"?{address.urlencode()}" if asked.after else "",
        "next_url": _next(address, found.after),
    }  # fmt: skip
    return page(request, "dashboard/queue.html", context, part="queue")


def _next(address: QueryDict, after: str) -> str:
    if not after:
        return ""
    address["after"] = after
    return f"?{address.urlencode()}"


def _drawn(found: Queue, asked: Asked) -> dict[str, Any]:
    """What the templates of the queue draw from."""
    counts = [
        (code, label, colour, found.counts[code]) for code, (label, colour) in URGENCIES.items()
    ]
    return {"rows": found.rows, "counts": counts, "total": found.total, "kinds": found.kinds}


def _communes(user: User) -> list[Unit]:
    """Communes of today among which a person who sees several may choose."""
    scope = user.scope("cases.view") if user.may("cases.view") else None
    if scope is None or (not scope.everywhere and len(scope.unit_ids) < 2):
        return []
    communes = Unit.objects.as_of(hanoi.today()).communes().order_by("name")
    return list(communes.filter(scope.covers("pk")))


def _cases(user: User, home: Any) -> dict[str, Any]:
    """Chart and map, for those who may see cases."""
    day = hanoi.today()
    months = overview.by_month(user, day)
    places = overview.by_commune(user, home.unit, day) if home else []
    return {
        "months": months,
        "chart": overview.month_chart(months),
        "has_months": any(m.reports or m.opened or m.closed for m in months),
        "places": places,
        "map_values": overview.map_values(places),
    }


def _managed(user: User, home: Any) -> dict[str, Any]:
    """A map for those who see targets but no case: children by commune, small numbers hidden."""
    if home is None or home.unit.level == Level.COMMUNE or not user.may("indicators.view"):
        return {}
    results = results_for(user, home.unit, hanoi.today().year, codes=[MANAGED])
    managed = managed_by_commune(results)
    return {"managed": managed, "managed_values": {row.code: row.count for row in managed}}


@require_GET
@needs("indicators.view")
def targets(request: UserRequest) -> HttpResponse:
    """The targets of a year in the person's own unit: a page, or a part of another page."""
    home = request.user.home()
    if home is None:
        raise PermissionDenied("indicators.view")
    year = _year(request)
    context = {
        "title": _("Chỉ tiêu năm %(year)s") % {"year": year},
        "year": year,
        "unit": home.unit,
        "targets": standings(results_for(request.user, home.unit, year)),
    }
    return page(request, "dashboard/targets.html", context, part="targets")


def _year(request: UserRequest) -> int:
    """``?year=`` when the plan has begun by then, else this year."""
    given, this_year = request.GET.get("year", ""), hanoi.today().year
    known = given.isascii() and given.isdecimal() and FIRST_YEAR <= int(given) <= this_year
    return int(given) if known else this_year
