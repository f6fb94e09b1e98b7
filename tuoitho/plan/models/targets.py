"""Targets of part I.2, the figures that make them up, and the thresholds by year."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.plan import schema
from tuoitho.plan.models.programme import Objective, Row, RowQuerySet
from tuoitho.plan.states import PartDirection, PartRole


class TargetQuerySet(RowQuerySet["Target"]):
    pass


class Target(Row):
    """A "chỉ tiêu" of I.2, in the words of the document."""

    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="targets", verbose_name=_("Mục tiêu")
    )
    number = models.PositiveSmallIntegerField(_("Số thứ tự trong mục tiêu"))
    short_title = models.CharField(_("Tên ngắn"), max_length=200)
    title = models.TextField(_("Chỉ tiêu"))

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="target_code_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}"


class TargetPartQuerySet(RowQuerySet["TargetPart"]):
    def owned_by(self, *offices: str) -> Self:
        """Parts for which one of ``offices`` answers (IV.1 paragraph 10, IV.2 paragraph 5)."""
        return self.filter(owners__overlap=list(offices))

    def deciding(self) -> Self:
        return self.filter(role=PartRole.DECIDING)


class TargetPart(Row):
    """A figure of a target; ``code`` is its indicator ("2.1.staff"), ``part`` the piece ("staff").

    ``owners`` are codes of offices; the first one puts the figure together.
    """

    target = models.ForeignKey(
        Target, models.PROTECT, related_name="parts", verbose_name=_("Chỉ tiêu")
    )
    part = models.CharField(_("Phần"), max_length=40, blank=True)
    title = models.CharField(_("Tên"), max_length=200)
    role = models.CharField(_("Vai trò"), max_length=10, choices=PartRole)
    within = models.CharField(_("Thuộc phần"), max_length=40, blank=True)
    numerator = models.TextField(_("Tử số"))
    denominator = models.TextField(_("Mẫu số"))
    direction = models.CharField(_("Chiều"), max_length=20, choices=PartDirection)
    only_end_value = models.BooleanField(_("Chỉ có ngưỡng cuối giai đoạn"))
    owners = ArrayField(models.CharField(max_length=40), verbose_name=_("Cơ quan chịu trách nhiệm"))
    note = models.TextField(_("Ghi chú"), blank=True)

    objects = TargetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("phần chỉ tiêu")
        verbose_name_plural = _("phần chỉ tiêu")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="part_code_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def indicator(self) -> str:
        """The code of the indicator that counts this part."""
        return self.code

    @property
    def owner(self) -> str:
        """The office that puts the figure together."""
        return self.owners[0]

    def threshold(self, year: int) -> schema.Threshold | None:
        """The figure (percent) to show for ``year``, and why (``schema.threshold_for``)."""
        # Over all(), so that a prefetched table answers without a query.
        stated = {row.year: float(row.value) for row in self.thresholds.all()}
        return schema.threshold_for(stated, year)


class Threshold(models.Model):
    """What a part must reach in one year, in percent; only what the document states."""

    part = models.ForeignKey(
        TargetPart, models.CASCADE, related_name="thresholds", verbose_name=_("Phần chỉ tiêu")
    )
    year = models.PositiveSmallIntegerField(_("Năm"))
    value = models.DecimalField(_("Ngưỡng (%)"), max_digits=7, decimal_places=4)

    class Meta:
        verbose_name = _("ngưỡng")
        verbose_name_plural = _("ngưỡng")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["part", "year"], name="threshold_once_a_year"),
            models.CheckConstraint(
                name="threshold_is_a_percentage",
                condition=models.Q(value__gte=0, value__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value:f} %"
