"""The list of workplaces, one of them, entering and correcting it."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.establishments import actions
from tuoitho.establishments.forms import EstablishmentForm, NewEstablishmentForm
from tuoitho.establishments.models import CraftVillage, Establishment, EstablishmentQuerySet
from tuoitho.establishments.names import distinctive
from tuoitho.establishments.states import Kind, Sector
from tuoitho.establishments.tax_code import masked
from tuoitho.lib.hanoi import today
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other
from tuoitho.units.models import Unit

OPEN, CLOSED = "open", "closed"


def _villages(request: HttpRequest) -> QuerySet[CraftVillage]:
    return CraftVillage.objects.visible_to(request.user).order_by("folded_name")


def _units(request: UserRequest) -> QuerySet[Unit]:
    scope = request.user.scope("establishments.view")
    units = Unit.objects.as_of(today()).communes().order_by("name")
    return units.filter(scope.covers("pk"))


class EstablishmentFilter(django_filters.FilterSet):  # type: ignore[misc]
    name = django_filters.CharFilter(method="named", label=_("Tên cơ sở, chủ cơ sở"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Loại hình"))
    sector = django_filters.ChoiceFilter(choices=Sector.choices, label=_("Ngành nghề"))
    craft_village = django_filters.ModelChoiceFilter(queryset=_villages, label=_("Làng nghề"))
    unit = django_filters.ModelChoiceFilter(queryset=_units, label=_("Địa bàn"))
    informal = django_filters.ChoiceFilter(
        method="registered", label=_("Đăng ký kinh doanh"),
        choices=[("1", _("Phi chính thức")), ("0", _("Đã đăng ký"))],
    )  # fmt: skip
    state = django_filters.ChoiceFilter(
        method="working", label=_("Tình trạng"),
        choices=[(OPEN, _("Đang hoạt động")), (CLOSED, _("Đã ngừng"))],
    )  # fmt: skip

    class Meta:
        model = Establishment
        fields: list[str] = []

    def named(self, rows: EstablishmentQuerySet, name: str, value: str) -> EstablishmentQuerySet:
        return rows.matching(value)

    def registered(
        self, rows: EstablishmentQuerySet, name: str, value: str
    ) -> EstablishmentQuerySet:
        return rows.filter(informal=value == "1")

    def working(self, rows: EstablishmentQuerySet, name: str, value: str) -> EstablishmentQuerySet:
        if value == OPEN:
            return rows.open_on(today())
        return rows.filter(closed_on__lt=today())


def _state(establishment: Establishment) -> str | Promise:
    return _("Đang hoạt động") if establishment.is_open(today()) else _("Đã ngừng")


def _columns() -> list[Column]:
    return [
        Column("name", _("Tên cơ sở"), lambda e: e.name, sort="folded_name",
               link=lambda e: reverse("establishments:establishment_detail", args=[e.pk])),
        Column("kind", _("Loại hình"), lambda e: e.get_kind_display(), sort="kind"),
        Column("sector", _("Ngành nghề"), lambda e: e.get_sector_display(), sort="sector"),
        Column("informal", _("Phi chính thức"), lambda e: _("Phi chính thức") if e.informal else "",
               badge=lambda e: "yellow" if e.informal else "", hide_small=True),
        Column("village", _("Làng nghề"), lambda e: str(e.craft_village or ""), hide_small=True),
        Column("owner", _("Chủ cơ sở"), lambda e: e.owner_name, sort="folded_owner"),
        Column("unit", _("Địa bàn"), lambda e: str(e.unit), sort="unit__folded_name"),
        Column("committed", _("Cam kết"), lambda e: e.committed_on, hide_small=True),
        Column("state", _("Tình trạng"), _state,
               badge=lambda e: "green" if e.is_open(today()) else "secondary"),
    ]  # fmt: skip


@require_GET
@needs("establishments.view")
def establishment_list(request: UserRequest) -> HttpResponse:
    rows = Establishment.objects.visible_to(request.user).select_related("unit", "craft_village")
    buttons = [Action(_("Làng nghề"), reverse("establishments:village_list"), "map-pin")]
    if request.user.may("establishments.register"):
        new = Action(_("Thêm cơ sở"), reverse("establishments:establishment_new"))
        buttons.insert(0, new)
    return listing(
        request, rows.annotate(committed_on=Max("commitments__signed_on")), _columns(),
        filterset=EstablishmentFilter, default_sort="name",
        title=_("Cơ sở sử dụng lao động"),
        empty=_("Chưa có cơ sở nào. Hãy thêm cơ sở đầu tiên của địa bàn."),
        actions=buttons, filename="co-so",
    )  # fmt: skip


def _may(user: User, permission: str, establishment: Establishment) -> bool:
    return establishment.unit_id in user.scope(permission)


def _contacts(user: User, establishment: Establishment) -> dict[str, str]:
    """Phone and tax code in full for those who work with the employer or may see identities."""
    known = _may(user, "establishments.register", establishment) or _may(
        user, "people.identity", establishment
    )
    if known:
        return {"phone": establishment.owner_phone, "tax_code": establishment.tax_code}
    phone = establishment.owner_phone
    return {"phone": f"•••{phone[-3:]}" if phone else "",
            "tax_code": masked(establishment.tax_code)}  # fmt: skip


@require_GET
@needs("establishments.view")
def establishment_detail(request: UserRequest, pk: int) -> HttpResponse:
    visible = Establishment.objects.visible_to(request.user)
    establishment = get_object_or_404(visible.select_related("unit", "craft_village"), pk=pk)
    context = {
        "title": establishment.name,
        "establishment": establishment,
        "is_open": establishment.is_open(today()),
        "contacts": _contacts(request.user, establishment),
        "guidances": establishment.guidances.all()[:20],
        "commitments": establishment.commitments.all(),
        "may_register": _may(request.user, "establishments.register", establishment),
        "may_inspect": _may(request.user, "inspections.schedule", establishment),
        "sees_inspections": request.user.may("inspections.view"),
        "sees_cases": request.user.may("cases.view"),
    }
    return page(request, "establishments/establishment_detail.html", context)


def _facts(form: EstablishmentForm) -> actions.Facts:
    aside = ("unit", "asked")
    return {k: v for k, v in form.cleaned_data.items() if k not in aside}  # type: ignore[return-value]


FIELDSETS = (
    (_("Cơ sở"), "name kind informal sector products workers opened_on"),
    (_("Nơi làm việc"), "craft_village address hamlet"),
    (_("Chủ cơ sở"), "owner_name owner_phone tax_code"),
)


@require_http_methods(["GET", "POST"])
@needs("establishments.register")
def establishment_new(request: UserRequest) -> HttpResponse:
    form = NewEstablishmentForm(
        request.POST if request.method == "POST" else None, by=request.user,
        initial={"name": request.GET.get("name", "")},
    )  # fmt: skip
    similar: list[Establishment] = []
    if form.is_bound and form.is_valid():
        similar = [] if form.was_asked() else _similar(request.user, form)
        if not similar:
            try:
                new = actions.register_establishment(
                    form.cleaned_data["unit"], by=request.user, on=today(), **_facts(form)
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return see_other(request, "establishments:establishment_detail", new.pk)
        else:
            form.data = {**request.POST.dict(), "asked": distinctive(form.cleaned_data["name"])}
    return _new_page(request, form, similar)


def _similar(user: User, form: NewEstablishmentForm) -> list[Establishment]:
    """Workplaces the person may see that could be the one being entered; five at most."""
    rows = Establishment.objects.visible_to(user).select_related("unit")
    return list(rows.similar_to(form.cleaned_data["name"])[:5])


def _new_page(
    request: UserRequest, form: NewEstablishmentForm, similar: list[Establishment]
) -> HttpResponse:
    first, *rest = FIELDSETS
    context: dict[str, Any] = {
        "form": form,
        "similar": similar,
        "title": _("Thêm cơ sở"),
        "fieldsets": ((first[0], f"unit {first[1]}"), *rest),
        "submit_label": _("Vẫn lưu là cơ sở mới") if similar else _("Lưu"),
        "cancel_url": reverse("establishments:establishment_list"),
    }
    wrong = form.is_bound and not form.is_valid()
    return page(request, "establishments/establishment_new.html", context, part="form",
                status=422 if wrong else 200)  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("establishments.register")
def establishment_edit(request: UserRequest, pk: int) -> HttpResponse:
    establishment = get_object_or_404(Establishment.objects.visible_to(request.user), pk=pk)
    request.user.require("establishments.register", establishment)
    names = [n for n in EstablishmentForm.base_fields if n != "unit"]
    form = EstablishmentForm(
        request.POST if request.method == "POST" else None, by=request.user,
        unit=establishment.unit, initial={n: getattr(establishment, n) for n in names},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            actions.correct_establishment(
                establishment, by=request.user, on=today(), **_facts(form)
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "establishments:establishment_detail", pk)
    context = {
        "form": form,
        "title": _("Sửa: %(name)s") % {"name": establishment.name},
        "fieldsets": FIELDSETS,
        "cancel_url": reverse("establishments:establishment_detail", args=[pk]),
    }
    return page(request, "ui/form.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip
