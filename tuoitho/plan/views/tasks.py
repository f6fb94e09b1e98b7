"""Tasks: the list, one task with what was reported on it, the report."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.lib.hanoi import today
from tuoitho.plan import actions
from tuoitho.plan.coverage import links_for
from tuoitho.plan.forms import TaskReportForm
from tuoitho.plan.forms.tasks import first_values
from tuoitho.plan.models import Office, Task, TaskQuerySet, TaskReport
from tuoitho.plan.models.programme import names_in_short, names_of
from tuoitho.plan.offices import offices_of
from tuoitho.plan.states import Recurrence, TaskState
from tuoitho.plan.views.chosen import chosen_programme, chosen_year, years_of
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page, see_other

COLOURS = {
    TaskState.NOT_STARTED: "secondary",
    TaskState.IN_PROGRESS: "blue",
    TaskState.DONE: "green",
}


def _groups(request: Any) -> list[tuple[str, str]]:
    programme = chosen_programme(request)
    tasks = Task.objects.filter(programme=programme).in_force().order_by("position")
    titles = dict(tasks.values_list("group", "group_title"))
    return [(code, f"{code} {title}") for code, title in titles.items()]


class TaskFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Shows the tasks of the person's own office until another choice is made."""

    year = django_filters.ChoiceFilter(
        method="of_year", label=gettext_lazy("Năm"), empty_label=None
    )
    office = django_filters.ChoiceFilter(
        method="of_office", label=gettext_lazy("Cơ quan"), empty_label=gettext_lazy("Mọi cơ quan")
    )
    group = django_filters.ChoiceFilter(label=gettext_lazy("Mục"))
    recurrence = django_filters.ChoiceFilter(
        choices=Recurrence.choices, label=gettext_lazy("Định kỳ")
    )
    progress = django_filters.ChoiceFilter(
        choices=TaskState.choices, label=gettext_lazy("Tiến độ trong năm")
    )

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        request = kwargs["request"]
        programme = chosen_programme(request)
        given = data.copy()
        own = offices_of(request.user)
        if "office" not in given and own:
            given["office"] = own[0]
        given["year"] = str(chosen_year(request, programme))
        super().__init__(given, *args, **kwargs)
        offices = Office.objects.filter(programme=programme).in_force().order_by("position")
        choices = {
            "year": [(str(year), str(year)) for year in years_of(programme)],
            "office": list(offices.values_list("code", "short_name")),
            "group": _groups(request),
        }
        for name, listed in choices.items():
            self.filters[name].extra["choices"] = listed

    def of_year(self, tasks: TaskQuerySet, name: str, value: str) -> TaskQuerySet:
        return tasks  # the page has asked for this year's reports already

    def of_office(self, tasks: TaskQuerySet, name: str, value: str) -> TaskQuerySet:
        return tasks.concerning(value)


def _tasks(request: UserRequest, year: int) -> QuerySet[Task]:
    reports = TaskReport.objects.visible_to(request.user)
    programme = chosen_programme(request)
    return Task.objects.filter(programme=programme).in_force().with_progress(year, reports)


@require_GET
@needs("plan.view")
def task_list(request: UserRequest) -> HttpResponse:
    programme = chosen_programme(request)
    year = chosen_year(request, programme)
    names = Office.objects.names(programme)
    columns = [
        Column("code", _("Mã"), lambda t: t.code, sort="position"),
        Column("title", _("Nhiệm vụ"), lambda t: t.title,
               link=lambda t: reverse("plan:task_detail", args=[t.pk])),
        Column("owners", _("Cơ quan thực hiện"), lambda t: names_in_short(t.owners, names),
               hide_small=True),
        Column("recurrence", _("Định kỳ"), lambda t: t.get_recurrence_display()),
        Column("due", _("Hạn năm %(year)s") % {"year": year}, lambda t: t.due_on(year)),
        Column("reported", _("Số báo cáo"), lambda t: t.reported, hide_small=True),
        Column("progress", _("Tiến độ"), lambda t: TaskState(t.progress).label,
               badge=lambda t: COLOURS[TaskState(t.progress)]),
    ]  # fmt: skip
    return listing(
        request, _tasks(request, year), columns, filterset=TaskFilter, default_sort="position",
        title=_("Nhiệm vụ năm %(year)s") % {"year": year}, filename="nhiem-vu",
        empty=_("Chưa có nhiệm vụ nào: kế hoạch chưa được nạp, hoặc cơ quan của bạn không có"
                " nhiệm vụ riêng."),
    )  # fmt: skip


def _found(pk: int) -> Task:
    return get_object_or_404(Task.objects.select_related("programme"), pk=pk)


@require_GET
@needs("plan.view")
def task_detail(request: UserRequest, pk: int) -> HttpResponse:
    task = _found(pk)
    names = Office.objects.names(task.programme)
    others = {t.code: t for t in Task.objects.of(task.programme)}
    reports = TaskReport.objects.visible_to(request.user).filter(task=task)
    return page(
        request,
        "plan/task_detail.html",
        {
            "title": f"{task.code}. {task.title}",
            "task": task,
            "owners": names_of(task.owners, names),
            "partners": names_of(task.partners, names),
            "given_by": [others[code] for code in task.owners_from if code in others],
            "gives": [t for t in others.values() if task.code in t.owners_from],
            "due": task.due_on(today().year),
            "links": links_for(task.served_by, request.user),
            "reports": reports.select_related("unit", "organisation").order_by(
                "-year", "unit__name", "pk"
            ),
            "colours": COLOURS,
            "documents": task.documents.select_related("unit").order_by("-signed_on"),
            "scope": request.user.scope("plan.report_task"),
        },
        part="reports",
    )


@require_http_methods(["GET", "POST"])
@needs("plan.report_task")
def task_report(request: UserRequest, pk: int) -> HttpResponse:
    """Report progress, or correct a report (``?report=``) of the same unit and year."""
    task = _found(pk)
    form = TaskReportForm(
        request.POST if request.method == "POST" else None, by=request.user, task=task,
        initial=first_values(request.user, task, _corrected(request, task)),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            actions.report_task(task, by=request.user, on=today(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "plan:task_detail", task.pk)
    context = {
        "form": form, "title": _("Báo cáo nhiệm vụ %(code)s") % {"code": task.code},
        "intro": task.text, "cancel_url": reverse("plan:task_detail", args=[task.pk]),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "plan/task_report.html", context, part="form", status=status)


def _corrected(request: UserRequest, task: Task) -> TaskReport | None:
    given = request.GET.get("report", "")
    reports = TaskReport.objects.visible_to(request.user).filter(task=task)
    return reports.filter(pk=given).first() if given.isdecimal() else None
