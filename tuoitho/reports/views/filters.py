"""How the list of reports is narrowed; without a choice it is about this year."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tuoitho.access.forms import manageable_units
from tuoitho.lib.hanoi import today
from tuoitho.reports.models import UnitReport, UnitReportQuerySet
from tuoitho.reports.states import State
from tuoitho.units.models import Unit

FIRST_YEAR = 2021  # the plan's first
LATE = [("late", _("Chậm")), ("missing", _("Chưa gửi")), ("delivered", _("Đã gửi"))]
KINDS = [("commune", _("Xã, phường, thị trấn")), ("office", _("Phòng, ban, đoàn thể"))]


def years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in range(today().year, FIRST_YEAR - 1, -1)]


def units(request: HttpRequest | None) -> Any:
    """Units whose reports this person sees."""
    user = getattr(request, "user", None)
    return manageable_units(user, "reports.view") if user else Unit.objects.none()


class ReportFilter(django_filters.FilterSet):  # type: ignore[misc]
    year = django_filters.ChoiceFilter(choices=years, label=_("Năm"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("Tình trạng"))
    sending = django_filters.ChoiceFilter(choices=LATE, method="by_sending", label=_("Việc gửi"))
    kind = django_filters.ChoiceFilter(choices=KINDS, method="by_kind", label=_("Loại đơn vị"))
    unit = django_filters.ModelChoiceFilter(queryset=units, method="within", label=_("Địa bàn"))

    class Meta:
        model = UnitReport
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = data.copy() if data is not None else {}
        data.setdefault("year", str(today().year))
        super().__init__(data, *args, **kwargs)

    def by_sending(self, rows: UnitReportQuerySet, name: str, value: str) -> QuerySet[UnitReport]:
        if value == "late":
            return rows.late(today())
        return rows.undelivered() if value == "missing" else rows.delivered()

    def by_kind(self, rows: UnitReportQuerySet, name: str, value: str) -> QuerySet[UnitReport]:
        return rows.of_communes() if value == "commune" else rows.of_offices()

    def within(self, rows: UnitReportQuerySet, name: str, value: Unit) -> QuerySet[UnitReport]:
        return rows.within(value)
