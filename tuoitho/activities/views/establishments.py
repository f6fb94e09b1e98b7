"""Screens by which the workplaces an activity reached are named."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.activities import actions
from tuoitho.activities.forms import EstablishmentSearchForm, EstablishmentsForm
from tuoitho.activities.models import Activity
from tuoitho.activities.views.activities import found_activity
from tuoitho.establishments.models import Establishment, EstablishmentQuerySet
from tuoitho.lib.hanoi import today
from tuoitho.ui.responses import page, see_other

SHOWN = 50


def _candidates(request: UserRequest, activity: Activity) -> EstablishmentQuerySet:
    """Workplaces of the activity's unit at work on its day that are not named yet."""
    rows = Establishment.objects.visible_to(request.user).located_in(activity.unit)
    named = activity.establishments_reached.values("establishment")
    return rows.open_on(activity.done_on or today()).exclude(pk__in=named)


@require_http_methods(["GET", "POST"])
@needs("activities.record")
def establishment_add(request: UserRequest, pk: int) -> HttpResponse:
    """Search, tick, add; nothing is lost of a search that is sent again."""
    activity = found_activity(request, pk)
    rows = _candidates(request, activity)
    search = EstablishmentSearchForm(request.GET)
    wanted = search.cleaned_data["q"] if search.is_valid() else ""
    shown = list(rows.matching(wanted).order_by("folded_name").values_list("pk", flat=True)[:SHOWN])
    # Ticked ones stay offered whatever is searched, so that nothing typed is lost.
    ticked = [int(key) for key in request.POST.getlist("establishments") if key.isdecimal()]
    offered = rows.filter(pk__in=[*shown, *ticked]).order_by("folded_name")
    form = EstablishmentsForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            actions.link_establishments(
                activity, form.cleaned_data["establishments"], by=request.user, on=today()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "activities:activity_detail", pk)
    context = {
        "title": _("Thêm cơ sở"), "activity": activity, "search": search, "form": form,
        "any": bool(shown), "more": len(shown) == SHOWN,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return page(request, "activities/establishment_add.html", context, status=status, part="form")


@require_POST
@needs("activities.record")
def establishment_remove(request: UserRequest, pk: int, establishment: int) -> HttpResponse:
    activity = found_activity(request, pk)
    workplace = get_object_or_404(
        Establishment.objects.visible_to(request.user),
        pk=establishment, pk__in=activity.establishments_reached.values("establishment"),
    )  # fmt: skip
    try:
        actions.unlink_establishment(activity, workplace, by=request.user, on=today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(request, "activities:activity_detail", pk)
