"""What the screens of the room may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.indicators.states import Group
from tuoitho.lib.hanoi import today
from tuoitho.ui.fields import DecimalVNField
from tuoitho.units.models import Level, Unit, UnitQuerySet

FIRST_YEAR = 2021


def units_for(user: User) -> UnitQuerySet:
    """Units in which this person may enter figures: of today and of the years of the plan."""
    scope = user.scope("indicators.baseline")
    units = Unit.objects.exclude(level=Level.COUNTRY).order_by("level", "name")
    if scope.everywhere:
        return units.filter(above__ancestor__level=Level.AREA).distinct()
    return units.filter(pk__in=sorted(scope.unit_ids))


class UnitChoice(forms.ModelChoiceField[Unit]):
    def label_from_instance(self, obj: Any) -> str:
        """With the level: huyện Thanh Trì, xã Thanh Trì and the area share a name."""
        return f"{obj.name} ({obj.code}, {obj.get_level_display()})"


class _OfYear(forms.Form):
    unit = UnitChoice(Unit.objects.none(), label=_("Địa bàn"))
    year = forms.TypedChoiceField(label=_("Năm"), coerce=int)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(user)  # type: ignore[attr-defined]
        years = range(today().year + 1, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(y, str(y)) for y in years]  # type: ignore[attr-defined]


class BaselineForm(_OfYear):
    group = forms.ChoiceField(label=_("Nhóm"), choices=Group.choices)
    count = DecimalVNField(
        label=_("Số lượng"), min_value=0, max_value=200_000_000, decimal_places=0
    )
    source = forms.CharField(
        label=_("Nguồn số liệu"), max_length=300,
        help_text=_("Tên văn bản, niên giám hoặc báo cáo, kèm ngày."),
    )  # fmt: skip
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class SurveyForm(_OfYear):
    rate = DecimalVNField(label=_("Tỷ lệ lao động trẻ em (%)"), min_value=0, max_value=100,
                          decimal_places=4)  # fmt: skip
    low = DecimalVNField(label=_("Cận dưới (%)"), min_value=0, max_value=100, decimal_places=4)
    high = DecimalVNField(label=_("Cận trên (%)"), min_value=0, max_value=100, decimal_places=4)
    confidence = forms.IntegerField(
        label=_("Độ tin cậy (%)"), min_value=50, max_value=99, initial=95
    )
    hazardous_share = DecimalVNField(
        label=_("Trong số lao động trẻ em, làm việc nặng nhọc, độc hại, nguy hiểm (%)"),
        min_value=0, max_value=100, decimal_places=4, required=False,
    )  # fmt: skip
    sample_size = DecimalVNField(
        label=_("Số trẻ 5–17 tuổi được điều tra"), min_value=1, max_value=10_000_000,
        decimal_places=0, required=False,
    )  # fmt: skip
    source = forms.CharField(label=_("Nguồn"), max_length=300)
    design = forms.CharField(
        label=_("Thiết kế mẫu, quyền số"), widget=forms.Textarea({"rows": 3}),
        help_text=_("Cách chọn mẫu, các giai đoạn, tầng, quyền số, cách tính sai số."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("Lý do"), max_length=300)


class FreezeForm(forms.Form):
    note = forms.CharField(
        label=_("Dùng cho"), max_length=300, required=False,
        help_text=_("Ví dụ: Báo cáo năm 2024 trình UBND huyện."),
    )  # fmt: skip
