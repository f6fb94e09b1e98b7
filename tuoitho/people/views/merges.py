"""Two rows that are one child: asking, looking at both side by side, approving, taking apart."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.lib.hanoi import today
from tuoitho.people import actions
from tuoitho.people.matching import Person, candidates_for
from tuoitho.people.merge_form import AnswerForm, MergeForm, rows_of
from tuoitho.people.merging import as_it_was, sides_of
from tuoitho.people.models import Child, Merge
from tuoitho.people.states import MergeState
from tuoitho.people.views.lists import record_export, tabs
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page, see_other

COLOURS = {"requested": "orange", "done": "green", "refused": "secondary", "undone": "secondary"}
FOUND = 20


class MergeFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Tình trạng"), choices=MergeState.choices
    )

    class Meta:
        model = Merge
        fields = ["state"]


@require_GET
@needs("people.view")
def merge_list(request: UserRequest) -> HttpResponse:
    merges = Merge.objects.visible_to(request.user).select_related(
        "kept__unit", "other", "requested_by", "decided_by"
    )
    columns = [
        Column("kept", _("Hồ sơ giữ lại"), lambda m: m.kept.full_name,
               link=lambda m: reverse("people:merge_detail", args=[m.pk])),
        Column("other", _("Hồ sơ gộp vào"), lambda m: m.other.full_name),
        Column("state", _("Tình trạng"), lambda m: m.get_state_display(),
               badge=lambda m: COLOURS.get(m.state, "")),
        Column("unit", _("Xã, phường"), lambda m: m.kept.unit.name, hide_small=True),
        Column("requested_by", _("Người đề nghị"), lambda m: m.requested_by, hide_small=True),
        Column("requested_at", _("Đề nghị lúc"), lambda m: m.requested_at, sort="requested_at"),
        Column("decided_by", _("Người duyệt"), lambda m: m.decided_by, hide_small=True),
    ]  # fmt: skip
    if request.GET.get("format"):
        record_export(request, "merges")
    return listing(
        request, merges, columns, title=_("Gộp hồ sơ trùng"), filterset=MergeFilter,
        empty=_("Chưa có đề nghị gộp nào. Mở trang của một em rồi chọn “Gộp hồ sơ trùng”."),
        default_sort="-requested_at", filename="gop-ho-so", template="people/register_list.html",
        context=tabs(request, "merge"),
    )  # fmt: skip


def _chosen(request: UserRequest, name: str) -> Child | None:
    """The child named in the address, None when none is. Raises Http404: not theirs to see."""
    given = request.GET.get(name, "")
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise Http404
    children = Child.objects.visible_to(request.user).select_related("unit", "household")
    return get_object_or_404(children, pk=given)


@require_http_methods(["GET", "POST"])
@needs("people.register")
def merge_new(request: UserRequest) -> HttpResponse:
    """Choose the other row of the same child, then field by field what stands."""
    kept, other = _chosen(request, "keep"), _chosen(request, "other")
    if kept is None:
        return see_other(request, "people:child_list")
    if other is None or other.pk == kept.pk:
        return _choose_other(request, kept)
    sent = request.POST if request.method == "POST" else None
    form = MergeForm(sent, kept=kept, other=other)
    if form.is_bound and form.is_valid():
        try:
            merge = actions.request_merge(
                kept, other, form.choices(), reason=form.cleaned_data["reason"], by=request.user,
                on=today(),
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            return see_other(request, "people:merge_detail", merge.pk)
    context = {
        "title": _("Gộp hồ sơ trùng"), "kept": kept, "other": other, "form": form,
        "rows": rows_of(kept, other, sides_of(kept, other, {}), request.user, form),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "people/merge_new.html", context, part="form", status=status)


def _choose_other(request: UserRequest, kept: Child) -> HttpResponse:
    typed = request.GET.get("q", "").strip()
    children = Child.objects.visible_to(request.user).exclude(pk=kept.pk).select_related("unit")
    if typed:
        found = [(child, "") for child in children.asked(typed, request.user, whole=False)[:FOUND]]
    else:
        person = Person(
            kept.full_name, kept.birth_date, kept.sex, kept.household, kept.hamlet,
            tuple(g.full_name for g in kept.guardians.all()),
        )  # fmt: skip
        near = candidates_for(person, request.user)
        found = [(c.child, "; ".join(c.reasons)) for c in near if c.child.pk != kept.pk]
    return page(
        request, "people/merge_choose.html",
        {"title": _("Gộp hồ sơ trùng"), "kept": kept, "typed": typed, "found": found},
    )  # fmt: skip


def _seen(request: UserRequest, pk: int) -> Merge:
    merges: QuerySet[Merge] = Merge.objects.visible_to(request.user)
    related = ("kept__unit", "kept__household", "other__unit", "other__household")
    people = ("requested_by", "decided_by", "undone_by")
    return get_object_or_404(merges.select_related(*related, *people), pk=pk)


@require_GET
@needs("people.view")
def merge_detail(request: UserRequest, pk: int) -> HttpResponse:
    merge = _seen(request, pk)
    for child in (merge.kept, merge.other):
        record("people.view", child, by=request.user)
    return _shown(request, merge, AnswerForm())


def _shown(request: UserRequest, merge: Merge, form: AnswerForm, status: int = 200) -> HttpResponse:
    user, units = request.user, (merge.kept.unit_id, merge.other.unit_id)
    merges = user.scope("people.merge")
    decides = all(unit in merges for unit in units)
    waits = merge.state == MergeState.REQUESTED
    mine = merge.requested_by_id == user.pk
    context = {
        "title": _("Gộp hồ sơ trùng: %(name)s") % {"name": merge.kept},
        "merge": merge, "form": form,
        "rows": rows_of(as_it_was(merge), merge.other, merge.choices, user),
        "may_approve": waits and decides and not mine,
        "may_withdraw": waits and mine,
        "may_undo": merge.state == MergeState.DONE and decides,
        "may_log": all(unit in user.scope("audit.view") for unit in units),
        "left_behind": _left_behind(merge.other) if merge.state == MergeState.DONE else [],
    }  # fmt: skip
    return page(request, "people/merge_detail.html", context, part="decision", status=status)


def _left_behind(other: Child) -> list[str]:
    """What stayed with the old row because the kept one had its own, in words."""
    return [
        *(str(row) for row in other.enrolments.all()),
        *(str(row) for row in other.attendances.all()),
        *(str(row) for row in other.circumstances.all()),
        *(str(row) for row in other.guardians.all()),
    ]


def _decide(
    request: UserRequest, pk: int, act: Callable[[Merge, str], Any]
) -> HttpResponse:  # fmt: skip
    merge, form = _seen(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, merge, form, 422)
    try:
        left = act(merge, form.cleaned_data["answer"])
    except ValidationError as error:
        form.refuse(error)
        return _shown(request, _seen(request, pk), form, 422)
    if isinstance(left, list) and left:
        names = ", ".join(left)
        messages.info(
            request, _("Đã sửa sau khi gộp nên giữ nguyên: %(names)s.") % {"names": names}
        )
    return see_other(request, "people:merge_detail", pk)


@require_POST
@needs("people.merge")
def merge_approve(request: UserRequest, pk: int) -> HttpResponse:
    return _decide(
        request, pk,
        lambda merge, text: actions.approve_merge(merge, by=request.user, on=today(), answer=text),
    )  # fmt: skip


@require_POST
@needs("people.merge")
def merge_refuse(request: UserRequest, pk: int) -> HttpResponse:
    return _decide(
        request, pk,
        lambda merge, text: actions.refuse_merge(merge, by=request.user, on=today(), answer=text),
    )  # fmt: skip


@require_POST
@needs("people.register")
def merge_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    return _decide(
        request, pk,
        lambda merge, _text: actions.withdraw_merge(merge, by=request.user, on=today()),
    )  # fmt: skip


@require_POST
@needs("people.merge")
def merge_undo(request: UserRequest, pk: int) -> HttpResponse:
    return _decide(
        request, pk,
        lambda merge, text: actions.undo_merge(merge, by=request.user, on=today(), reason=text),
    )  # fmt: skip
