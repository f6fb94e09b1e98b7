"""Referrals as the body that was asked sees them: its own, with the little it needs to know."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.cases import actions
from tuoitho.cases.exchange_states import REFERRAL_MOVES
from tuoitho.cases.forms.exchange import (
    AcknowledgeForm,
    HeardForm,
    HeardRefusalForm,
    HeardResultForm,
    ReferralFilter,
)
from tuoitho.cases.models import Case, Referral, WithdrawalNotice
from tuoitho.cases.models.referral import answered_for
from tuoitho.cases.views.answers import answer, may, sent
from tuoitho.cases.views.referrals import COLOURS, columns, limit_text
from tuoitho.lib.steps import moves_from
from tuoitho.ui.listing import listing
from tuoitho.ui.responses import page

STEP_FORMS: dict[str, tuple[type[HeardForm], Callable[..., Any], Any]] = {
    "accept": (HeardForm, actions.accept_referral, gettext_lazy("Nhận hỗ trợ")),
    "refuse": (HeardRefusalForm, actions.refuse_referral, gettext_lazy("Từ chối")),
    "finish": (HeardResultForm, actions.finish_referral, gettext_lazy("Báo kết quả")),
}


@require_GET
@needs("cases.answer")
def inbox(request: UserRequest) -> HttpResponse:
    rows = Referral.objects.received_by(request.user).select_related("receiver", "unit")
    return listing(
        request, rows, columns("cases:inbox_detail"), title=_("Đề nghị gửi đến"),
        default_sort="-offered_on", filterset=ReferralFilter, filename="de-nghi-gui-den",
        empty=_("Chưa có đề nghị nào gửi đến cơ quan bạn."),
    )  # fmt: skip


def _received(request: UserRequest, pk: int) -> Referral:
    rows = Referral.objects.received_by(request.user).select_related("receiver", "unit")
    return get_object_or_404(rows, pk=pk)


@require_GET
@needs("cases.answer")
def inbox_detail(request: UserRequest, pk: int) -> HttpResponse:
    referral = _received(request, pk)
    record("cases.referral.view", referral, by=request.user)
    own = [s for s in moves_from(REFERRAL_MOVES, referral.state) if s.side == "receiver"]
    context = {
        "title": str(referral.get_kind_display()), "referral": referral, "steps": own,
        "moves": referral.moves.all(), "withdrawals": referral.withdrawals.all(),
        "limit": limit_text(referral), "colour": COLOURS[referral.state],
    }  # fmt: skip
    return page(request, "cases/inbox_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs("cases.answer")
def inbox_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    if name not in STEP_FORMS:
        raise Http404(name)
    referral = _received(request, pk)
    kind, act_on, label = STEP_FORMS[name]
    form = kind(sent(request), own=True)

    def act() -> None:
        act_on(referral, by=request.user, **form.cleaned_data)

    back = reverse("cases:inbox_detail", args=[pk])
    return answer(request, form, act, back, title=f"{label}: {referral.get_kind_display()}",
                  submit_label=label, cancel_url=back)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.answer")
def withdrawal_acknowledge(request: UserRequest, pk: int) -> HttpResponse:
    """The body says that it knows a consent was taken back; or who works on the case writes it."""
    notices = WithdrawalNotice.objects.visible_to(request.user).select_related("referral")
    notice = get_object_or_404(notices, pk=pk)
    own = notice.referral.receiver_id in answered_for(request.user)
    if not own and not _works_on(request, notice):
        raise PermissionDenied("cases.work")
    form = AcknowledgeForm(sent(request))

    def act() -> None:
        actions.acknowledge_withdrawal(notice, by=request.user, **form.cleaned_data)

    to = "cases:inbox_detail" if own else "cases:referral_detail"
    back = reverse(to, args=[notice.referral_id])
    return answer(request, form, act, back, title=_("Xác nhận đã biết việc rút lại đồng ý"),
                  submit_label=_("Xác nhận"), cancel_url=back)  # fmt: skip


def _works_on(request: UserRequest, notice: WithdrawalNotice) -> bool:
    rows = Case.objects.visible_to(request.user)
    case = rows.filter(pk=notice.referral.case_id).first()
    return case is not None and may(request.user, "cases.work", case)
