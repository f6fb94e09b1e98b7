"""What the screens of the register of workplaces may send."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.access.forms import manageable_units
from tuoitho.access.models import User
from tuoitho.establishments.models import CraftVillage
from tuoitho.establishments.names import distinctive
from tuoitho.establishments.states import Kind, Sector, Topic
from tuoitho.lib.hanoi import today
from tuoitho.ui.fields import NameField, VietnameseDateField
from tuoitho.units.models import Level, Unit

REGISTER = "establishments.register"


def _past(day: date) -> None:
    if day > today():
        raise ValidationError(_("Ngày này còn ở tương lai."), code="future")


class EstablishmentForm(forms.Form):
    """A correction; the unit stays what it is."""

    name = forms.CharField(label=_("Tên cơ sở"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại hình"), choices=[("", "---------"), *Kind.choices])
    informal = forms.BooleanField(
        label=_("Khu vực phi chính thức, chưa đăng ký kinh doanh"), required=False
    )
    sector = forms.ChoiceField(label=_("Ngành nghề"), choices=Sector.choices, initial=Sector.OTHER)
    products = forms.CharField(label=_("Sản phẩm, công việc chính"), max_length=200, required=False)
    craft_village = forms.ModelChoiceField(
        CraftVillage.objects.none(), label=_("Làng nghề"), required=False,
        empty_label=_("Không thuộc làng nghề"),
    )  # fmt: skip
    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố"), max_length=120, required=False)
    owner_name = NameField(label=_("Chủ cơ sở, người đại diện"), required=False)
    owner_phone = forms.CharField(
        label=_("Số điện thoại"), max_length=30, required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    tax_code = forms.CharField(
        label=_("Mã số thuế"), max_length=20, required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("10 số, 13 số của chi nhánh, hoặc 12 số định danh của chủ hộ kinh doanh."),
    )  # fmt: skip
    workers = forms.IntegerField(
        label=_("Số lao động"), min_value=0, max_value=100_000, required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    opened_on = VietnameseDateField(
        label=_("Hoạt động từ ngày"), required=False, validators=[_past],
        help_text=_("Để trống nếu không rõ."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = CraftVillage.objects.visible_to(by).select_related("unit")
        if unit is not None:
            villages = villages.filter(unit=unit)
        field = self.fields["craft_village"]
        field.queryset = villages.order_by("folded_name")  # type: ignore[attr-defined]


class NewEstablishmentForm(EstablishmentForm):
    """A new workplace. ``asked`` remembers for which name the similar ones were shown."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn"))
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["unit", "name", "kind"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        units = manageable_units(by, REGISTER).filter(level=Level.COMMUNE)
        field = self.fields["unit"]
        field.queryset = units  # type: ignore[attr-defined]
        if len(units) == 1:
            field.initial = units[0]

    def was_asked(self) -> bool:
        """Whether the similar workplaces of this very name were shown already."""
        core = distinctive(self.cleaned_data["name"])
        return bool(self.cleaned_data["asked"] == core)


class CloseForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày hoạt động cuối cùng"), validators=[_past])
    reason = forms.CharField(label=_("Lý do ngừng hoạt động"), max_length=200)


class GuidanceForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày hướng dẫn"), validators=[_past])
    topic = forms.ChoiceField(label=_("Nội dung"), choices=Topic.choices)
    detail = forms.CharField(
        label=_("Chi tiết, kết quả"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("Không ghi tên trẻ em ở đây; hồ sơ của trẻ có chỗ riêng."),
    )  # fmt: skip


class CommitmentForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày ký cam kết"), validators=[_past])
    signed_by = NameField(label=_("Người ký"))


class VillageForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn"))
    name = forms.CharField(label=_("Tên làng nghề"), max_length=120)
    trade = forms.CharField(label=_("Nghề"), max_length=120, required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = manageable_units(by, REGISTER).filter(level=Level.COMMUNE)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
