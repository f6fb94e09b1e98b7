"""The plan of support and the follow-up visit: the two large forms of a case."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases import actions
from tuoitho.cases.actions.answering import latest_assessment, unanswered
from tuoitho.cases.forms.plans import MeasureForms, PlanForm
from tuoitho.cases.forms.screening import FactsForms
from tuoitho.cases.measures import measures_of
from tuoitho.cases.models import Case, SupportPlan
from tuoitho.cases.models.plan import BLOCKS
from tuoitho.cases.plan_changes import changes
from tuoitho.cases.schooling import missing_term
from tuoitho.cases.views.answers import done, may, sent
from tuoitho.cases.views.screenings import sections
from tuoitho.cases.views.steps import case_seen, needs_step
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.ui.responses import page, see_other

FIELDS = ("kind", "what", "starts_on", "ends_on", "responsible", "provider", "cost", "need")


def _begun(case: Case) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form begins with: the latest version, so that a new one is a change of it."""
    plan: SupportPlan | None = case.plans.order_by("-version").first()
    if plan is None:
        return {}, []
    named = {name: getattr(plan, name) for name in (*BLOCKS, "goal", "met_on")}
    named |= {f"why_{row.need_id}": row.why for row in plan.unmet.all()}
    rows = [{name: getattr(row, name) for name in FIELDS} for row in plan.measures.order_by("pk")]
    return named, rows


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def case_plan(request: UserRequest, pk: int) -> HttpResponse:
    case = case_seen(request, pk)
    needs_step(request, case, "cases.work")
    named, rows = _begun(case)
    assessment = latest_assessment(case)
    form = PlanForm(sent(request), initial=named, assessment=assessment)
    table = MeasureForms(
        sent(request), initial=rows, prefix="m", form_kwargs={"assessment": assessment}
    )
    back = reverse("cases:case_detail", args=[pk])

    def act() -> None:
        # A row left as it was has not changed, yet belongs to the table.
        kept = [f.row() for f in table if f.has_changed() or f.initial]
        measures = [row for row in kept if row["kind"] or row["what"]]
        actions.draft_plan(case, measures=measures, by=request.user, **form.facts())

    bound = request.method == "POST"
    if bound and form.is_valid() and table.is_valid() and done(form, act):
        return see_other(request, back)
    context = {"title": _("Kế hoạch hỗ trợ: %(case)s") % {"case": case}, "case": case,
               "form": form, "table": table, "cancel_url": back,
               "assessment": assessment}  # fmt: skip
    status = 422 if bound else 200
    return page(request, "cases/plan_form.html", context, part="form", status=status)


@require_GET
@needs("cases.view")
def plan_detail(request: UserRequest, pk: int, version: int) -> HttpResponse:
    """One version of a plan, and what it says otherwise than the one before."""
    case = case_seen(request, pk)
    plans = SupportPlan.objects.visible_to(request.user).filter(case=case)
    plans = plans.prefetch_related("measures__need", "unmet__need")
    plan = get_object_or_404(plans, version=version)
    before = plans.filter(version=version - 1).first()
    context = {
        "title": _("Kế hoạch lần %(n)s: %(case)s") % {"n": version, "case": case}, "case": case,
        "plan": plan, "measures": measures_of(case, plan), "before": before,
        "may_work": may(request.user, "cases.work", case),
        "changes": changes(before, plan) if before else [],
        "open_needs": unanswered(plan) if plan.is_open else [],
        "older_plans": plans.filter(version__lt=version).order_by("-version"),
    }  # fmt: skip
    return page(request, "cases/plan_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def case_visit(request: UserRequest, pk: int) -> HttpResponse:
    case = case_seen(request, pk)
    needs_step(request, case, "cases.work")
    children = Child.objects.visible_to(request.user)
    child = get_object_or_404(children, pk=case.child_id)
    forms = FactsForms(sent(request), child=child, user=request.user, visit=True)
    back = reverse("cases:case_detail", args=[pk])

    def act() -> None:
        data = forms.observation.cleaned_data
        actions.record_visit(
            case, forms.facts(), by=request.user, on=data["observed_on"],
            schooling=data["schooling"], note=data["note"],
        )  # fmt: skip

    bound = request.method == "POST"
    if bound and forms.is_valid() and done(forms.observation, act):
        return see_other(request, back)
    context = {
        "title": _("Thăm hộ: %(name)s") % {"name": child}, "child": child,
        "forms": forms, "age": child.age_text(today()), "case": case, "cancel_url": back,
        "missing_term": missing_term(child, today()), **sections(visit=True),
    }  # fmt: skip
    status = 422 if bound else 200
    return page(request, "cases/facts_form.html", context, part="form", status=status)
