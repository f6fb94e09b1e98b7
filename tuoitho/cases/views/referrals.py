"""Referrals as the sender sees them: offering, the list, one request, its steps, its link."""

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
from tuoitho.cases.actions.referring import facts_for_receiver
from tuoitho.cases.deadlines import due_day
from tuoitho.cases.exchange_states import REFERRAL_MOVES
from tuoitho.cases.forms.base import RoomForm
from tuoitho.cases.forms.exchange import (
    HeardForm,
    HeardRefusalForm,
    HeardResultForm,
    LinkForm,
    ReferralFilter,
    ReferralForm,
)
from tuoitho.cases.forms.steps import NoteForm, ReasonForm
from tuoitho.cases.hints import hints_for
from tuoitho.cases.links import spaced
from tuoitho.cases.models import Case, Policy, Purpose, Referral
from tuoitho.cases.sharing import standing
from tuoitho.cases.telling import answerers
from tuoitho.cases.views.answers import answer, done, may, sent
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import moves_from
from tuoitho.people.models import Child
from tuoitho.ui.formats import due
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other

COLOURS = {
    "offered": "orange", "accepted": "blue", "refused": "red", "done": "green",
    "taken_back": "secondary",
}  # fmt: skip
STEP_FORMS: dict[str, tuple[type[RoomForm], Callable[..., Any], Any]] = {
    "take_back": (ReasonForm, actions.take_back_referral, gettext_lazy("Rút lại đề nghị")),
    "remind": (NoteForm, actions.remind_receiver, gettext_lazy("Nhắc nơi nhận")),
    "accept": (HeardForm, actions.accept_referral, gettext_lazy("Ghi: nơi nhận đã nhận")),
    "refuse": (HeardRefusalForm, actions.refuse_referral, gettext_lazy("Ghi: nơi nhận từ chối")),
    "finish": (HeardResultForm, actions.finish_referral, gettext_lazy("Ghi kết quả")),
}


def limit_text(referral: Referral) -> str:
    limit = due(referral.answer_due_on) if referral.awaits_answer else None
    return limit.text if limit else ""


def limit_colour(referral: Referral) -> str:
    limit = due(referral.answer_due_on) if referral.awaits_answer else None
    return limit.colour if limit else ""


def columns(to: str) -> list[Column]:
    """The columns of both lists; ``to`` is the page a row opens."""
    return [
        Column("child", _("Trẻ"), lambda r: r.child_name, link=lambda r: reverse(to, args=[r.pk])),
        Column("kind", _("Dịch vụ"), lambda r: r.get_kind_display(), sort="kind"),
        Column("receiver", _("Nơi nhận"), lambda r: r.receiver.name, sort="receiver__name"),
        Column("state", _("Tình trạng"), lambda r: r.get_state_display(), sort="state",
               badge=lambda r: COLOURS[r.state]),
        Column("due", _("Hạn trả lời"), limit_text, sort="answer_due_on", badge=limit_colour),
        Column("offered", _("Ngày gửi"), lambda r: r.offered_on, sort="offered_on"),
        Column("answered", _("Trả lời"), lambda r: r.answered_on, sort="answered_on",
               hide_small=True),
        Column("unit", _("Nơi gửi"), lambda r: r.unit.name, sort="unit__name", hide_small=True),
    ]  # fmt: skip


@require_GET
@needs("cases.view")
def referral_list(request: UserRequest) -> HttpResponse:
    if request.GET.get("format"):
        record("cases.export", None, by=request.user, note="referrals")
    rows = Referral.objects.sent_from_sight_of(request.user).select_related("receiver", "unit")
    return listing(
        request, rows, columns("cases:referral_detail"), title=_("Chuyển tiếp"),
        default_sort="-offered_on", filterset=ReferralFilter, filename="chuyen-tiep",
        empty=_("Chưa chuyển tiếp trẻ nào. Mở một hồ sơ rồi chọn “Chuyển tiếp”."),
        actions=[Action(_("Tỷ lệ trả lời"), reverse("cases:answer_rates"), "target-arrow"),
                 Action(_("Danh bạ dịch vụ"), reverse("cases:provider_list"), "users")],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def referral_new(request: UserRequest, pk: int) -> HttpResponse:
    """Send the child of a case to another body; hints say which policies may fit, and why."""
    cases = Case.objects.visible_to(request.user).select_related("unit")
    case = get_object_or_404(cases, pk=pk)
    if not may(request.user, "cases.work", case):
        raise PermissionDenied("cases.work")
    form = ReferralForm(
        sent(request), case=case, initial=_opened_for(request, case),
        opened_for=request.GET.get("measure", ""),
    )  # fmt: skip

    def act() -> None:
        data = form.rest()
        receiver = data.pop("receiver")
        actions.offer_referral(case, receiver, by=request.user, claim=form.claim(), **data)

    back = reverse("cases:case_detail", args=[pk])
    child = Child.objects.visible_to(request.user).filter(pk=case.child_id).first()
    context = {
        "case": case, "cancel_url": back, "submit_label": _("Gửi đề nghị"),
        "title": _("Chuyển tiếp: %(case)s") % {"case": case},
        "hints": hints_for(child, today()) if child else [],
        "standing": standing(child, Purpose.REFERRAL, on=today(), case=case) if child else None,
    }  # fmt: skip
    if form.is_bound and form.is_valid() and not form.warn_of_capacity() and done(form, act):
        return see_other(request, back)
    status = 422 if form.is_bound else 200
    return page(request, "cases/referral_new.html", {"form": form, **context}, part="form",
                status=status)  # fmt: skip


def _opened_for(request: UserRequest, case: Case) -> dict[str, Any]:
    """A form opened from a hint begins with its kind of service."""
    initial: dict[str, Any] = {
        "answer_due_on": due_day("referral_answer", today()), "contact": request.user.full_name,
    }  # fmt: skip
    child = Child.objects.visible_to(request.user).filter(pk=case.child_id).first()
    if child is not None:
        initial["child_facts"] = facts_for_receiver(child, today())
    code = request.GET.get("policy", "")
    policy = Policy.objects.in_force(today()).filter(code=code).first() if code else None
    if policy is not None:
        initial |= {"kind": policy.kind, "policy_code": policy.code, "request": policy.title}
    return initial


def _sent_one(request: UserRequest, pk: int) -> Referral:
    rows = Referral.objects.sent_from_sight_of(request.user)
    return get_object_or_404(rows.select_related("receiver", "unit", "case", "basis"), pk=pk)


@require_GET
@needs("cases.view")
def referral_detail(request: UserRequest, pk: int) -> HttpResponse:
    referral = _sent_one(request, pk)
    hidden: dict[str, Any] = {"unit_key": None} if referral.sealed else {}
    record("cases.referral.view", referral, by=request.user,
           child_key=None if referral.sealed else referral.case.child_id, **hidden)  # fmt: skip
    may_work = may(request.user, "cases.work", referral.case)
    policy = Policy.objects.filter(code=referral.policy_code).order_by("-valid").first()
    context = {
        "title": str(referral), "referral": referral, "may_work": may_work,
        "moves": referral.moves.all(), "policy": policy,
        "account": bool(answerers(referral.receiver_id)),
        "steps": moves_from(REFERRAL_MOVES, referral.state) if may_work else (),
        "links": referral.links.order_by("-pk")[:5], "consents": referral.consents.all(),
        "withdrawals": referral.withdrawals.select_related("consent"),
        "limit": limit_text(referral), "colour": COLOURS[referral.state],
    }  # fmt: skip
    return page(request, "cases/referral_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def referral_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """What the sender does: take back, remind, write down an answer that came another way."""
    if name not in STEP_FORMS:
        raise Http404(name)
    referral = _sent_one(request, pk)
    if not may(request.user, "cases.work", referral.case):
        raise PermissionDenied("cases.work")
    kind, act_on, label = STEP_FORMS[name]
    form = kind(sent(request))

    def act() -> None:
        act_on(referral, by=request.user, **form.cleaned_data)

    back = reverse("cases:referral_detail", args=[pk])
    return answer(request, form, act, back, title=f"{label}: {referral}", submit_label=label,
                  cancel_url=back)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def referral_link(request: UserRequest, pk: int) -> HttpResponse:
    """Make the one-time link; it is shown once, to be printed or sent by e-mail."""
    referral = _sent_one(request, pk)
    if not may(request.user, "cases.work", referral.case):
        raise PermissionDenied("cases.work")
    form, made = LinkForm(sent(request)), []

    def address(key: str) -> str:
        return request.build_absolute_uri(reverse("cases:link_open", args=[spaced(key)]))

    def act() -> None:
        send_to = form.cleaned_data["send_to"]
        made.append(actions.make_link(referral, by=request.user, address=address, send_to=send_to))

    back = reverse("cases:referral_detail", args=[pk])
    context: dict[str, Any] = {"title": _("Đường dẫn trả lời một lần"), "referral": referral,
                               "cancel_url": back}  # fmt: skip
    if form.is_bound and form.is_valid() and done(form, act):
        link, key = made[0]
        context |= {"link": link, "key": spaced(key), "address": address(key)}
        return page(request, "cases/link_made.html", context)
    context |= {"form": form, "submit_label": _("Tạo đường dẫn")}
    return page(request, "ui/form.html", context, part="form", status=422 if form.is_bound else 200)
