"""A running time limit: what is due on a report or a case, by whom, by which article."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped
from tuoitho.cases.models.case import Case
from tuoitho.cases.models.limit import StepRule
from tuoitho.cases.models.report import Report
from tuoitho.cases.models.sight import SealableQuerySet, listed_cases, sight
from tuoitho.lib.hanoi import HANOI, now


class Outcome(models.TextChoices):
    """How a clock stopped."""

    DONE = "done", _("Đã làm")
    VOID = "void", _("Không còn phải làm")


class ClockQuerySet(SealableQuerySet["Clock"]):
    def visible_to(self, user: Any) -> Self:
        """A clock is of a case or of a report; of a sealed report, the case's list decides."""
        of_case = sight(user, case="case")
        if not getattr(user, "pk", None) or not (user.may("cases.sealed") or listed_cases(user)):
            return self.filter(of_case)
        of_report = sight(user, case="report__case")
        return self.filter(Q(case__isnull=False) & of_case | Q(report__isnull=False) & of_report)

    def running(self) -> Self:
        return self.filter(stopped_at=None)

    def overdue_at(self, moment: datetime) -> Self:
        """Running although their last moment has passed."""
        return self.running().filter(due_at__lt=moment)

    def answered_late(self) -> Self:
        """Stopped after their last moment."""
        return self.filter(stopped_at__gt=models.F("due_at"))


class Clock(Scoped):
    """One limit of one step of one report or case, from its start until it is done.

    The single truth of what is due. ``unit``, ``sealed`` and ``assigned_to`` are copies of the
    report's or case's own, kept by triggers of the database, so that a queue reads this table only.
    The key is a UUID made here: who reports to another commune may write a clock and not read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="clocks")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="clocks")
    step = models.CharField(_("Bước"), max_length=40)
    # Which row of the case, where a step may run several times at once (a service).
    about = models.CharField(max_length=40, blank=True)
    permission = models.CharField(_("Việc của ai"), max_length=40)
    started_at = models.DateTimeField(_("Bắt đầu tính"))
    due_at = models.DateTimeField(_("Hạn"))
    in_hours = models.BooleanField(_("Tính theo giờ"))
    rule = models.ForeignKey(
        StepRule, models.PROTECT, related_name="clocks", verbose_name=_("Quy định")
    )
    legal = models.BooleanField(_("Thời hạn do luật đặt"))
    stopped_at = models.DateTimeField(_("Dừng lúc"), null=True, blank=True)
    outcome = models.CharField(_("Kết quả"), max_length=4, choices=Outcome, blank=True)
    reminded_on = models.DateField(_("Nhắc ngày"), null=True, blank=True)
    sealed = models.BooleanField(_("Niêm phong"), default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("Người phụ trách"),
    )  # fmt: skip

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("thời hạn đang chạy")
        constraints = [
            models.CheckConstraint(
                name="clock_is_of_a_report_or_a_case",
                condition=Q(case__isnull=True, report__isnull=False)
                | Q(case__isnull=False, report__isnull=True),
            ),
            models.CheckConstraint(
                name="clock_stops_with_an_outcome",
                condition=Q(stopped_at__isnull=True, outcome="")
                | Q(stopped_at__isnull=False, outcome__in=Outcome.values),
            ),
            models.UniqueConstraint(
                name="clock_runs_once_on_a_case", fields=["case", "step", "about"],
                condition=Q(stopped_at__isnull=True, case__isnull=False),
            ),
            models.UniqueConstraint(
                name="clock_runs_once_on_a_report", fields=["report", "step", "about"],
                condition=Q(stopped_at__isnull=True, report__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["unit", "due_at", "id"], name="clock_queue",
                condition=Q(stopped_at__isnull=True),
            ),
            models.Index(
                fields=["due_at", "id"], name="clock_due", condition=Q(stopped_at__isnull=True)
            ),
            models.Index(
                fields=["assigned_to", "due_at"], name="clock_of_worker",
                condition=Q(stopped_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.step} {self.due_at.astimezone(HANOI):%d/%m/%Y %H:%M}"

    @property
    def due(self) -> datetime | date:
        """The moment for limits in hours, else the last day."""
        here = self.due_at.astimezone(HANOI)
        return here if self.in_hours else here.date()

    @property
    def started_on(self) -> date:
        """The day it began in Hà Nội."""
        return self.started_at.astimezone(HANOI).date()


class ClockChange(models.Model):
    """A running limit was counted anew because the calendar or a rule changed. Never edited."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="changes")
    at = models.DateTimeField(_("Lúc"), default=now)
    old_due_at = models.DateTimeField(_("Hạn cũ"))
    new_due_at = models.DateTimeField(_("Hạn mới"))
    why = models.CharField(_("Vì sao"), max_length=300)
    by_name = models.CharField(_("Người thực hiện"), max_length=200)

    class Meta:
        verbose_name = _("lần tính lại thời hạn")

    def __str__(self) -> str:
        return f"{self.old_due_at:%d/%m/%Y} → {self.new_due_at:%d/%m/%Y}"


class Escalation(models.Model):
    """A limit of the law passed unanswered and the named superior was told: once for a clock."""

    clock = models.OneToOneField(Clock, models.CASCADE, related_name="escalation")
    at = models.DateTimeField(_("Báo lúc"), default=now)
    told_keys = ArrayField(models.BigIntegerField(), verbose_name=_("Mã người được báo"))
    told_names = models.CharField(_("Người được báo"), max_length=400)

    class Meta:
        verbose_name = _("lần báo cấp trên")

    def __str__(self) -> str:
        return self.told_names
