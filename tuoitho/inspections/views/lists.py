"""Lists: visits, violations with their sanctions, measures to follow; the panel of a workplace."""

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.establishments.models import Establishment
from tuoitho.inspections.models import (
    Inspection,
    InspectionQuerySet,
    Measure,
    MeasureQuerySet,
    Violation,
)
from tuoitho.inspections.offences import label_of
from tuoitho.inspections.states import Kind, State
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page
from tuoitho.units.models import Unit

COLOURS = {State.PLANNED: "blue", State.DONE: "orange", State.CLOSED: "green",
           State.CANCELLED: "secondary"}  # fmt: skip


def _units(request: UserRequest) -> QuerySet[Unit]:
    scope = request.user.scope("inspections.view")
    units = Unit.objects.as_of(today()).communes().order_by("name")
    return units.filter(scope.covers("pk"))


class InspectionFilter(django_filters.FilterSet):  # type: ignore[misc]
    name = django_filters.CharFilter(method="named", label=_("Tên cơ sở, chủ cơ sở"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("Tình trạng"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Hình thức"))
    unit = django_filters.ModelChoiceFilter(queryset=_units, label=_("Địa bàn"))
    year = django_filters.NumberFilter(
        method="in_year", label=_("Kiểm tra trong năm"), min_value=2000, max_value=2100
    )
    found = django_filters.ChoiceFilter(
        method="by_findings", label=_("Kết quả"), choices=[("violations", _("Có vi phạm"))]
    )

    class Meta:
        model = Inspection
        fields: list[str] = []

    def named(self, rows: InspectionQuerySet, name: str, value: str) -> InspectionQuerySet:
        places = Establishment.objects.visible_to(self.request.user).matching(value)
        return rows.filter(establishment__in=places.values("pk"))

    def in_year(self, rows: InspectionQuerySet, name: str, value: Any) -> InspectionQuerySet:
        return rows.done_in(Period.year(int(value)))

    def by_findings(self, rows: InspectionQuerySet, name: str, value: str) -> InspectionQuerySet:
        return rows.with_violations()


def _detail(inspection: Inspection) -> str:
    return reverse("inspections:inspection_detail", args=[inspection.pk])


def _columns() -> list[Column]:
    return [
        Column("establishment", _("Cơ sở"), lambda i: i.establishment.name,
               sort="establishment__folded_name", link=_detail),
        Column("planned", _("Ngày dự kiến"), lambda i: i.planned_on, sort="planned_on"),
        Column("done", _("Ngày kiểm tra"), lambda i: i.done_on, sort="done_on"),
        Column("kind", _("Hình thức"), lambda i: i.get_kind_display(), hide_small=True),
        Column("state", _("Tình trạng"), lambda i: i.get_state_display(), sort="state",
               badge=lambda i: COLOURS[State(i.state)]),
        Column("minutes", _("Số biên bản"), lambda i: i.minutes_number, hide_small=True),
        Column("violations", _("Vi phạm"), lambda i: i.violation_count,
               badge=lambda i: "red" if i.violation_count else ""),
        Column("measures", _("Chờ khắc phục"), lambda i: i.waiting_count,
               badge=lambda i: "orange" if i.waiting_count else ""),
        Column("unit", _("Địa bàn"), lambda i: str(i.unit), sort="unit__folded_name"),
    ]  # fmt: skip


@require_GET
@needs("inspections.view")
def inspection_list(request: UserRequest) -> HttpResponse:
    rows = Inspection.objects.visible_to(request.user).select_related("establishment", "unit")
    rows = rows.annotate(
        violation_count=Count("violations", distinct=True),
        waiting_count=Count("measures", Q(measures__verified_on=None), distinct=True),
    )
    buttons = [
        Action(_("Vi phạm, xử phạt"), reverse("inspections:violation_list"), "alert-triangle"),
        Action(_("Biện pháp khắc phục"), reverse("inspections:measure_list"), "list-check"),
    ]
    if request.user.may("inspections.schedule"):
        new = Action(_("Lập lịch kiểm tra"), reverse("inspections:inspection_new"))
        buttons.insert(0, new)
    return listing(
        request, rows, _columns(), filterset=InspectionFilter, default_sort="-planned",
        title=_("Kiểm tra, thanh tra"), empty=_("Chưa lập lịch cuộc kiểm tra nào."),
        actions=buttons, filename="kiem-tra",
    )  # fmt: skip


class MeasureFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        method="in_state", label=_("Tình trạng"),
        choices=[("waiting", _("Chưa kiểm tra lại")), ("overdue", _("Quá hạn")),
                 ("remedied", _("Đã khắc phục"))],
    )  # fmt: skip

    class Meta:
        model = Measure
        fields: list[str] = []

    def in_state(self, rows: MeasureQuerySet, name: str, value: str) -> MeasureQuerySet:
        if value == "overdue":
            return rows.overdue_on(today())
        return rows.remedied() if value == "remedied" else rows.unverified()


def _late(measure: Measure) -> str:
    return "red" if measure.verified_on is None and measure.due_on < today() else ""


@require_GET
@needs("inspections.view")
def measure_list(request: UserRequest) -> HttpResponse:
    rows = Measure.objects.visible_to(request.user)
    columns = [
        Column("due", _("Hạn khắc phục"), lambda m: m.due_on, sort="due_on", badge=_late),
        Column("establishment", _("Cơ sở"), lambda m: m.inspection.establishment.name,
               link=lambda m: _detail(m.inspection)),
        Column("what", _("Biện pháp"), lambda m: m.what),
        Column("result", _("Kết quả"), lambda m: m.get_result_display() or _("Chờ kiểm tra lại")),
        Column("verified", _("Kiểm tra lại ngày"), lambda m: m.verified_on, sort="verified_on"),
        Column("unit", _("Địa bàn"), lambda m: str(m.inspection.unit)),
    ]  # fmt: skip
    return listing(
        request, rows.select_related("inspection__establishment", "inspection__unit"), columns,
        filterset=MeasureFilter, default_sort="due", title=_("Biện pháp khắc phục"),
        empty=_("Chưa có biện pháp khắc phục nào được yêu cầu."), filename="khac-phuc",
    )  # fmt: skip


@require_GET
@needs("inspections.view")
def violation_list(request: UserRequest) -> HttpResponse:
    rows = Violation.objects.visible_to(request.user)
    columns = [
        Column("done", _("Ngày kiểm tra"), lambda v: v.inspection.done_on,
               sort="inspection__done_on"),
        Column("establishment", _("Cơ sở"), lambda v: v.inspection.establishment.name,
               link=lambda v: _detail(v.inspection)),
        Column("rule", _("Vi phạm"), lambda v: label_of(v.rule)),
        Column("citation", _("Điều khoản"), lambda v: v.citation, hide_small=True),
        Column("children", _("Số người"), lambda v: v.children),
        Column("decree", _("Nghị định"), lambda v: v.sanction_decree, hide_small=True),
        Column("fine", _("Phạt (đồng)"), lambda v: v.fine, sort="fine"),
        Column("decision", _("Số quyết định"), lambda v: v.decision_number),
    ]  # fmt: skip
    return listing(
        request, rows.select_related("inspection__establishment"), columns, default_sort="-done",
        title=_("Vi phạm, xử phạt"), empty=_("Chưa ghi vi phạm nào."), filename="vi-pham",
    )  # fmt: skip


@require_GET
@needs("inspections.view")
def establishment_panel(request: UserRequest, pk: int) -> HttpResponse:
    """The visits of one workplace, for its page."""
    place = get_object_or_404(Establishment.objects.visible_to(request.user), pk=pk)
    rows = Inspection.objects.visible_to(request.user).filter(establishment=place)
    context = {
        "title": _("Các lần kiểm tra tại %(name)s") % {"name": place.name},
        "establishment": place,
        "inspections": rows.annotate(count=Count("violations")).order_by("-planned_on", "-pk")[:20],
    }
    return page(request, "inspections/establishment_panel.html", context, part="panel")
