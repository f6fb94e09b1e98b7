"""Handing a case over: the offer, the list of both communes, the papers, the answer."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases import actions
from tuoitho.cases.bundle import from_text
from tuoitho.cases.bundle_paper import paper_of
from tuoitho.cases.exchange_states import HANDOVER_MOVES, Move
from tuoitho.cases.forms.exchange import HandoverFilter, HandoverForm
from tuoitho.cases.forms.steps import NoteForm, ReasonForm
from tuoitho.cases.models import Case, Handover, HandoverBundle, Purpose
from tuoitho.cases.sharing import standing
from tuoitho.cases.views.answers import answer, may, sent
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import moves_from
from tuoitho.people.models import Child
from tuoitho.ui.export import docx_response
from tuoitho.ui.formats import due
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page

COLOURS = {
    "offered": "orange", "accepted": "green", "refused": "red", "taken_back": "secondary",
}  # fmt: skip
STEP_FORMS: dict[str, tuple[type[Any], Callable[..., Any]]] = {
    "accept": (NoteForm, actions.accept_handover),
    "refuse": (ReasonForm, actions.refuse_handover),
    "take_back": (NoteForm, actions.take_back_handover),
}


@require_http_methods(["GET", "POST"])
@needs("cases.transfer")
def handover_new(request: UserRequest, pk: int) -> HttpResponse:
    cases = Case.objects.visible_to(request.user).select_related("unit")
    case = get_object_or_404(cases, pk=pk)
    if not may(request.user, "cases.transfer", case):
        raise PermissionDenied("cases.transfer")
    form = HandoverForm(sent(request), user=request.user, case=case)

    def act() -> None:
        data = form.rest()
        actions.offer_handover(case, data.pop("to_unit"), by=request.user, claim=form.claim(),
                               **data)  # fmt: skip

    back = reverse("cases:case_detail", args=[pk])
    child = Child.objects.visible_to(request.user).filter(pk=case.child_id).first()
    now = standing(child, Purpose.HANDOVER, on=today(), case=case).words if child else ""
    return answer(
        request, form, act, back, title=_("Bàn giao hồ sơ: %(case)s") % {"case": case},
        intro=now, submit_label=_("Gửi đề nghị bàn giao"), cancel_url=back,
    )  # fmt: skip


def _limit(offer: Handover) -> Any:
    return due(offer.answer_due_on) if offer.is_waiting else None


def _columns() -> list[Column]:
    return [
        Column("case", _("Hồ sơ"), lambda h: f"HS-{h.case_id:06d}",
               link=lambda h: reverse("cases:handover_detail", args=[h.pk])),
        Column("from", _("Nơi bàn giao"), lambda h: h.from_unit.name, sort="from_unit__name"),
        Column("to", _("Nơi nhận"), lambda h: h.where_to),
        Column("state", _("Tình trạng"), lambda h: h.get_state_display(), sort="state",
               badge=lambda h: COLOURS[h.state]),
        Column("due", _("Hạn trả lời"), lambda h: _limit(h).text if _limit(h) else "",
               sort="answer_due_on", badge=lambda h: _limit(h).colour if _limit(h) else ""),
        Column("offered", _("Ngày đề nghị"), lambda h: h.offered_on, sort="offered_on"),
    ]  # fmt: skip


@require_GET
@needs("cases.view")
def handover_list(request: UserRequest) -> HttpResponse:
    rows = Handover.objects.visible_to(request.user).select_related("from_unit", "to_unit")
    return listing(
        request, rows, _columns(), title=_("Bàn giao hồ sơ"), default_sort="-offered_on",
        filterset=HandoverFilter, filename="ban-giao",
        empty=_("Chưa có đề nghị bàn giao nào. Mở một hồ sơ rồi chọn “Bàn giao hồ sơ”."),
    )  # fmt: skip


def _seen(request: UserRequest, pk: int) -> Handover:
    rows = Handover.objects.visible_to(request.user).select_related("from_unit", "to_unit")
    return get_object_or_404(rows, pk=pk)


def _papers(request: UserRequest, offer: Handover) -> HandoverBundle | None:
    """The papers, while this person may read them; looking is written down."""
    bundle = HandoverBundle.objects.visible_to(request.user).filter(handover=offer).first()
    if bundle is not None:
        record("cases.view_bundle", offer, by=request.user, child_key=None,
               unit_key=None if offer.sealed else offer.from_unit_id)  # fmt: skip
    return bundle


def _may_take(user: User, step: Move, offer: Handover) -> bool:
    return actions.may_answer_handover(user, step, offer)


@require_GET
@needs("cases.view")
def handover_detail(request: UserRequest, pk: int) -> HttpResponse:
    """For the receiver: what it would take over. For the sender afterwards: a receipt, no more."""
    offer = _seen(request, pk)
    bundle = _papers(request, offer)
    steps = [s for s in moves_from(HANDOVER_MOVES, offer.state)
             if _may_take(request.user, s, offer)]  # fmt: skip
    case = Case.objects.visible_to(request.user).filter(pk=offer.case_id).first()
    context = {
        "title": _("Bàn giao HS-%(number)06d") % {"number": offer.case_id}, "offer": offer,
        "bundle": bundle, "sections": from_text(bundle.contents) if bundle else [],
        "steps": steps, "case": case, "colour": COLOURS[offer.state],
    }  # fmt: skip
    return page(request, "cases/handover_detail.html", context)


@require_GET
@needs("cases.transfer")
def handover_paper(request: UserRequest, pk: int) -> HttpResponse:
    """The papers as Word, with a place for the receiver's acknowledgement."""
    offer = _seen(request, pk)
    bundle = _papers(request, offer)
    if bundle is None:
        raise Http404
    return docx_response(paper_of(offer, bundle), f"ban-giao-{offer.case_id:06d}.docx")


@require_http_methods(["GET", "POST"])
@needs("cases.transfer")
def handover_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    if name not in STEP_FORMS:
        raise Http404(name)
    offer = _seen(request, pk)
    step = next(s for s in HANDOVER_MOVES if s.name == name)
    if not _may_take(request.user, step, offer):
        raise PermissionDenied(step.permission)
    kind, act_on = STEP_FORMS[name]
    form = kind(sent(request))

    def act() -> None:
        act_on(offer, by=request.user, **form.cleaned_data)

    back = reverse("cases:handover_detail", args=[pk])
    intro = ""
    if name == "accept" and offer.leaves_area:
        intro = _("Ghi số, ngày văn bản xác nhận của nơi nhận; sau đó kết thúc hồ sơ (đã chuyển).")
    return answer(request, form, act, back, title=f"{step.label}: HS-{offer.case_id:06d}",
                  submit_label=step.label, intro=intro, cancel_url=back)  # fmt: skip
