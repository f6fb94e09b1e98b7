"""What is done for a child (services) and what is seen afterwards (visits)."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.case import Case
from tuoitho.cases.models.screening import Judged
from tuoitho.cases.models.sight import OfCaseQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.lib.periods import Period
from tuoitho.units.models import Organisation


class ServiceKind(models.TextChoices):
    EDUCATION = "education", _("Giáo dục, trở lại trường")
    VOCATIONAL = "vocational", _("Đào tạo nghề")
    HEALTH = "health", _("Chăm sóc sức khỏe")
    PSYCHOLOGY = "psychology", _("Tư vấn, trị liệu tâm lý")
    LEGAL_AID = "legal_aid", _("Trợ giúp pháp lý")
    SOCIAL_ASSISTANCE = "social_assistance", _("Trợ giúp xã hội")
    LOAN = "loan", _("Vay vốn ưu đãi cho gia đình")
    LIVELIHOOD = "livelihood", _("Hỗ trợ sinh kế cho gia đình")
    JOB = "job", _("Giới thiệu việc làm phù hợp")
    CARE = "care", _("Chăm sóc thay thế, nơi tạm trú")
    OTHER = "other", _("Hỗ trợ khác")


EDUCATION_KINDS = (ServiceKind.EDUCATION, ServiceKind.VOCATIONAL)


class ServiceResult(models.TextChoices):
    ACHIEVED = "achieved", _("Đạt mục tiêu")
    PARTLY = "partly", _("Đạt một phần")
    STOPPED = "stopped", _("Dừng giữa chừng")
    REFUSED = "refused", _("Gia đình hoặc trẻ từ chối")


class ServiceQuerySet(OfCaseQuerySet["Service"]):
    def running_in(self, period: Period) -> Self:
        """Given on at least one day of the period."""
        return self.filter(starts_on__lt=period.end).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=period.start)
        )

    def of_kinds(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)


class Service(models.Model):
    """One service or referral given to a child or the family, by whom, when, with what result."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="services")
    measure = models.ForeignKey(
        "cases.PlanMeasure", models.SET_NULL, null=True, blank=True, related_name="services",
        verbose_name=_("Theo biện pháp của kế hoạch"),
    )  # fmt: skip
    kind = models.CharField(_("Loại dịch vụ"), max_length=20, choices=ServiceKind)
    what = EncryptedTextField(_("Nội dung"), blank=True)
    provider = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Cơ quan, cơ sở cung cấp"),
    )  # fmt: skip
    provider_name = models.CharField(_("Nơi cung cấp"), max_length=200, blank=True)
    starts_on = models.DateField(_("Từ ngày"))
    planned_end = models.DateField(_("Dự kiến kết thúc"), null=True, blank=True)
    ended_on = models.DateField(_("Kết thúc ngày"), null=True, blank=True)
    result = models.CharField(_("Kết quả"), max_length=10, choices=ServiceResult, blank=True)
    result_note = EncryptedTextField(_("Ghi chú kết quả"), blank=True)
    cost = models.DecimalField(
        _("Kinh phí (đồng)"), max_digits=15, decimal_places=0, default=Decimal(0)
    )
    recorded_by = models.CharField(_("Người ghi"), max_length=200)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("dịch vụ hỗ trợ")
        constraints = [
            models.CheckConstraint(
                name="service_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="service_ended_has_result",
                condition=Q(ended_on__isnull=True, result="")
                | (Q(ended_on__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(name="service_cost_not_negative", condition=Q(cost__gte=0)),
        ]
        indexes = [
            models.Index(
                fields=["planned_end"], name="service_running_end",
                condition=Q(ended_on__isnull=True),
            ),
            models.Index(fields=["case", "kind"], name="service_case_kind"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()


class Schooling(models.TextChoices):
    ATTENDING = "attending", _("Đang đi học")
    VOCATIONAL = "vocational", _("Đang học nghề")
    COMPLETED = "completed", _("Đã học xong")
    DROPPED_OUT = "dropped_out", _("Đã bỏ học")
    UNKNOWN = "unknown", _("Chưa biết")


class VisitQuerySet(OfCaseQuerySet["Visit"]):
    def made_in(self, period: Period) -> Self:
        return self.filter(on__gte=period.start, on__lt=period.end)


class Visit(Judged):
    """A follow-up visit: what the child does now, judged again by the law of that day."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="visits")
    on = models.DateField(_("Ngày thăm"))
    # The day of the schedule it was made for, which it may have missed by days.
    planned_on = models.DateField(_("Ngày theo lịch"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)
    still_working = models.BooleanField(_("Trẻ còn làm việc"), null=True)
    # No child labour at this visit; cessation counts runs of such visits.
    clear = models.BooleanField(_("Không còn lao động trái quy định"))
    schooling = models.CharField(
        _("Học tập"), max_length=12, choices=Schooling, default=Schooling.UNKNOWN
    )
    note = EncryptedTextField(_("Ghi chú"), blank=True)
    visited_by = models.CharField(_("Người thăm"), max_length=200)
    visited_key = models.BigIntegerField(_("Mã người thăm"), null=True, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần thăm hộ")
        constraints = [
            models.UniqueConstraint(name="visit_once_a_day", fields=["case", "on"]),
            models.CheckConstraint(
                name="visit_clear_means_no_child_labour",
                condition=Q(clear=False) | Q(child_labour=False),
            ),
        ]
        indexes = [models.Index(fields=["on"], name="visit_day")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"

    @property
    def slip(self) -> int:
        """Days after the day of the schedule; 0 when in time, early, or outside a schedule."""
        return max((self.on - self.planned_on).days, 0) if self.planned_on else 0
