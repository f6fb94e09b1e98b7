"""The filters of the lists of children and households, as they stand in the address."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.people.models import Child, ChildQuerySet, Household, HouseholdQuerySet
from tuoitho.people.states import Group, Poverty, Sex
from tuoitho.units.models import Unit

SCHOOL = [("at", _("Đang học")), ("out", _("Đã bỏ học")), ("unknown", _("Chưa có thông tin"))]


def units_seen(request: Any) -> Any:
    """Communes of today this person may look into."""
    communes = Unit.objects.as_of(today()).communes().order_by("name")
    scope = request.user.scope("people.view")
    return communes.filter(scope.covers("pk"))


class PlaceFilters(django_filters.FilterSet):  # type: ignore[misc]
    """By hamlet and commune."""

    hamlet = django_filters.CharFilter(label=_("Thôn, tổ dân phố"), method="in_hamlet")
    unit = django_filters.ModelChoiceFilter(label=_("Xã, phường"), queryset=units_seen)

    def in_hamlet(self, rows: Any, _name: str, typed: str) -> Any:
        return rows.filter(folded_hamlet__contains=fold(typed))

    def as_it_is(self, rows: Any, _name: str, _typed: str) -> Any:
        """Asked already by the view: a name's ranks must be there for the order of the list."""
        return rows


class ChildFilter(PlaceFilters):
    q = django_filters.CharFilter(label=_("Tên, cha mẹ, thôn, năm sinh, số"), method="as_it_is")
    age_from = django_filters.NumberFilter(label=_("Tuổi từ"), method="at_least")
    age_to = django_filters.NumberFilter(label=_("Tuổi đến"), method="at_most")
    sex = django_filters.ChoiceFilter(label=_("Giới tính"), choices=Sex.choices)
    poverty = django_filters.ChoiceFilter(
        label=_("Hộ nghèo năm nay"), choices=Poverty.choices, method="in_poverty"
    )
    circumstance = django_filters.ChoiceFilter(
        label=_("Hoàn cảnh đặc biệt"), method="in_circumstance",
        choices=[("any", _("Có hoàn cảnh đặc biệt")), *Group.choices],
    )  # fmt: skip
    school = django_filters.ChoiceFilter(label=_("Đi học"), choices=SCHOOL, method="schooling")
    grown = django_filters.ChoiceFilter(
        label=_("Đã đủ 18 tuổi"), choices=[("with", _("Kể cả người đã đủ 18 tuổi"))],
        method="as_it_is", empty_label=_("Không"),
    )  # fmt: skip

    class Meta:
        model = Child
        fields = [
            "q", "age_from", "age_to", "sex", "hamlet", "poverty", "circumstance", "school", "unit",
            "grown",
        ]  # fmt: skip

    def at_least(self, rows: ChildQuerySet, _name: str, age: Any) -> ChildQuerySet:
        return rows.aged_in(min(99, max(0, int(age))), 99, on=today())

    def at_most(self, rows: ChildQuerySet, _name: str, age: Any) -> ChildQuerySet:
        return rows.aged_in(0, min(99, max(-1, int(age))), on=today())

    def in_poverty(self, rows: ChildQuerySet, _name: str, status: str) -> ChildQuerySet:
        return rows.with_poverty(today().year, status)

    def in_circumstance(self, rows: ChildQuerySet, _name: str, group: str) -> ChildQuerySet:
        if group == "any":
            return rows.in_special_circumstances(today())
        return rows.with_circumstance(group, today())

    def schooling(self, rows: ChildQuerySet, _name: str, status: str) -> ChildQuerySet:
        if status == "at":
            return rows.at_school_on(today())
        if status == "out":
            return rows.out_of_school_on(today())
        return rows.schooling_unknown_on(today())


class HouseholdFilter(PlaceFilters):
    q = django_filters.CharFilter(label=_("Chủ hộ"), method="as_it_is")
    poverty = django_filters.ChoiceFilter(
        label=_("Hộ nghèo năm nay"), choices=Poverty.choices, method="in_poverty"
    )

    class Meta:
        model = Household
        fields = ["q", "hamlet", "poverty", "unit"]

    def in_poverty(self, rows: HouseholdQuerySet, _name: str, status: str) -> HouseholdQuerySet:
        return rows.with_poverty(today().year, status)
