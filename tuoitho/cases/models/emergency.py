"""What is decided for a child in danger (Mẫu 07), who was told, what a court was asked."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.case import Case
from tuoitho.cases.models.sight import OfCaseQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now, today


class EmergencyKind(models.TextChoices):
    SEPARATION = "separation", _("Tạm thời cách ly trẻ khỏi môi trường gây hại")
    SHELTER = "shelter", _("Bố trí nơi tạm trú an toàn")
    MEDICAL = "medical", _("Chăm sóc y tế, trị liệu tâm lý khẩn cấp")
    STOP_ACT = "stop_act", _("Công an ngăn chặn hành vi gây hại")


class MeasureEnd(models.TextChoices):
    """Why a measure ended before its last day."""

    CARERS_SAFE = "carers_safe", _("Mẫu 03 cho thấy người chăm sóc bảo đảm an toàn cho trẻ")
    REPLACED = "replaced", _("Thay bằng biện pháp khác")
    OTHER = "other", _("Lý do khác")


class EmergencyMeasureQuerySet(OfCaseQuerySet["EmergencyMeasure"]):
    pass


class EmergencyMeasure(models.Model):
    """Quyết định biện pháp bảo vệ khẩn cấp (Mẫu 07; Điều 31, 32 NĐ 56/2017).

    Days of separation of one event (one ``round`` of the case: until it is closed and opened again)
    never lie twice on one day, which the database sees to; that they are at most 15 is counted
    while the case is locked. ``required_by``: the authority that requires more (Điều 32).
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="emergency_measures")
    kind = models.CharField(_("Biện pháp"), max_length=12, choices=EmergencyKind)
    round = models.PositiveSmallIntegerField(_("Lần mở hồ sơ"), default=1)
    extends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="extensions",
        verbose_name=_("Gia hạn quyết định"),
    )  # fmt: skip
    number = models.CharField(_("Số quyết định"), max_length=40, blank=True)
    grounds = EncryptedTextField(_("Căn cứ, lý do"), blank=True, default="")
    decided_at = models.DateTimeField(_("Quyết định lúc"))
    # The 12 hours of the event (Điều 26.3, 32); an extension has no such limit.
    due_at = models.DateTimeField(_("Hạn quyết định"), null=True, blank=True)
    starts_on = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    place_of_stay = EncryptedTextField(_("Nơi ở của trẻ"), blank=True)
    carer = EncryptedTextField(_("Người chăm sóc thay thế"), blank=True)
    required_by = models.CharField(
        _("Cơ quan có thẩm quyền yêu cầu quá 15 ngày"), max_length=200, blank=True
    )
    cancelled_on = models.DateField(_("Chấm dứt ngày"), null=True, blank=True)
    end_reason = models.CharField(
        _("Lý do chấm dứt"), max_length=12, choices=MeasureEnd, blank=True
    )
    decided_by = models.CharField(_("Người quyết định"), max_length=200)

    objects = EmergencyMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("biện pháp khẩn cấp")
        constraints = [
            models.CheckConstraint(
                name="emergency_ends_after_it_starts",
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="separation_has_an_end",
                condition=~Q(kind=EmergencyKind.SEPARATION) | Q(until__isnull=False),
            ),
            models.CheckConstraint(
                name="emergency_cancelled_has_reason",
                condition=Q(cancelled_on__isnull=True, end_reason="")
                | (Q(cancelled_on__gte=F("starts_on")) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="emergency_cancelled_within_its_days",
                condition=Q(cancelled_on__isnull=True) | Q(until__isnull=True)
                | Q(cancelled_on__lte=F("until")),
            ),
            ExclusionConstraint(
                name="separation_once_a_day",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"), Coalesce(F("cancelled_on"), F("until")),
                            RangeBoundary(inclusive_upper=True),
                            function="daterange", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(kind=EmergencyKind.SEPARATION),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def last_day(self) -> date | None:
        """The last day it lasts, None while it has none."""
        return self.cancelled_on or self.until

    @property
    def days(self) -> int:
        """Days from the first to the last, both counted; 0 when it has no end."""
        return (self.last_day - self.starts_on).days + 1 if self.last_day else 0

    @property
    def is_running(self) -> bool:
        """Lasting today, or still to begin."""
        return self.cancelled_on is None and (self.until is None or self.until >= today())

    @property
    def is_separation(self) -> bool:
        return self.kind == EmergencyKind.SEPARATION

    @property
    def late_by(self) -> timedelta | None:
        """How long after the 12 hours it was decided; None when there was no limit or in time."""
        if self.due_at is None or self.decided_at <= self.due_at:
            return None
        return self.decided_at - self.due_at


class Party(models.TextChoices):
    """Who has to know of an emergency measure."""

    POLICE = "police", _("Công an")
    HEALTH = "health", _("Cơ sở y tế")


class Way(models.TextChoices):
    PHONE = "phone", _("Điện thoại")
    IN_PERSON = "in_person", _("Trực tiếp")
    DOCUMENT = "document", _("Văn bản")
    MESSAGE = "message", _("Tin nhắn, thư điện tử công vụ")
    NOT_NEEDED = "not_needed", _("Không cần thông báo (ghi lý do)")


class EmergencyNoticeQuerySet(OfCaseQuerySet["EmergencyNotice"]):
    pass


class EmergencyNotice(models.Model):
    """That the police or a health facility was told of an emergency: who, when, how (Điều 31)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="emergency_notices")
    measure = models.ForeignKey(EmergencyMeasure, models.CASCADE, related_name="notices")
    party = models.CharField(_("Thông báo cho"), max_length=8, choices=Party)
    body = models.CharField(_("Tên cơ quan, cơ sở; người nhận"), max_length=200, blank=True)
    told_at = models.DateTimeField(_("Thông báo lúc"))
    way = models.CharField(_("Bằng cách"), max_length=10, choices=Way)
    note = EncryptedTextField(_("Nội dung, lý do"), blank=True)
    told_by = models.CharField(_("Người thông báo"), max_length=200)
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)

    objects = EmergencyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo về biện pháp khẩn cấp")
        ordering = ["told_at"]
        constraints = [
            models.CheckConstraint(
                name="emergency_notice_says_who",
                condition=Q(way=Way.NOT_NEEDED) | ~Q(body=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.get_way_display()}"


class CourtAnswer(models.TextChoices):
    ACCEPTED = "accepted", _("Tòa án chấp nhận")
    PARTLY = "partly", _("Tòa án chấp nhận một phần")
    REFUSED = "refused", _("Tòa án không chấp nhận")
    WITHDRAWN = "withdrawn", _("Đã rút yêu cầu")


class CourtGround(models.TextChoices):
    """khoản 3 Điều 52 Luật Trẻ em."""

    ABUSER = "abuser", _("Cha mẹ, người chăm sóc là người xâm hại trẻ")
    REFUSES = "refuses", _("Cha mẹ, người chăm sóc từ chối thực hiện kế hoạch hỗ trợ, can thiệp")


class CourtRequestQuerySet(OfCaseQuerySet["CourtRequest"]):
    pass


class CourtRequest(models.Model):
    """Đề nghị Tòa án hạn chế quyền của cha mẹ hoặc cách ly trẻ (khoản 3 Điều 52 Luật Trẻ em); or
    why none was made (``asked`` is False)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="court_requests")
    asked = models.BooleanField(_("Có đề nghị Tòa án"))
    on = models.DateField(_("Ngày"))
    ground = models.CharField(_("Căn cứ"), max_length=8, choices=CourtGround)
    court = models.CharField(_("Tòa án"), max_length=200, blank=True)
    number = models.CharField(_("Số văn bản"), max_length=40, blank=True)
    content = EncryptedTextField(_("Nội dung đề nghị, lý do"))
    asked_by = models.CharField(_("Người đề nghị"), max_length=200)
    answer = models.CharField(_("Kết quả"), max_length=10, choices=CourtAnswer, blank=True)
    answered_on = models.DateField(_("Ngày trả lời"), null=True, blank=True)
    answer_note = EncryptedTextField(_("Nội dung trả lời"), blank=True)

    objects = CourtRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị Tòa án")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="court_request_names_the_court", condition=Q(asked=False) | ~Q(court="")
            ),
            models.CheckConstraint(
                name="court_answer_has_day",
                condition=Q(answer="", answered_on__isnull=True)
                | (Q(asked=True, answered_on__gte=F("on")) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.court or self.get_ground_display()}"

    @property
    def is_waiting(self) -> bool:
        """Asked, and not answered yet."""
        return self.asked and not self.answer
