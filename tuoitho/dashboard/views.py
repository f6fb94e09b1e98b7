"""The first page of a day, and the state of the targets that it fetches after it is drawn."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.dashboard import overview
from tuoitho.dashboard.due import grouped, items_for
from tuoitho.dashboard.running import running
from tuoitho.dashboard.targets import MANAGED, managed_by_commune, results_for, standings
from tuoitho.lib import hanoi
from tuoitho.ui.responses import page
from tuoitho.units.models import Level

FIRST_YEAR = 2021  # the first plan the system carries
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
    groups = grouped(items_for(user), hanoi.now())
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
            "groups": groups,
            "total": sum(len(group.rows) for group in groups),
            "running": running(user, day) if "running" in sections else None,
            "shows_targets": user.may("indicators.view"),
            **(_cases(user, home) if user.may("cases.view") else _managed(user, home)),
        },
        part="due",
    )


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
