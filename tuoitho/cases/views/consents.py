"""Whose word there is about sharing a child's information, and on what ground without it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.cases import actions
from tuoitho.cases.forms.exchange import (
    ConsentForm,
    OverrideForm,
    OverrideReviewForm,
    WithdrawForm,
)
from tuoitho.cases.models import (
    Case,
    Consent,
    Handover,
    Purpose,
    Referral,
    SharingBasis,
    WithdrawalNotice,
)
from tuoitho.cases.models.consent import SecondLook
from tuoitho.cases.sharing import BASIS, Standing, standing
from tuoitho.cases.views.answers import answer, may, sent
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.ui.responses import page, wants_part


@dataclass(frozen=True)
class Line:
    """One purpose: what sharing for it would rest on today."""

    label: str
    now: Standing


def lines_of(child: Child, case: Case | None) -> list[Line]:
    """All purposes in their order."""
    return [
        Line(str(purpose.label), standing(child, purpose, on=today(), case=case))
        for purpose in Purpose
    ]


def _child(request: UserRequest, pk: int) -> Child:
    children = Child.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(children, pk=pk)


def _open_case(request: UserRequest, child: Child) -> Case | None:
    return Case.objects.visible_to(request.user).filter(child=child).still_open().first()


@require_GET
@needs("cases.view")
def consent_list(request: UserRequest, pk: int) -> HttpResponse:
    """Everything said about sharing this child's information, and who was told when it changed."""
    child = _child(request, pk)
    user = request.user
    record("people.view", child, by=user)
    case = _open_case(request, child)
    cases = Case.objects.visible_to(user).filter(child=child)
    bases = SharingBasis.objects.visible_to(user).filter(case__in=cases)
    told = WithdrawalNotice.objects.visible_to(user).filter(consent__child=child)
    context = {
        "title": _("Chia sẻ thông tin: %(name)s") % {"name": child}, "child": child, "case": case,
        "lines": lines_of(child, case), "basis": BASIS,
        "consents": Consent.objects.visible_to(user).filter(child=child)
        .select_related("organisation"),
        "bases": bases.order_by("-on", "-pk"),
        "told": told.select_related("referral__receiver").order_by("acknowledged_on", "due_on"),
        "may_work": child.unit_id in user.scope("cases.work"),
        "may_review": case is not None and may(user, "cases.approve", case),
    }  # fmt: skip
    return page(request, "cases/consent_list.html", context)


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def consent_new(request: UserRequest, pk: int) -> HttpResponse:
    child = _child(request, pk)
    if child.unit_id not in request.user.scope("cases.work"):
        raise PermissionDenied("cases.work")
    form = ConsentForm(sent(request), child=child)

    def act() -> None:
        case = _open_case(request, child)
        actions.record_consent(child, by=request.user, case=case, **form.cleaned_data)

    back = reverse("cases:consent_list", args=[pk])
    return answer(request, form, act, back, title=_("Ghi ý kiến: %(name)s") % {"name": child},
                  cancel_url=back, intro=BASIS)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def consent_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a consent back; every body that holds information because of it is told."""
    consents = Consent.objects.visible_to(request.user).select_related("child")
    consent = get_object_or_404(consents, pk=pk)
    form = WithdrawForm(sent(request))
    holders = consent.referrals.select_related("receiver").count()

    def act() -> None:
        actions.withdraw_consent(consent, by=request.user, **form.cleaned_data)

    back = reverse("cases:consent_list", args=[consent.child_id])
    intro = _("%(n)s cơ quan đã nhận thông tin nhờ sự đồng ý này sẽ được báo và phải xác nhận.")
    return answer(request, form, act, back, title=_("Rút lại: %(what)s") % {"what": consent},
                  intro=intro % {"n": holders}, submit_colour="danger",
                  cancel_url=back)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def override_new(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for an exception: a reason, and a second person who agrees."""
    cases = Case.objects.visible_to(request.user).select_related("unit")
    case = get_object_or_404(cases, pk=pk)
    form = OverrideForm(sent(request))

    def act() -> None:
        actions.record_basis(case, ground="override", by=request.user, **form.cleaned_data)

    back = reverse("cases:consent_list", args=[case.child_id])
    intro = _("Chỉ dùng được sau khi Chủ tịch UBND xã hoặc người thứ hai có quyền duyệt đồng ý.")
    return answer(request, form, act, back, title=_("Đề nghị ngoại lệ: %(case)s") % {"case": case},
                  intro=intro, cancel_url=back)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def override_review(request: UserRequest, pk: int) -> HttpResponse:
    rows = SharingBasis.objects.visible_to(request.user).select_related("case")
    basis = get_object_or_404(rows, pk=pk)
    if not may(request.user, "cases.approve", basis.case):
        raise PermissionDenied("cases.approve")
    form = OverrideReviewForm(sent(request))

    def act() -> None:
        actions.review_override(basis, by=request.user, **form.cleaned_data)

    back = reverse("cases:consent_list", args=[basis.case.child_id])
    intro = f"{basis.get_purpose_display()}. {basis.reason} ({basis.recorded_by})"
    return answer(request, form, act, back, title=_("Duyệt ngoại lệ: %(case)s")
                  % {"case": basis.case}, intro=intro, cancel_url=back)  # fmt: skip


@require_GET
@needs("cases.view")
def exchange_panel(request: UserRequest, pk: int) -> HttpResponse:
    """On a case's page: who was asked for help, on what sharing rests, where the case may go."""
    user = request.user
    cases = Case.objects.visible_to(user).select_related("unit")
    case = get_object_or_404(cases, pk=pk)
    if not wants_part(request):  # as part of the case's page, that page has written it down
        hidden: dict[str, Any] = {"unit_key": None, "child_key": None} if case.sealed else {}
        record("cases.view", case, by=user, **hidden)
    child = Child.objects.visible_to(user).filter(pk=case.child_id).first()
    referrals = Referral.objects.sent_from_sight_of(user).filter(case=case)
    context = {
        "title": _("Phối hợp: %(case)s") % {"case": case}, "case": case, "child": child,
        "lines": lines_of(child, case) if child else [],
        "referrals": referrals.select_related("receiver").order_by("-offered_on", "-pk"),
        "handovers": Handover.objects.visible_to(user).filter(case=case)
        .select_related("from_unit", "to_unit").order_by("-pk"),
        "waiting_reviews": case.sharing_bases.filter(review=SecondLook.WAITING),
        "may_work": case.is_open and may(user, "cases.work", case) and not case.sealed,
        "may_transfer": case.is_open and may(user, "cases.transfer", case),
    }  # fmt: skip
    return page(request, "cases/exchange_panel.html", context, part="panel")
