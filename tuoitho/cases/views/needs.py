"""Mẫu 03 and the needs meeting: written, and read again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases import actions
from tuoitho.cases.actions.needs import suggested_risk
from tuoitho.cases.forms.needs import AssessmentForm, AttendanceForms, MeetingForm, NeedForms
from tuoitho.cases.models import Assessment, Case, NeedsMeeting
from tuoitho.cases.models.needs import NAMED_BY_LAW, TEXTS, Part
from tuoitho.cases.needs_words import risk_words
from tuoitho.cases.views.answers import done, sent
from tuoitho.cases.views.steps import case_seen, needs_step
from tuoitho.lib.hanoi import today
from tuoitho.ui.responses import page, see_other

NEED = ("kind", "what", "severity", "said_by")


def _begun(case: Case) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A new Mẫu 03 begins with the last one, so that only what has changed is written."""
    last = case.assessments.order_by("-version").first()
    if last is None:
        return {"on": today()}, []
    named = {name: getattr(last, name) for name in TEXTS}
    rows = [{name: getattr(need, name) for name in NEED} for need in last.needs.all()]
    return {"on": today(), **named}, rows


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def case_assess_needs(request: UserRequest, pk: int) -> HttpResponse:
    case = case_seen(request, pk)
    needs_step(request, case, "cases.work")
    named, rows = _begun(case)
    form, table = (
        AssessmentForm(sent(request), initial=named),
        NeedForms(sent(request), initial=rows, prefix="n"),
    )
    back = reverse("cases:case_detail", args=[pk])

    def act() -> None:
        found = [dict(f.cleaned_data) for f in table if any(f.cleaned_data.values())]
        actions.assess_needs(case, needs=found, by=request.user, **form.cleaned_data)

    bound = request.method == "POST"
    if bound and form.is_valid() and table.is_valid() and done(form, act):
        return see_other(request, back)
    context = {
        "title": _("Đánh giá cụ thể (Mẫu 03): %(case)s") % {"case": case}, "case": case,
        "form": form, "table": table, "cancel_url": back,
        "suggestion": risk_words(suggested_risk(case)),
    }  # fmt: skip
    status = 422 if bound else 200
    return page(request, "cases/assessment_form.html", context, part="form", status=status)


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def case_meeting(request: UserRequest, pk: int) -> HttpResponse:
    case = case_seen(request, pk)
    needs_step(request, case, "cases.work")
    form = MeetingForm(sent(request), initial={"on": today()})
    asked = [{"part": part} for part in NAMED_BY_LAW]
    table = AttendanceForms(sent(request), initial=asked, prefix="a")
    back = reverse("cases:case_detail", args=[pk])

    def act() -> None:
        people = [dict(f.cleaned_data) for f in table if f.cleaned_data.get("name")]
        actions.hold_meeting(case, attendance=people, by=request.user, **form.cleaned_data)

    bound = request.method == "POST"
    if bound and form.is_valid() and table.is_valid() and done(form, act):
        return see_other(request, back)
    context = {
        "title": _("Họp xác định nhu cầu: %(case)s") % {"case": case}, "case": case,
        "form": form, "table": table, "cancel_url": back,
    }  # fmt: skip
    status = 422 if bound else 200
    return page(request, "cases/meeting_form.html", context, part="form", status=status)


@require_GET
@needs("cases.view")
def assessment_detail(request: UserRequest, pk: int) -> HttpResponse:
    rows = Assessment.objects.visible_to(request.user).select_related("case")
    assessment = get_object_or_404(rows.prefetch_related("needs__measures__plan"), pk=pk)
    texts = [
        (Assessment._meta.get_field(name).verbose_name, getattr(assessment, name))  # type: ignore[union-attr]
        for name in TEXTS
    ]
    context = {
        "title": _("%(what)s: %(case)s") % {"what": assessment, "case": assessment.case},
        "assessment": assessment, "case": assessment.case, "texts": texts,
        "counted": risk_words(assessment.counted, assessment.suggested),
    }  # fmt: skip
    return page(request, "cases/assessment_detail.html", context)


@require_GET
@needs("cases.view")
def meeting_detail(request: UserRequest, pk: int) -> HttpResponse:
    rows = NeedsMeeting.objects.visible_to(request.user).select_related("case")
    meeting = get_object_or_404(rows.prefetch_related("attendance"), pk=pk)
    asked = {person.part for person in meeting.attendance.all()}
    context = {
        "title": _("%(what)s: %(case)s") % {"what": meeting, "case": meeting.case},
        "meeting": meeting, "case": meeting.case,
        "not_asked": [Part(part).label for part in NAMED_BY_LAW if part not in asked],
    }  # fmt: skip
    return page(request, "cases/meeting_detail.html", context)
