"""Time limits and parameters: what is in force, what was, and changing them from a day on."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases import actions
from tuoitho.cases.forms.base import RoomForm
from tuoitho.cases.forms.limits import LimitForm, ParameterForm
from tuoitho.cases.models import Parameter, StepRule
from tuoitho.cases.parameters import PARAMETERS
from tuoitho.cases.views.answers import done, sent
from tuoitho.lib.hanoi import today
from tuoitho.ui.responses import page, see_other


def _in_force(rows: list[Any], name: str, day: date) -> dict[str, Any]:
    """The rows of ``day`` by step or code, in the order in which they were brought in."""
    found = [r for r in rows if r.since <= day and (r.until is None or day < r.until)]
    return {getattr(row, name): row for row in sorted(found, key=lambda row: row.pk)}


@require_GET
@needs("plan.view")
def limit_list(request: UserRequest) -> HttpResponse:
    """What is in force today, by article; each line opens its history."""
    day = today()
    limits = _in_force(list(StepRule.objects.all()), "step", day)
    values = _in_force(list(Parameter.objects.all()), "code", day)
    context = {
        "title": _("Thời hạn và tham số"), "day": day, "limits": limits.values(),
        "parameters": [(meaning, values[code]) for code, meaning in PARAMETERS.items()
                       if code in values],
        "may_manage": request.user.may("plan.manage"),
    }  # fmt: skip
    return page(request, "cases/limit_list.html", context)


@require_http_methods(["GET", "POST"])
@needs("plan.view")
def limit_detail(request: UserRequest, step: str) -> HttpResponse:
    rows = list(StepRule.objects.of_step(step).reverse())
    if not rows:
        raise Http404(step)
    names = ("amount", "unit", "who", "starts", "stops", "article", "instrument", "legal", "surety")
    form = LimitForm(sent(request), initial={name: getattr(rows[0], name) for name in names})

    def act() -> None:
        actions.set_limit(step, by=request.user, on=today(), **form.cleaned_data)

    return _dated(request, form, act, {"title": str(rows[0]), "rows": rows, "is_limit": True})


@require_http_methods(["GET", "POST"])
@needs("plan.view")
def parameter_detail(request: UserRequest, code: str) -> HttpResponse:
    if code not in PARAMETERS:
        raise Http404(code)
    rows = list(Parameter.objects.of_code(code).reverse())
    given = {"value": ", ".join(map(str, rows[0].value)) if rows else ""}
    form = ParameterForm(sent(request), initial=given)

    def act() -> None:
        actions.set_parameter(code, by=request.user, on=today(), **form.cleaned_data)

    meaning = PARAMETERS[code]
    return _dated(request, form, act, {"title": meaning.label, "rows": rows, "meaning": meaning})


def _dated(request: UserRequest, form: RoomForm, act: Any, context: dict[str, Any]) -> HttpResponse:
    """History and, for whoever may change it, the form."""
    may_manage = request.user.may("plan.manage")
    if form.is_bound and not may_manage:
        raise PermissionDenied("plan.manage")
    if form.is_bound and form.is_valid() and done(form, act):
        return see_other(request, request.path)
    context |= {"form": form if may_manage else None, "cancel_url": reverse("cases:limit_list"),
                "submit_label": _("Ghi từ ngày ấy")}  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "cases/limit_detail.html", context, part="form", status=status)
