"""What the plan itself asks of a person this year: yearly tasks with a day."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import Assignment, User
from tuoitho.lib.due import DueItem, ListedPart
from tuoitho.lib.hanoi import today
from tuoitho.plan.models import Programme, Task, TaskReport
from tuoitho.plan.offices import offices_held
from tuoitho.plan.states import TaskState
from tuoitho.units.models import Level


def due_items(user: User) -> list[DueItem]:
    """Yearly tasks of the person's offices that are not yet reported done, from the first day of
    reminding on. The annual report, a task too, has a room of its own that asks for it."""
    on = today()
    programme = Programme.objects.current()
    if programme is None:
        return []
    annual = programme.plan.annual_report.task
    tasks = Task.objects.of(programme).in_force().with_a_day().exclude(code=annual)
    in_season = [task for task in tasks if _asks(user, programme, task, on)]
    held = user.held_today if in_season else ()
    offices = set(offices_held(held))
    wanted = [task for task in in_season if offices & set(task.owners)]
    if not wanted:
        return []
    home = held[0]
    finished = _finished(home, wanted, on.year)
    return [
        _item(programme, task, on, str(home.organisation or home.unit))
        for task in wanted
        if task.pk not in finished
    ]


def _finished(home: Assignment, tasks: list[Task], year: int) -> set[int]:
    """Those of ``tasks`` that the person's own unit or office has reported done in ``year``."""
    reports = TaskReport.objects.of_year(year)
    reports = reports.filter(task__in=tasks, unit=home.unit_id, state=TaskState.DONE)
    if home.unit.level != Level.COMMUNE:  # offices of a district or area report each for itself
        reports = reports.filter(organisation=home.organisation_id)
    return set(reports.values_list("task_id", flat=True))


def _asks(user: User, programme: Programme, task: Task, on: date) -> bool:
    """Whether it is time to remind ``user`` of ``task``."""
    due = task.due_on(on.year)
    first = timedelta(days=max(programme.plan.annual_report.reminders_days))
    return due is not None and user.may("plan.report_task") and on >= due - first


def _item(programme: Programme, task: Task, on: date, unit_name: str) -> DueItem:
    due = task.due_on(on.year)
    assert due is not None  # only tasks with a day come here
    return DueItem(
        what=task.title,
        subject=task.code,
        due=due,
        url_name="plan:task_detail",
        url_args=(task.pk,),
        basis=f"{programme.number}, {task.paragraph}",
        unit_name=unit_name,
        done_by=_("Ghi báo cáo nhiệm vụ là đã hoàn thành"),
    )


def _listed(user: User) -> list[DueItem]:
    return [replace(item, kind="task") for item in due_items(user)]


QUEUE = ListedPart({"task": gettext_lazy("Nhiệm vụ, báo cáo năm")}, _listed)
