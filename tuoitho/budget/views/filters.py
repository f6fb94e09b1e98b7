"""How the lists of the budget are narrowed."""

from typing import Any

import django_filters
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tuoitho.access.forms import manageable_units
from tuoitho.budget.models import Contribution, ContributionKind, Line, Source
from tuoitho.budget.states import State
from tuoitho.lib.hanoi import today
from tuoitho.plan.offices import Office
from tuoitho.units.models import Unit

FIRST_YEAR = 2021  # the plan's first


def years() -> list[tuple[int, str]]:
    """The plan's first year to the next."""
    return [(year, str(year)) for year in range(today().year + 1, FIRST_YEAR - 1, -1)]


def units(request: HttpRequest | None) -> Any:
    """Units whose money this person sees."""
    user = getattr(request, "user", None)
    return manageable_units(user, "budget.view") if user else Unit.objects.none()


class LineFilter(django_filters.FilterSet):  # type: ignore[misc]
    year = django_filters.ChoiceFilter(choices=years, label=_("Năm ngân sách"))
    source = django_filters.ChoiceFilter(choices=Source.choices, label=_("Nguồn"))
    owner = django_filters.ChoiceFilter(choices=Office.choices, label=_("Cơ quan lập dự toán"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("Tình trạng"))
    unit = django_filters.ModelChoiceFilter(queryset=units, label=_("Địa bàn"))

    class Meta:
        model = Line
        fields: list[str] = []


class ContributionFilter(django_filters.FilterSet):  # type: ignore[misc]
    year = django_filters.ChoiceFilter(
        choices=years, field_name="on", lookup_expr="year", label=_("Năm")
    )
    kind = django_filters.ChoiceFilter(choices=ContributionKind.choices, label=_("Hình thức"))
    donor = django_filters.CharFilter(lookup_expr="icontains", label=_("Người, đơn vị ủng hộ"))
    unit = django_filters.ModelChoiceFilter(queryset=units, label=_("Địa bàn"))

    class Meta:
        model = Contribution
        fields: list[str] = []
