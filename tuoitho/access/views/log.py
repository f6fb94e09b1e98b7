"""The log: all events a person may read, and who saw one child."""

import django_filters
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.log import action_label, readable_events
from tuoitho.access.views.units import DayFilter
from tuoitho.audit.models import Event
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page

SHOWN = 50


class EventFilter(django_filters.FilterSet):  # type: ignore[misc]
    actor = django_filters.CharFilter(
        field_name="actor_name", lookup_expr="icontains", label=gettext_lazy("Người thực hiện")
    )
    action = django_filters.CharFilter(lookup_expr="startswith", label=gettext_lazy("Việc (mã)"))
    day = DayFilter(field_name="at", lookup_expr="date", label=gettext_lazy("Ngày ghi"))

    class Meta:
        model = Event
        fields: list[str] = []


@require_GET
@needs("audit.view")
def event_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("at", _("Lúc"), lambda e: e.at, sort="id"),
        Column("actor", _("Người thực hiện"), lambda e: e.actor_name),
        Column("action", _("Việc"), lambda e: action_label(e.action)),
        Column("subject", _("Hồ sơ"), lambda e: f"{e.subject_type} {e.subject_key}"),
        Column("note", _("Ghi chú"), lambda e: e.note, hide_small=True),
    ]
    return listing(
        request, readable_events(request.user), columns, filterset=EventFilter,
        default_sort="-id", title=_("Nhật ký"), empty=_("Chưa có sự kiện nào."),
        filename="nhat-ky",
    )  # fmt: skip


@require_GET
@needs("audit.view")
def child_panel(request: UserRequest, child: int) -> HttpResponse:
    """Who looked at this child's file and who changed it, newest first.

    The child itself is not read here (audit stands below people): only events of units in the
    reader's scope answer, so a stranger's panel is empty.
    """
    events = readable_events(request.user).about_child(child).order_by("-id")[:SHOWN]
    return page(
        request,
        "access/child_panel.html",
        {
            "title": _("Ai đã xem hồ sơ trẻ"),
            "events": [(event, action_label(event.action)) for event in events],
            "shown": SHOWN,
        },
        part="panel",
    )
