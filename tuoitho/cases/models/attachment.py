"""Photos, scans and papers of a report or a case; sealed bytes apart from what they are called."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.case import Case
from tuoitho.cases.models.report import Report
from tuoitho.cases.models.sight import sight
from tuoitho.cases.models.support import Visit
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.lib.sealed_bytes import SealedBytes


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", _("Ảnh nơi làm việc, hiện trường")
    HOUSEHOLD = "household", _("Giấy tờ, hoàn cảnh hộ gia đình")
    FORM = "form", _("Mẫu, biên bản đã ký")
    SCHOOL = "school", _("Giấy tờ học tập")
    HEALTH = "health", _("Giấy tờ sức khỏe")
    OTHER = "other", _("Khác")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> Self:
        """Seen exactly when its case, or the report it came with, is."""
        of_case = sight(user, unit="case__unit", sealed="case__sealed", case="case")
        of_report = sight(user, unit="report__unit", sealed="report__sealed", case="report__case")
        return self.filter(
            Q(of_case, case__isnull=False) | Q(of_report, case__isnull=True, report__isnull=False)
        )

    def of_case(self, case: Case) -> Self:
        """Of the case and of the reports in it, newest first."""
        return self.filter(Q(case=case) | Q(report__case=case)).order_by("-at")


class Attachment(models.Model):
    """One file. What it was called and says of itself may name a child: encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="attachments", verbose_name=_("Hồ sơ")
    )
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, related_name="attachments", verbose_name=_("Tin báo")
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, related_name="+", verbose_name=_("Lần thăm")
    )
    kind = models.CharField(_("Loại"), max_length=10, choices=AttachmentKind)
    name = EncryptedTextField(_("Tên tệp"))
    caption = EncryptedTextField(_("Ghi chú"), blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("Cỡ"))
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("Gửi lúc"), default=now)
    by_name = models.CharField(_("Người gửi"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("Gỡ lúc"), null=True)
    withdrawn_because = EncryptedTextField(_("Vì sao gỡ"), blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp đính kèm")
        constraints = [
            models.CheckConstraint(
                name="attachment_of_a_case_or_a_report",
                condition=Q(case__isnull=False, report__isnull=True)
                | Q(case__isnull=True, report__isnull=False),
            ),
            models.CheckConstraint(
                name="attachment_kind_is_known", condition=Q(kind__in=AttachmentKind.values)
            ),
        ]
        indexes = [models.Index(fields=["case", "-at"], name="attachment_case_at")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def kilobytes(self) -> int:
        return max(1, self.size // 1024)


class AttachmentContent(SealedBytes):
    """The bytes of a file; gone when the file is withdrawn."""

    attachment = models.OneToOneField(
        Attachment, models.CASCADE, primary_key=True, related_name="content"
    )

    class Meta:
        verbose_name = _("nội dung tệp đính kèm")

    def __str__(self) -> str:
        return str(self.pk)
