"""What a child was seen doing on a day, and what the law of that day says of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped
from tuoitho.cases.models.report import Report
from tuoitho.cases.models.sight import SealableQuerySet
from tuoitho.establishments.models import Establishment
from tuoitho.law import job_codes, place_codes
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.lib.periods import Period
from tuoitho.people.models import Child
from tuoitho.units.models import Unit


class Outcome(models.TextChoices):
    """What the labour law says of the work of one child."""

    UNLAWFUL = "unlawful", _("Trái quy định pháp luật")
    LAWFUL = "lawful", _("Đúng quy định pháp luật")
    UNDETERMINED = "undetermined", _("Chưa đủ thông tin để kết luận")
    NOT_WORKING = "not_working", _("Không lao động")
    NOT_A_MINOR = "not_a_minor", _("Đã đủ 18 tuổi")


class Judged(models.Model):
    """Facts of work on a day and the answer of the law, kept together with the law's version."""

    facts = models.JSONField(_("Dữ kiện"), default=dict)
    findings = models.JSONField(_("Kết luận theo pháp luật"), default=dict)
    law_version = models.CharField(_("Phiên bản pháp luật"), max_length=40, blank=True)
    outcome = models.CharField(_("Kết luận"), max_length=12, choices=Outcome, blank=True)
    child_labour = models.BooleanField(_("Lao động trái quy định"), null=True)
    hazardous = models.BooleanField(_("Công việc nguy hiểm, độc hại"), null=True)
    sdg_child_labour = models.BooleanField(
        _("Lao động trẻ em theo thống kê (SDG 8.7.1)"), null=True
    )

    class Meta:
        abstract = True

    @property
    def labour_law(self) -> dict[str, Any]:
        """Outcome, findings and missing facts as the law gave them."""
        return dict(self.findings.get("labour_law", {}))

    @property
    def broken(self) -> list[dict[str, Any]]:
        """Findings that a rule is broken."""
        return [f for f in self.labour_law.get("findings", []) if f["answer"] == "broken"]


class ScreeningQuerySet(SealableQuerySet["Screening"]):
    def observed_in(self, period: Period) -> Self:
        return self.filter(observed_on__gte=period.start, observed_on__lt=period.end)

    def found_child_labour(self) -> Self:
        """A substantive rule was broken (what target 1.1 counts)."""
        return self.filter(child_labour=True)

    def found_hazardous(self) -> Self:
        return self.filter(hazardous=True)

    def happened_in(self, units: models.Value) -> Self:
        return self.filter(happened_unit__among=units)


class Screening(Scoped, Judged):
    """One look at one child's work, judged by the law in force that day."""

    child = models.ForeignKey(
        Child, models.PROTECT, related_name="screenings", verbose_name=_("Trẻ")
    )
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="screenings",
        verbose_name=_("Tin báo"),
    )  # fmt: skip
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="screenings",
        verbose_name=_("Hồ sơ"),
    )  # fmt: skip
    happened_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Nơi quan sát")
    )
    observed_on = models.DateField(_("Ngày quan sát"))
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)
    screened_by = models.CharField(_("Người sàng lọc"), max_length=200)
    age = models.PositiveSmallIntegerField(_("Tuổi ngày quan sát"), null=True, blank=True)
    note = EncryptedTextField(_("Ghi chú"), blank=True)
    sealed = models.BooleanField(_("Niêm phong"), default=False)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần sàng lọc")
        constraints = [
            models.CheckConstraint(
                name="screening_outcome_is_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(name="screening_says_its_law", condition=~Q(law_version="")),
        ]
        indexes = [
            models.Index(fields=["unit", "-observed_on"], name="screening_unit_day"),
            models.Index(fields=["child", "-observed_on"], name="screening_child_day"),
            models.Index(fields=["observed_on"], name="screening_day"),
        ]

    def __str__(self) -> str:
        return f"{self.observed_on:%d/%m/%Y}: {self.get_outcome_display()}"


class ScreeningWork(models.Model):
    """One of the works of a screening and the workplace, if it is known."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="works")
    place_in_list = models.PositiveSmallIntegerField(_("Thứ tự"))
    relation = models.CharField(_("Quan hệ lao động"), max_length=20, blank=True)
    job = models.CharField(_("Công việc"), max_length=20, blank=True)
    place = models.CharField(_("Nơi làm việc"), max_length=20, blank=True)
    description = models.CharField(_("Mô tả công việc"), max_length=200, blank=True)
    workplace = models.CharField(_("Tên nơi làm việc"), max_length=200, blank=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="screening_works",
        verbose_name=_("Cơ sở"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("công việc được sàng lọc")
        ordering = ["place_in_list"]
        constraints = [
            models.UniqueConstraint(
                name="screening_work_place_once", fields=["screening", "place_in_list"]
            )
        ]

    def __str__(self) -> str:
        return self.description or self.job or self.relation

    @property
    def by_list(self) -> str:
        """Job and place in the words of the lists in force on the day observed."""
        day = self.screening.observed_on
        jobs, places = job_codes(day), place_codes(day)
        found = (jobs.get(self.job, self.job), places.get(self.place, self.place))
        return "; ".join(filter(None, found))
