"""A piece of long work somebody asked for, and what became of each of its rows."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.jobs.registry import find
from tuoitho.jobs.states import COLOURS, ENDED, JobState, RowState
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.lib.sealed_bytes import SealedBytes

# A list of people outside the database ages: who still needs it after a week asks anew.
KEPT = timedelta(days=7)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; jobs of the clock belong to the system."""
        return self.filter(owner_id=user.pk)

    def unfinished(self) -> Self:
        return self.filter(state__in=[JobState.WAITING, JobState.RUNNING])


class Job(models.Model):
    """Long work that goes on without the person: rows, progress, result. ``args`` holds keys only,
    never a name. The key is a UUID made here: who writes a job for the system cannot read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Việc"), max_length=60)
    args = models.JSONField(default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người yêu cầu")
    )
    state = models.CharField(
        _("Tình trạng"), max_length=10, choices=JobState, default=JobState.WAITING
    )
    total = models.PositiveIntegerField(_("Số dòng"), null=True)
    done = models.PositiveIntegerField(_("Xong"), default=0)
    refused = models.PositiveIntegerField(_("Không làm được"), default=0)
    created_at = models.DateTimeField(_("Yêu cầu lúc"), default=now)
    started_at = models.DateTimeField(_("Bắt đầu lúc"), null=True)
    ended_at = models.DateTimeField(_("Kết thúc lúc"), null=True)
    # The same run of a schedule is asked for by several clocks; only one of them makes it.
    once = models.CharField(max_length=120, blank=True, editable=False)
    note = EncryptedTextField(_("Vì sao không chạy được"), blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc chạy nền")
        constraints = [
            models.CheckConstraint(
                name="job_state_is_known", condition=Q(state__in=JobState.values)
            ),
            models.UniqueConstraint(
                name="job_once", fields=["once"], condition=~Q(once="")
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="job_owner_created"),
            models.Index(
                fields=["created_at"], name="job_unfinished",
                condition=Q(state__in=["waiting", "running"]),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(find(self.name).title)

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def percent(self) -> int:
        """Rows judged, of a hundred."""
        if not self.total:
            return 100 if self.ended else 0
        return (self.done + self.refused) * 100 // self.total

    @property
    def colour(self) -> str:
        return COLOURS.get(self.state, "")


class JobRowQuerySet(models.QuerySet["JobRow"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(job__owner_id=user.pk)


class JobRow(models.Model):
    """One row of a job, judged once."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField(_("Thứ tự"))
    key = models.CharField(_("Dòng"), max_length=80)
    state = models.CharField(
        _("Kết quả"), max_length=10, choices=RowState, default=RowState.WAITING
    )
    note = EncryptedTextField(_("Ghi chú"), blank=True)

    objects = JobRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng của việc chạy nền")
        constraints = [
            models.CheckConstraint(
                name="job_row_state_is_known", condition=Q(state__in=RowState.values)
            ),
            models.UniqueConstraint(name="job_row_once", fields=["job", "key"]),
        ]
        indexes = [models.Index(fields=["job", "state", "place"], name="job_row_next")]

    def __str__(self) -> str:
        return self.key

    @property
    def colour(self) -> str:
        return COLOURS.get(self.state, "green")


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(owner_id=user.pk)

    def made_before(self, moment: datetime) -> Self:
        return self.filter(made_at__lt=moment)


class Export(models.Model):
    """A long list on its way to a file: which list, how far it is read, until when it is kept.

    What was typed into the filters may be a child's name: encrypted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    job = models.OneToOneField(Job, models.CASCADE, null=True, related_name="export")
    path = models.CharField(_("Danh sách"), max_length=200)
    query = EncryptedTextField(_("Bộ lọc"), blank=True)
    title = EncryptedTextField(_("Tên danh sách"))
    labels = models.JSONField(_("Tên cột"), default=list)
    filename = models.CharField(_("Tên tệp"), max_length=80)
    kind = models.CharField(_("Dạng tệp"), max_length=4)
    language = models.CharField(_("Ngôn ngữ"), max_length=8)
    cursor = models.TextField(_("Đọc đến đâu"), blank=True)
    read_all = models.BooleanField(_("Đã đọc hết"), default=False)
    rows = models.PositiveIntegerField(_("Số dòng"), default=0)
    made_at = models.DateTimeField(_("Yêu cầu lúc"), default=now)
    ready_at = models.DateTimeField(_("Xong lúc"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp danh sách")
        constraints = [
            models.CheckConstraint(
                name="export_kind_is_known", condition=Q(kind__in=["xlsx", "csv"])
            ),
        ]
        indexes = [models.Index(fields=["made_at"], name="export_made")]

    def __str__(self) -> str:
        return self.filename

    @property
    def kept_until(self) -> datetime:
        return self.made_at + KEPT


class ExportPart(SealedBytes):
    """Some rows of a file in the making; gone when the file is written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    export = models.ForeignKey(Export, models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField(_("Thứ tự"))

    class Meta:
        verbose_name = _("phần của tệp danh sách")
        constraints = [models.UniqueConstraint(name="export_part_once", fields=["export", "place"])]

    def __str__(self) -> str:
        return f"{self.export_id} {self.place}"


class ExportContent(SealedBytes):
    """The file, until it is deleted."""

    export = models.OneToOneField(Export, models.CASCADE, primary_key=True, related_name="content")

    class Meta:
        verbose_name = _("nội dung tệp danh sách")

    def __str__(self) -> str:
        return str(self.pk)
