"""Public holidays of a year, and the days swapped between work and rest."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.lib.hanoi import today
from tuoitho.plan import actions
from tuoitho.plan.calendar import public_holidays
from tuoitho.plan.forms import SwapForm
from tuoitho.plan.models import SwappedDay
from tuoitho.plan.views.chosen import chosen_year
from tuoitho.ui.responses import page, see_other


@require_http_methods(["GET", "POST"])
@needs("plan.view")
def calendar(request: UserRequest) -> HttpResponse:
    """The days of a year; whoever manages the plan adds a swapped day here."""
    may_manage = request.user.may("plan.manage")
    form = SwapForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            swapped = actions.swap_day(by=request.user, on=today(), **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, f"{request.path}?year={swapped.day.year}")
    year = chosen_year(request, None)
    context = {
        "title": _("Lịch làm việc năm %(year)s") % {"year": year},
        "year": year,
        "years": range(today().year + 1, 2020, -1),
        "holidays": public_holidays(year, get_language() or "vi"),
        "swapped": SwappedDay.objects.filter(day__year=year),
        "form": form if may_manage else None,
    }
    status = 422 if form.is_bound else 200
    return page(request, "plan/calendar.html", context, part="calendar", status=status)


@require_POST
@needs("plan.manage")
def swapped_day_forget(request: UserRequest, pk: int) -> HttpResponse:
    swapped = get_object_or_404(SwappedDay, pk=pk)
    year = swapped.day.year
    actions.forget_swapped_day(swapped, by=request.user, on=today())
    return see_other(request, f"{reverse('plan:calendar')}?year={year}")
