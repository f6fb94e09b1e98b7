"""Pairs of children that may be one: the list, both side by side, what a person says of them."""

from typing import Any

import django_filters
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.models import Job
from tuoitho.lib.hanoi import today
from tuoitho.people import actions
from tuoitho.people.filters import units_seen
from tuoitho.people.jobs import LINK
from tuoitho.people.matching.model import stored
from tuoitho.people.matching.reasons import reasons_of, verdict
from tuoitho.people.models import MatchPair, MatchPairQuerySet
from tuoitho.people.pair_rows import rows_of_pair
from tuoitho.people.states import MatchState
from tuoitho.people.views.lists import record_export, tabs
from tuoitho.ui.formats import vn_date
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page, see_other

COLOURS = {MatchState.OPEN: "orange", MatchState.DIFFERENT: "secondary"}
MERGED = "merged"
SPEAKING = 2  # bits from which a reason is worth a word in the list


class PairFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Tình trạng"), method="in_state",
        choices=[*MatchState.choices, (MERGED, gettext_lazy("Đã gộp thành một em"))],
    )  # fmt: skip
    sure = django_filters.ChoiceFilter(
        label=gettext_lazy("Mức giống"), method="as_sure",
        choices=[("sure", gettext_lazy("gần như chắc chắn")),
                 ("likely", gettext_lazy("rất có thể"))],
    )  # fmt: skip
    unit = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Xã, phường"), queryset=units_seen, method="in_unit"
    )

    class Meta:
        model = MatchPair
        fields = ["state", "sure", "unit"]

    def in_state(self, rows: MatchPairQuerySet, _name: str, state: str) -> MatchPairQuerySet:
        return rows.merged() if state == MERGED else rows.standing().filter(state=state)

    def as_sure(self, rows: MatchPairQuerySet, _name: str, level: str) -> MatchPairQuerySet:
        least = stored().sure
        return rows.filter(weight__gte=least) if level == "sure" else rows.filter(weight__lt=least)

    def in_unit(self, rows: MatchPairQuerySet, _name: str, unit: Any) -> MatchPairQuerySet:
        return rows.living_in(unit)


def _who(child: Any) -> str:
    born = vn_date(child.birth_date) if child.birth_date else ""
    if not born and child.age_seen_on:
        born = child.age_text(child.age_seen_on)
    return f"{child.full_name} ({born})" if born else str(child.full_name)


def _spoken(pair: MatchPair) -> str:
    """What speaks for one child, briefly."""
    return "; ".join(str(r.words) for r in reasons_of(pair.levels) if r.bits >= SPEAKING)


def _where(pair: MatchPair) -> str:
    return " – ".join(dict.fromkeys((pair.first.unit.name, pair.second.unit.name)))


def _columns() -> list[Column]:
    return [
        Column("first", _("Hồ sơ thứ nhất"), lambda p: _who(p.first), sort="first__sort_name",
               link=lambda p: reverse("people:pair_detail", args=[p.pk])),
        Column("second", _("Hồ sơ thứ hai"), lambda p: _who(p.second)),
        Column("sure", _("Mức giống"), lambda p: str(verdict(p.weight, stored())), sort="weight",
               badge=lambda p: "red" if p.weight >= stored().sure else "orange"),
        Column("why", _("Vì sao"), _spoken),
        Column("unit", _("Xã, phường"), _where, hide_small=True),
        Column("state", _("Tình trạng"), lambda p: str(p.state_words),
               badge=lambda p: "green" if p.is_merged else COLOURS.get(p.state, "")),
    ]  # fmt: skip


@require_GET
@needs("people.view")
def pair_list(request: UserRequest) -> HttpResponse:
    """Those nobody has judged, unless the filter asks for others."""
    pairs: MatchPairQuerySet = MatchPair.objects.visible_to(request.user)
    pairs = pairs.select_related("first__unit", "second__unit")
    if not request.GET.get("state"):
        pairs = pairs.waiting()
    context = tabs(request, "pair") | {
        "may_search": request.user.may("people.register"),
        "searching": Job.objects.visible_to(request.user).unfinished().filter(name=LINK).first(),
    }
    if request.GET.get("format"):
        record_export(request, "pairs")
    return listing(
        request, pairs, _columns(), title=_("Trẻ có thể bị trùng"), filterset=PairFilter,
        empty=_("Không có cặp nào cần xem. Cả sổ được so lại mỗi sáng; muốn ngay, bấm “Tìm ngay”."),
        default_sort="-weight", filename="tre-co-the-trung", template="people/pair_list.html",
        context=context,
    )  # fmt: skip


def _seen(request: UserRequest, pk: int) -> MatchPair:
    pairs = MatchPair.objects.visible_to(request.user).select_related(
        "first__unit", "first__household", "second__unit", "second__household", "judged_by"
    )
    return get_object_or_404(pairs, pk=pk)


@require_GET
@needs("people.view")
def pair_detail(request: UserRequest, pk: int) -> HttpResponse:
    pair = _seen(request, pk)
    for child in (pair.first, pair.second):
        record("people.view", child, by=request.user)
    scope = request.user.scope("people.register")
    keeps = pair.first.unit_id in scope and pair.second.unit_id in scope
    context = {
        "title": _("%(first)s và %(second)s có phải là một em?") % {
            "first": pair.first, "second": pair.second,
        },
        "pair": pair, "rows": rows_of_pair(pair, request.user),
        "verdict": verdict(pair.weight, stored()),
        "of_hundred": min(99, round(pair.probability * 100)),
        "may_judge": keeps and not pair.is_merged,
    }  # fmt: skip
    return page(request, "people/pair_detail.html", context)


@require_POST
@needs("people.register")
def pair_judge(request: UserRequest, pk: int) -> HttpResponse:
    """Two children, or (``again``) to be looked at once more."""
    pair = _seen(request, pk)
    different = "again" not in request.POST
    actions.judge_pair(pair, different=different, by=request.user, on=today())
    if different:
        return see_other(request, "people:pair_list")
    return see_other(request, "people:pair_detail", pk)


@require_POST
@needs("people.register")
def pair_search(request: UserRequest) -> HttpResponse:
    """Compare the whole register now; a search under way is not begun twice."""
    running = Job.objects.visible_to(request.user).unfinished().filter(name=LINK).first()
    job = running or enqueue(LINK, {}, by=request.user)
    return see_other(request, "jobs:job_detail", job.pk)
