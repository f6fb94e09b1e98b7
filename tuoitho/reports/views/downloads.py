"""The official Word file and the workbook: what was signed, or a draft of this moment."""

from collections.abc import Callable
from io import BytesIO

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.lib.hanoi import now
from tuoitho.reports.annual import AnnualReport, render_excel, render_word
from tuoitho.reports.composing import compose
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.views.details import found_report, found_whole
from tuoitho.ui.export import DOCX_TYPE, XLSX_TYPE, file_response

Document = UnitReport | Consolidation


def _download(
    find: Callable[[UserRequest, int], Document],
) -> Callable[..., HttpResponseBase]:
    @require_GET
    @needs("reports.view", steady=True)
    def view(request: UserRequest, pk: int) -> HttpResponse:
        """``?format=docx|xlsx``; ``&edition=2`` is an earlier signed one, ``&draft=1`` none."""
        document = find(request, pk)
        wanted = request.GET.get("format", "docx")
        if wanted not in ("docx", "xlsx"):
            raise Http404
        return _file(_wanted(request, document), document, wanted)

    return view


def _wanted(request: UserRequest, document: Document) -> AnnualReport:
    version = request.GET.get("edition", "")
    if version:
        number = int(version) if version.isascii() and version.isdigit() else 0
        return get_object_or_404(document.editions, version=number).annual
    edition = None if request.GET.get("draft") else document.latest_edition
    return edition.annual if edition else compose(document, now()).annual


def _file(annual: AnnualReport, document: Document, wanted: str) -> HttpResponse:
    content = BytesIO()
    if wanted == "docx":
        render_word(annual, content)
    else:
        render_excel(annual, content)
    content.seek(0)
    kind = DOCX_TYPE if wanted == "docx" else XLSX_TYPE
    return file_response(content, f"{_name(document)}.{wanted}", kind)


def _name(document: Document) -> str:
    name = f"bao-cao-{document.year}-{document.unit.code}"
    return f"{name}-{document.office}" if isinstance(document, UnitReport) else name


report_download = _download(found_report)
consolidation_download = _download(found_whole)
