"""Tasks of parts II, III and IV, and what units and offices report on them year by year."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import ScopedQuerySet
from tuoitho.plan import schema
from tuoitho.plan.models.programme import Row, RowQuerySet
from tuoitho.plan.states import Recurrence, TaskKind, TaskState
from tuoitho.units.models import Organisation, Unit


def _state(state: TaskState) -> models.Value:
    return models.Value(state.value)


class TaskQuerySet(RowQuerySet["Task"]):
    def owned_by(self, *offices: str) -> Self:
        """Tasks one of ``offices`` leads or owns."""
        return self.filter(owners__overlap=list(offices))

    def concerning(self, *offices: str) -> Self:
        """Tasks one of ``offices`` owns or is a partner of."""
        return self.filter(
            models.Q(owners__overlap=list(offices)) | models.Q(partners__overlap=list(offices))
        )

    def with_progress(self, year: int, reports: "TaskReportQuerySet") -> Self:
        """Adds ``reported``, ``done`` (numbers of ``reports`` of ``year``) and ``progress``: done
        when every report says so, in progress as soon as one says anything else but not started.
        """
        of_year = models.Q(reports__in=reports.of_year(year))
        finished = of_year & models.Q(reports__state=TaskState.DONE)
        begun = of_year & ~models.Q(reports__state=TaskState.NOT_STARTED)
        rows = self.annotate(
            reported=models.Count("reports", filter=of_year, distinct=True),
            done=models.Count("reports", filter=finished, distinct=True),
            begun=models.Count("reports", filter=begun, distinct=True),
        )
        return rows.annotate(
            progress=models.Case(
                models.When(done__gt=0, done=models.F("reported"), then=_state(TaskState.DONE)),
                models.When(begun__gt=0, then=_state(TaskState.IN_PROGRESS)),
                default=_state(TaskState.NOT_STARTED),
                output_field=models.CharField(choices=TaskState),
            )
        )

    def with_a_day(self) -> Self:
        """Yearly tasks that must be done before a day of the year."""
        return self.filter(recurrence=Recurrence.YEARLY).exclude(before="")


class Task(Row):
    """One bullet or paragraph of parts II, III and IV, with its own words."""

    group = models.CharField(_("Mục"), max_length=40)
    group_title = models.TextField(_("Tên mục"))
    title = models.CharField(_("Nhiệm vụ"), max_length=200)
    text = models.TextField(_("Nguyên văn"))
    owners = ArrayField(models.CharField(max_length=40), verbose_name=_("Cơ quan thực hiện"))
    owners_from = ArrayField(
        models.CharField(max_length=40), verbose_name=_("Giao tại nhiệm vụ"), default=list
    )
    partners = ArrayField(
        models.CharField(max_length=40), verbose_name=_("Cơ quan phối hợp"), default=list
    )
    kind = models.CharField(_("Vai trò"), max_length=10, choices=TaskKind)
    recurrence = models.CharField(_("Định kỳ"), max_length=10, choices=Recurrence)
    before = models.CharField(
        _("Trước ngày"), max_length=5, blank=True, help_text=_("tháng-ngày, ví dụ 11-25")
    )
    served_by = ArrayField(models.CharField(max_length=60), verbose_name=_("Thực hiện ở"))
    note = models.TextField(_("Ghi chú"), blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="task_code_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def due_on(self, year: int) -> date | None:
        """The last day in time in ``year``; None for a task without a date."""
        return schema.last_day_before(self.before, year) if self.before else None


class TaskReportQuerySet(ScopedQuerySet["TaskReport"]):
    # A report names no child, so its table is not under row-level security; sight is by unit still.
    view_permission = "plan.view"

    def of_year(self, year: int) -> Self:
        return self.filter(year=year)


class TaskReport(models.Model):
    """How far a unit (or one office of it) has come with a task in one year."""

    task = models.ForeignKey(
        Task, models.PROTECT, related_name="reports", verbose_name=_("Nhiệm vụ")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="task_reports", verbose_name=_("Địa bàn")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="task_reports",
        verbose_name=_("Cơ quan, tổ chức"),
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("Năm"))
    state = models.CharField(_("Tiến độ"), max_length=12, choices=TaskState)
    result = models.TextField(_("Kết quả"), blank=True)
    # [["Số lớp tập huấn", "3"], …]: names differ from task to task, so they are typed, not fields.
    figures = models.JSONField(_("Số liệu"), default=list, blank=True)
    reported_on = models.DateField(_("Ngày báo cáo"))
    reported_by = models.CharField(_("Người báo cáo"), max_length=200)

    objects = TaskReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo nhiệm vụ")
        verbose_name_plural = _("báo cáo nhiệm vụ")
        constraints = [
            models.UniqueConstraint(
                name="task_report_once_a_year",
                fields=["task", "unit", "organisation", "year"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="task_report_state_is_known", condition=models.Q(state__in=TaskState.values)
            ),
            models.CheckConstraint(
                name="task_report_done_says_what",
                condition=~models.Q(state=TaskState.DONE, result=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.unit_id} {self.year}: {self.get_state_display()}"
