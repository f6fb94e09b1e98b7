"""The consolidated report: who has reported, what is missing, its words, figures in public."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.indicators.places import Ask
from tuoitho.lib.hanoi import today
from tuoitho.reports import actions
from tuoitho.reports.actions.publishing import shown as public_figures
from tuoitho.reports.models import Consolidation, Edition, Publication, UnitReport
from tuoitho.reports.states import State, Step
from tuoitho.reports.views.choice import Choice, chosen
from tuoitho.reports.views.details import found_whole, shown
from tuoitho.reports.views.lists import COLOURS
from tuoitho.reports.views.shown import must_be_its
from tuoitho.ui.responses import page, see_other


@require_GET
@needs("reports.view", steady=True)
def consolidation_detail(request: UserRequest) -> HttpResponse:
    choice = chosen(request)
    if choice.unit is None:
        return page(request, "reports/whole.html", {"title": _("Báo cáo tổng hợp")})
    rows = Consolidation.objects.visible_to(request.user).select_related("unit__area")
    document = rows.filter(unit=choice.unit, year=choice.year).first()
    standing = _standing(document)
    context = {
        "title": _("Báo cáo tổng hợp năm %(year)s") % {"year": choice.year},
        "choice": choice,
        "whole": document,
        "may_start": choice.unit.pk in request.user.scope("reports.consolidate"),
        **_senders(request, choice),
        **(shown(request, document) if document else {}),
        "publication": standing,
        "published": standing is not None and standing.edition == _latest(document),
    }
    return page(request, "reports/whole.html", context)


def _senders(request: UserRequest, choice: Choice) -> dict[str, Any]:
    """Who has sent, who has not, late ones first of those missing."""
    assert choice.unit is not None
    root, day = Ask(choice.unit, choice.year).root, today()
    rows = UnitReport.objects.visible_to(request.user).of_year(choice.year).within(root)
    found = list(rows.select_related("unit").in_order())
    senders = [(report, COLOURS[State(report.state)], report.days_late(day)) for report in found]
    missing = [row for row in senders if not row[0].is_delivered]
    return {
        "senders": senders, "missing": missing, "sent_count": len(senders) - len(missing),
        "waiting": sum(report.state == "sent" for report in found),
    }  # fmt: skip


def _standing(document: Consolidation | None) -> Publication | None:
    if document is None:
        return None
    rows = Publication.objects.standing().filter(unit=document.unit, year=document.year)
    return rows.select_related("edition").first()


def _latest(document: Consolidation | None) -> Edition | None:
    return document.latest_edition if document else None


@require_POST
@needs("reports.consolidate")
def consolidation_start(request: UserRequest) -> HttpResponse:
    """Begin the consolidated report of ``?year=&unit=``."""
    choice = chosen(request)
    if choice.unit is None:
        raise Http404
    address = f"{reverse('reports:consolidation_detail')}?{choice.query}"
    try:
        actions.start_consolidation(choice.unit, choice.year, by=request.user, on=today())
    except ValidationError as error:
        context = {"title": _("Báo cáo tổng hợp"), "choice": choice, "error": error.messages}
        return page(request, "reports/whole.html", context, status=422)
    return see_other(request, address)


@require_http_methods(["GET", "POST"])
@needs("reports.consolidate")
def consolidation_publish(request: UserRequest, pk: int) -> HttpResponse:
    """See what everybody would see, then publish it."""
    document = found_whole(request, pk)
    must_be_its(request.user, document, Step.PUBLISH)
    address = (
        f"{reverse('reports:consolidation_detail')}?year={document.year}&unit={document.unit.code}"
    )
    errors: list[str] = []
    if request.method == "POST":
        try:
            actions.publish_figures(document, by=request.user, on=today())
        except ValidationError as error:
            errors = error.messages
        else:
            return see_other(request, address)
    edition = document.latest_edition
    context = {
        "title": Step.PUBLISH.label, "document": document, "document_url": address,
        "edition": edition, "figures": public_figures(edition) if edition else [],
        "errors": errors,
    }  # fmt: skip
    return page(request, "reports/publish.html", context, status=422 if errors else 200)
