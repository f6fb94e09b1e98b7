"""Screens of budget lines: the list with its totals, one line, and each step of its life."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.budget import actions, forms
from tuoitho.budget.models import Expenditure, Line
from tuoitho.budget.offices import drafted_by
from tuoitho.budget.states import MOVES, State, Step
from tuoitho.budget.views.filters import LineFilter
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import moves_from
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other

COLOURS = {
    State.DRAFTED: "secondary", State.SUBMITTED: "orange", State.APPROVED: "green",
    State.REFUSED: "red", State.CLOSED: "blue",
}  # fmt: skip


@require_GET
@needs("budget.view")
def line_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("purpose", _("Nội dung chi"), lambda r: r.purpose, sort="purpose",
               link=lambda r: reverse("budget:line_detail", args=[r.pk])),
        Column("year", _("Năm"), lambda r: r.year, sort="year"),
        Column("owner", _("Cơ quan lập dự toán"),
               lambda r: f"{r.get_owner_display()} · {r.unit.name}"),
        Column("source", _("Nguồn"), lambda r: r.get_source_display(), hide_small=True),
        Column("estimate", _("Dự toán"), lambda r: r.estimate, sort="estimate"),
        Column("approved", _("Được duyệt"), lambda r: r.approved, sort="approved"),
        Column("spent", _("Đã chi"), lambda r: r.spent, sort="spent"),
        Column("state", _("Tình trạng"), lambda r: r.get_state_display(),
               badge=lambda r: COLOURS[r.state]),
    ]  # fmt: skip
    rows = Line.objects.visible_to(request.user).select_related("unit")
    buttons = [
        Action(_("Nguồn lực vận động"), reverse("budget:contribution_list"), "heart-handshake")
    ]
    if request.user.may("budget.estimate"):
        buttons.insert(0, Action(_("Lập dự toán"), reverse("budget:line_new")))
    return listing(
        request, rows, columns, filterset=LineFilter, default_sort="-year",
        title=_("Kinh phí (đồng)"), actions=buttons,
        empty=_("Chưa có dòng kinh phí nào. Hãy lập dự toán."),
        template="budget/line_list.html", filename="kinh-phi",
        context={"totals": LineFilter(request.GET, queryset=rows, request=request).qs.totals()},
    )  # fmt: skip


def _found(request: UserRequest, pk: int) -> Line:
    rows = Line.objects.visible_to(request.user).select_related(
        "unit", "organisation", "submitted_by"
    )
    return get_object_or_404(rows, pk=pk)


def open_steps(user: User, line: Line) -> set[Step]:
    """What this person may do to the line now: buttons. (Actions check it again.)"""
    own = line.owner in drafted_by(user, line.unit)
    return {
        move.name
        for move in moves_from(MOVES, line.state)
        if line.unit_id in user.scope(move.permission)
        and (own if move.permission != "budget.approve" else line.submitted_by_id != user.pk)
    }


@require_GET
@needs("budget.view")
def line_detail(request: UserRequest, pk: int) -> HttpResponse:
    line = _found(request, pk)
    context = {
        "title": line.purpose,
        "line": line,
        "colour": COLOURS[State(line.state)],
        "steps": open_steps(request.user, line),
        "approved_share": line.approved / line.estimate if line.approved else 0,
        "expenditures": line.expenditures.order_by("on", "pk"),
        "history": [
            {"when": move.at, "title": move.get_step_display(), "who": move.by, "text": move.note,
             "icon": "x" if move.step in (Step.REFUSE, Step.WITHDRAW) else "check"}
            for move in line.moves.order_by("-pk")
        ],
    }  # fmt: skip
    return page(request, "budget/line_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs("budget.estimate")
def line_new(request: UserRequest) -> HttpResponse:
    form = forms.LineForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            line = actions.draft_line(**form.cleaned_data, by=request.user, on=today())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "budget:line_detail", line.pk)
    context = {
        "title": _("Lập dự toán"), "form": form, "cancel_url": reverse("budget:line_list"),
    }  # fmt: skip
    return page(request, "ui/form.html", context, status=422 if form.errors else 200, part="form")


def _step(
    step: Step,
    permission: str,
    form_class: type[Any],
    act: Callable[..., Any],
    submit_colour: str = "primary",
    intro: str | Promise = "",
) -> Callable[..., HttpResponseBase]:
    """The screen of one step of a line: its form, then the action, then back to the line."""

    @require_http_methods(["GET", "POST"])
    @needs(permission)
    def view(request: UserRequest, pk: int) -> HttpResponse:
        line = _found(request, pk)
        own = permission == "budget.approve" or line.owner in drafted_by(request.user, line.unit)
        if not own:
            raise PermissionDenied(f"{request.user}: {line.owner}")
        form = form_class(request.POST if request.method == "POST" else None, line=line)
        if request.method == "POST" and form.is_valid():
            try:
                act(line, **form.cleaned_data, by=request.user, on=today())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return see_other(request, "budget:line_detail", pk)
        context = {
            "title": step.label, "form": form, "line": line, "submit_label": step.label,
            "submit_colour": submit_colour, "intro": intro,
            "cancel_url": reverse("budget:line_detail", args=[pk]),
        }  # fmt: skip
        status = 422 if form.errors else 200
        return page(request, "budget/line_step.html", context, status=status, part="form")

    return view


line_edit = _step(Step.CORRECT, "budget.estimate", forms.CorrectionForm, actions.correct_line)
line_submit = _step(
    Step.SUBMIT, "budget.estimate", forms.SubmitForm, actions.submit_line,
    intro=gettext_lazy("Sau khi trình, dự toán không sửa được cho tới khi có ý kiến thẩm định."),
)  # fmt: skip
line_approve = _step(Step.APPROVE, "budget.approve", forms.ApproveForm, actions.approve_line)
line_refuse = _step(Step.REFUSE, "budget.approve", forms.RefuseForm, actions.refuse_line, "danger")
line_spend = _step(Step.SPEND, "budget.spend", forms.SpendForm, actions.spend_line)
line_settle = _step(
    Step.SETTLE, "budget.spend", forms.SettleForm, actions.settle_line,
    intro=gettext_lazy("Quyết toán xong, dòng kinh phí này khóa lại và không sửa được nữa."),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("budget.spend")
def expenditure_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    rows = Expenditure.objects.visible_to(request.user).standing().select_related("line")
    expenditure = get_object_or_404(rows, pk=pk)
    form = forms.WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_expenditure(
                expenditure, **form.cleaned_data, by=request.user, on=today()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "budget:line_detail", expenditure.line_id)
    context = {
        "title": Step.WITHDRAW.label, "form": form, "line": expenditure.line,
        "submit_label": Step.WITHDRAW.label, "submit_colour": "danger",
        "intro": f"{expenditure.voucher} · {expenditure.what}",
        "cancel_url": reverse("budget:line_detail", args=[expenditure.line_id]),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return page(request, "budget/line_step.html", context, status=status, part="form")
