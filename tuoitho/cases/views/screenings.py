"""Screening a child in the field, and what the law says of it in plain words."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases import actions
from tuoitho.cases.alike import alike
from tuoitho.cases.forms.screening import EMPLOYER_FACTS, FIRST_FACTS, PLACE_FACTS, FactsForms
from tuoitho.cases.forms.steps import OpenCaseForm
from tuoitho.cases.models import Case, Category, Report, Screening
from tuoitho.cases.views.answers import answer, done, seen, sent
from tuoitho.cases.words import result_of
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.ui.responses import page, see_other


def _child(request: UserRequest, pk: int) -> Child:
    return get_object_or_404(Child.objects.visible_to(request.user).select_related("unit"), pk=pk)


def _report(request: UserRequest) -> Report | None:
    """The report named in the address, if this person may see it."""
    given = request.GET.get("report", "")
    try:
        key = UUID(given)
    except ValueError:
        return None
    return Report.objects.visible_to(request.user).filter(pk=key).first()


@require_http_methods(["GET", "POST"])
@needs("cases.screen")
def screening_new(request: UserRequest, pk: int) -> HttpResponse:
    child, report = _child(request, pk), _report(request)
    forms = FactsForms(sent(request), child=child, user=request.user)
    made: list[Screening] = []

    def act() -> None:
        data = forms.observation.cleaned_data
        made.append(actions.screen_child(
            child, forms.facts(), observed_on=data["observed_on"], report=report,
            by=request.user, note=data["note"],
        ))  # fmt: skip

    bound = request.method == "POST"
    if bound and forms.is_valid() and done(forms.observation, act):
        return see_other(request, "cases:screening_detail", made[0].pk)
    context = {
        "title": _("Sàng lọc: %(name)s") % {"name": child}, "child": child, "forms": forms,
        "age": child.age_text(today()), "report": report, **sections(),
        "alike": alike(report, request.user) if report else [], "may_join": report is not None,
        "cancel_url": reverse("people:child_detail", args=[child.pk]),
    }  # fmt: skip
    status = 422 if bound else 200
    return page(request, "cases/facts_form.html", context, part="form", status=status)


def sections(*, visit: bool = False) -> dict[str, Any]:
    """Names of fields by section of the page."""
    seen = "observed_on working chores_hours_week" + (" schooling" if visit else "")
    return {"seen": seen, "first": FIRST_FACTS, "employer": EMPLOYER_FACTS, "place": PLACE_FACTS}


@require_GET
@needs("cases.view")
def screening_detail(request: UserRequest, pk: int) -> HttpResponse:
    rows = Screening.objects.visible_to(request.user).select_related("unit", "report")
    screening = get_object_or_404(rows.prefetch_related("works__establishment"), pk=pk)
    seen("cases.screening.view", screening, request.user)
    child = Child.objects.visible_to(request.user).filter(pk=screening.child_id).first()
    cases = Case.objects.visible_to(request.user)
    running = cases.filter(child=screening.child_id).still_open().first()
    may_open = child is not None and child.unit_id in request.user.scope("cases.screen")
    context = {
        "title": _("Kết quả sàng lọc"), "screening": screening, "child": child,
        "result": result_of(screening), "case": running,
        "may_open": may_open and running is None and screening.outcome != "not_a_minor",
        "may_screen": may_open,
    }  # fmt: skip
    return page(request, "cases/screening_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs("cases.screen")
def case_new(request: UserRequest, pk: int) -> HttpResponse:
    """Open the case of a child, from a screening (?screening=) or a report (?report=)."""
    child = _child(request, pk)
    given = request.GET.get("screening", "")
    screenings = Screening.objects.visible_to(request.user).filter(child=child)
    screening = screenings.filter(pk=given).first() if given.isdecimal() else None
    report = _report(request) or (screening.report if screening else None)
    if report is not None and report.case_id:
        report = None
    found = screening.child_labour if screening else None
    form = OpenCaseForm(sent(request), initial={
        "category": Category.CHILD_LABOUR if found else Category.AT_RISK,
    })  # fmt: skip
    made: list[Case] = []

    def act() -> None:
        made.append(actions.open_case(
            child, report=report, screening=screening, by=request.user, **form.cleaned_data
        ))  # fmt: skip

    def back() -> str:
        seen = Case.objects.visible_to(request.user).filter(pk=made[0].pk).exists()
        room, key = ("cases:case_detail", made[0].pk) if seen else ("people:child_detail", pk)
        return reverse(room, args=[key])

    return answer(
        request, form, act, back, title=_("Mở hồ sơ: %(name)s") % {"name": child},
        submit_label=_("Mở hồ sơ"), cancel_url=reverse("people:child_detail", args=[pk]),
    )  # fmt: skip
