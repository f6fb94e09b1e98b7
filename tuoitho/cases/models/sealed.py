"""The need-to-know list of a sealed case: its police lead and the few who were added."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.case import Case
from tuoitho.cases.models.sight import OfCaseQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now, today


class SealedReaderQuerySet(OfCaseQuerySet["SealedReader"]):
    def in_force(self) -> Self:
        """Neither ended nor past their last day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=today()), ended_at=None)


class SealedReader(models.Model):
    """One person on the list of one case. The lead has no last day; everyone else has one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="readers", verbose_name=_("Hồ sơ"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người được xem")
    )
    lead = models.BooleanField(_("Công an phụ trách"), default=False)
    reason = EncryptedTextField(_("Vì sao cần biết"))
    until = models.DateField(_("Đến hết ngày"), null=True)
    added_at = models.DateTimeField(_("Thêm lúc"), default=now)
    added_by = models.CharField(_("Người thêm"), max_length=200)
    ended_at = models.DateTimeField(_("Kết thúc lúc"), null=True)
    ended_by = models.CharField(_("Người kết thúc"), max_length=200, blank=True)

    objects = SealedReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("người được xem hồ sơ niêm phong")
        constraints = [
            models.UniqueConstraint(
                name="sealed_reader_once", fields=["case", "user"], condition=Q(ended_at=None)
            ),
            models.UniqueConstraint(
                name="sealed_one_lead", fields=["case"], condition=Q(ended_at=None, lead=True)
            ),
            models.CheckConstraint(
                name="sealed_reader_has_last_day", condition=Q(lead=True) | Q(until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None and (self.until is None or self.until >= today())


def log_of(case: Case) -> list[tuple[datetime, str, str]]:
    """When, who, what: the looks and acts of a sealed case, told only to those its list names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at, actor_name, action FROM cases_sealed_log(%s)", [case.pk])
        return [(at, name, action) for at, name, action in cursor.fetchall()]
