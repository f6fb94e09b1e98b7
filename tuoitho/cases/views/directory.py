"""The directory of providers and the table of policies."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.cases import actions
from tuoitho.cases.capacity import open_referrals
from tuoitho.cases.forms.directory import PolicyFilter, PolicyForm, ProviderFilter, ProviderForm
from tuoitho.cases.forms.steps import NoteForm
from tuoitho.cases.models import Policy, Provider, Referral, ServiceKind
from tuoitho.cases.views.answers import answer, sent
from tuoitho.lib.hanoi import today
from tuoitho.ui.formats import vn_date
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page
from tuoitho.units.actions import create_organisation
from tuoitho.units.models import Organisation

DETAILS = ("contact", "phone", "email", "capacity", "conditions")


def _provider_columns() -> list[Column]:
    return [
        Column("name", _("Cơ quan, cơ sở"), str, sort="organisation__name",
               link=lambda p: reverse("cases:provider_detail", args=[p.pk])),
        Column("kinds", _("Dịch vụ"), lambda p: p.kinds_text),
        Column("area", _("Địa bàn phục vụ"), lambda p: p.area.name, sort="area__name"),
        Column("phone", _("Điện thoại"), lambda p: p.phone, hide_small=True),
        Column("capacity", _("Nhận được"), lambda p: p.capacity, hide_small=True),
    ]  # fmt: skip


@require_GET
@needs("cases.view")
def provider_list(request: UserRequest) -> HttpResponse:
    rows = Provider.objects.as_of(today()).select_related("organisation", "area")
    links = [Action(_("Chính sách"), reverse("cases:policy_list"), "file-text"),
             Action(_("Tỷ lệ trả lời"), reverse("cases:answer_rates"), "target-arrow")]  # fmt: skip
    if request.user.may("cases.directory"):
        links.insert(0, Action(_("Thêm vào danh bạ"), reverse("cases:provider_new")))
    return listing(
        request, rows, _provider_columns(), title=_("Danh bạ dịch vụ"), default_sort="name",
        empty=_("Danh bạ còn trống. Cơ quan thường trực thêm trường, trung tâm, ngân hàng…"),
        filterset=ProviderFilter, filename="danh-ba-dich-vu", actions=links,
    )  # fmt: skip


@require_GET
@needs("cases.view")
def provider_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One provider, what it can take and how many it has now."""
    rows = Provider.objects.select_related("organisation", "area")
    provider = get_object_or_404(rows, pk=pk)
    mine = Referral.objects.visible_to(request.user).filter(receiver=provider.organisation_id)
    context = {
        "title": str(provider), "provider": provider, "running": mine.running().count(),
        "waiting": mine.unanswered().count(), "open": open_referrals(provider.organisation_id),
        "may_edit": provider.area_id in request.user.scope("cases.directory"),
    }  # fmt: skip
    return page(request, "cases/provider_detail.html", context)


def _chosen(form: ProviderForm, request: UserRequest) -> Organisation:
    data = form.cleaned_data
    if data["organisation"]:
        chosen: Organisation = data["organisation"]
        return chosen
    return create_organisation(data["new_name"], data["new_kind"], data["area"], by=request.user)


@require_http_methods(["GET", "POST"])
@needs("cases.directory")
def provider_new(request: UserRequest) -> HttpResponse:
    form = ProviderForm(sent(request), user=request.user)

    def act() -> None:
        actions.list_provider(_chosen(form, request), by=request.user, **form.details())

    back = reverse("cases:provider_list")
    return answer(request, form, act, back, title=_("Thêm vào danh bạ"), cancel_url=back)


@require_http_methods(["GET", "POST"])
@needs("cases.directory")
def provider_edit(request: UserRequest, pk: int) -> HttpResponse:
    """A new version from a day; the earlier one stays in the record."""
    provider = get_object_or_404(Provider, pk=pk)
    initial = {name: getattr(provider, name) for name in DETAILS}
    initial |= {"organisation": provider.organisation_id, "area": provider.area_id,
                "kinds": provider.kinds}  # fmt: skip
    form = ProviderForm(sent(request), user=request.user, initial=initial)
    for name in ("new_name", "new_kind"):
        del form.fields[name]

    def act() -> None:
        actions.list_provider(provider.organisation, by=request.user, **form.details())

    title = _("Sửa: %(name)s") % {"name": provider}
    back = reverse("cases:provider_list")
    return answer(request, form, act, back, title=title, cancel_url=back)


@require_http_methods(["GET", "POST"])
@needs("cases.directory")
def provider_end(request: UserRequest, pk: int) -> HttpResponse:
    provider = get_object_or_404(Provider, pk=pk)
    form = NoteForm(sent(request))

    def act() -> None:
        actions.unlist_provider(provider, by=request.user, **form.cleaned_data)

    title = _("Đưa ra khỏi danh bạ: %(name)s") % {"name": provider}
    back = reverse("cases:provider_list")
    return answer(request, form, act, back, title=title, cancel_url=back)


def _policy_columns() -> list[Column]:
    return [
        Column("title", _("Chính sách"), str, sort="title",
               link=lambda p: reverse("cases:policy_detail", args=[p.pk])),
        Column("kind", _("Dịch vụ"), lambda p: p.get_kind_display(), sort="kind"),
        Column("flag", _("Kiểm chứng"), lambda p: p.flag, sort="flag",
               badge=lambda p: "orange" if p.is_unverified else "green"),
        Column("basis", _("Căn cứ"), lambda p: p.basis, hide_small=True),
    ]  # fmt: skip


@require_GET
@needs("cases.view")
def policy_list(request: UserRequest) -> HttpResponse:
    new = Action(_("Thêm chính sách"), reverse("cases:policy_new"))
    return listing(
        request, Policy.objects.in_force(today()), _policy_columns(), title=_("Chính sách"),
        default_sort="title", filterset=PolicyFilter, filename="chinh-sach",
        empty=_("Chưa có chính sách nào."),
        actions=[new] if request.user.may("cases.directory") else [],
    )  # fmt: skip


@require_GET
@needs("cases.view")
def policy_detail(request: UserRequest, pk: int) -> HttpResponse:
    policy = get_object_or_404(Policy, pk=pk)
    context = {
        "title": policy.title, "policy": policy, "may_edit": request.user.may("cases.directory"),
        "givers": Provider.objects.as_of(today()).giving(policy.kind)
        .select_related("organisation"),
        "versions": [(row, _days(row.valid)) for row in
                     Policy.objects.filter(code=policy.code).order_by("valid")],
    }  # fmt: skip
    return page(request, "cases/policy_detail.html", context)


def _days(valid: DateRange) -> str:
    start = vn_date(valid.lower) if valid.lower else "…"
    return f"{start} – {vn_date(valid.upper) if valid.upper else '…'}"


def _save_policy(code: str, form: PolicyForm, request: UserRequest) -> Any:
    return actions.set_policy(code, by=request.user, **form.cleaned_data)


@require_http_methods(["GET", "POST"])
@needs("cases.directory")
def policy_new(request: UserRequest) -> HttpResponse:
    form = PolicyForm(sent(request), initial={"flag": "M"})

    def act() -> None:
        known = Policy.objects.filter(title__iexact=form.cleaned_data["title"]).exists()
        if known:
            raise ValidationError({"title": _("Đã có chính sách tên này; hãy sửa chính sách đó.")})
        kind = ServiceKind(form.cleaned_data["kind"])
        number = Policy.objects.filter(kind=kind).count() + 1
        _save_policy(f"{kind}-{number}", form, request)

    back = reverse("cases:policy_list")
    return answer(request, form, act, back, title=_("Thêm chính sách"), cancel_url=back)


@require_http_methods(["GET", "POST"])
@needs("cases.directory")
def policy_edit(request: UserRequest, pk: int) -> HttpResponse:
    """A new version from a day; what was in force before stays readable."""
    policy = get_object_or_404(Policy, pk=pk)
    initial = {name: getattr(policy, name) for name in PolicyForm.base_fields if name != "on"}
    form = PolicyForm(sent(request), initial=initial)

    def act() -> None:
        _save_policy(policy.code, form, request)

    title = _("Sửa: %(name)s") % {"name": policy}
    back = reverse("cases:policy_list")
    return answer(request, form, act, back, title=title, cancel_url=back)
