"""One household: its page, its children and carers, and whether it is poor."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.lib.hanoi import today
from tuoitho.people import actions
from tuoitho.people.as_of import Line, members_on
from tuoitho.people.forms import GuardianForm, HouseholdForm, HouseholdNewForm, PovertyForm
from tuoitho.people.models import Household
from tuoitho.people.views.children import answer, as_of
from tuoitho.ui.responses import page, see_other


def _seen(request: UserRequest, pk: int) -> Household:
    return get_object_or_404(
        Household.objects.visible_to(request.user).select_related("unit"), pk=pk
    )


def _page_of(household: Household) -> str:
    return reverse("people:household_detail", args=[household.pk])


def _sent(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_GET
@needs("people.view")
def household_detail(request: UserRequest, pk: int) -> HttpResponse:
    household = _seen(request, pk)
    now = today()
    return page(
        request,
        "people/household_detail.html",
        {
            "title": _("Hộ %(head)s") % {"head": household.head_name},
            "household": household,
            "children": [(c, c.age_text(now)) for c in household.children.order_by("birth_date")],
            "guardians": household.guardians.all(),
            **as_of(request, lambda day: _members(household, day, request.user)),
            "poverty": household.poverty_statuses.all(),
            "may_identify": household.unit_id in request.user.scope("people.identity"),
            "may_register": household.unit_id in request.user.scope("people.register"),
        },
    )


def _members(household: Household, day: date, user: User) -> list[Line]:
    found = members_on(household, day, user)
    return [Line(m.child.full_name, m.child.age_text(day)) for m in found]


@require_http_methods(["GET", "POST"])
@needs("people.register")
def household_new(request: UserRequest) -> HttpResponse:
    form = HouseholdNewForm(_sent(request), user=request.user)
    if form.is_bound and form.is_valid():
        try:
            household = actions.register_household(by=request.user, on=today(), **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            return see_other(request, _page_of(household))
    context = {
        "form": form, "title": _("Lập hộ mới"), "cancel_url": reverse("people:household_list"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "ui/form.html", context, part="form", status=status)


@require_http_methods(["GET", "POST"])
@needs("people.register")
def household_edit(request: UserRequest, pk: int) -> HttpResponse:
    household = _seen(request, pk)
    facts = {name: getattr(household, name) for name in ("head_name", "hamlet", "address")}
    form = HouseholdForm(_sent(request), initial=facts)

    def act() -> None:
        actions.correct_household(household, by=request.user, on=today(), **form.cleaned_data)

    return answer(request, form, act, _("Sửa hộ %(head)s") % {"head": household},
                  _page_of(household))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("people.register")
def poverty_new(request: UserRequest, pk: int) -> HttpResponse:
    household = _seen(request, pk)
    form = PovertyForm(_sent(request), initial={"year": today().year})

    def act() -> None:
        actions.record_poverty(household, by=request.user, on=today(), **form.cleaned_data)

    return answer(request, form, act, _("Rà soát nghèo: hộ %(head)s") % {"head": household},
                  _page_of(household))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("people.register")
def household_guardian_new(request: UserRequest, pk: int) -> HttpResponse:
    household = _seen(request, pk)
    form = GuardianForm(_sent(request))

    def act() -> None:
        actions.add_guardian(household, by=request.user, on=today(), **form.cleaned_data)

    return answer(request, form, act, _("Người chăm sóc trong hộ %(head)s") % {"head": household},
                  _page_of(household))  # fmt: skip
