"""A supervisor's view: who has how much, what is open, and doing something for many at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases.due import in_words, item_of
from tuoitho.cases.filters import units_seen
from tuoitho.cases.forms.team import BulkForm
from tuoitho.cases.models.clock import ClockQuerySet
from tuoitho.cases.parameters import PARAMETERS, number
from tuoitho.cases.turns import start_of
from tuoitho.cases.views.answers import sent
from tuoitho.cases.workload import team_clocks, workload
from tuoitho.jobs.actions import enqueue
from tuoitho.lib.hanoi import now, today
from tuoitho.ui.keyset import Order, take
from tuoitho.ui.responses import page, see_other

SIZE = 50
ORDER = Order("due_at")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _chosen(request: UserRequest) -> ClockQuerySet:
    """The team's running clocks by the filters in the address."""
    given = request.GET
    clocks = team_clocks(request.user, _number(given.get("unit", "")))
    worker = given.get("worker", "")
    if worker == "none":
        clocks = clocks.filter(assigned_to=None)
    elif (key := _number(worker)) is not None:
        clocks = clocks.filter(assigned_to=key)
    tomorrow = start_of(today() + timedelta(days=1))
    ends = {"overdue": now(), "today": tomorrow, "week": tomorrow + timedelta(days=7)}
    if end := ends.get(given.get("due", "")):
        clocks = clocks.filter(due_at__lt=end)
    return clocks


@require_http_methods(["GET", "POST"])
@needs("cases.supervise")
def team(request: UserRequest) -> HttpResponse:
    """Workers by weighted load, and what is open; ticked rows are assigned or reminded of by a job,
    each with its own check and result."""
    unit_id = _number(request.GET.get("unit", ""))
    form = BulkForm(sent(request), user=request.user, unit_id=unit_id)
    keys = [key for key in request.POST.getlist("rows") if _is_key(key)]
    if form.is_bound and form.is_valid():
        clocks = _chosen(request)
        if not form.cleaned_data["whole"]:
            clocks = clocks.filter(pk__in=keys)
        job = _begin(request, clocks, form.cleaned_data) if keys or form.cleaned_data["whole"] \
            else None  # fmt: skip
        if job is not None:
            return see_other(request, reverse("jobs:job_detail", args=[job.pk]))
        form.add_error(None, _("Hãy chọn ít nhất một dòng."))
    return page(request, "cases/team.html", _drawn(request, form, keys, unit_id), part="team",
                status=422 if form.is_bound else 200)  # fmt: skip


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _begin(request: UserRequest, clocks: ClockQuerySet, given: dict[str, Any]) -> Any:
    """The job that does it for every row; None when there is no row."""
    if given["act"] == "remind":
        keys = [str(key) for key in clocks.order_by("due_at", "pk").values_list("pk", flat=True)]
        return enqueue("cases.remind", {"clocks": keys}, by=request.user) if keys else None
    of_cases = clocks.filter(case__isnull=False).order_by("case")
    cases = list(of_cases.values_list("case", flat=True).distinct())
    args = {"cases": cases, "to": int(given["to"])}
    return enqueue("cases.assign", args, by=request.user) if cases else None


def _drawn(
    request: UserRequest, form: BulkForm, keys: list[str], unit_id: int | None
) -> dict[str, Any]:
    given = request.GET
    found = take(in_words(_chosen(request)), ORDER, SIZE, after=given.get("after", ""),
                 before=given.get("before", ""))  # fmt: skip
    address = given.copy()
    address.pop("after", None)
    address.pop("before", None)
    next_page = address.copy()
    next_page["after"] = found.after
    rows = [(clock, item_of(clock, getattr(clock, "case_child", None) or ""))
            for clock in found.rows]  # fmt: skip
    return {
        "title": _("Nhóm của tôi"), "loads": workload(request.user, unit_id), "form": form,
        "rows": rows, "ticked": keys, "given": given, "units": units_seen(request),
        "count": _chosen(request).count(), "unit_id": unit_id,
        "next_url": f"?{next_page.urlencode()}" if found.after else "",
        "first_url": f"?{address.urlencode()}" if given.get("after") else "",
        "weights": [(meaning.label, number(code, today()), code)
                    for code, meaning in PARAMETERS.items() if code.startswith("workload_")],
    }  # fmt: skip
