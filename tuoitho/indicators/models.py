"""What the registers cannot count: population figures, survey estimates; and frozen figures."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.indicators.states import Group
from tuoitho.lib.hanoi import now
from tuoitho.units.models import Unit

YEAR_IS_SENSIBLE = Q(year__gte=2000, year__lte=2100)


class BaselineQuerySet(ScopedQuerySet["Baseline"]):
    view_permission = "indicators.view"

    def of_years(self, years: Collection[int]) -> Self:
        return self.filter(year__in=years)

    def within(self, units: models.Value) -> Self:
        """Of one of ``units`` (``lookups.keys``)."""
        return self.filter(unit__among=units)


class Baseline(Scoped):
    """Số liệu nền: how many there are of one group in one unit in one year, and who says so."""

    year = models.PositiveSmallIntegerField(_("Năm"))
    group = models.CharField(_("Nhóm"), max_length=24, choices=Group)
    count = models.PositiveIntegerField(_("Số lượng"))
    source = models.CharField(_("Nguồn số liệu"), max_length=300)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    entered_by = models.CharField(_("Người nhập"), max_length=200)
    entered_on = models.DateField(_("Ngày nhập"))

    objects = BaselineQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liệu nền")
        verbose_name_plural = _("số liệu nền")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "group"], name="baseline_once_a_year_and_group"
            ),
            models.CheckConstraint(
                name="baseline_group_is_known", condition=Q(group__in=Group.values)
            ),
            models.CheckConstraint(name="baseline_has_source", condition=~Q(source="")),
            models.CheckConstraint(name="baseline_year_is_sensible", condition=YEAR_IS_SENSIBLE),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}, {self.year}: {self.count}"


class SurveyEstimateQuerySet(ScopedQuerySet["SurveyEstimate"]):
    view_permission = "indicators.view"


class SurveyEstimate(Scoped):
    """Kết quả điều tra mẫu: the rate of target 1.1, in percent, with its confidence interval."""

    year = models.PositiveSmallIntegerField(_("Năm điều tra"))
    rate = models.DecimalField(_("Tỷ lệ lao động trẻ em (%)"), max_digits=7, decimal_places=4)
    low = models.DecimalField(_("Cận dưới (%)"), max_digits=7, decimal_places=4)
    high = models.DecimalField(_("Cận trên (%)"), max_digits=7, decimal_places=4)
    confidence = models.PositiveSmallIntegerField(_("Độ tin cậy (%)"), default=95)
    hazardous_share = models.DecimalField(
        _("Trong đó làm công việc nặng nhọc, độc hại, nguy hiểm (%)"),
        max_digits=7, decimal_places=4, null=True, blank=True,
    )  # fmt: skip
    sample_size = models.PositiveIntegerField(_("Số trẻ được điều tra"), null=True, blank=True)
    source = models.CharField(_("Nguồn"), max_length=300)
    design = models.TextField(_("Thiết kế mẫu, quyền số"))
    entered_by = models.CharField(_("Người nhập"), max_length=200)
    entered_on = models.DateField(_("Ngày nhập"))

    objects = SurveyEstimateQuerySet.as_manager()

    class Meta:
        verbose_name = _("ước lượng điều tra")
        verbose_name_plural = _("ước lượng điều tra")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="survey_once_a_year"),
            models.CheckConstraint(
                name="survey_rate_inside_its_interval",
                condition=Q(low__gte=0, low__lte=F("rate"), rate__lte=F("high"), high__lte=100),
            ),
            models.CheckConstraint(
                name="survey_hazardous_is_a_share",
                condition=Q(hazardous_share=None)
                | Q(hazardous_share__gte=0, hazardous_share__lte=100),
            ),
            models.CheckConstraint(
                name="survey_confidence_is_a_percentage",
                condition=Q(confidence__gte=50, confidence__lte=99),
            ),
            models.CheckConstraint(name="survey_has_source", condition=~Q(source="")),
            models.CheckConstraint(name="survey_year_is_sensible", condition=YEAR_IS_SENSIBLE),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.rate.quantize(Decimal('0.01'))} %"


class SnapshotQuerySet(ScopedQuerySet["Snapshot"]):
    view_permission = "indicators.view"

    def of(self, unit: Unit, year: int) -> Self:
        """Frozen figures of a unit and year, the newest first."""
        return self.filter(unit=unit, year=year).order_by("-frozen_at", "-pk")


class Snapshot(Scoped):
    """Figures as they stood when a report was signed. The database lets nobody change the row."""

    year = models.PositiveSmallIntegerField(_("Năm"))
    results = models.JSONField(_("Kết quả"))
    version = models.CharField(_("Phiên bản định nghĩa"), max_length=20)
    definition_hash = models.CharField(_("Mã băm của định nghĩa"), max_length=64)
    parameters = models.JSONField(_("Tham số"), default=dict)
    frozen_at = models.DateTimeField(_("Chốt lúc"), default=now)
    frozen_by = models.CharField(_("Người chốt"), max_length=200)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liệu đã chốt")
        verbose_name_plural = _("số liệu đã chốt")
        indexes = [models.Index(fields=["unit", "year", "-frozen_at"], name="snapshot_unit_year")]

    def __str__(self) -> str:
        return f"{self.year}, {self.frozen_at:%d/%m/%Y %H:%M}"

    def result(self, code: str) -> dict[str, Any] | None:
        """The frozen figure of one indicator as plain values; None when it was not among them."""
        return next((row for row in self.results if row["code"] == code), None)
