"""One report: where it stands, its figures, its words, what was signed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.indicators.actions import differences
from tuoitho.indicators.definitions import definition_hash
from tuoitho.indicators.engine import plan_of
from tuoitho.lib.hanoi import now, today
from tuoitho.reports.composing import compose, compute_figures
from tuoitho.reports.models import Consolidation, Edition, UnitReport
from tuoitho.reports.sections import SECTIONS, headings
from tuoitho.reports.states import FROZEN, State
from tuoitho.reports.views.lists import COLOURS
from tuoitho.reports.views.shown import figures, frozen, history, open_steps
from tuoitho.ui.responses import page

Document = UnitReport | Consolidation
NAMES = {
    "numerator": gettext_lazy("Số thực hiện"), "denominator": gettext_lazy("Tổng số"),
    "value": gettext_lazy("Kết quả (%)"), "register_count": gettext_lazy("Số trẻ phát hiện"),
}  # fmt: skip


def found_report(request: UserRequest, pk: int) -> UnitReport:
    """The report, if this person may see it; 404 otherwise."""
    rows = UnitReport.objects.visible_to(request.user).select_related("unit__area", "organisation")
    return get_object_or_404(rows, pk=pk)


def found_whole(request: UserRequest, pk: int) -> Consolidation:
    rows = Consolidation.objects.visible_to(request.user).select_related("unit__area")
    return get_object_or_404(rows, pk=pk)


@require_GET
@needs("reports.view", steady=True)
def report_detail(request: UserRequest, pk: int) -> HttpResponse:
    report = found_report(request, pk)
    context = {"title": report.name, "report": report, **shown(request, report)}
    return page(request, "reports/report_detail.html", context)


def shown(request: UserRequest, document: Document) -> dict[str, Any]:
    """What the pages of a unit's report and of the consolidated one have in common."""
    editions = list(document.editions.all())
    signed = bool(editions) and document.state in FROZEN
    plan = plan_of(document.year)
    words = headings(plan, document.year)
    return {
        "document": document,
        "colour": COLOURS[State(document.state)],
        "steps": open_steps(request.user, document),
        "late": document.days_late(today()),
        "signed": signed,
        "figures": frozen(editions[0], document) if signed else _now(document),
        "texts": [(words[s.key], document.text(s.key)) for s in SECTIONS if document.text(s.key)],
        "editions": editions,
        "history": history(document),
    }


def _now(document: Document) -> list[Any]:
    """The figures of this moment, as they would be signed."""
    made = compose(document, now())
    return figures(made.annual.targets, made.results, document)


@require_GET
@needs("reports.view", steady=True)
def edition_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What was signed, and what has become of its figures since."""
    rows = Edition.objects.visible_to(request.user)
    edition = get_object_or_404(rows.select_related("report__unit", "consolidation__unit"), pk=pk)
    document = edition.report or edition.consolidation
    assert document is not None  # the database asks for one of them
    present = compute_figures(document, plan_of(document.year))
    context = {
        "title": _("Bản %(version)s: số %(number)s") % {
            "version": edition.version, "number": edition},
        "edition": edition, "document": document, "report": edition.report,
        "figures": frozen(edition, document),
        "differences": [(d, NAMES[d.name]) for d in differences(edition.figures, present)],
        "same_definitions": edition.definition_hash == definition_hash(),
    }  # fmt: skip
    return page(request, "reports/edition_detail.html", context)
