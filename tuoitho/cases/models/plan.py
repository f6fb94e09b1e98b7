"""The plan of support (Mẫu 03, 04, 05): what the child needs, who does what by when."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.case import Case
from tuoitho.cases.models.needs import Assessment, Need
from tuoitho.cases.models.sight import OfCaseQuerySet
from tuoitho.cases.models.support import ServiceKind
from tuoitho.lib.fields import EncryptedTextField


class Decision(models.TextChoices):
    NONE = "", _("Chưa quyết định")
    APPROVED = "approved", _("Đã phê duyệt")
    REFUSED = "refused", _("Không phê duyệt")


class SupportPlanQuerySet(OfCaseQuerySet["SupportPlan"]):
    pass


# The eight blocks of Mẫu 03 (khoản 1 Điều 27), in the order of the decree.
BLOCKS: tuple[str, ...] = (
    "state_of_child", "family", "risk_factors", "study", "neighbourhood", "needs",
    "wishes_of_child", "wishes_of_carers",
)  # fmt: skip


class SupportPlan(models.Model):
    """Kế hoạch hỗ trợ, can thiệp: one version of it, with the assessment it rests on."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField(_("Lần lập"))
    state_of_child = EncryptedTextField(_("a) Thể chất, tâm lý, tình cảm của trẻ"), blank=True)
    family = EncryptedTextField(_("b) Gia đình, các mối quan hệ, khả năng bảo vệ"), blank=True)
    risk_factors = EncryptedTextField(_("c) Yếu tố có thể gây hại hoặc tái diễn"), blank=True)
    study = EncryptedTextField(_("d) Điều kiện, khả năng học tập, tự bảo vệ"), blank=True)
    neighbourhood = EncryptedTextField(_("đ) An toàn và trợ giúp của nơi cư trú"), blank=True)
    needs = EncryptedTextField(_("e) Nhu cầu hỗ trợ của trẻ"))
    wishes_of_child = EncryptedTextField(_("g) Nguyện vọng của trẻ"), blank=True)
    wishes_of_carers = EncryptedTextField(
        _("h) Nguyện vọng của cha mẹ, người chăm sóc"), blank=True
    )
    # The Mẫu 03 it rests on; the blocks above are as they stood then.
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="plans",
        verbose_name=_("Theo đánh giá"),
    )  # fmt: skip
    goal = EncryptedTextField(_("Mục tiêu"), blank=True)
    met_on = models.DateField(_("Ngày họp xác định nhu cầu"), null=True, blank=True)
    drafted_on = models.DateField(_("Ngày dự thảo"))
    due_on = models.DateField(_("Hạn trình"), null=True, blank=True)
    submitted_on = models.DateField(_("Ngày trình"), null=True, blank=True)
    approval_due_on = models.DateField(_("Hạn phê duyệt"), null=True, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    decision = models.CharField(
        _("Quyết định"), max_length=8, choices=Decision, blank=True, default=Decision.NONE
    )
    number = models.CharField(_("Số quyết định"), max_length=40, blank=True)
    reason = EncryptedTextField(_("Lý do không phê duyệt"), blank=True)
    drafted_by = models.CharField(_("Người lập"), max_length=200)
    decided_by = models.CharField(_("Người quyết định"), max_length=200, blank=True)

    objects = SupportPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch hỗ trợ, can thiệp")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(name="plan_version_once", fields=["case", "version"]),
            models.CheckConstraint(
                name="plan_decided_after_submission",
                condition=Q(decided_on__isnull=True)
                | Q(submitted_on__isnull=False, decided_on__gte=F("submitted_on")),
            ),
            models.CheckConstraint(
                name="plan_decision_has_day",
                condition=Q(decision="", decided_on__isnull=True)
                | (~Q(decision="") & Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.version}"

    @property
    def is_open(self) -> bool:
        """Still being drafted."""
        return self.submitted_on is None


class PlanMeasureQuerySet(models.QuerySet["PlanMeasure"]):
    pass


class PlanMeasure(models.Model):
    """One row of the plan's table (khoản 3 Điều 28): service, time, who answers for it, cost."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="measures")
    kind = models.CharField(_("Dịch vụ"), max_length=20, choices=ServiceKind)
    what = EncryptedTextField(_("Việc làm cụ thể"))
    starts_on = models.DateField(_("Từ ngày"), null=True, blank=True)
    ends_on = models.DateField(_("Đến ngày"), null=True, blank=True)
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("Đáp ứng nhu cầu"),
    )  # fmt: skip
    responsible = models.CharField(_("Người, cơ quan chịu trách nhiệm"), max_length=200, blank=True)
    provider = models.CharField(_("Cơ sở cung cấp dịch vụ"), max_length=200, blank=True)
    cost = models.DecimalField(
        _("Kinh phí dự kiến (đồng)"), max_digits=15, decimal_places=0, default=Decimal(0)
    )

    objects = PlanMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("biện pháp của kế hoạch")
        constraints = [
            models.CheckConstraint(
                name="plan_measure_ends_after_start",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="plan_measure_cost_not_negative", condition=Q(cost__gte=0)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.what


class UnmetNeedQuerySet(models.QuerySet["UnmetNeed"]):
    pass


class UnmetNeed(models.Model):
    """Why one version of a plan answers a need by no measure."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="unmet")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+", verbose_name=_("Nhu cầu"))
    why = EncryptedTextField(_("Vì sao chưa có biện pháp"))

    objects = UnmetNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhu cầu chưa có biện pháp")
        constraints = [
            models.UniqueConstraint(name="unmet_need_once_a_plan", fields=["plan", "need"])
        ]

    def __str__(self) -> str:
        return self.why
