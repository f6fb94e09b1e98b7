"""The first page of a day."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.dashboard import overview
from tuoitho.dashboard.due import grouped, items_for
from tuoitho.dashboard.running import running
from tuoitho.lib import hanoi
from tuoitho.ui.responses import page

WORKS = ("plan.report_task", "cases.receive", "cases.approve", "budget.approve")


def order_of(user: User) -> list[str]:
    """Sections of the page, first one first: who does the work begins with what is due, who
    leads with where the programme stands, who runs the system with its accounts."""
    if user.may("access.manage"):
        return ["running", "due", "standing"]
    if any(user.may(permission) for permission in WORKS):
        return ["due", "standing"]
    return ["standing", "due"]


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
            "sections": sections,
            "groups": groups,
            "total": sum(len(group.rows) for group in groups),
            "running": running(user, day) if "running" in sections else None,
            **(_cases(user, home) if user.may("cases.view") else {}),
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
