"""Forms and filters of the directory of providers and of policies."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases.forms.base import DatedForm, text_area
from tuoitho.cases.models import Policy, Provider, ServiceKind, Surety
from tuoitho.lib.hanoi import today
from tuoitho.people.states import Group, Poverty
from tuoitho.ui.fields import VietnameseDateField
from tuoitho.units.models import Level, Organisation, OrganisationKind, Unit


def places_of(user: User) -> QuerySet[Unit]:
    """Communes and areas of today where this person keeps the directory."""
    units = Unit.objects.as_of(today()).filter(level__in=[Level.COMMUNE, Level.AREA])
    scope = user.scope("cases.directory")
    order = ("name",) if scope.everywhere else ("level", "name")
    return units.filter(scope.covers("pk")).order_by(*order)


class ProviderForm(DatedForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Cơ quan, cơ sở đã có"), required=False
    )
    new_name = forms.CharField(label=_("Hoặc tên cơ quan, cơ sở mới"), max_length=200,
                               required=False)  # fmt: skip
    new_kind = forms.ChoiceField(
        label=_("Loại cơ quan mới"), choices=OrganisationKind, required=False,
        initial=OrganisationKind.PROVIDER,
    )  # fmt: skip
    area = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn phục vụ"))
    kinds = forms.MultipleChoiceField(
        label=_("Loại dịch vụ"), choices=ServiceKind, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.CharField(label=_("Đầu mối, địa chỉ"), max_length=300, required=False)
    phone = forms.CharField(label=_("Điện thoại cơ quan"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("Thư điện tử cơ quan"), required=False,
        help_text=_("Nơi không có tài khoản nhận đường dẫn trả lời qua địa chỉ này."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("Nhận được bao nhiêu trẻ, hộ cùng lúc"), min_value=0, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    conditions = text_area(_("Điều kiện, cách tiếp nhận"), rows=2)
    on = VietnameseDateField(label=_("Từ ngày"), initial=today)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(user)
        self.fields["area"].queryset = places  # type: ignore[attr-defined]
        near = Organisation.objects.as_of(today()).filter(unit__in=places)
        self.fields["organisation"].queryset = near.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("organisation")) == bool(data.get("new_name")):
            self.add_error("organisation", _("Chọn một cơ quan đã có, hoặc ghi tên cơ quan mới."))
        return data

    def details(self) -> dict[str, Any]:
        """What ``list_provider`` takes besides the organisation."""
        ours = ("kinds", "area", "on", "contact", "phone", "email", "capacity", "conditions")
        return {name: self.cleaned_data[name] for name in ours}


def _age(label: Any) -> forms.IntegerField:
    digits = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=17, required=False, widget=digits)


class PolicyForm(DatedForm):
    kind = forms.ChoiceField(label=_("Loại dịch vụ"), choices=ServiceKind)
    title = forms.CharField(label=_("Chính sách"), max_length=200)
    what = text_area(_("Nội dung, cách đề nghị"))
    basis = forms.CharField(
        label=_("Căn cứ"), max_length=400,
        help_text=_("Điều khoản, số và ngày văn bản. Chưa đọc văn bản thì ghi mức M."),
    )  # fmt: skip
    flag = forms.ChoiceField(label=_("Mức kiểm chứng"), choices=Surety)
    poverty = forms.MultipleChoiceField(
        label=_("Gợi ý cho hộ"), choices=[c for c in Poverty.choices if c[0] != Poverty.NONE],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label=_("Gợi ý cho nhóm hoàn cảnh đặc biệt"), choices=Group,
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    age_low = _age(_("Từ tuổi"))
    age_high = _age(_("Đến hết tuổi"))
    out_of_school = forms.BooleanField(label=_("Gợi ý cho trẻ đã bỏ học"), required=False)
    on = VietnameseDateField(label=_("Áp dụng từ ngày"), initial=today)


class ProviderFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(
        label=_("Tên có chữ"), field_name="organisation__name", lookup_expr="icontains"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Loại dịch vụ"), choices=ServiceKind.choices, method="giving"
    )

    class Meta:
        model = Provider
        fields: list[str] = []

    def giving(self, rows: Any, _name: str, kind: str) -> Any:
        return rows.giving(kind)


class PolicyFilter(django_filters.FilterSet):  # type: ignore[misc]
    kind = django_filters.ChoiceFilter(label=_("Loại dịch vụ"), choices=ServiceKind.choices)
    flag = django_filters.ChoiceFilter(label=_("Mức kiểm chứng"), choices=Surety.choices)

    class Meta:
        model = Policy
        fields = ["kind", "flag"]
