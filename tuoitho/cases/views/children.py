"""What a person may see of one child's protection: its cases, and the whole file as a timeline."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.cases.models import Case
from tuoitho.cases.timeline import KINDS, timeline
from tuoitho.people.models import Child
from tuoitho.ui.responses import page, wants_part


@require_GET
@needs("cases.view")
def child_panel(request: UserRequest, pk: int) -> HttpResponse:
    """The child's cases and timeline: a page, or part of the child's page.

    ``?kind=`` (repeated) narrows it, ``?after=`` continues with older entries.
    """
    child = get_object_or_404(Child.objects.visible_to(request.user), pk=pk)
    user = request.user
    if not wants_part(request):  # as part of the child's page, that page has written it down
        record("people.view", child, by=user)
    kinds = [kind for kind in request.GET.getlist("kind") if kind in KINDS]
    found = timeline(child, user, kinds=kinds, after=request.GET.get("after", ""))
    context = {
        "title": _("Bảo vệ trẻ em: %(name)s") % {"name": child}, "child": child,
        "cases": Case.objects.visible_to(user).filter(child=child).order_by("-opened_on"),
        "may_screen": child.unit_id in user.scope("cases.screen"),
        "entries": found.entries, "older_url": _address(request, after=found.older),
        "kinds": _choices(request, kinds), "narrowed": bool(kinds),
        "continued": bool(request.GET.get("after")),
    }  # fmt: skip
    return page(request, "cases/child_panel.html", context, part="panel")


def _address(request: UserRequest, **changes: Any) -> str:
    """This timeline with something changed; "" when there is nothing older."""
    if not changes.get("after", True):
        return ""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        if isinstance(value, list):
            query.setlist(name, value)
        else:
            query[name] = value
    return f"{request.path}?{query.urlencode()}"


def _choices(request: UserRequest, kinds: list[str]) -> list[dict[str, Any]]:
    """One switch for each kind: what it is called, whether it is on, the address that turns it."""
    return [
        {
            "label": label, "on": kind in kinds,
            "url": _address(request, kind=[k for k in KINDS if (k in kinds) != (k == kind)]),
        }
        for kind, label in KINDS.items()
    ]  # fmt: skip
