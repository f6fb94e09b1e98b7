"""What happens to one workplace: guidance, commitment, closing, reopening; and craft villages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.establishments import actions
from tuoitho.establishments.forms import CloseForm, CommitmentForm, GuidanceForm, VillageForm
from tuoitho.establishments.models import CraftVillage, Establishment
from tuoitho.lib.hanoi import today
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other


def _happening(
    request: UserRequest,
    pk: int,
    form_class: type[forms.Form],
    act: Callable[..., object],
    title: str | Promise,
) -> HttpResponse:
    """A form about one workplace whose fields are the arguments of the action."""
    establishment = get_object_or_404(Establishment.objects.visible_to(request.user), pk=pk)
    request.user.require("establishments.register", establishment)
    initial = {"on": today(), "signed_by": establishment.owner_name}
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            act(establishment, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "establishments:establishment_detail", pk)
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "intro": establishment.name,
        "cancel_url": reverse("establishments:establishment_detail", args=[pk]),
    }
    return page(request, "ui/form.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("establishments.register")
def establishment_close(request: UserRequest, pk: int) -> HttpResponse:
    title = _("Ghi ngừng hoạt động")
    return _happening(request, pk, CloseForm, actions.close_establishment, title)


@require_http_methods(["GET", "POST"])
@needs("establishments.register")
def guidance_new(request: UserRequest, pk: int) -> HttpResponse:
    title = _("Ghi hướng dẫn người sử dụng lao động")
    return _happening(request, pk, GuidanceForm, actions.record_guidance, title)


@require_http_methods(["GET", "POST"])
@needs("establishments.register")
def commitment_new(request: UserRequest, pk: int) -> HttpResponse:
    title = _("Ghi cam kết không sử dụng lao động trẻ em")
    return _happening(request, pk, CommitmentForm, actions.record_commitment, title)


@require_POST
@needs("establishments.register")
def establishment_reopen(request: UserRequest, pk: int) -> HttpResponse:
    establishment = get_object_or_404(Establishment.objects.visible_to(request.user), pk=pk)
    # A second press of the button asks for what is so already.
    if establishment.closed_on is not None:
        actions.reopen_establishment(establishment, by=request.user, on=today())
    return see_other(request, "establishments:establishment_detail", pk)


@require_GET
@needs("establishments.view")
def village_list(request: UserRequest) -> HttpResponse:
    rows = CraftVillage.objects.visible_to(request.user).select_related("unit")
    register = reverse("establishments:establishment_list")
    columns = [
        Column("name", _("Làng nghề"), lambda v: v.name, sort="folded_name",
               link=lambda v: f"{register}?craft_village={v.pk}"),
        Column("trade", _("Nghề"), lambda v: v.trade),
        Column("unit", _("Địa bàn"), lambda v: str(v.unit), sort="unit__folded_name"),
        Column("count", _("Số cơ sở"), lambda v: v.size),
    ]  # fmt: skip
    may_add = request.user.may("establishments.register")
    new = Action(_("Thêm làng nghề"), reverse("establishments:village_new"))
    return listing(
        request, rows.annotate(size=Count("establishments")), columns, default_sort="name",
        title=_("Làng nghề"), empty=_("Chưa ghi làng nghề nào."),
        actions=[new] if may_add else [], filename="lang-nghe",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("establishments.register")
def village_new(request: UserRequest) -> HttpResponse:
    form = VillageForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_bound and form.is_valid():
        try:
            actions.name_craft_village(by=request.user, on=today(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "establishments:village_list")
    context = {
        "form": form,
        "title": _("Thêm làng nghề"),
        "cancel_url": reverse("establishments:village_list"),
    }
    return page(request, "ui/form.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip
