"""Households, and whether they are poor, year by year."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.people.search import name_matches
from tuoitho.people.states import Poverty
from tuoitho.units.models import Unit


class HouseholdQuerySet(ScopedQuerySet["Household"]):
    view_permission = "people.view"

    def matching(self, text: str) -> Self:
        """Head's name contains the words of ``text``, or is spelt nearly so; nearest first."""
        return name_matches(self, text, name="head_name", folded="folded_head_name")

    def living_in(self, unit: Unit) -> Self:
        """Registered now in ``unit`` or below it."""
        return self.filter(unit__above__ancestor=unit)

    def with_poverty(self, year: int, *statuses: str) -> Self:
        """Recorded for ``year`` with one of ``statuses`` (``Poverty``)."""
        return self.filter(
            models.Exists(
                PovertyStatus.objects.filter(
                    household=models.OuterRef("pk"), year=year, status__in=statuses
                )
            )
        )


class Household(Scoped):
    """Hộ gia đình: people who live together under one head."""

    head_name = models.CharField(_("Chủ hộ"), max_length=120)
    folded_head_name = models.CharField(max_length=120, editable=False)
    address = models.CharField(_("Địa chỉ"), max_length=200, blank=True)
    hamlet = models.CharField(_("Thôn, tổ dân phố"), max_length=120, blank=True)
    folded_hamlet = models.CharField(max_length=120, blank=True, editable=False)
    registered_on = models.DateField(_("Ngày đăng ký"))

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("hộ gia đình")
        verbose_name_plural = _("hộ gia đình")
        indexes = [
            GinIndex(
                fields=["folded_head_name"], opclasses=["gin_trgm_ops"], name="household_head_trgm"
            ),
            models.Index(fields=["unit", "folded_hamlet"], name="household_unit_hamlet"),
        ]
        constraints = [
            models.CheckConstraint(name="household_has_head", condition=~models.Q(head_name="")),
        ]

    def __str__(self) -> str:
        return self.head_name

    def poverty(self, year: int) -> str:
        """The ``Poverty`` recorded for ``year``, "" when nothing is."""
        # Over all(), so that a prefetched list answers without a query.
        return next((row.status for row in self.poverty_statuses.all() if row.year == year), "")


class PovertyStatus(models.Model):
    """Kết quả rà soát hộ nghèo, hộ cận nghèo of one year."""

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="poverty_statuses", verbose_name=_("Hộ gia đình")
    )
    year = models.PositiveSmallIntegerField(_("Năm"))
    status = models.CharField(_("Kết quả"), max_length=10, choices=Poverty)

    class Meta:
        verbose_name = _("kết quả rà soát nghèo")
        verbose_name_plural = _("kết quả rà soát nghèo")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["household", "year"], name="poverty_once_a_year"),
            models.CheckConstraint(
                name="poverty_status_is_known", condition=models.Q(status__in=Poverty.values)
            ),
            models.CheckConstraint(
                name="poverty_year_is_sensible",
                condition=models.Q(year__gte=1990, year__lte=2100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_status_display()}"
