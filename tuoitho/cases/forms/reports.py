"""Mẫu 01, and what is done with a report."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases.actions.reporting import NO_HAPPENING
from tuoitho.cases.forms.base import DatedForm, RoomForm, text_area
from tuoitho.cases.models import Channel, Sex
from tuoitho.lib.hanoi import now, today
from tuoitho.ui.fields import NameField, VietnameseDateField, VietnameseDateTimeField
from tuoitho.units.models import Unit

FIELDSETS = (
    (_("Tin báo"), "channel received_at happening crime_suspected number"),
    (_("Ở đâu? Hệ thống chuyển tin đến xã đó"), "unit hamlet place home_unit send_to send_reason"),
    (_("Trẻ"), "child_name sex birth_date age_estimate child_condition consequences"),
    (_("Gia đình, người chăm sóc"), "father mother carer family"),
    (_("Đã làm gì"), "done_already"),
    (_("Người báo tin (chỉ ghi khi người đó đồng ý)"),
     "reporter_name reporter_phone reporter_address"),
)  # fmt: skip


def communes_near(user: User) -> QuerySet[Unit]:
    """Communes of today in the programme area of the person (all, for who works everywhere)."""
    communes = Unit.objects.as_of(today()).communes().order_by("name")
    scope = user.scope("cases.receive")
    if scope.everywhere:
        return communes
    areas = Unit.objects.filter(pk__in=sorted(scope.unit_ids)).values("area")
    near = communes.filter(area__in=areas) | communes.filter(pk__in=sorted(scope.unit_ids))
    return near.distinct()


def communes_named(user: User) -> QuerySet[Unit]:
    """Those, and the ones they continue: people still say the names from before the reform."""
    near = communes_near(user)
    return (
        Unit.objects.filter(Q(pk__in=near) | Q(successors__new__in=near))
        .distinct()
        .order_by("-valid", "folded_name")
    )


class CommuneField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A commune, perhaps one that has ended, said so."""

    def label_from_instance(self, unit: Any) -> str:
        if not unit.ended:
            return str(unit.name)
        return str(_("%(name)s (cũ, đến %(day)s)")) % {
            "name": unit.name, "day": f"{unit.valid.upper - timedelta(days=1):%d/%m/%Y}",
        }  # fmt: skip


class ReportForm(RoomForm):
    """Báo cáo tiếp nhận thông tin (Mẫu 01). What may not be is said by the action, in the same
    words at every door."""

    unit = CommuneField(
        Unit.objects.none(), label=_("Xã, phường nơi xảy ra"), required=False,
        empty_label=_("Chưa rõ"), help_text=_("Chọn tên cũ nếu người báo chỉ biết tên cũ."),
    )  # fmt: skip
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố"), max_length=120, required=False)
    home_unit = CommuneField(
        Unit.objects.none(), label=_("Xã, phường trẻ ở, nếu khác hoặc chưa rõ nơi xảy ra"),
        required=False, empty_label=_("Chưa rõ"),
    )  # fmt: skip
    send_to = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Chuyển đến nơi khác với bảng"), required=False,
        empty_label=_("Không, theo bảng"),
    )  # fmt: skip
    send_reason = text_area(_("Lý do chọn nơi khác"), rows=2)
    channel = forms.ChoiceField(label=_("Nguồn tin"), choices=Channel, initial=Channel.PHONE)
    received_at = VietnameseDateTimeField(label=_("Nhận tin lúc"), initial=now)
    number = forms.CharField(label=_("Số báo cáo"), max_length=40, required=False)
    place = forms.CharField(label=_("Nơi xảy ra vụ việc"), max_length=300, required=False)
    happening = forms.CharField(
        label=_("Sự việc"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": NO_HAPPENING},
    )
    crime_suspected = forms.BooleanField(
        label=_("Có dấu hiệu tội phạm (báo công an ngay)"), required=False
    )
    child_name = NameField(label=_("Họ và tên trẻ"), required=False,
                           help_text=_("Để trống nếu chưa biết."))  # fmt: skip
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex, initial=Sex.UNKNOWN)
    birth_date = VietnameseDateField(label=_("Ngày sinh"), required=False)
    age_estimate = forms.IntegerField(label=_("Tuổi ước lượng"), required=False)
    child_condition = text_area(_("Tình trạng hiện tại của trẻ"))
    consequences = text_area(_("Hậu quả có thể có nếu không giúp"))
    father = text_area(_("Cha: họ tên, tuổi, nghề nghiệp"), rows=2)
    mother = text_area(_("Mẹ: họ tên, tuổi, nghề nghiệp"), rows=2)
    carer = text_area(_("Người đang chăm sóc trẻ"), rows=2)
    family = text_area(_("Hoàn cảnh gia đình"))
    done_already = text_area(_("Việc đã làm để giúp trẻ"))
    reporter_name = forms.CharField(label=_("Họ tên"), max_length=120, required=False)
    reporter_phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    reporter_address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)
    form_token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "home_unit"):
            self.fields[name].queryset = communes_named(user)  # type: ignore[attr-defined]
        self.fields["send_to"].queryset = communes_near(user)  # type: ignore[attr-defined]
        home = user.home()
        self.fields["unit"].initial = home.unit_id if home else None
        self.fields["form_token"].initial = uuid4().hex


class DismissForm(DatedForm):
    reason = text_area(_("Lý do"), required=True)


class InformantForm(RoomForm):
    reason = forms.CharField(label=_("Vì sao cần biết ai báo tin?"), max_length=300, required=False)


class ForwardForm(DatedForm):
    to_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Xã, phường nơi xảy ra"))
    note = text_area(_("Vì sao chuyển đi?"), required=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].queryset = communes_near(user)  # type: ignore[attr-defined]


class NewChildForm(RoomForm):
    """A child entered in the register from what a report says."""

    full_name = NameField(label=_("Họ và tên"))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex)
    birth_date = VietnameseDateField(label=_("Ngày sinh"), required=False)
    age_low = forms.IntegerField(label=_("Tuổi ước chừng, từ"), required=False, min_value=0,
                                 max_value=17)  # fmt: skip
    age_high = forms.IntegerField(label=_("Tuổi ước chừng, đến"), required=False, min_value=0,
                                  max_value=17)  # fmt: skip
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố"), max_length=120, required=False)

    def facts(self) -> dict[str, Any]:
        """What ``register_child`` takes."""
        data = dict(self.cleaned_data)
        low, high = data.pop("age_low"), data.pop("age_high")
        if low is None or high is None:
            low = high = low if low is not None else high
        return data | {"age_range": None if low is None else (low, high)}
