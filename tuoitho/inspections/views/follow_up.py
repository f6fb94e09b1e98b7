"""What follows a visit: violations and decisions, measures and looking again."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.inspections import actions
from tuoitho.inspections.forms import MeasureForm, SanctionForm, VerifyForm, ViolationForm
from tuoitho.inspections.models import Measure, Violation
from tuoitho.inspections.offences import OFFENCES, label_of
from tuoitho.inspections.views.one import GET_POST, acted, form_page, found
from tuoitho.lib.hanoi import today
from tuoitho.ui.formats import vn_money
from tuoitho.ui.responses import see_other

DAYS_TO_REMEDY = 30  # offered as the last day of a measure; anyone may write another


@require_http_methods(GET_POST)
@needs("inspections.record")
def violation_new(request: UserRequest, pk: int) -> HttpResponse:
    inspection = found(request, pk, "inspections.record")
    rule = request.GET.get("rule", "")
    form = ViolationForm(
        request.POST if request.method == "POST" else None,
        initial={"rule": rule if rule in OFFENCES else ""},
    )
    if acted(form, lambda: actions.add_violation(
        inspection, by=request.user, on=today(), **form.cleaned_data,
    )):  # fmt: skip
        return see_other(request, "inspections:inspection_detail", pk)
    return form_page(request, form, inspection, _("Ghi vi phạm"))


def _violation(request: UserRequest, pk: int) -> Violation:
    rows = Violation.objects.visible_to(request.user).select_related("inspection__establishment")
    violation = get_object_or_404(rows, pk=pk)
    request.user.require("inspections.record", violation.inspection)
    return violation


@require_http_methods(GET_POST)
@needs("inspections.record")
def violation_sanction(request: UserRequest, pk: int) -> HttpResponse:
    violation = _violation(request, pk)
    data = request.POST if request.method == "POST" else None
    decided = {"on": violation.decided_on or today(), "fine": violation.fine,
               "decision_number": violation.decision_number, "decided_by": violation.decided_by,
               "note": violation.decision_note}  # fmt: skip
    form = SanctionForm(data, initial=decided)
    if acted(form, lambda: actions.record_sanction(violation, by=request.user, **form.decided())):
        return see_other(request, "inspections:inspection_detail", violation.inspection_id)
    intro = f"{violation.inspection.establishment.name}: {label_of(violation.rule)}"
    if violation.sanction_min is not None and violation.sanction_max is not None:
        low, high = vn_money(violation.sanction_min), vn_money(violation.sanction_max)
        intro += f" ({violation.sanction_clause} NĐ {violation.sanction_decree}: {low} – {high})"
    title = _("Ghi quyết định xử phạt")
    return form_page(request, form, violation.inspection, title, intro=intro)


@require_POST
@needs("inspections.record")
def violation_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    violation = _violation(request, pk)
    try:
        actions.withdraw_violation(violation, by=request.user, on=today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(request, "inspections:inspection_detail", violation.inspection_id)


@require_http_methods(GET_POST)
@needs("inspections.record")
def measure_new(request: UserRequest, pk: int) -> HttpResponse:
    inspection = found(request, pk, "inspections.record")
    data = request.POST if request.method == "POST" else None
    initial = {"on": today(), "due_on": today() + timedelta(days=DAYS_TO_REMEDY),
               "violation": request.GET.get("violation", "")}  # fmt: skip
    form = MeasureForm(data, inspection=inspection, initial=initial)
    if acted(form, lambda: actions.order_measure(
        inspection, by=request.user, **form.cleaned_data,
    )):  # fmt: skip
        return see_other(request, "inspections:inspection_detail", pk)
    return form_page(request, form, inspection, _("Yêu cầu khắc phục"))


@require_http_methods(GET_POST)
@needs("inspections.record")
def measure_verify(request: UserRequest, pk: int) -> HttpResponse:
    rows = Measure.objects.visible_to(request.user).select_related("inspection__establishment")
    measure = get_object_or_404(rows, pk=pk)
    request.user.require("inspections.record", measure.inspection)
    data = request.POST if request.method == "POST" else None
    form = VerifyForm(data, initial={"on": today()})
    if acted(form, lambda: actions.verify_measure(measure, by=request.user, **form.cleaned_data)):
        return see_other(request, "inspections:inspection_detail", measure.inspection_id)
    title = _("Kiểm tra lại việc khắc phục")
    return form_page(request, form, measure.inspection, title, intro=measure.what)
