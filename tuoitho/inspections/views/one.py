"""One visit: scheduling it, its page, its printed minutes, its steps."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.establishments.models import Establishment
from tuoitho.inspections import actions
from tuoitho.inspections.checklist import checklist_on
from tuoitho.inspections.forms import (
    CancelForm,
    ChooseForm,
    CloseForm,
    FindingsForm,
    ReopenForm,
    RescheduleForm,
    ScheduleForm,
)
from tuoitho.inspections.minutes import suggested_number
from tuoitho.inspections.models import Inspection
from tuoitho.inspections.shown import answers_shown, violations_shown
from tuoitho.inspections.states import MOVES, State, Step
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import moves_from
from tuoitho.ui.responses import page, see_other

GET_POST = ["GET", "POST"]


def found(request: UserRequest, pk: int, permission: str = "inspections.view") -> Inspection:
    """The visit, if the person may see it; PermissionDenied without ``permission`` in its unit."""
    rows = Inspection.objects.visible_to(request.user)
    inspection = get_object_or_404(
        rows.select_related("establishment__craft_village", "unit__parent", "lead"), pk=pk
    )
    request.user.require(permission, inspection)
    return inspection


def form_page(
    request: UserRequest, form: forms.Form, inspection: Inspection, title: Any, **context: Any
) -> HttpResponse:
    """The form about one visit; 422 when it was sent and something is wrong."""
    context = {
        "form": form, "title": title, "intro": inspection.establishment.name,
        "cancel_url": reverse("inspections:inspection_detail", args=[inspection.pk]), **context,
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip


def acted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it if the form is good; what the action refuses is put beside its field."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_http_methods(GET_POST)
@needs("inspections.schedule")
def inspection_new(request: UserRequest) -> HttpResponse:
    asked = request.GET.get("establishment", "")
    if not asked.isascii() or not asked.isdigit():
        return _choose(request)
    places = Establishment.objects.visible_to(request.user).select_related("unit")
    place = get_object_or_404(places, pk=int(asked))
    request.user.require("inspections.schedule", place)
    data = request.POST if request.method == "POST" else None
    form = ScheduleForm(data, unit=place.unit, initial={"planned_on": today()})
    made: list[Inspection] = []
    if acted(form, lambda: made.append(actions.schedule_inspection(
        place, by=request.user, on=today(), **form.cleaned_data,
    ))):  # fmt: skip
        return see_other(request, "inspections:inspection_detail", made[0].pk)
    context = {
        "form": form, "title": _("Lập lịch kiểm tra"), "intro": f"{place.name}, {place.unit}",
        "cancel_url": reverse("establishments:establishment_detail", args=[place.pk]),
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip


def _choose(request: UserRequest) -> HttpResponse:
    form = ChooseForm(request.GET if "name" in request.GET else None)
    context = {
        "title": _("Lập lịch kiểm tra: chọn cơ sở"),
        "form": form,
        "places": form.matching(request.user),
        "typed": request.GET.get("name", ""),
    }
    return page(request, "inspections/inspection_choose.html", context)


@require_GET
@needs("inspections.view")
def inspection_detail(request: UserRequest, pk: int) -> HttpResponse:
    inspection = found(request, pk)
    violations = violations_shown(inspection)
    user, unit = request.user, inspection.unit_id
    moves = moves_from(MOVES, inspection.state)
    context = {
        "title": _("Kiểm tra: %(name)s") % {"name": inspection.establishment.name},
        "inspection": inspection,
        "answers": answers_shown(inspection, {v.violation.rule for v in violations}),
        "violations": violations,
        "measures": inspection.measures.select_related("violation", "renews"),
        "moves": inspection.moves.all(),
        "is_done": inspection.state == State.DONE,
        "is_planned": inspection.state == State.PLANNED,
        "steps": {m.name for m in moves if unit in user.scope(m.permission)},
        "may_record": unit in user.scope("inspections.record"),
        "may_report": unit in user.scope("cases.receive"),
    }
    return page(request, "inspections/inspection_detail.html", context)


@require_GET
@needs("inspections.view")
def inspection_minutes(request: UserRequest, pk: int) -> HttpResponse:
    """The minutes laid out for printing."""
    inspection = found(request, pk)
    context = {
        "title": _("Biên bản kiểm tra"),
        "inspection": inspection,
        "answers": answers_shown(inspection, set()),
        "violations": violations_shown(inspection),
        "measures": inspection.measures.all(),
    }
    return page(request, "inspections/inspection_minutes.html", context)


@require_http_methods(GET_POST)
@needs("inspections.record")
def inspection_findings(request: UserRequest, pk: int) -> HttpResponse:
    """Record what a visit found, or mend what was recorded."""
    inspection = found(request, pk, "inspections.record")
    day = inspection.done_on or today()
    checklist = checklist_on(day)
    names = ("workers_seen", "minors_seen", "under_15_seen", "conclusion", "minutes_number")
    initial = {name: getattr(inspection, name) for name in names} | {"on": day}
    if not inspection.minutes_number:
        seen = Inspection.objects.visible_to(request.user)
        initial["minutes_number"] = suggested_number(seen, inspection.unit_id, day.year)
    form = FindingsForm(
        request.POST if request.method == "POST" else None, checklist=checklist, day=day,
        answered=dict(inspection.answers.values_list("item", "answer")), initial=initial,
    )  # fmt: skip
    act = actions.correct_findings if inspection.done_on else actions.record_findings
    if acted(form, lambda: act(inspection, by=request.user, **form.found())):
        return see_other(request, "inspections:inspection_detail", pk)
    fieldsets = (
        (_("Biên bản"), "on minutes_number workers_seen minors_seen under_15_seen"),
        (_("Bảng kiểm"), " ".join(form.item_names)),
        (_("Kết luận"), "conclusion"),
    )
    return form_page(request, form, inspection, Step.RECORD.label, fieldsets=fieldsets)


def _step(
    request: UserRequest, pk: int, form_class: type[forms.Form], act: Callable[..., object],
    permission: str, title: Any,
) -> HttpResponse:  # fmt: skip
    """A step whose form's fields are the arguments of its action."""
    inspection = found(request, pk, permission)
    data = request.POST if request.method == "POST" else None
    form = form_class(data, initial={"on": today(), "planned_on": inspection.planned_on})
    extra = {} if "on" in form.fields else {"on": today()}
    if acted(form, lambda: act(inspection, by=request.user, **form.cleaned_data, **extra)):
        return see_other(request, "inspections:inspection_detail", pk)
    return form_page(request, form, inspection, title)


@require_http_methods(GET_POST)
@needs("inspections.schedule")
def inspection_reschedule(request: UserRequest, pk: int) -> HttpResponse:
    act = actions.reschedule_inspection
    return _step(request, pk, RescheduleForm, act, "inspections.schedule", _("Dời ngày kiểm tra"))


@require_http_methods(GET_POST)
@needs("inspections.schedule")
def inspection_cancel(request: UserRequest, pk: int) -> HttpResponse:
    act = actions.cancel_inspection
    return _step(request, pk, CancelForm, act, "inspections.schedule", Step.CANCEL.label)


@require_http_methods(GET_POST)
@needs("inspections.record")
def inspection_close(request: UserRequest, pk: int) -> HttpResponse:
    act = actions.close_inspection
    return _step(request, pk, CloseForm, act, "inspections.record", Step.CLOSE.label)


@require_http_methods(GET_POST)
@needs("inspections.record")
def inspection_reopen(request: UserRequest, pk: int) -> HttpResponse:
    act = actions.reopen_inspection
    return _step(request, pk, ReopenForm, act, "inspections.record", Step.REOPEN.label)
