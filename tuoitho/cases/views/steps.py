"""The steps of a case: one small form each, from the table of states."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.cases import actions
from tuoitho.cases.forms.base import RoomForm
from tuoitho.cases.forms.emergencies import CourtForm, EmergencyForm
from tuoitho.cases.forms.steps import (
    ApproveForm,
    AssessForm,
    CloseForm,
    NoteForm,
    ReasonForm,
    RefuseForm,
    ReviewForm,
    ServiceEndForm,
    ServiceForm,
    StopForm,
    TransferForm,
)
from tuoitho.cases.forms.team import AssignForm
from tuoitho.cases.models import Case, Service
from tuoitho.cases.states import MOVES
from tuoitho.cases.story import LABELS
from tuoitho.cases.views.answers import answer, may, sent
from tuoitho.lib.hanoi import day_of, today
from tuoitho.lib.steps import move_from

Act = Callable[[Case, User, dict[str, Any]], Any]


@dataclass(frozen=True)
class Screen:
    """The form of a step and what it does with it. ``permission`` (or ``other``) for steps not in
    the table."""

    form: type[RoomForm]
    act: Act
    permission: str = ""
    label: str | Promise = ""
    colour: str = "primary"
    other: str = ""


def _moment(data: dict[str, Any]) -> dict[str, Any]:
    """A form that asks for a moment gives the day with it."""
    return data | {"on": day_of(data["at"])}


def _plain(name: str) -> Act:
    return lambda case, user, data: actions.move_case(case, name, by=user, **data)


SCREENS: dict[str, Screen] = {
    "assess": Screen(
        AssessForm, lambda c, u, d: actions.assess_emergency(c, by=u, **_moment(d))
    ),
    "submit_plan": Screen(NoteForm, lambda c, u, d: actions.submit_plan(c, by=u, **d)),
    "approve_plan": Screen(ApproveForm, lambda c, u, d: actions.approve_plan(c, by=u, **d)),
    "refuse_plan": Screen(
        RefuseForm, lambda c, u, d: actions.refuse_plan(c, by=u, **d), colour="danger"
    ),
    "support": Screen(NoteForm, lambda c, u, d: actions.start_support(c, by=u, **d)),
    "support_urgently": Screen(NoteForm, lambda c, u, d: actions.support_urgently(c, by=u, **d)),
    "follow": Screen(NoteForm, _plain("follow")),
    "resume": Screen(NoteForm, _plain("resume")),
    "keep_following": Screen(NoteForm, _plain("keep_following")),
    "review": Screen(ReviewForm, lambda c, u, d: actions.review_case(c, by=u, **d)),
    "close": Screen(CloseForm, lambda c, u, d: actions.close_case(c, by=u, **d)),
    "stop": Screen(StopForm, lambda c, u, d: actions.close_case(c, by=u, **d), colour="danger"),
    "reopen": Screen(ReasonForm, lambda c, u, d: actions.reopen_case(c, by=u, **d)),
    "emergency": Screen(
        EmergencyForm, lambda c, u, d: actions.decide_emergency(c, by=u, **_moment(d)),
        "cases.approve", gettext_lazy("Quyết định biện pháp khẩn cấp (Mẫu 07)"),
    ),
    "court": Screen(
        CourtForm, lambda c, u, d: actions.request_court(c, by=u, **d),
        "cases.close", gettext_lazy("Đề nghị Tòa án (khoản 3 Điều 52 Luật Trẻ em)"),
    ),
    "service": Screen(
        ServiceForm, lambda c, u, d: actions.start_service(c, by=u, **d | {"cost": d["cost"] or 0}),
        "cases.work", gettext_lazy("Thêm dịch vụ"),
    ),
    "cease": Screen(
        NoteForm, lambda c, u, d: actions.record_cessation(c, by=u, **d),
        "cases.work", gettext_lazy("Ghi chấm dứt lao động trái quy định"),
    ),
    "verify": Screen(
        NoteForm, lambda c, u, d: actions.verify_cessation(c, by=u, **d),
        "cases.work", gettext_lazy("Xác minh chấm dứt lao động trái quy định"),
        other="cases.close",
    ),
    "transfer": Screen(
        TransferForm, lambda c, u, d: actions.transfer_case(c, by=u, **d),
        "cases.transfer", gettext_lazy("Chuyển địa bàn"),
    ),
    "assign": Screen(
        AssignForm, lambda c, u, d: actions.assign_case(c, by=u, **d),
        "cases.supervise", gettext_lazy("Giao hồ sơ"),
    ),
    "take": Screen(
        NoteForm, lambda c, u, d: actions.assign_case(c, u, by=u, **d),
        "cases.work", gettext_lazy("Nhận phụ trách"),
    ),
    "seal": Screen(
        ReasonForm, lambda c, u, d: actions.seal_case(c, by=u, **d),
        "cases.screen", gettext_lazy("Niêm phong hồ sơ"), "danger",
    ),
}  # fmt: skip


def _form(screen: Screen, request: UserRequest, case: Case) -> RoomForm:
    given: dict[str, Any] = {}
    if screen.form is ServiceForm:
        given = {"case": case, "on": today(), "opened_for": request.GET.get("measure", "")}
    elif screen.form is StopForm:
        given = {"case": case}
    elif screen.form is TransferForm:
        given = {"user": request.user}
    elif screen.form is AssignForm:
        given = {"user": request.user, "unit_id": case.unit_id}
    return screen.form(sent(request), **given)


def case_seen(request: UserRequest, pk: int) -> Case:
    """The case, if this person may see it."""
    cases = Case.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(cases, pk=pk)


def needs_step(request: UserRequest, case: Case, permission: str) -> None:
    """Raises PermissionDenied unless this person may do it to this case."""
    if not may(request.user, permission, case):
        raise PermissionDenied(permission)


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def case_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """A step of the table, or something added to the case: shown, then taken."""
    if name not in SCREENS:
        raise Http404(name)
    case, screen = case_seen(request, pk), SCREENS[name]
    move = move_from(MOVES, case.state, name) or next((m for m in MOVES if m.name == name), None)
    if not (screen.other and may(request.user, screen.other, case)):
        needs_step(request, case, screen.permission or (move.permission if move else ""))
    form = _form(screen, request, case)
    back = reverse("cases:case_detail", args=[pk])

    def act() -> None:
        screen.act(case, request.user, dict(form.cleaned_data))

    def after() -> str:
        seen = Case.objects.visible_to(request.user).filter(pk=pk).exists()
        return back if seen else reverse("cases:case_list")

    label = screen.label or LABELS[name]
    basis = f"{move.basis} Nghị định 56/2017/NĐ-CP" if move and not move.outside_only else ""
    return answer(
        request, form, act, after, title=f"{label}: {case}", submit_label=label, intro=basis,
        submit_colour=screen.colour, cancel_url=back,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def service_end(request: UserRequest, pk: int) -> HttpResponse:
    services = Service.objects.visible_to(request.user).select_related("case")
    service = get_object_or_404(services, pk=pk)
    needs_step(request, service.case, "cases.work")
    form = ServiceEndForm(sent(request), initial={"on": _end_of(service)})
    back = reverse("cases:case_detail", args=[service.case_id])

    def act() -> None:
        actions.end_service(service, by=request.user, **form.cleaned_data)

    title = _("Kết thúc dịch vụ: %(what)s") % {"what": service}
    return answer(request, form, act, back, title=title, cancel_url=back)


def _end_of(service: Service) -> date:
    return min(service.planned_end or today(), today())
