"""Communes set side by side."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.lib.hanoi import today
from tuoitho.rounds.areas import FEW, FEW_CHILDREN, PARTS, ranking
from tuoitho.ui.responses import page


@require_GET
@needs("rounds.view")
def area_ranking(request: UserRequest) -> HttpResponse:
    context = {
        "title": _("Xếp hạng địa bàn cần chú ý"), "areas": ranking(request.user, today()),
        "parts": list(PARTS.values()), "few": FEW, "few_children": FEW_CHILDREN,
    }  # fmt: skip
    return page(request, "rounds/area_ranking.html", context)
