"""A round: the list of rounds, planning one, its page with coverage, its steps."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases.forms.base import RoomForm
from tuoitho.cases.views.answers import answer, sent
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import moves_from
from tuoitho.rounds import actions
from tuoitho.rounds.coverage import progress_of
from tuoitho.rounds.forms import CancelForm, RoundForm, StepForm
from tuoitho.rounds.judging import differences
from tuoitho.rounds.models import Answer, ListedChild, Round
from tuoitho.rounds.states import MOVES, State, Step
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page

GET_POST = ["GET", "POST"]
COLOURS = {"drafted": "blue", "running": "orange", "closed": "green", "cancelled": "secondary"}


def found(request: UserRequest, pk: int, permission: str = "rounds.view") -> Round:
    """The round, if the person may see it; PermissionDenied without ``permission`` in its unit."""
    rows = Round.objects.visible_to(request.user).select_related("unit")
    planned = get_object_or_404(rows, pk=pk)
    if permission != "rounds.view":
        request.user.require(permission, planned)
    return planned


def _page_of(planned: Round) -> str:
    return reverse("rounds:round_detail", args=[planned.pk])


@require_GET
@needs("rounds.view")
def round_list(request: UserRequest) -> HttpResponse:
    rows = Round.objects.visible_to(request.user).select_related("unit")
    columns = [
        Column("name", _("Tên đợt"), lambda r: r.name, sort="name", link=_page_of),
        Column("state", _("Tình trạng"), lambda r: r.get_state_display(), sort="state",
               badge=lambda r: COLOURS[r.state]),
        Column("first", _("Ngày bắt đầu"), lambda r: r.first_day, sort="first_day"),
        Column("last", _("Ngày cuối"), lambda r: r.last_day, sort="last_day"),
        Column("groups", _("Nhóm trẻ"), lambda r: "; ".join(r.group_labels), hide_small=True),
        Column("unit", _("Địa bàn"), lambda r: r.unit.name, sort="unit__folded_name"),
    ]  # fmt: skip
    new = Action(_("Lập đợt rà soát"), reverse("rounds:round_new"))
    others = [
        Action(_("Trẻ có nguy cơ"), reverse("rounds:risk_list"), "alert-triangle"),
        Action(_("Xếp hạng địa bàn"), reverse("rounds:area_ranking"), "map-pin"),
    ]
    return listing(
        request, rows, columns, default_sort="-first", title=_("Đợt rà soát"),
        empty=_("Chưa có đợt rà soát nào."), filename="dot-ra-soat",
        actions=[new, *others] if request.user.may("rounds.manage") else others,
    )  # fmt: skip


@require_http_methods(GET_POST)
@needs("rounds.manage")
def round_new(request: UserRequest) -> HttpResponse:
    form = RoundForm(sent(request), user=request.user)
    made: list[Round] = []

    def act() -> None:
        data = dict(form.cleaned_data)
        made.append(actions.draft_round(data.pop("unit"), by=request.user, on=today(), **data))

    return answer(
        request, form, act, lambda: _page_of(made[0]), title=_("Lập đợt rà soát"),
        cancel_url=reverse("rounds:round_list"),
    )  # fmt: skip


@require_http_methods(GET_POST)
@needs("rounds.manage")
def round_edit(request: UserRequest, pk: int) -> HttpResponse:
    planned = found(request, pk, "rounds.manage")
    names = ("name", "basis", "groups", "age_low", "age_high", "score_from", "first_day",
             "last_day")  # fmt: skip
    initial: dict[str, Any] = {name: getattr(planned, name) for name in names}
    form = RoundForm(
        sent(request), user=request.user, planned=planned,
        initial=initial | {"communes": planned.communes.all()},
    )  # fmt: skip
    return answer(
        request, form,
        lambda: actions.correct_round(planned, by=request.user, on=today(), **form.cleaned_data),
        _page_of(planned), title=_("Sửa kế hoạch đợt rà soát"), cancel_url=_page_of(planned),
    )  # fmt: skip


@require_GET
@needs("rounds.view")
def round_detail(request: UserRequest, pk: int) -> HttpResponse:
    planned = found(request, pk)
    moves = moves_from(MOVES, planned.state)
    communes = list(planned.communes.order_by("name"))
    context = {
        "title": planned.name, "planned": planned, "colour": COLOURS[planned.state],
        "communes": communes,
        "listed_communes": len(communes) - len(planned.unlisted), "moves": planned.moves.all(),
        "progress": progress_of(planned, request.user),
        "steps": {m.name for m in moves if planned.unit_id in request.user.scope(m.permission)},
        "may_assign": request.user.may("rounds.manage"),
        "is_draft": planned.state == State.DRAFTED, "days_left": _days_left(planned),
    }  # fmt: skip
    return page(request, "rounds/round_detail.html", context)


def _days_left(planned: Round) -> int | None:
    """Days from today to the last one of a running round, negative when it has passed."""
    return (planned.last_day - today()).days if planned.is_running else None


def _step(
    request: UserRequest, pk: int, form_class: type[RoomForm], act: Callable[..., object],
    **texts: str,
) -> HttpResponse:  # fmt: skip
    """A step whose form's fields are the arguments of its action."""
    planned = found(request, pk, "rounds.manage")
    form = form_class(sent(request))
    return answer(
        request, form, lambda: act(planned, by=request.user, **form.cleaned_data),
        _page_of(planned), cancel_url=_page_of(planned), **texts,
    )  # fmt: skip


@require_http_methods(GET_POST)
@needs("rounds.manage")
def round_start(request: UserRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, StepForm, actions.start_round, title=_("Bắt đầu đợt rà soát"),
        intro=_("Danh sách thăm hộ được lập từ sổ trẻ em tại ngày này và không đổi nữa."),
        submit_label=str(Step.START.label),
    )  # fmt: skip


@require_http_methods(GET_POST)
@needs("rounds.manage")
def round_close(request: UserRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, StepForm, actions.close_round, title=_("Kết thúc đợt rà soát"),
        intro=_("Sau khi kết thúc không ghi thêm kết quả được; trẻ chưa thăm vẫn được đếm."),
        submit_label=str(Step.CLOSE.label),
    )  # fmt: skip


@require_http_methods(GET_POST)
@needs("rounds.manage")
def round_cancel(request: UserRequest, pk: int) -> HttpResponse:
    return _step(request, pk, CancelForm, actions.cancel_round, title=_("Hủy đợt rà soát"),
                 submit_label=str(Step.CANCEL.label))  # fmt: skip


@require_GET
@needs("rounds.view")
def round_judging(request: UserRequest, pk: int) -> HttpResponse:
    """All answers judged again at once: which ones the law of now would judge otherwise."""
    planned = found(request, pk)
    answers = Answer.objects.visible_to(request.user).filter(listed__round=planned)
    counted = ListedChild.objects.visible_to(request.user).filter(round=planned).once()
    answers = answers.filter(listed__in=counted.values("pk")).current().judged()
    answers = answers.select_related("listed__child")
    rows = list(answers)
    context = {
        "title": _("Xét lại cả đợt theo pháp luật"), "planned": planned, "judged": len(rows),
        "differences": differences(rows),
    }  # fmt: skip
    return page(request, "rounds/round_judging.html", context)
