"""What the plan itself asks of a person this year: yearly tasks with a day."""

from datetime import timedelta
from typing import Any

from django.db.models import DateField, Exists, F, Func, OuterRef, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import Assignment, User
from tuoitho.lib.due import DueItem, end_of_day, part_of
from tuoitho.lib.hanoi import today
from tuoitho.plan.models import Programme, Task, TaskReport
from tuoitho.plan.offices import offices_held
from tuoitho.plan.states import TaskState
from tuoitho.units.models import Level


def programme_for(user: User) -> Programme | None:
    """The programme of this year, asked once for a person and a page."""
    found: Programme | None = user.once("plan.programme", Programme.objects.current)
    return found


def _waiting(user: User) -> Any:
    """Yearly tasks of the person's offices that are not yet reported done, from the first day of
    reminding on. The annual report, a task too, has a room of its own that asks for it."""
    held = user.held_today if user.may("plan.report_task") else ()
    programme = programme_for(user) if held else None
    if programme is None:
        return None
    day, annual = today(), programme.plan.annual_report
    tasks = Task.objects.of(programme).in_force().with_a_day().exclude(code=annual.task)
    # As schema.last_day_before: "trước ngày 25/11" ends on 24/11.
    due = Func(
        F("before"), Value(day.year), template="(to_date(%(expressions)s, 'MM-DD-YYYY') - 1)",
        arg_joiner=" || '-' || ", output_field=DateField(),
    )  # fmt: skip
    in_season = tasks.annotate(due_day=due).filter(
        due_day__lte=day + timedelta(days=max(annual.reminders_days)),
        owners__overlap=sorted(set(offices_held(held))),
    )
    unfinished = in_season.filter(~Exists(_finished(held[0], day.year)))
    return unfinished.select_related("programme").defer("programme__source")


def _finished(home: Assignment, year: int) -> Any:
    """What the person's own unit or office has reported done in ``year``."""
    reports = TaskReport.objects.of_year(year)
    reports = reports.filter(task=OuterRef("pk"), unit=home.unit_id, state=TaskState.DONE)
    if home.unit.level != Level.COMMUNE:  # offices of a district or area report each for itself
        reports = reports.filter(organisation=home.organisation_id)
    return reports


def _item(task: Any) -> DueItem:
    return DueItem(
        what=task.title, subject=task.code, due=task.due_day, url_name="plan:task_detail",
        url_args=(task.pk,), basis=f"{task.programme.number}, {task.paragraph}",
        done_by=_("Ghi báo cáo nhiệm vụ là đã hoàn thành"),
    )  # fmt: skip


QUEUE = part_of("task", gettext_lazy("Nhiệm vụ, báo cáo năm"), _waiting, end_of_day("due_day"),
                _item, unit=Value(None))  # fmt: skip


def due_items(user: User) -> list[DueItem]:
    """The same as a list, soonest first."""
    return QUEUE.everything(user)
