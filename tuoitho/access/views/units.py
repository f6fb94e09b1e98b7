"""Units as they were and are, organisations, outlines for maps."""

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.forms import OrganisationForm
from tuoitho.access.guards import UserRequest, needs
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.ui.fields import VietnameseDateField
from tuoitho.ui.formats import vn_date
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other
from tuoitho.units.actions import create_organisation
from tuoitho.units.models import Level, Organisation, OrganisationKind, Unit
from tuoitho.units.outlines import outlines


class DayFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = VietnameseDateField


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc]
    name = django_filters.CharFilter(method="named", label=gettext_lazy("Tên hoặc mã"))
    level = django_filters.ChoiceFilter(choices=Level.choices, label=gettext_lazy("Cấp"))
    day = DayFilter(method="existing", label=gettext_lazy("Có vào ngày"))

    class Meta:
        model = Unit
        fields: list[str] = []

    def named(self, units: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        if value.strip().isdigit():
            return units.filter(code=value.strip())
        return units.filter(folded_name__contains=fold(value))

    def existing(self, units: QuerySet[Unit], name: str, value: object) -> QuerySet[Unit]:
        return units.filter(valid__contains=value)


def _days(unit: Unit) -> str:
    """The days of validity in words; the last day is the one before the range's end."""
    start = vn_date(unit.valid.lower) if unit.valid.lower else "…"
    last = unit.valid.upper
    return f"{start} – {vn_date(type(last).fromordinal(last.toordinal() - 1)) if last else '…'}"


@require_GET
@needs("units.view")
def unit_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("code", _("Mã"), lambda u: u.code, sort="code"),
        Column("name", _("Tên"), lambda u: u.name, sort="folded_name",
               link=lambda u: reverse("units:unit_detail", args=[u.pk])),
        Column("level", _("Cấp"), lambda u: u.get_level_display(), hide_small=True),
        Column("parent", _("Thuộc"), lambda u: str(u.parent or "")),
        Column("valid", _("Hiệu lực"), _days),
    ]  # fmt: skip
    return listing(
        request, Unit.objects.select_related("parent"), columns, filterset=UnitFilter,
        default_sort="code", title=_("Đơn vị hành chính"),
        empty=_("Không có đơn vị nào khớp; hãy bỏ bớt điều kiện lọc."),
        actions=[Action(_("Cơ quan, tổ chức"), reverse("units:organisation_list"), "users")],
        filename="don-vi",
    )  # fmt: skip


@require_GET
@needs("units.view")
def unit_detail(request: UserRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("parent", "area"), pk=pk)
    return page(
        request,
        "access/unit_detail.html",
        {
            "title": unit.name,
            "unit": unit,
            "days": _days(unit),
            "came_from": unit.predecessors.select_related("old__parent").order_by("old__code"),
            "went_to": unit.successors.select_related("new__parent").order_by("new__code"),
            "organisations": unit.organisations.order_by("kind", "name"),
        },
    )


class OrganisationFilter(django_filters.FilterSet):  # type: ignore[misc]
    name = django_filters.CharFilter(lookup_expr="icontains", label=gettext_lazy("Tên có chữ"))
    kind = django_filters.ChoiceFilter(choices=OrganisationKind.choices, label=gettext_lazy("Loại"))

    class Meta:
        model = Organisation
        fields: list[str] = []


@require_GET
@needs("units.view")
def organisation_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("name", _("Tên"), lambda o: o.name, sort="name"),
        Column("kind", _("Loại"), lambda o: o.get_kind_display(), sort="kind"),
        Column("unit", _("Địa bàn"), lambda o: str(o.unit), sort="unit__folded_name"),
    ]
    may_add = request.user.may("units.manage")
    add = Action(_("Thêm cơ quan, tổ chức"), reverse("units:organisation_new"))
    return listing(
        request, Organisation.objects.select_related("unit"), columns,
        filterset=OrganisationFilter, default_sort="name", title=_("Cơ quan, tổ chức"),
        empty=_("Chưa có cơ quan, tổ chức nào."), actions=[add] if may_add else [],
        filename="to-chuc",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("units.manage")
def organisation_new(request: UserRequest) -> HttpResponse:
    form = OrganisationForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_bound and form.is_valid():
        try:
            create_organisation(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "units:organisation_list")
    context = {
        "form": form,
        "title": _("Thêm cơ quan, tổ chức"),
        "cancel_url": reverse("units:organisation_list"),
    }
    status = 422 if form.is_bound else 200
    return page(request, "ui/form.html", context, part="form", status=status)


@require_GET
@needs("units.view")
def outlines_of(request: UserRequest, pk: int) -> HttpResponse:
    """GeoJSON of the communes of today within a unit; empty where no outlines are packaged."""
    unit = get_object_or_404(Unit, pk=pk)
    communes = Unit.objects.communes().as_of(today()).within(unit)
    answer = HttpResponse(outlines(communes), content_type="application/geo+json")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
