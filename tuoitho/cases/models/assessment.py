"""A child's risk as judged at first (Mẫu 02) and at the end (Mẫu 06)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.levels import Level
from tuoitho.cases.models.case import Case
from tuoitho.cases.models.sight import OfCaseQuerySet
from tuoitho.lib.fields import EncryptedTextField


def _level(label: object) -> models.CharField[str, str]:
    return models.CharField(label, max_length=6, choices=Level)  # type: ignore[arg-type]


class FirstAssessmentQuerySet(OfCaseQuerySet["FirstAssessment"]):
    pass


class FirstAssessment(models.Model):
    """Đánh giá nguy cơ ban đầu (Mẫu 02; khoản 2 Điều 26 NĐ 56/2017)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="first_assessments")
    at = models.DateTimeField(_("Đánh giá lúc"))
    harm_now = _level(_("Mức độ tổn hại của trẻ"))
    harm_reach = _level(_("Khả năng người gây hại tiếp cận trẻ"))
    harm_place = _level(_("Nguy cơ từ môi trường chăm sóc, nơi làm việc"))
    self_protection = _level(_("Khả năng tự bảo vệ của trẻ"))
    carer_protection = _level(_("Khả năng bảo vệ của người chăm sóc"))
    emergency = models.BooleanField(_("Trường hợp khẩn cấp"))
    carer_is_abuser = models.BooleanField(_("Cha mẹ, người chăm sóc gây hại"), null=True)
    note = EncryptedTextField(_("Nhận định"), blank=True)
    assessed_by = models.CharField(_("Người đánh giá"), max_length=200)

    objects = FirstAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("đánh giá ban đầu")

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y}"


class Conclusion(models.TextChoices):
    CLOSE = "close", _("Đề nghị kết thúc hồ sơ")
    FOLLOW = "follow", _("Tiếp tục theo dõi")
    REPLAN = "replan", _("Lập lại kế hoạch hỗ trợ")


class ReviewQuerySet(OfCaseQuerySet["Review"]):
    pass


class Review(models.Model):
    """Rà soát, đánh giá sau khi thực hiện kế hoạch (Mẫu 06; Điều 30 NĐ 56/2017)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reviews")
    on = models.DateField(_("Ngày rà soát"))
    harm_severity = _level(_("Mức độ tổn hại còn lại"))
    harm_access = _level(_("Khả năng người gây hại tiếp cận trẻ"))
    harm_environment = _level(_("Trở ngại trong môi trường chăm sóc"))
    self_protection = _level(_("Khả năng tự bảo vệ của trẻ"))
    recovery = _level(_("Mức độ phục hồi của trẻ"))
    no_more_risk = models.BooleanField(_("Không còn nguy cơ bị xâm hại, bóc lột"))
    stable = models.BooleanField(_("Thể chất, tâm lý, nhận thức, tình cảm đã ổn định"))
    conclusion = models.CharField(_("Kết luận"), max_length=6, choices=Conclusion)
    note = EncryptedTextField(_("Nhận định"), blank=True)
    reviewed_by = models.CharField(_("Người rà soát"), max_length=200)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần rà soát")
        constraints = [
            # khoản 2 Điều 30: no more risk AND stable.
            models.CheckConstraint(
                name="review_closes_only_without_risk",
                condition=~Q(conclusion=Conclusion.CLOSE) | Q(no_more_risk=True, stable=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.get_conclusion_display()}"
