"""What a child needs (Mẫu 03) and the meeting that settles it (Điều 27 NĐ 56/2017)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.levels import Level
from tuoitho.cases.models.case import Case
from tuoitho.cases.models.sight import OfCaseQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now

# The blocks of Mẫu 03 that are text (khoản 1 Điều 27), in the order of the decree; block e, the
# needs, is rows of ``Need``.
TEXTS: tuple[str, ...] = (
    "state_of_child", "family", "risk_factors", "study", "neighbourhood", "wishes_of_child",
    "wishes_of_carers",
)  # fmt: skip


class AssessmentQuerySet(OfCaseQuerySet["Assessment"]):
    pass


class Assessment(models.Model):
    """Thu thập thông tin, đánh giá cụ thể (Mẫu 03), one version of it; with the level of risk a
    person decided on, beside the one that was suggested."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assessments")
    version = models.PositiveSmallIntegerField(_("Lần đánh giá"))
    on = models.DateField(_("Ngày đánh giá"))
    state_of_child = EncryptedTextField(_("a) Thể chất, tâm lý, tình cảm của trẻ"), blank=True)
    family = EncryptedTextField(_("b) Gia đình, các mối quan hệ, khả năng bảo vệ"), blank=True)
    risk_factors = EncryptedTextField(_("c) Yếu tố có thể gây hại hoặc tái diễn"), blank=True)
    study = EncryptedTextField(_("d) Điều kiện, khả năng học tập, tự bảo vệ"), blank=True)
    neighbourhood = EncryptedTextField(_("đ) An toàn và trợ giúp của nơi cư trú"), blank=True)
    wishes_of_child = EncryptedTextField(_("g) Nguyện vọng của trẻ"), blank=True)
    wishes_of_carers = EncryptedTextField(
        _("h) Nguyện vọng của cha mẹ, người chăm sóc"), blank=True
    )
    carer_is_abuser = models.BooleanField(_("Cha mẹ, người chăm sóc gây hại"), null=True)
    carers_safe = models.BooleanField(_("Người chăm sóc bảo đảm an toàn cho trẻ"), null=True)
    risk_level = models.CharField(_("Mức độ nguy cơ"), max_length=6, choices=Level, blank=True)
    suggested = models.CharField(_("Mức gợi ý"), max_length=6, choices=Level, blank=True)
    # Ratings counted and facts that decided, in the words of ``cases.risk``.
    counted = models.JSONField(_("Đã đếm"), default=dict)
    risk_why = EncryptedTextField(_("Vì sao chọn mức này"), blank=True)
    assessed_by = models.CharField(_("Người đánh giá"), max_length=200)
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("đánh giá cụ thể")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(name="assessment_version_once", fields=["case", "version"]),
            models.CheckConstraint(
                name="assessment_level_is_known",
                condition=Q(risk_level__in=[*Level.values, ""], suggested__in=[*Level.values, ""]),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Mẫu 03, lần %(n)s")) % {"n": self.version}


class NeedKind(models.TextChoices):
    """điểm e khoản 1 Điều 27."""

    HEALTH = "health", _("Chăm sóc sức khỏe")
    SOCIAL = "social", _("Trợ giúp xã hội")
    EDUCATION = "education", _("Giáo dục, đào tạo nghề")
    LEGAL = "legal", _("Trợ giúp pháp lý")
    PSYCHOLOGY = "psychology", _("Tâm lý")
    OTHER = "other", _("Nhu cầu khác")


class SaidBy(models.TextChoices):
    CHILD = "child", _("Trẻ")
    CARERS = "carers", _("Cha mẹ, người chăm sóc")
    WORKER = "worker", _("Người làm công tác bảo vệ trẻ em")
    SCHOOL = "school", _("Nhà trường")
    HEALTH = "health", _("Cơ sở y tế")
    OTHER = "other", _("Người khác")


class NeedQuerySet(models.QuerySet["Need"]):
    pass


class Need(models.Model):
    """One need of a child as assessed: of which kind, how severe, who says so."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="needs")
    kind = models.CharField(_("Loại nhu cầu"), max_length=10, choices=NeedKind)
    what = EncryptedTextField(_("Nhu cầu cụ thể"))
    severity = models.CharField(_("Mức độ"), max_length=6, choices=Level)
    said_by = models.CharField(_("Ai nêu"), max_length=8, choices=SaidBy)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhu cầu của trẻ")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="need_words_are_known",
                condition=Q(kind__in=NeedKind.values, severity__in=Level.values,
                            said_by__in=SaidBy.values),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"


class NeedsMeetingQuerySet(OfCaseQuerySet["NeedsMeeting"]):
    pass


class NeedsMeeting(models.Model):
    """Cuộc họp xác định nhu cầu của trẻ, with its minutes (khoản 2 Điều 27)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="meetings")
    on = models.DateField(_("Ngày họp"))
    place = models.CharField(_("Địa điểm"), max_length=200, blank=True)
    chair = models.CharField(_("Chủ trì"), max_length=200)
    number = models.CharField(_("Số biên bản"), max_length=40, blank=True)
    minutes = EncryptedTextField(_("Nội dung, kết luận"))
    recorded_by = models.CharField(_("Người ghi biên bản"), max_length=200)

    objects = NeedsMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc họp xác định nhu cầu")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="meeting_has_a_chair", condition=~Q(chair="")),
            models.UniqueConstraint(name="meeting_once_a_day", fields=["case", "on"]),
        ]

    def __str__(self) -> str:
        return str(_("Họp ngày %(day)s")) % {"day": f"{self.on:%d/%m/%Y}"}


class Part(models.TextChoices):
    """Who takes part in the meeting. The first three are those khoản 2 Điều 27 names."""

    BODY = "body", _("Cơ quan, tổ chức, cá nhân có trách nhiệm")
    RESIDENTS = "residents", _("Đại diện nơi trẻ cư trú")
    CARERS = "carers", _("Cha mẹ, người chăm sóc trẻ")
    CHILD = "child", _("Trẻ em")
    PROVIDER = "provider", _("Cơ sở cung cấp dịch vụ")
    OTHER = "other", _("Thành phần khác")


NAMED_BY_LAW = (Part.BODY, Part.RESIDENTS, Part.CARERS)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    pass


class Attendance(models.Model):
    """One person or body asked to the meeting, present or absent."""

    meeting = models.ForeignKey(NeedsMeeting, models.CASCADE, related_name="attendance")
    part = models.CharField(_("Thành phần"), max_length=9, choices=Part)
    name = EncryptedTextField(_("Tên cơ quan, họ và tên"))
    present = models.BooleanField(_("Có mặt"))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("thành phần dự họp")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="attendance_part_is_known", condition=Q(part__in=Part.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.name}"
