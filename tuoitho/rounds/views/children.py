"""The children of a round: the list behind every figure, one child, its answer, its report."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases.models import Report
from tuoitho.cases.views.answers import done, sent
from tuoitho.cases.views.screenings import sections
from tuoitho.cases.words import result_of
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.rounds import actions
from tuoitho.rounds.forms import AnswerForms
from tuoitho.rounds.models import Answer, ListedChild, WorkList
from tuoitho.rounds.models.listed import ListedChildQuerySet
from tuoitho.rounds.views.rounds import found as found_round
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page, see_other
from tuoitho.units.models import Unit

STATES = [
    ("to_visit", gettext_lazy("Chưa thăm")), ("visited", gettext_lazy("Đã thăm")),
    ("met", gettext_lazy("Đã gặp")), ("not_met", gettext_lazy("Không gặp")),
    ("child_labour", gettext_lazy("Lao động trái quy định")),
    ("at_risk", gettext_lazy("Có nguy cơ")),
    ("needs_report", gettext_lazy("Chưa lập tin báo")),
]  # fmt: skip
OUTCOME_COLOURS = {"unlawful": "red", "undetermined": "yellow", "lawful": "green",
                   "not_working": "green", "not_a_minor": "secondary"}  # fmt: skip


def _lists(request: Any) -> Any:
    rows = WorkList.objects.visible_to(request.user)
    return rows.filter(round=request.resolver_match.kwargs["pk"])


def _hamlets(request: Any) -> Any:
    """Of the commune that is chosen, or the only one: "Thôn 1" of sixteen communes says nothing,
    and hundreds of choices take longer than the list."""
    rows, given = _lists(request), request.GET
    if given.get("unit", "").isdecimal():
        return rows.filter(unit=given["unit"])
    if rows.values("unit").distinct().count() > 1:
        return rows.filter(pk=given["list"] if given.get("list", "").isdecimal() else None)
    return rows


def _communes(request: Any) -> Any:
    return Unit.objects.filter(pk__in=_lists(request).values("unit")).order_by("name")


def _people(request: Any) -> list[tuple[str, str]]:
    people = User.objects.filter(pk__in=_lists(request).values("collaborator"))
    return [("0", _("Chưa giao ai")), *((str(p.pk), str(p)) for p in people.order_by("full_name"))]


class ListedFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=gettext_lazy("Họ và tên"), method="named")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Kết quả"), choices=STATES, method="in_state"
    )
    unit = django_filters.ModelChoiceFilter(label=gettext_lazy("Xã, phường"), queryset=_communes)
    list = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Thôn, tổ (của xã, phường đã chọn)"),
        queryset=_hamlets,
        field_name="work_list",
    )
    collaborator = django_filters.ChoiceFilter(
        label=gettext_lazy("Người rà soát"), choices=[], method="of_whom"
    )

    class Meta:
        model = ListedChild
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["collaborator"].extra["choices"] = _people(self.request)

    def named(self, rows: ListedChildQuerySet, _name: str, typed: str) -> ListedChildQuerySet:
        children = Child.objects.visible_to(self.request.user)
        return rows.filter(child__in=children.keys_asked(typed, self.request.user))

    def in_state(self, rows: ListedChildQuerySet, _name: str, wanted: str) -> ListedChildQuerySet:
        return rows.in_state(wanted)

    def of_whom(self, rows: ListedChildQuerySet, _name: str, key: str) -> ListedChildQuerySet:
        return rows.filter(work_list__collaborator=int(key) or None)


def _result(listed: ListedChild) -> str:
    if listed.answer_id is None:
        return ""
    if listed.answer is None:  # what became of it is not for this reader
        return _("Đã thăm")
    if listed.answer.child_labour:
        return _("Lao động trái quy định")
    return str(listed.answer)


def _colour(listed: ListedChild) -> str:
    return OUTCOME_COLOURS.get(listed.answer.outcome, "") if listed.answer else ""


def _columns() -> list[Column]:
    return [
        Column("name", _("Họ và tên"), lambda e: e.child.full_name, sort="child__sort_name",
               link=lambda e: reverse("rounds:listed_detail", args=[e.pk])),
        # In the order of lists and houses, which the index gives however long the round is.
        Column("place", _("Thứ tự"), lambda e: e.place_in_list, sort="pk", hide_small=True),
        Column("age", _("Tuổi"), lambda e: e.child.age_text(today())),
        Column("head", _("Chủ hộ"), lambda e: e.household, hide_small=True),
        Column("hamlet", _("Thôn, tổ"), lambda e: str(e.work_list),
               sort="work_list__folded_hamlet"),
        Column("result", _("Kết quả"), _result, badge=_colour),
        Column("visited", _("Ngày thăm"), lambda e: e.answer.visited_on if e.answer else None,
               sort="answer__visited_on"),
        Column("who", _("Người rà soát"), lambda e: str(e.work_list.collaborator or ""),
               hide_small=True),
        Column("unit", _("Xã, phường"), lambda e: e.unit.name, sort="unit__folded_name",
               hide_small=True),
    ]  # fmt: skip


@require_GET
@needs("rounds.view")
def listed_list(request: UserRequest, pk: int) -> HttpResponse:
    """Who stands behind a figure of the round."""
    planned = found_round(request, pk)
    if request.GET.get("format"):
        record("rounds.export", planned, by=request.user)
    rows = ListedChild.objects.visible_to(request.user).filter(round=planned).once()
    rows = rows.select_related(
        "child", "household", "work_list__collaborator", "unit", "answer"
    ).defer("child__national_id", "child__note")
    return listing(
        request, rows, _columns(), filterset=ListedFilter, default_sort="place",
        title=_("Trẻ trong đợt: %(name)s") % {"name": planned}, filename="tre-ra-soat",
        empty=_("Đợt này chưa có danh sách; hãy bắt đầu đợt."),
    )  # fmt: skip


def _found(request: UserRequest, pk: int, permission: str = "rounds.view") -> ListedChild:
    rows = ListedChild.objects.visible_to(request.user)
    rows = rows.select_related("round", "work_list", "child__unit", "household", "unit")
    listed = get_object_or_404(rows, pk=pk)
    request.user.require(permission, listed)
    return listed


@require_GET
@needs("rounds.view")
def listed_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What was found about a child, what the law says of it, and what was said before."""
    listed = _found(request, pk)
    record("rounds.view_child", listed, by=request.user, on=today())
    # Of this child in this round: also from a row found to be the same child since.
    answers = Answer.objects.visible_to(request.user).order_by("-pk").filter(
        listed__round=listed.round_id, listed__child=listed.child_id
    )  # fmt: skip
    last = next((answer for answer in answers if answer.pk == listed.answer_id), None)
    report = Report.objects.visible_to(request.user).filter(pk__in=[listed.report_id]).first()
    asked = ListedChild.objects.visible_to(request.user).needing_report().filter(pk=pk)
    context = {
        "title": listed.child.full_name, "listed": listed, "last": last,
        "result": result_of(last) if last and last.met else None,
        "earlier": [answer for answer in answers if answer != last],
        "report": report, "running": listed.round.is_running, "age": listed.child.age_text(today()),
        "may_answer": listed.unit_id in request.user.scope("rounds.answer") and not (
            listed.is_kept_back
        ),
        "may_report": listed.unit_id in request.user.scope("cases.receive") and asked.exists(),
    }  # fmt: skip
    return page(request, "rounds/listed_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs("rounds.answer")
def listed_answer(request: UserRequest, pk: int) -> HttpResponse:
    """The form at the door; what the law says of it is the next page."""
    listed = _found(request, pk, "rounds.answer")
    if listed.is_kept_back:
        raise PermissionDenied("rounds.answer")
    child, bound = listed.child, request.method == "POST"
    forms = AnswerForms(sent(request), child=child, user=request.user)
    if bound and forms.is_valid() and done(forms.observation, lambda: actions.answer_child(
        listed, by=request.user, **forms.found(),
    )):  # fmt: skip
        return see_other(request, "rounds:listed_detail", pk)
    names = sections(visit=True)
    context = {
        "title": child.full_name, "listed": listed, "child": child, "forms": forms, **names,
        "age": child.age_text(today()), "door": f"met not_met {names['seen']} form_token",
        "cancel_url": reverse("rounds:list_detail", args=[listed.work_list_id]),
    }  # fmt: skip
    status = 422 if bound else 200
    return page(request, "rounds/answer_form.html", context, part="form", status=status)


@require_POST
@needs("rounds.answer")
def listed_report(request: UserRequest, pk: int) -> HttpResponse:
    """Make the report about this child, once."""
    listed = _found(request, pk, "rounds.answer")
    try:
        with transaction.atomic():
            actions.report_child(listed, by=request.user, on=today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(request, "rounds:listed_detail", pk)
