"""Frozen figures: which there are, what has become of them since, freezing them now."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.indicators import actions
from tuoitho.indicators.definitions import definition_hash
from tuoitho.indicators.forms import FreezeForm
from tuoitho.indicators.models import Snapshot
from tuoitho.indicators.views.choice import chosen
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page, see_other

NAMES = {
    "numerator": gettext_lazy("Tử số"), "denominator": gettext_lazy("Mẫu số"),
    "value": gettext_lazy("Kết quả (%)"),
    "register_count": gettext_lazy("Số trẻ phát hiện"),
}  # fmt: skip


@require_GET
@needs("indicators.view")
def snapshot_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("year", _("Năm"), lambda s: s.year, sort="year",
               link=lambda s: reverse("indicators:snapshot_detail", args=[s.pk])),
        Column("unit", _("Địa bàn"), lambda s: s.unit.name, sort="unit__folded_name"),
        Column("frozen_at", _("Chốt lúc"), lambda s: s.frozen_at, sort="frozen_at"),
        Column("frozen_by", _("Người chốt"), lambda s: s.frozen_by),
        Column("note", _("Dùng cho"), lambda s: s.note, hide_small=True),
    ]  # fmt: skip
    return listing(
        request, Snapshot.objects.visible_to(request.user).select_related("unit").defer("results"),
        columns, default_sort="-frozen_at", title=_("Số liệu đã chốt"),
        empty=_("Chưa chốt số liệu lần nào."), filename="so-lieu-da-chot",
    )  # fmt: skip


@require_GET
@needs("indicators.view")
def snapshot_detail(request: UserRequest, pk: int) -> HttpResponse:
    rows = Snapshot.objects.visible_to(request.user).select_related("unit__area")
    kept = get_object_or_404(rows, pk=pk)
    context = {
        "title": _("Số liệu đã chốt: %(unit)s, %(year)s") % {
            "unit": kept.unit.name, "year": kept.year},
        "kept": kept,
        "differences": [(d, NAMES[d.name]) for d in actions.compare(kept)],
        "same_definitions": kept.definition_hash == definition_hash(),
    }  # fmt: skip
    return page(request, "indicators/snapshot_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs("indicators.freeze")
def snapshot_new(request: UserRequest) -> HttpResponse:
    choice = chosen(request)
    request.user.require("indicators.freeze", choice.unit)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        kept = actions.freeze_figures(
            choice.unit, choice.year, by=request.user, on_map=choice.on_map, **form.cleaned_data
        )
        return see_other(request, "indicators:snapshot_detail", kept.pk)
    context = {
        "title": _("Chốt số liệu %(unit)s, %(year)s") % {
            "unit": choice.unit.name, "year": choice.year},
        "form": form, "submit_label": _("Chốt số liệu"),
        "intro": _("Số đã chốt không tính lại nữa; sửa hồ sơ về sau chỉ hiện thành chênh lệch."),
        "cancel_url": f"{reverse('indicators:target_table')}?{choice.query}",
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip
