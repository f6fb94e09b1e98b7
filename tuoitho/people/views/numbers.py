"""Identity numbers: who lacks a right one, the lists handed to the police, what came back."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.people import actions
from tuoitho.people.actions.numbers import MOST
from tuoitho.people.filters import PlaceFilters
from tuoitho.people.models import Child, ChildQuerySet, NumberList
from tuoitho.people.number_forms import AnswersForm, HandOverForm, PrepareForm, ReturnForm
from tuoitho.people.number_paper import number_paper
from tuoitho.people.number_sheet import number_sheet
from tuoitho.people.states import NumberListState, NumberTrouble
from tuoitho.people.views.lists import record_export, tabs
from tuoitho.ui.export import XLSX_TYPE, docx_response, file_response
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other

COLOURS = {"prepared": "orange", "handed": "blue", "returned": "green", "cancelled": "secondary"}
PAGE = 25
WAITING = [("no", gettext_lazy("Chưa chuyển")), ("yes", gettext_lazy("Đang ở công an"))]


class NumberFilter(PlaceFilters):
    q = django_filters.CharFilter(label=gettext_lazy("Họ và tên"), method="as_it_is")
    trouble = django_filters.ChoiceFilter(
        label=gettext_lazy("Cần đối chiếu vì"), choices=NumberTrouble.choices, method="troubled"
    )
    waiting = django_filters.ChoiceFilter(
        label=gettext_lazy("Danh sách"), choices=WAITING, method="waits"
    )

    class Meta:
        model = Child
        fields = ["q", "trouble", "waiting", "hamlet", "unit"]

    def troubled(self, rows: ChildQuerySet, _name: str, trouble: str) -> ChildQuerySet:
        return rows.with_number_trouble(trouble)

    def waits(self, rows: ChildQuerySet, _name: str, value: str) -> ChildQuerySet:
        return rows.waiting_for_police(waiting=value == "yes")


def _children(request: UserRequest) -> ChildQuerySet:
    """Minors this person may see the numbers of."""
    scope = request.user.scope("people.identity")
    children = Child.objects.visible_to(request.user).filter(scope.covers())
    return children.minors_on(today())


@require_GET
@needs("people.identity")
def number_children(request: UserRequest) -> HttpResponse:
    """Children whose number is missing, malformed or mismatched."""
    everyone = _children(request)
    rows = everyone.with_number_trouble("").asked(request.GET.get("q", ""), request.user)
    if request.GET.get("format"):
        record_export(request, "numbers")
    columns = [
        Column("name", _("Họ và tên"), lambda c: c.full_name, sort="sort_name",
               link=lambda c: reverse("people:child_detail", args=[c.pk])),
        Column("birth_date", _("Ngày sinh"), lambda c: c.birth_date, sort="birth_date"),
        Column("sex", _("Giới tính"), lambda c: c.get_sex_display(), hide_small=True),
        Column("number", _("Số trong sổ"), lambda c: c.national_id),
        Column("trouble", _("Cần đối chiếu vì"), _trouble, badge=_trouble_colour),
        Column("hamlet", _("Thôn, tổ"), lambda c: c.hamlet, sort="hamlet", hide_small=True),
        Column("unit", _("Xã, phường"), lambda c: c.unit.name, hide_small=True),
    ]  # fmt: skip
    context = tabs(request, "number") | {"counts": _counts(everyone)}
    return listing(
        request, rows.select_related("unit"), columns, title=_("Số định danh"),
        filterset=NumberFilter, actions=_actions(request), filename="so-dinh-danh",
        empty=_("Mọi trẻ trong sổ đều có số định danh khớp ngày sinh và giới tính."),
        default_sort="name", template="people/number_children.html", context=context,
    )  # fmt: skip


def _trouble(child: Child) -> str:
    if child.national_id_problem:
        return str(child.get_national_id_problem_display())
    return str(NumberTrouble.MISSING.label)


def _trouble_colour(child: Child) -> str:
    return "red" if child.national_id_problem else "orange"


def _counts(children: ChildQuerySet) -> list[tuple[Any, int, str]]:
    """Each trouble: what it is called, how many, the list it counts."""
    counted = children.count_number_troubles()
    return [(t.label, counted[t.value], f"?trouble={t.value}") for t in NumberTrouble]


def _actions(request: UserRequest) -> list[Action]:
    lists = Action(_("Danh sách đã lập"), reverse("people:numberlist_list"), "file-text")
    if not request.user.may("people.register"):
        return [lists]
    return [Action(_("Lập danh sách gửi công an"), reverse("people:numberlist_new")), lists]


@require_GET
@needs("people.identity")
def numberlist_list(request: UserRequest) -> HttpResponse:
    rows = NumberList.objects.visible_to(request.user).select_related("unit", "made_by")
    columns = [
        Column("name", _("Danh sách"), str,
               link=lambda row: reverse("people:numberlist_detail", args=[row.pk])),
        Column("state", _("Tình trạng"), lambda row: row.get_state_display(),
               badge=lambda row: COLOURS[row.state]),
        Column("made_on", _("Ngày lập"), lambda row: row.made_on, sort="made_on"),
        Column("recipient", _("Nơi nhận"), lambda row: row.recipient, hide_small=True),
        Column("handed_on", _("Ngày chuyển"), lambda row: row.handed_on, sort="handed_on"),
        Column("returned_on", _("Ngày nhận lại"), lambda row: row.returned_on, hide_small=True),
        Column("unit", _("Xã, phường"), lambda row: row.unit.name, hide_small=True),
    ]  # fmt: skip
    actions_ = _actions(request)[:-1]
    return listing(
        request, rows, columns, title=_("Danh sách đối chiếu số định danh"), actions=actions_,
        empty=_("Chưa lập danh sách nào."), default_sort="-made_on", filename="doi-chieu-dinh-danh",
        template="people/register_list.html", context=tabs(request, "number"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("people.register")
def numberlist_new(request: UserRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = PrepareForm(sent, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            made = _prepare(request, form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            return see_other(request, "people:numberlist_detail", made.pk)
    context = {"form": form, "title": _("Lập danh sách gửi công an"),
               "cancel_url": reverse("people:number_children")}  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "ui/form.html", context, part="form", status=status)


def _prepare(request: UserRequest, given: dict[str, Any]) -> NumberList:
    children = _children(request).filter(unit=given["unit"]).with_number_trouble(given["trouble"])
    children = children.waiting_for_police(waiting=False)
    if given["hamlet"]:
        children = children.filter(folded_hamlet__contains=fold(given["hamlet"]))
    chosen = children.only("pk")[:MOST]
    return actions.prepare_number_list(given["unit"], chosen, by=request.user, on=today())


def _seen(request: UserRequest, pk: int) -> NumberList:
    rows = NumberList.objects.visible_to(request.user)
    people = ("unit", "made_by", "handed_by", "returned_by")
    return get_object_or_404(rows.select_related(*people), pk=pk)


@require_GET
@needs("people.identity")
def numberlist_detail(request: UserRequest, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    record("people.numbers.view", row, by=request.user)
    return _shown(request, row)


def _shown(
    request: UserRequest, row: NumberList, answers: AnswersForm | None = None, form: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    may = row.unit_id in request.user.scope("people.register")
    lines = row.checks.with_children()
    shown = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    with_police = row.state == NumberListState.HANDED
    if answers is None and may and with_police:
        answers = AnswersForm(checks=list(shown.object_list))
    step = HandOverForm if row.state == NumberListState.PREPARED else ReturnForm
    context = {
        "title": _("Danh sách %(list)s") % {"list": row}, "row": row, "lines": shown,
        "answers": answers, "may": may, "form": form or step(), "colour": COLOURS[row.state],
        "done": row.checks.exclude(result="").count(), "total": row.checks.count(),
        "refused": row.checks.exclude(refusal="").with_children(),
    }  # fmt: skip
    return page(request, "people/numberlist_detail.html", context, status=status)


@require_GET
@needs("people.identity")
def numberlist_paper(request: UserRequest, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    record("people.numbers.print", row, by=request.user)
    return docx_response(number_paper(row), f"doi-chieu-{row}.docx")


@require_GET
@needs("people.identity")
def numberlist_sheet(request: UserRequest, pk: int) -> HttpResponse:
    """The list as an Excel file in which the police write their answers."""
    row = _seen(request, pk)
    record("people.numbers.print", row, by=request.user)
    return file_response(number_sheet(row), f"doi-chieu-{row}.xlsx", XLSX_TYPE)


def _step(
    request: UserRequest, pk: int, form_class: Any, act: Callable[[NumberList, Any], Any]
) -> HttpResponse:
    """A step of the list with its form: refused in place, or done and back to the page."""
    row, form = _seen(request, pk), form_class(request.POST)
    if not form.is_valid():
        return _shown(request, row, form=form, status=422)
    try:
        refused = act(row, form.cleaned_data)
    except ValidationError as error:
        form.refuse(error)
        return _shown(request, _seen(request, pk), form=form, status=422)
    if isinstance(refused, list) and refused:
        told = _("%(n)s số chưa ghi được vào sổ; xem lý do trên trang.") % {"n": len(refused)}
        messages.warning(request, told)
    return see_other(request, "people:numberlist_detail", pk)


@require_POST
@needs("people.register")
def numberlist_hand(request: UserRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, HandOverForm,
        lambda row, given: actions.hand_over_numbers(row, by=request.user, **given),
    )  # fmt: skip


@require_POST
@needs("people.register")
def numberlist_return(request: UserRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, ReturnForm,
        lambda row, given: actions.return_numbers(row, by=request.user, **given),
    )  # fmt: skip


@require_POST
@needs("people.register")
def numberlist_cancel(request: UserRequest, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    try:
        actions.cancel_number_list(row, by=request.user, on=today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(request, "people:numberlist_detail", pk)


@require_POST
@needs("people.register")
def numberlist_answers(request: UserRequest, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    lines = row.checks.with_children()
    shown = list(Paginator(lines, PAGE).get_page(request.GET.get("page")).object_list)
    form = AnswersForm(request.POST, checks=shown)
    if not form.is_valid():
        return _shown(request, row, answers=form, status=422)
    try:
        actions.answer_numbers(row, form.answers(), by=request.user, on=today())
    except ValidationError as error:
        form.refuse(error)
        return _shown(request, row, answers=form, status=422)
    messages.success(request, _("Đã lưu kết quả của trang này."))
    here = reverse("people:numberlist_detail", args=[pk])
    return see_other(request, f"{here}?page={request.GET.get('page', 1)}")
