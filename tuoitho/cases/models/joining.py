"""Reports that speak of one child or one workplace, joined; each keeps its own voice and clock."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.report import Report
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now


class JoinBasis(models.TextChoices):
    SAME_CHILD = "same_child", _("Cùng một trẻ")
    SAME_WORKPLACE = "same_workplace", _("Cùng một nơi làm việc")
    SAME_EVENT = "same_event", _("Cùng một vụ việc")


class ReportJoin(models.Model):
    """That a report belongs to a group. Text, channel, informant and time limit stay its own; taken
    apart, the row is ended and kept."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="joins")
    group = models.UUIDField(_("Nhóm tin"), db_index=True)
    basis = models.CharField(_("Vì sao gộp"), max_length=14, choices=JoinBasis)
    joined_at = models.DateTimeField(_("Gộp lúc"), default=now)
    joined_by = models.CharField(_("Người gộp"), max_length=200)
    ended_at = models.DateTimeField(_("Tách lúc"), null=True, blank=True)
    ended_by = models.CharField(_("Người tách"), max_length=200, blank=True)
    ended_because = EncryptedTextField(_("Vì sao tách"), blank=True)

    class Meta:
        verbose_name = _("tin báo được gộp")
        constraints = [
            models.UniqueConstraint(
                name="report_in_one_group", fields=["report"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="report_join_is_known", condition=Q(basis__in=JoinBasis.values)
            ),
        ]

    def __str__(self) -> str:
        return self.get_basis_display()
