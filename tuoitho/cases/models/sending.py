"""Where a report was sent on, and whether whoever it went to has said that they have it."""

import uuid
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.report import Report
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.units.models import Unit

# Our own rule (no article sets a limit for saying "we have it"): the next day at the latest.
ANSWER_WITHIN = timedelta(hours=24)


class SendingKind(models.TextChoices):
    COMMUNE = "commune", _("Xã, phường nơi xảy ra (khoản 1 Điều 26)")
    POLICE = "police", _("Công an, vì có dấu hiệu tội phạm (khoản 3 Điều 25)")
    ELSEWHERE = "elsewhere", _("Cơ quan, địa bàn khác ngoài hệ thống")


class ReportSendingQuerySet(models.QuerySet["ReportSending"]):
    def visible_to(self, user: Any) -> Self:
        """Of reports this person sees; and, unless sealed, what they sent themselves or their own
        office did."""
        if not getattr(user, "pk", None):
            return self.none()
        scope = user.scope("cases.view")
        office = Q(from_unit__isnull=False) & scope.covers("from_unit_id")
        reports = Report.objects.filter(pk=models.OuterRef("report_id")).visible_to(user)
        own = Q(sealed=False) & (office | Q(sent_by_key=user.pk))
        # No join to the report: who sent it away may not see it any more.
        return self.filter(Q(models.Exists(reports)) | own)

    def unanswered(self) -> Self:
        return self.filter(acknowledged_at=None)

    def late(self) -> Self:
        return self.unanswered().filter(answer_due_at__lt=now())


class ReportSending(models.Model):
    """One sending of one report: from whom, to whom, why, and the receiver's acknowledgement.

    The clock of the report runs on from its first receipt; it is not touched here.
    """

    # Made here, so that who may write but not read (the public) can.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="sendings")
    kind = models.CharField(_("Chuyển đến"), max_length=10, choices=SendingKind)
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Nơi chuyển")
    )
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Nơi nhận")
    )
    to_body = models.CharField(_("Cơ quan nhận"), max_length=200, blank=True)
    why = EncryptedTextField(_("Vì sao chuyển"), blank=True)
    sent_at = models.DateTimeField(_("Chuyển lúc"), default=now)
    sent_by = models.CharField(_("Người chuyển"), max_length=200)
    sent_by_key = models.BigIntegerField(_("Mã người chuyển"), null=True, blank=True)
    answer_due_at = models.DateTimeField(_("Hạn xác nhận"))
    reminded_at = models.DateTimeField(_("Nhắc lần cuối lúc"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("Xác nhận lúc"), null=True, blank=True)
    acknowledged_by = models.CharField(_("Người xác nhận"), max_length=200, blank=True)
    recorded_by = models.CharField(_("Người ghi xác nhận"), max_length=200, blank=True)
    sealed = models.BooleanField(_("Niêm phong"), default=False)

    objects = ReportSendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần chuyển tin")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="sending_kind_is_known", condition=Q(kind__in=SendingKind.values)
            ),
            models.CheckConstraint(
                name="sending_goes_somewhere", condition=Q(to_unit__isnull=False) | ~Q(to_body="")
            ),
            models.CheckConstraint(
                name="sending_answer_has_who",
                condition=Q(acknowledged_at=None, acknowledged_by="")
                | (Q(acknowledged_at__gte=F("sent_at")) & ~Q(acknowledged_by="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_due_at"], name="sending_unanswered",
                condition=Q(acknowledged_at=None),
            ),
            models.Index(fields=["from_unit", "-sent_at"], name="sending_from"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.to_body or str(self.to_unit)

    @property
    def is_late(self) -> bool:
        return self.acknowledged_at is None and self.answer_due_at < now()
