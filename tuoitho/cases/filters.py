"""The filters of the lists of reports and cases, as they stand in the address."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models import Case, Category, Channel, Report, ReportState
from tuoitho.cases.models.case import CaseQuerySet
from tuoitho.cases.models.report import ReportQuerySet, moments_of
from tuoitho.cases.states import State
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period
from tuoitho.people.models import Child
from tuoitho.ui.fields import VietnameseDateField
from tuoitho.units.models import Unit

WHOSE = [("mine", _("Tôi phụ trách")), ("nobody", _("Chưa giao ai"))]
DUE = [("late", _("Quá hạn")), ("today", _("Đến hạn hôm nay")), ("week", _("Trong 7 ngày"))]


class DayFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = VietnameseDateField


def units_seen(request: Any) -> Any:
    """Communes of today this person may look into."""
    communes = Unit.objects.as_of(today()).communes().order_by("name")
    scope = request.user.scope("cases.view")
    return communes.filter(scope.covers("pk"))


class ReportFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Tên trẻ, nơi xảy ra"), method="about")
    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=ReportState.choices)
    channel = django_filters.ChoiceFilter(label=_("Nguồn tin"), choices=Channel.choices)
    since = DayFilter(label=_("Nhận từ ngày"), method="from_day")
    until = DayFilter(label=_("Đến ngày"), method="to_day")
    unit = django_filters.ModelChoiceFilter(label=_("Xã, phường"), queryset=units_seen)

    class Meta:
        model = Report
        fields = ["q", "state", "channel", "since", "until", "unit"]

    def about(self, rows: ReportQuerySet, _name: str, typed: str) -> ReportQuerySet:
        return rows.filter(child_name__icontains=typed) | rows.filter(place__icontains=typed)

    def from_day(self, rows: ReportQuerySet, _name: str, day: Any) -> ReportQuerySet:
        return rows.filter(received_at__gte=moments_of(_one(day))[0])

    def to_day(self, rows: ReportQuerySet, _name: str, day: Any) -> ReportQuerySet:
        return rows.filter(received_at__lt=moments_of(_one(day))[1])


def _one(day: Any) -> Period:
    return Period(day, day.fromordinal(day.toordinal() + 1))


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Tên trẻ"), method="named")
    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=State.choices)
    category = django_filters.ChoiceFilter(label=_("Nhóm"), choices=Category.choices)
    due = django_filters.ChoiceFilter(label=_("Hạn"), choices=DUE, method="due_then")
    since = DayFilter(label=_("Mở từ ngày"), field_name="opened_on", lookup_expr="gte")
    until = DayFilter(label=_("Đến ngày"), field_name="opened_on", lookup_expr="lte")
    hazardous = django_filters.BooleanFilter(
        label=_("Công việc nguy hiểm"),
        widget=forms.Select(choices=[("", _("Tất cả")), ("true", _("Có")), ("false", _("Không"))]),
    )
    whose = django_filters.ChoiceFilter(label=_("Người phụ trách"), choices=WHOSE, method="of_whom")
    unit = django_filters.ModelChoiceFilter(label=_("Xã, phường"), queryset=units_seen)

    class Meta:
        model = Case
        fields = ["q", "whose", "state", "category", "due", "since", "until", "hazardous", "unit"]

    def named(self, rows: CaseQuerySet, _name: str, typed: str) -> CaseQuerySet:
        return rows.filter(child__in=Child.objects.keys_asked(typed, self.request.user))

    def of_whom(self, rows: CaseQuerySet, _name: str, wanted: str) -> CaseQuerySet:
        return rows.filter(assigned_to=self.request.user.pk if wanted == "mine" else None)

    def due_then(self, rows: CaseQuerySet, _name: str, wanted: str) -> CaseQuerySet:
        day = today().toordinal() + {"late": -1, "today": 0, "week": 7}[wanted]
        return rows.due_by(today().fromordinal(day))
