"""The sealed compartment: who is on the list of a case, who looked, the one export of it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.log import action_label
from tuoitho.cases import actions
from tuoitho.cases.forms.sealed import ExportForm, LeadForm, ReaderForm
from tuoitho.cases.models import Case, SealedReader
from tuoitho.cases.models.sealed import log_of
from tuoitho.cases.views.answers import answer, seen, sent
from tuoitho.cases.views.cases import case_columns
from tuoitho.ui.export import xlsx_response
from tuoitho.ui.responses import page, see_other


def _sealed(request: UserRequest, pk: int) -> Case:
    return get_object_or_404(Case.objects.visible_to(request.user).filter(sealed=True), pk=pk)


@require_GET
@needs("cases.view")
def reader_list(request: UserRequest, pk: int) -> HttpResponse:
    case = _sealed(request, pk)
    seen("cases.view", case, request.user)
    readers = SealedReader.objects.visible_to(request.user).filter(case=case)
    rows = sorted(readers.select_related("user"), key=lambda r: (not r.is_in_force, not r.lead))
    lead = next((r for r in rows if r.lead and r.is_in_force), None)
    context = {
        "title": _("Người được xem %(case)s") % {"case": case}, "case": case, "readers": rows,
        "lead": lead, "is_lead": lead is not None and lead.user_id == request.user.pk,
        "may_name": lead is None or lead.user_id == request.user.pk,
        "looks": [(at, name, action_label(code)) for at, name, code in log_of(case)],
    }  # fmt: skip
    return page(request, "cases/sealed_readers.html", context)


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def reader_add(request: UserRequest, pk: int) -> HttpResponse:
    case = _sealed(request, pk)
    form = ReaderForm(sent(request))
    back = reverse("cases:case_readers", args=[pk])

    def act() -> None:
        actions.add_reader(case, by=request.user, **form.cleaned_data)

    return answer(request, form, act, back, title=_("Thêm người được xem"), cancel_url=back,
                  intro=_("Người được thêm thấy toàn bộ hồ sơ đến hết ngày đã chọn. "
                          "Việc thêm và mỗi lần xem đều ghi nhật ký."))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.sealed")
def lead_name(request: UserRequest, pk: int) -> HttpResponse:
    case = _sealed(request, pk)
    form = LeadForm(sent(request), initial={"user": request.user.username})

    def act() -> None:
        actions.name_lead(case, by=request.user, **form.cleaned_data)

    def back() -> str:
        still = Case.objects.visible_to(request.user).filter(pk=pk).exists()
        return reverse("cases:case_readers", args=[pk]) if still else reverse("cases:case_list")

    return answer(
        request, form, act, back, title=_("Giao công an phụ trách"),
        cancel_url=reverse("cases:case_readers", args=[pk]),
        intro=_("Từ khi có người phụ trách, chỉ người đó và người trong danh sách thấy hồ sơ."),
    )  # fmt: skip


@require_POST
@needs("cases.view")
def reader_end(request: UserRequest, pk: UUID) -> HttpResponse:
    readers = SealedReader.objects.visible_to(request.user).select_related("case")
    reader = get_object_or_404(readers, pk=pk)
    try:
        with transaction.atomic():
            actions.end_reader(reader, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(request, "cases:case_readers", reader.case_id)


@require_http_methods(["GET", "POST"])
@needs("cases.export_sealed")
def sealed_export(request: UserRequest) -> HttpResponse:
    """Sealed cases leave the system here only: with the permission and a reason that is kept."""
    cases = Case.objects.visible_to(request.user).filter(sealed=True)
    if not cases.exists():
        raise Http404
    form = ExportForm(sent(request))
    if form.is_bound and form.is_valid():
        rows = actions.export_sealed(cases, by=request.user, **form.cleaned_data)
        rows = rows.with_child_name().select_related("unit").order_by("pk")
        return xlsx_response(case_columns(), rows, _("Hồ sơ niêm phong"), "ho-so-niem-phong")
    context = {
        "form": form, "title": _("Tải danh sách hồ sơ niêm phong"), "submit_label": _("Tải"),
        "cancel_url": reverse("cases:case_list"),
    }  # fmt: skip
    return page(request, "ui/form.html", context, status=422 if form.is_bound else 200)
