"""What a unit, or one office of it, reports on a task."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.plan.models import Task, TaskReport
from tuoitho.plan.paragraphs import tidy_lines
from tuoitho.plan.states import TaskState
from tuoitho.units.models import Organisation, Unit

FIELDS = ["year", "state", "result", "figures"]


@transaction.atomic
def report_task(  # noqa: PLR0913 - one call says everything a report says
    task: Task,
    unit: Unit,
    year: int,
    state: str,
    *,
    by: Actor,
    on: date,
    organisation: Organisation | None = None,
    result: str = "",
    figures: list[list[str]] | None = None,
) -> TaskReport:
    """How far ``unit`` (or ``organisation`` in it) has come with ``task`` in ``year``.

    One report a year: reporting again corrects it, and the log keeps what stood before.
    ``figures`` are pairs of a name and a number as text. Raises ValidationError for a year
    outside the programme, a task that has ended, or a task done without a word on the result.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("programme").get(pk=task.pk)
    _check_step(task, unit, year, state, result, organisation)
    by.require("plan.report_task", unit)
    old = TaskReport.objects.filter(task=task, unit=unit, organisation=organisation, year=year)
    report = old.first() or TaskReport(task=task, unit=unit, organisation=organisation, year=year)
    before = snapshot(report, FIELDS) if report.pk else {}
    report.state, report.figures = state, figures or []
    report.result = tidy_lines(result)
    report.reported_on, report.reported_by = on, by.actor_name
    report.save()
    record("plan.report_task", report, by=by, on=on, before=before, after=snapshot(report, FIELDS))
    return report


def _check_step(
    task: Task, unit: Unit, year: int, state: str, result: str, organisation: Organisation | None
) -> None:
    programme = task.programme
    if task.ended_on is not None:
        raise ValidationError(_("Nhiệm vụ này không còn trong kế hoạch."))
    if not programme.period_start <= year <= programme.outlook_year:
        raise ValidationError({"year": _("Năm phải từ %(first)s đến %(last)s.") % {
            "first": programme.period_start, "last": programme.outlook_year,
        }})  # fmt: skip
    if state not in TaskState.values:
        raise ValidationError({"state": _("Hãy chọn tiến độ.")})
    if state == TaskState.DONE and not result.strip():
        raise ValidationError({"result": _("Nhiệm vụ đã hoàn thành thì ghi kết quả.")})
    if organisation is not None and organisation.unit_id != unit.pk:
        raise ValidationError({"organisation": _("Cơ quan này không ở địa bàn đã chọn.")})
