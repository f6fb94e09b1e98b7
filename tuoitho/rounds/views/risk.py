"""Scores: whom to visit first and why, one child explained, the rules and their versions."""

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.cases.views.answers import answer, sent
from tuoitho.jobs.actions import enqueue
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.rounds.actions.scoring import set_weights
from tuoitho.rounds.factors import factors_of
from tuoitho.rounds.forms import WeightsForm
from tuoitho.rounds.learning import OLDER, YOUNG_WORKER, chance
from tuoitho.rounds.models.risk import RiskScore, RiskScoreQuerySet, RuleSet, rules_in_force
from tuoitho.rounds.models.trained import TrainedModel
from tuoitho.rounds.risk import FACTORS, packaged, score
from tuoitho.ui.formats import vn_percent
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other
from tuoitho.units.models import Unit


def _units(request: Any) -> Any:
    communes = Unit.objects.as_of(today()).communes().order_by("name")
    return communes.filter(request.user.scope("rounds.view").covers("pk"))


class RiskFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=gettext_lazy("Họ và tên"), method="named")
    points = django_filters.NumberFilter(
        label=gettext_lazy("Điểm từ"), method="from_points", min_value=0, max_value=9999
    )
    factor = django_filters.ChoiceFilter(
        label=gettext_lazy("Có yếu tố"), choices=list(FACTORS.items()), method="having"
    )
    unit = django_filters.ModelChoiceFilter(label=gettext_lazy("Xã, phường"), queryset=_units)

    class Meta:
        model = RiskScore
        fields: list[str] = []

    def named(self, rows: RiskScoreQuerySet, _name: str, typed: str) -> RiskScoreQuerySet:
        children = Child.objects.visible_to(self.request.user)
        return rows.filter(child__in=children.keys_asked(typed, self.request.user))

    def from_points(self, rows: RiskScoreQuerySet, _name: str, points: Any) -> RiskScoreQuerySet:
        return rows.at_least(int(points))

    def having(self, rows: RiskScoreQuerySet, _name: str, code: str) -> RiskScoreQuerySet:
        return rows.with_factor(code)


def _why(row: RiskScore) -> str:
    return "; ".join(f"{reason.label} (+{reason.points})" for reason in row.parts)


def _by_model(learned: dict[str, Any], row: RiskScore) -> str:
    """The model's chance for a row of the list, as a share of a hundred."""
    age = row.child.age_on(row.computed_on) or 0
    features = set(row.reasons) | ({OLDER} if age >= YOUNG_WORKER else set())
    return vn_percent(chance(learned, features), 0)


def _columns(model: TrainedModel | None) -> list[Column]:
    second = [
        Column("model", _("Theo mô hình"), lambda r: _by_model(model.learned, r))
    ] if model else []  # fmt: skip
    return [
        Column("points", _("Điểm"), lambda r: r.points, sort="points"),
        *second,
        Column("name", _("Họ và tên"), lambda r: r.child.full_name, sort="child__sort_name",
               link=lambda r: reverse("rounds:risk_child", args=[r.child_id])),
        Column("age", _("Tuổi"), lambda r: r.child.age_text(today())),
        Column("why", _("Vì sao"), _why),
        Column("hamlet", _("Thôn, tổ"), lambda r: r.child.hamlet, hide_small=True),
        Column("unit", _("Xã, phường"), lambda r: r.unit.name, sort="unit__folded_name",
               hide_small=True),
        Column("on", _("Tính ngày"), lambda r: r.computed_on, hide_small=True),
    ]  # fmt: skip


@require_GET
@needs("rounds.view")
def risk_list(request: UserRequest) -> HttpResponse:
    """Children with any points, the highest first."""
    rows = RiskScore.objects.visible_to(request.user).select_related("child", "unit")
    if request.GET.get("format"):
        record("rounds.export", None, by=request.user, note="scores")
    buttons = [
        Action(_("Quy tắc tính điểm"), reverse("rounds:risk_rules"), "list-check"),
        Action(_("Mô hình so với quy tắc"), reverse("rounds:model_detail"), "target-arrow"),
        Action(_("Xếp hạng địa bàn"), reverse("rounds:area_ranking"), "map-pin"),
    ]
    rows = rows.defer("child__national_id", "child__note")
    return listing(
        request, rows, _columns(TrainedModel.objects.first()),
        filterset=RiskFilter, default_sort="-points", title=_("Trẻ có nguy cơ"),
        empty=_("Chưa tính điểm; hệ thống tính mỗi sáng, hoặc bấm “Tính lại”."),
        template="rounds/risk_list.html", actions=buttons, filename="tre-co-nguy-co",
        context={"may_score": request.user.may("rounds.manage")},
    )  # fmt: skip


@require_POST
@needs("rounds.manage")
def risk_again(request: UserRequest) -> HttpResponse:
    """Score the register of one's communes anew, in the background."""
    enqueue("rounds.score", {}, by=request.user)
    messages.success(request, _("Đang tính lại điểm; vài phút nữa mở lại trang này."))
    return see_other(request, "rounds:risk_list")


@require_GET
@needs("rounds.view")
def risk_child(request: UserRequest, pk: int) -> HttpResponse:
    """One child's score as of today, worked out now, with what counted and what did not."""
    children = Child.objects.visible_to(request.user).select_related("unit", "household")
    child = get_object_or_404(children, pk=pk)
    request.user.require("rounds.view", child)
    record("rounds.view_score", child, by=request.user, on=today())
    version, weights = rules_in_force()
    found = score(factors_of([pk], today()).get(pk, ()), weights)
    held = {reason.code for reason in found.reasons}
    context = {
        "title": _("Điểm nguy cơ: %(name)s") % {"name": child}, "child": child, "score": found,
        "others": [label for code, label in FACTORS.items() if code not in held],
        "version": version, "age": child.age_text(today()),
    }  # fmt: skip
    return page(request, "rounds/risk_child.html", context)


@require_GET
@needs("rounds.view")
def risk_rules(request: UserRequest) -> HttpResponse:
    """The rules in force, where each is from, and the versions before."""
    version, weights = rules_in_force()
    context = {
        "title": _("Quy tắc tính điểm nguy cơ"), "version": version,
        "rules": [
            {"label": FACTORS[rule["code"]], "points": weights.get(rule["code"], 0),
             "source": rule["source"], "flag": rule["flag"]}
            for rule in packaged()["rules"]
        ],
        "history": RuleSet.objects.all(), "may_edit": request.user.may("plan.manage"),
    }  # fmt: skip
    return page(request, "rounds/risk_rules.html", context)


@require_http_methods(["GET", "POST"])
@needs("plan.manage")
def risk_rules_edit(request: UserRequest) -> HttpResponse:
    _version, weights = rules_in_force()
    form = WeightsForm(sent(request), initial=weights)

    def act() -> None:
        data = dict(form.cleaned_data)
        set_weights(by=request.user, on=today(), note=data.pop("note"), weights=data)

    seen = request.user.may("rounds.view")
    back = reverse("rounds:risk_rules") if seen else reverse("rounds:risk_rules_edit")
    return answer(
        request, form, act, back, title=_("Sửa số điểm của các yếu tố"), cancel_url=back,
        intro=_("Quy tắc riêng của chương trình. Bản cũ được giữ; điểm tính lại sáng mai."),
    )  # fmt: skip
