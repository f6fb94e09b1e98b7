"""The plan as a page: deadline, objectives with targets, progress of tasks, communes' own plans."""

from typing import Any

import yaml
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.lib.hanoi import today
from tuoitho.plan.models import (
    Document,
    Objective,
    Office,
    Programme,
    Target,
    TargetPart,
    Task,
    TaskReport,
)
from tuoitho.plan.models.programme import names_of
from tuoitho.plan.states import DocumentKind, TaskState
from tuoitho.plan.views.chosen import chosen_programme, chosen_year, years_of
from tuoitho.ui.responses import page
from tuoitho.units.models import Unit


@require_GET
@needs("plan.view")
def plan_detail(request: UserRequest) -> HttpResponse:
    programme = chosen_programme(request)
    if programme is None:
        return page(request, "plan/plan_empty.html", {"title": _("Kế hoạch")})
    year = chosen_year(request, programme)
    names = Office.objects.names(programme)
    return page(
        request,
        "plan/plan_detail.html",
        {
            "title": _("Kế hoạch %(number)s") % {"number": programme.number},
            "programme": programme,
            "plan": programme.plan,
            "year": year,
            "years": years_of(programme),
            "objectives": _objectives(programme, year, names),
            "outlook": [(row, names_of(list(row.owners), names)) for row in programme.plan.outlook],
            "groups": _groups(programme, year, request.user),
            "own_plans": _own_plans(programme),
            "deadline": _deadline(programme, names),
        },
        part="plan",
    )


def _objectives(programme: Programme, year: int, names: dict[str, str]) -> list[dict[str, Any]]:
    """Objectives with their targets; each part with owners in words and the threshold to show."""
    parts = TargetPart.objects.in_force().order_by("position").prefetch_related("thresholds")
    targets = Target.objects.in_force().order_by("position")
    objectives = (
        Objective.objects.of(programme)
        .in_force()
        .prefetch_related(Prefetch("targets", targets.prefetch_related(Prefetch("parts", parts))))
    )
    return [
        {
            "objective": objective,
            "targets": [
                {"target": target, "parts": [
                    {"part": part, "owners": names_of(part.owners, names),
                     "threshold": part.threshold(year)}
                    for part in target.parts.all()
                ]}
                for target in objective.targets.all()
            ],
        }
        for objective in objectives
    ]  # fmt: skip


def _groups(programme: Programme, year: int, user: Any) -> list[dict[str, Any]]:
    """Each numbered item with how many of its tasks are done, begun, and not reported."""
    reports = TaskReport.objects.visible_to(user)
    tasks = Task.objects.of(programme).in_force().with_progress(year, reports)
    groups: dict[str, dict[str, Any]] = {}
    for task in tasks:
        group = groups.setdefault(
            task.group, {"code": task.group, "title": task.group_title, "total": 0,
                         "done": 0, "begun": 0},
        )  # fmt: skip
        group["total"] += 1
        group["done"] += task.progress == TaskState.DONE  # type: ignore[attr-defined]
        group["begun"] += task.progress == TaskState.IN_PROGRESS  # type: ignore[attr-defined]
    return list(groups.values())


def _own_plans(programme: Programme) -> list[tuple[Unit, list[Document]]]:
    """Communes of today in the area, each with the plans derived from this one (IV.10.1)."""
    plans = Document.objects.of_kind(DocumentKind.DERIVED_PLAN).filter(programme=programme)
    communes = Unit.objects.communes().as_of(today()).within(programme.area).order_by("name")
    prefetched = communes.prefetch_related(
        Prefetch("documents", plans.order_by("-signed_on").prefetch_related("targets"))
    )
    return [(unit, list(unit.documents.all())) for unit in prefetched]


def _deadline(programme: Programme, names: dict[str, str]) -> dict[str, Any]:
    """The annual report: last day in time, days of reminding, who sends it to whom."""
    rule = programme.plan.annual_report
    year = today().year
    return {
        "year": year,
        "due": rule.due_on(year),
        "reminders": rule.reminders_on(year),
        "reporters": names_of(list(rule.reporters), names),
        "receiver": names.get(rule.receiver, rule.receiver),
    }


@require_GET
@needs("plan.view")
def plan_download(request: UserRequest, pk: int) -> HttpResponse:
    """The plan as a YAML file that ``tuoitho plan load`` takes back."""
    programme = get_object_or_404(Programme, pk=pk)
    answer = HttpResponse(as_yaml(programme), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{programme.code}.yaml"'
    return answer


def as_yaml(programme: Programme) -> str:
    """The stored plan in the file's own form (years as numbers, days as days)."""
    source = programme.plan.model_dump(mode="python")
    return yaml.dump(source, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=96)


class _Dumper(yaml.SafeDumper):
    """Tuples as lists; enumerations as their words."""


_Dumper.add_representer(tuple, yaml.SafeDumper.represent_list)
_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))
