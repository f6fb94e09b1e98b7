"""What follows an emergency measure: its end, who was told, what the court answered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases import actions
from tuoitho.cases.due_emergency import untold
from tuoitho.cases.forms.emergencies import CourtAnswerForm, EmergencyEndForm, InformForm
from tuoitho.cases.models import CourtRequest, EmergencyMeasure
from tuoitho.cases.views.answers import answer, may, sent
from tuoitho.cases.views.steps import needs_step
from tuoitho.lib.hanoi import today


def _measure(request: UserRequest, pk: int) -> EmergencyMeasure:
    measures = EmergencyMeasure.objects.visible_to(request.user).select_related("case")
    return get_object_or_404(measures, pk=pk)


@require_http_methods(["GET", "POST"])
@needs("cases.approve")
def emergency_end(request: UserRequest, pk: int) -> HttpResponse:
    measure = _measure(request, pk)
    needs_step(request, measure.case, "cases.approve")
    last = min(today(), measure.until or today())
    form = EmergencyEndForm(sent(request), initial={"on": last})
    back = reverse("cases:case_detail", args=[measure.case_id])

    def act() -> None:
        actions.end_emergency(measure, by=request.user, **form.cleaned_data)

    title = _("Chấm dứt: %(what)s") % {"what": measure}
    basis = "Điều 32 Nghị định 56/2017/NĐ-CP"
    return answer(request, form, act, back, title=title, cancel_url=back, intro=basis)


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def emergency_inform(request: UserRequest, pk: int) -> HttpResponse:
    measure = _measure(request, pk)
    if not may(request.user, "cases.work", measure.case):
        needs_step(request, measure.case, "cases.approve")
    missing = untold(measure.case)
    form = InformForm(sent(request), initial={"party": missing[0] if missing else ""})
    back = reverse("cases:case_detail", args=[measure.case_id])

    def act() -> None:
        actions.inform_party(measure, by=request.user, **form.cleaned_data)

    title = _("Thông báo về biện pháp khẩn cấp: %(case)s") % {"case": measure.case}
    basis = "khoản 3 Điều 26, Điều 31 Nghị định 56/2017/NĐ-CP"
    return answer(request, form, act, back, title=title, cancel_url=back, intro=basis)


@require_http_methods(["GET", "POST"])
@needs("cases.close")
def court_answer(request: UserRequest, pk: int) -> HttpResponse:
    requests = CourtRequest.objects.visible_to(request.user).select_related("case")
    asked = get_object_or_404(requests, pk=pk)
    needs_step(request, asked.case, "cases.close")
    form = CourtAnswerForm(sent(request), initial={"on": today()})
    back = reverse("cases:case_detail", args=[asked.case_id])

    def act() -> None:
        actions.record_court_answer(asked, by=request.user, **form.cleaned_data)

    title = _("Trả lời của Tòa án: %(case)s") % {"case": asked.case}
    return answer(request, form, act, back, title=title, cancel_url=back)
