"""Cases: the list, one case, the panel on a child's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.cases.actions.answering import unanswered
from tuoitho.cases.actions.planning import is_unbound
from tuoitho.cases.coming_of_age import ages_of
from tuoitho.cases.danger import danger_of
from tuoitho.cases.due import due_on_page
from tuoitho.cases.filters import CaseFilter
from tuoitho.cases.follow_up import follow_up_of
from tuoitho.cases.measures import REFERRALS, measures_of
from tuoitho.cases.models import Case
from tuoitho.cases.needs_words import dossier_of
from tuoitho.cases.schooling import visits_with_school, with_terms_known
from tuoitho.cases.story import buttons, stepper, story_of
from tuoitho.cases.views.answers import may, seen
from tuoitho.cases.views.attachments import attachments_panel
from tuoitho.cases.views.documents import papers_shown
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.ui.formats import due
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page

COLOURS = {
    "opened": "orange", "reopened": "orange", "assessed": "yellow", "planned": "yellow",
    "submitted": "purple", "supporting": "blue", "following": "cyan", "reviewed": "teal",
    "closed": "secondary",
}  # fmt: skip
ROWS = (
    "moves", "reports", "screenings", "services__provider", "visits", "emergency_measures",
    "plans__measures", "reviews", "first_assessments", "emergency_notices", "court_requests",
    "cessations__relapse",
    "assessments__needs", "meetings", "plans__measures__need", "plans__unmet__need",
    "clocks__changes", "clocks__escalation", REFERRALS,
)  # fmt: skip


def _limit(case: Case) -> Any:
    if case.emergency_pending:
        return due(case.response_due_at)
    return due(case.step_due_on) if case.is_open else None


def _limit_text(case: Case) -> str:
    limit = _limit(case)
    return limit.text if limit else ""


def _limit_colour(case: Case) -> str:
    limit = _limit(case)
    return limit.colour if limit else ""


def case_columns() -> list[Column]:
    return [
        Column("child", _("Trẻ"), lambda c: c.child_name or _("(ngoài địa bàn)"),
               sort="child_name", link=lambda c: reverse("cases:case_detail", args=[c.pk])),
        Column("code", _("Mã hồ sơ"), str, sort="pk", hide_small=True),
        Column("state", _("Tình trạng"), lambda c: c.get_state_display(), sort="state",
               badge=lambda c: COLOURS[c.state]),
        Column("due", _("Việc kế tiếp"), _limit_text, sort="step_due_on", badge=_limit_colour),
        Column("category", _("Nhóm"), lambda c: c.get_category_display(), sort="category"),
        Column("hazardous", _("Nguy hiểm"), lambda c: c.hazardous, hide_small=True),
        Column("opened", _("Ngày mở"), lambda c: c.opened_on, sort="opened_on"),
        Column("unit", _("Xã, phường"), lambda c: c.unit.name, sort="unit__name",
               hide_small=True),
    ]  # fmt: skip


@require_GET
@needs("cases.view")
def case_list(request: UserRequest) -> HttpResponse:
    cases = Case.objects.visible_to(request.user).with_child_name().select_related("unit")
    if request.GET.get("format"):
        record("cases.export", None, by=request.user, note="cases")
        cases = cases.filter(sealed=False)  # those have an export of their own
    return listing(
        request, cases, case_columns(), title=_("Hồ sơ"), default_sort="step_due_on",
        empty=_("Chưa có hồ sơ nào. Hồ sơ mở từ kết quả sàng lọc."), filterset=CaseFilter,
        filename="ho-so",
    )  # fmt: skip


def _plan_facts(case: Case) -> dict[str, Any]:
    """The latest Mẫu 03 and plan, the older plans, and what is open between them."""
    plans = sorted(case.plans.all(), key=lambda p: p.version, reverse=True)
    plan = plans[0] if plans else None
    return {
        "assessment": max(case.assessments.all(), key=lambda a: a.version, default=None),
        "plan": plan, "measures": measures_of(case, plan),
        "older_plans": plans[1:], "dossier": dossier_of(case, plan),
        "dossier_optional": is_unbound(case),
        "open_needs": unanswered(plan) if plan and plan.is_open else [],
    }  # fmt: skip


@require_GET
@needs("cases.view")
def case_detail(request: UserRequest, pk: int) -> HttpResponse:
    cases = Case.objects.visible_to(request.user).select_related("unit", "opened_unit")
    case = get_object_or_404(with_terms_known(cases.prefetch_related(*ROWS)), pk=pk)
    seen("cases.view", case, request.user)
    child = Child.objects.visible_to(request.user).filter(pk=case.child_id).first()
    may_work = may(request.user, "cases.work", case)
    may_approve = request.user.may("cases.approve") and may(request.user, "cases.approve", case)
    offered = buttons(case, request.user)
    context = {
        "title": str(case), "case": case, "child": child,
        "ages": ages_of(case, child), "age": child.age_text(today()) if child else "",
        "stops": stepper(case),
        "due_items": due_on_page(case, child),
        "steps": [b for b in offered if b.main], "others": [b for b in offered if not b.main],
        "story": story_of(case),
        "review": max(case.reviews.all(), key=lambda r: (r.on, r.pk), default=None),
        "papers": papers_shown(case, request.user),
        **attachments_panel(request.user, case),
        "may_work": may_work and case.is_open, "may_approve": may_approve,
        **_plan_facts(case), "follow_up": follow_up_of(case), "danger": danger_of(case),
        "may_inform": may_work or may_approve,
        "may_close": may(request.user, "cases.close", case),
        "services": sorted(case.services.all(), key=lambda s: s.starts_on, reverse=True),
        "visits": visits_with_school(case),
    }  # fmt: skip
    return page(request, "cases/case_detail.html", context)
