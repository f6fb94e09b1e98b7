"""Screens of what was given to the programme (II.6)."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.budget import actions, forms
from tuoitho.budget.models import Contribution
from tuoitho.budget.offices import drafted_by
from tuoitho.budget.views.filters import ContributionFilter
from tuoitho.lib.hanoi import today
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other


@require_GET
@needs("budget.view")
def contribution_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("on", _("Ngày cam kết"), lambda c: c.on, sort="on"),
        Column("donor", _("Người, đơn vị ủng hộ"), lambda c: c.donor, sort="donor",
               link=lambda c: reverse("budget:contribution_detail", args=[c.pk])),
        Column("kind", _("Hình thức"), lambda c: c.get_kind_display(), hide_small=True),
        Column("unit", _("Địa bàn"), lambda c: c.unit.name),
        Column("amount", _("Giá trị (đồng)"), lambda c: c.amount, sort="amount"),
        Column("received_on", _("Ngày nhận"), lambda c: c.received_on, sort="received_on"),
        Column("used", _("Đã sử dụng (đồng)"), lambda c: c.used, sort="used"),
    ]  # fmt: skip
    may = request.user.may("budget.spend")
    new = Action(_("Ghi khoản ủng hộ"), reverse("budget:contribution_new"))
    return listing(
        request, Contribution.objects.visible_to(request.user).select_related("unit"), columns,
        filterset=ContributionFilter, default_sort="-on", title=_("Nguồn lực vận động"),
        empty=_("Chưa có khoản ủng hộ nào."), actions=[new] if may else [], filename="ung-ho",
    )  # fmt: skip


def _found(request: UserRequest, pk: int) -> Contribution:
    rows = Contribution.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(rows, pk=pk)


@require_GET
@needs("budget.view")
def contribution_detail(request: UserRequest, pk: int) -> HttpResponse:
    contribution = _found(request, pk)
    own = contribution.owner in drafted_by(request.user, contribution.unit)
    context = {
        "title": contribution.donor,
        "contribution": contribution,
        "may": own and contribution.unit_id in request.user.scope("budget.spend"),
        "used_share": contribution.used / contribution.amount,
        "uses": contribution.uses.order_by("on", "pk"),
    }
    return page(request, "budget/contribution_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs("budget.spend")
def contribution_new(request: UserRequest) -> HttpResponse:
    form = forms.ContributionForm(
        request.POST if request.method == "POST" else None, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_contribution(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "budget:contribution_detail", made.pk)
    context = {
        "title": _("Ghi khoản ủng hộ"), "form": form,
        "cancel_url": reverse("budget:contribution_list"),
    }  # fmt: skip
    return page(request, "ui/form.html", context, status=422 if form.errors else 200, part="form")


def _step(
    title: str | Promise, form_class: type[Any], act: Callable[..., Any]
) -> Callable[..., HttpResponseBase]:
    """The screen of one act on a contribution: its form, the action, back to the contribution."""

    @require_http_methods(["GET", "POST"])
    @needs("budget.spend")
    def view(request: UserRequest, pk: int) -> HttpResponse:
        contribution = _found(request, pk)
        form = form_class(
            request.POST if request.method == "POST" else None, initial={"on": today()}
        )
        if request.method == "POST" and form.is_valid():
            try:
                act(contribution, **form.cleaned_data, by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return see_other(request, "budget:contribution_detail", pk)
        context = {
            "title": title, "form": form, "intro": str(contribution.donor),
            "cancel_url": reverse("budget:contribution_detail", args=[pk]),
        }  # fmt: skip
        status = 422 if form.errors else 200
        return page(request, "ui/form.html", context, status=status, part="form")

    return view


contribution_receive = _step(
    gettext_lazy("Ghi đã nhận"), forms.ReceiveForm, actions.receive_contribution
)
contribution_use = _step(gettext_lazy("Ghi sử dụng"), forms.UseForm, actions.use_contribution)
