"""Baselines and surveys: what is known, and entering or correcting it."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.indicators import actions
from tuoitho.indicators.forms import BaselineForm, ReasonForm, SurveyForm
from tuoitho.indicators.models import Baseline, SurveyEstimate
from tuoitho.indicators.states import Group
from tuoitho.lib.hanoi import today
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other
from tuoitho.units.models import Unit


def _units(request: HttpRequest | None) -> Any:
    if request is None:
        return Unit.objects.none()
    seen = Baseline.objects.visible_to(request.user).values("unit")
    return Unit.objects.filter(pk__in=seen).order_by("name")


class BaselineFilter(django_filters.FilterSet):  # type: ignore[misc]
    year = django_filters.NumberFilter(label=gettext_lazy("Năm"))
    group = django_filters.ChoiceFilter(choices=Group.choices, label=gettext_lazy("Nhóm"))
    unit = django_filters.ModelChoiceFilter(queryset=_units, label=gettext_lazy("Địa bàn"))

    class Meta:
        model = Baseline
        fields: list[str] = []


@require_GET
@needs("indicators.view")
def baseline_list(request: UserRequest) -> HttpResponse:
    may = request.user.may("indicators.baseline")
    columns = [
        Column("year", _("Năm"), lambda b: b.year, sort="year"),
        Column("unit", _("Địa bàn"), lambda b: b.unit.name, sort="unit__folded_name"),
        Column("group", _("Nhóm"), lambda b: b.get_group_display(), sort="group"),
        Column("count", _("Số lượng"), lambda b: b.count, sort="count",
               link=(lambda b: _edit(b)) if may else None),
        Column("source", _("Nguồn số liệu"), lambda b: b.source),
        Column("entered", _("Người nhập"), lambda b: f"{b.entered_by}, {b.entered_on:%d/%m/%Y}",
               hide_small=True),
    ]  # fmt: skip
    buttons = [Action(_("Điều tra mẫu"), reverse("indicators:survey_list"), "clipboard-check")]
    if may:
        buttons.insert(0, Action(_("Nhập số liệu nền"), reverse("indicators:baseline_new")))
    return listing(
        request, Baseline.objects.visible_to(request.user).select_related("unit"), columns,
        filterset=BaselineFilter, default_sort="-year", title=_("Số liệu nền"), actions=buttons,
        empty=_("Chưa có số liệu nền nào; mẫu số của các chỉ tiêu lấy từ đây."),
        filename="so-lieu-nen",
    )  # fmt: skip


def _edit(row: Baseline) -> str:
    query = f"unit={row.unit_id}&year={row.year}&group={row.group}"
    return f"{reverse('indicators:baseline_new')}?{query}"


def _baseline_start(request: UserRequest) -> dict[str, Any]:
    """What the form begins with: the address names a figure, which may be there already."""
    given = {name: request.GET.get(name, "") for name in ("unit", "year", "group")}
    if not (given["unit"].isdecimal() and given["year"].isdecimal()):
        return {"year": today().year, "group": given["group"]}
    rows = Baseline.objects.visible_to(request.user)
    unit, year = int(given["unit"]), int(given["year"])
    row = rows.filter(unit_id=unit, year=year, group=given["group"]).first()
    known = {"count": row.count, "source": row.source, "note": row.note} if row else {}
    return {**given, **known, "row": row}


@require_http_methods(["GET", "POST"])
@needs("indicators.baseline")
def baseline_new(request: UserRequest) -> HttpResponse:
    """Enter a figure; one that is there already is corrected."""
    start = _baseline_start(request)
    row = start.pop("row", None)
    form = BaselineForm(
        request.POST if request.method == "POST" else None, user=request.user, initial=start
    )
    if form.is_bound and form.is_valid():
        try:
            given = {**form.cleaned_data, "count": int(form.cleaned_data["count"])}
            actions.set_baseline(**given, by=request.user, on=today())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "indicators:baseline_list")
    context = {
        "title": _("Sửa số liệu nền") if row else _("Nhập số liệu nền"), "form": form,
        "cancel_url": reverse("indicators:baseline_list"), "row": row,
    }  # fmt: skip
    return page(request, "indicators/baseline_new.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("indicators.baseline")
def baseline_remove(request: UserRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Baseline.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.remove_baseline(row, by=request.user, on=today(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "indicators:baseline_list")
    context = {
        "title": _("Xóa số liệu nền"), "form": form, "submit_label": _("Xóa"),
        "submit_colour": "danger", "cancel_url": reverse("indicators:baseline_list"),
        "intro": f"{row}. {row.unit}. {row.source}",
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip


@require_GET
@needs("indicators.view")
def survey_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("year", _("Năm"), lambda s: s.year, sort="year"),
        Column("unit", _("Địa bàn"), lambda s: s.unit.name, sort="unit__folded_name"),
        Column("rate", _("Tỷ lệ (%)"), lambda s: s.rate, sort="rate"),
        Column("interval", _("Khoảng tin cậy (%)"),
               lambda s: f"{s.low:f} – {s.high:f}".replace(".", ",")),
        Column("size", _("Số trẻ được điều tra"), lambda s: s.sample_size, hide_small=True),
        Column("source", _("Nguồn"), lambda s: s.source),
        Column("design", _("Thiết kế mẫu"), lambda s: s.design, hide_small=True),
    ]  # fmt: skip
    buttons = [Action(_("Số liệu nền"), reverse("indicators:baseline_list"), "users")]
    if request.user.may("indicators.baseline"):
        buttons.insert(0, Action(_("Nhập kết quả điều tra"), reverse("indicators:survey_new")))
    return listing(
        request, SurveyEstimate.objects.visible_to(request.user).select_related("unit"), columns,
        default_sort="-year", title=_("Điều tra mẫu về lao động trẻ em"), actions=buttons,
        empty=_("Chưa có điều tra nào; không có điều tra thì không có tỷ lệ của chỉ tiêu 1.1."),
        filename="dieu-tra",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("indicators.baseline")
def survey_new(request: UserRequest) -> HttpResponse:
    form = SurveyForm(request.POST if request.method == "POST" else None, user=request.user,
                      initial={"year": today().year})  # fmt: skip
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        if given["sample_size"] is not None:
            given["sample_size"] = int(given["sample_size"])
        try:
            actions.set_survey(**given, by=request.user, on=today())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "indicators:survey_list")
    context = {
        "title": _("Nhập kết quả điều tra"), "form": form,
        "cancel_url": reverse("indicators:survey_list"),
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip
