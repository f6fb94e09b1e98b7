"""How long each step may take, and the programme's own numbers: dated rows, one a day."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.hanoi import now


class UnitOfTime(models.TextChoices):
    CLOCK_HOURS = "clock_hours", _("giờ đồng hồ")
    WORKING_DAYS = "working_days", _("ngày làm việc")
    CALENDAR_DAYS = "calendar_days", _("ngày theo lịch")


class Surety(models.TextChoices):
    """How sure we are that the source says so."""

    READ = "V", _("V: đã đọc trong văn bản")
    SECOND_HAND = "V*", _("V*: đọc ở nguồn thứ cấp")
    PARTLY = "P", _("P: mới kiểm một phần")
    MEMORY = "M", _("M: theo trí nhớ, chưa kiểm")
    OWN = "I", _("I: suy ra hoặc chương trình tự đặt")


class Dated(models.Model):
    """A row in force from a day to a day; who wrote it and why. Past rows stay: they are what a
    step of that time is judged by."""

    surety = models.CharField(_("Độ chắc chắn"), max_length=2, choices=Surety)
    valid = DateRangeField(_("Thời gian áp dụng"))
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    recorded_by = models.CharField(_("Người ghi"), max_length=200)
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)

    class Meta:
        abstract = True

    @property
    def since(self) -> date:
        """The first day it is in force."""
        return self.valid.lower  # type: ignore[no-any-return]

    @property
    def until(self) -> date | None:
        """The first day it is no longer in force; None: still."""
        return self.valid.upper  # type: ignore[no-any-return]


class StepRuleQuerySet(models.QuerySet["StepRule"]):
    def of_step(self, step: str) -> Self:
        """Every rule the step has had, the first one first."""
        return self.filter(step=step).order_by("valid")


class StepRule(Dated):
    """The time limit of one step (``cases/data/time_limits.yaml`` brings those of the decree)."""

    step = models.CharField(_("Bước"), max_length=40)
    what = models.CharField(_("Việc"), max_length=200)
    who = models.CharField(_("Ai"), max_length=200)
    amount = models.PositiveSmallIntegerField(_("Thời hạn"))
    unit = models.CharField(_("Tính theo"), max_length=14, choices=UnitOfTime)
    starts = models.CharField(_("Tính từ"), max_length=200)
    stops = models.CharField(_("Xong khi"), max_length=200)
    article = models.CharField(_("Điều khoản"), max_length=120)
    instrument = models.CharField(_("Văn bản"), max_length=120, blank=True)
    legal = models.BooleanField(_("Thời hạn do luật đặt"))

    objects = StepRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("thời hạn của một bước")
        constraints = [
            ExclusionConstraint(
                name="step_rule_one_a_day",
                expressions=[
                    ("step", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="step_rule_unit_is_known", condition=Q(unit__in=UnitOfTime.values)
            ),
            models.CheckConstraint(
                name="step_rule_surety_is_known", condition=Q(surety__in=Surety.values)
            ),
            models.CheckConstraint(name="step_rule_has_article", condition=~Q(article="")),
            models.CheckConstraint(
                name="step_rule_begins_some_day", condition=Q(valid__startswith__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return translated(self.what)


class ParameterQuerySet(models.QuerySet["Parameter"]):
    def of_code(self, code: str) -> Self:
        """Every value the parameter has had, the first one first."""
        return self.filter(code=code).order_by("valid")


class Parameter(Dated):
    """A number (or several) of the programme; what it means stands in ``cases/parameters.py``."""

    code = models.CharField(_("Tham số"), max_length=40)
    value = ArrayField(models.PositiveIntegerField(), verbose_name=_("Giá trị"))
    source = models.CharField(_("Nguồn"), max_length=200)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        verbose_name = _("tham số")
        constraints = [
            ExclusionConstraint(
                name="parameter_one_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="parameter_surety_is_known", condition=Q(surety__in=Surety.values)
            ),
            models.CheckConstraint(
                name="parameter_has_a_value", condition=Q(value__len__gte=1)
            ),
            models.CheckConstraint(
                name="parameter_begins_some_day", condition=Q(valid__startswith__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code
