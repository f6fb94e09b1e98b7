"""A report that a child may need protection (Mẫu 01), and the public's receipt for it."""

import uuid
from datetime import datetime, time
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped
from tuoitho.cases.models.sight import SealableQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import HANOI, now
from tuoitho.lib.periods import Period
from tuoitho.people.models import Child
from tuoitho.units.models import Unit


class Channel(models.TextChoices):
    """Where a report comes in (Luật Trẻ em Điều 51; NĐ 56 Điều 25.1)."""

    HOTLINE_111 = "hotline_111", _("Tổng đài 111")
    SOCIAL_WORK_CENTRE = "social_work_centre", _("Trung tâm công tác xã hội")
    COMMUNE = "commune", _("Ủy ban nhân dân cấp xã")
    POLICE = "police", _("Công an")
    SCHOOL = "school", _("Trường học")
    INSPECTION = "inspection", _("Kiểm tra, thanh tra")
    SCREENING_ROUND = "screening_round", _("Đợt rà soát hộ gia đình")
    PUBLIC = "public", _("Trang báo tin công khai")
    PHONE = "phone", _("Điện thoại")
    OTHER = "other", _("Nguồn khác")


class Sex(models.TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")
    UNKNOWN = "unknown", _("Không biết")


class ReportState(models.TextChoices):
    WAITING = "waiting", _("Chờ sàng lọc")
    SCREENED = "screened", _("Đã sàng lọc")
    IN_CASE = "in_case", _("Đã vào hồ sơ")
    DISMISSED = "dismissed", _("Không phải xử lý")


def moments_of(period: Period) -> tuple[datetime, datetime]:
    """First moment of the period and first moment after it, in Hà Nội."""
    return (
        datetime.combine(period.start, time(), HANOI),
        datetime.combine(period.end, time(), HANOI),
    )


class ReportQuerySet(SealableQuerySet["Report"]):
    def received_in(self, period: Period) -> Self:
        start, end = moments_of(period)
        return self.filter(received_at__gte=start, received_at__lt=end)

    def waiting(self) -> Self:
        """Nobody has judged them yet."""
        return self.filter(state=ReportState.WAITING)

    def late(self) -> Self:
        """Waiting for longer than the law allows for the first assessment."""
        return self.waiting().filter(first_response_due_at__lt=now())

    def happened_in(self, units: models.Value) -> Self:
        """What is reported happened in one of ``units`` (``lookups.keys``), whoever handles it."""
        return self.filter(happened_unit__among=units)


class Report(Scoped):
    """Báo cáo tiếp nhận thông tin (Mẫu 01, NĐ 56/2017). ``unit`` is who must act on it now.

    The key is a UUID made here, so that the public page can write a report without reading any.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(_("Nguồn tin"), max_length=20, choices=Channel)
    received_at = models.DateTimeField(_("Nhận tin lúc"))
    recorded_at = models.DateTimeField(_("Ghi vào hệ thống lúc"), default=now)
    first_response_due_at = models.DateTimeField(_("Hạn đánh giá ban đầu"))
    number = models.CharField(_("Số báo cáo"), max_length=40, blank=True)
    receiver = models.CharField(_("Người tiếp nhận"), max_length=200)

    child_name = models.CharField(_("Họ và tên trẻ"), max_length=120, blank=True)
    birth_date = models.DateField(_("Ngày sinh"), null=True, blank=True)
    age_estimate = models.PositiveSmallIntegerField(_("Tuổi ước lượng"), null=True, blank=True)
    sex = models.CharField(_("Giới tính"), max_length=8, choices=Sex, default=Sex.UNKNOWN)
    place = models.CharField(_("Nơi xảy ra vụ việc"), max_length=300, blank=True)
    happening = EncryptedTextField(_("Sự việc"), blank=True)
    child_condition = EncryptedTextField(_("Tình trạng hiện tại của trẻ"), blank=True)
    consequences = EncryptedTextField(_("Hậu quả có thể có nếu không giúp"), blank=True)
    father = EncryptedTextField(_("Cha: họ tên, tuổi, nghề nghiệp"), blank=True)
    mother = EncryptedTextField(_("Mẹ: họ tên, tuổi, nghề nghiệp"), blank=True)
    family = EncryptedTextField(_("Hoàn cảnh gia đình"), blank=True)
    carer = EncryptedTextField(_("Người đang chăm sóc trẻ"), blank=True)
    done_already = EncryptedTextField(_("Việc đã làm để giúp trẻ"), blank=True)
    # Who told is kept apart (``Informant``); here only whether anybody was named.
    informant_named = models.BooleanField(_("Người báo tin có nêu tên"), default=False)

    state = models.CharField(
        _("Tình trạng"), max_length=10, choices=ReportState, default=ReportState.WAITING
    )
    dismissed_because = EncryptedTextField(_("Lý do không xử lý"), blank=True)
    crime_suspected = models.BooleanField(_("Có dấu hiệu tội phạm"), default=False)
    sealed = models.BooleanField(_("Niêm phong"), default=False)
    happened_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Xã nơi xảy ra")
    )
    forwarded_from = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Chuyển đến từ"),
    )  # fmt: skip
    child = models.ForeignKey(
        Child, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("Trẻ")
    )
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="reports",
        verbose_name=_("Hồ sơ"),
    )  # fmt: skip
    hamlet = models.CharField(_("Thôn, tổ dân phố"), max_length=120, blank=True)
    home_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Xã, phường trẻ ở"),
    )  # fmt: skip
    # Why it came here: the line of the table (``cases.routing``), and a reason when overridden.
    routing = models.JSONField(_("Chuyển đến vì"), default=dict, blank=True)
    routing_reason = EncryptedTextField(_("Lý do chọn nơi khác"), blank=True)
    form_token = models.CharField(max_length=64, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("tin báo")
        constraints = [
            models.CheckConstraint(
                name="report_state_is_known", condition=Q(state__in=ReportState.values)
            ),
            models.CheckConstraint(
                name="report_age_is_a_minors",
                condition=Q(age_estimate__isnull=True) | Q(age_estimate__lte=25),
            ),
            models.CheckConstraint(
                name="report_in_case_has_case",
                condition=~Q(state=ReportState.IN_CASE) | Q(case__isnull=False),
            ),
            models.CheckConstraint(
                name="report_response_due_after_receipt",
                condition=Q(first_response_due_at__gte=models.F("received_at")),
            ),
            models.UniqueConstraint(
                name="report_form_sent_once",
                fields=["form_token"],
                condition=~Q(form_token=""),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-received_at"], name="report_unit_received"),
            models.Index(
                fields=["unit", "first_response_due_at"], name="report_waiting_due",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["received_at"], name="report_received"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.received_at.astimezone(HANOI):%d/%m/%Y %H:%M}"

    @property
    def is_waiting(self) -> bool:
        return self.state == ReportState.WAITING


class ReceiptState(models.TextChoices):
    """What whoever reported may know: that something is being done, nothing about a child."""

    RECEIVED = "received", _("Đã nhận tin")
    SENT_ON = "sent_on", _("Đã chuyển đến cơ quan có thẩm quyền")
    VERIFYING = "verifying", _("Đang xác minh")
    HANDLED = "handled", _("Đã xử lý theo quy định")


class Receipt(models.Model):
    """The code given for a report, kept as a keyed hash. Readable by anyone: it says nothing of a
    child, a place or a person."""

    code_hash = models.CharField(primary_key=True, max_length=64)
    report = models.ForeignKey(Report, models.CASCADE, related_name="receipts")
    received_on = models.DateField(_("Ngày nhận"))
    state = models.CharField(max_length=10, choices=ReceiptState, default=ReceiptState.RECEIVED)
    changed_on = models.DateField(_("Ngày cập nhật"))

    class Meta:
        verbose_name = _("phiếu nhận tin")

    def __str__(self) -> str:
        return f"{self.received_on:%d/%m/%Y}: {self.get_state_display()}"
