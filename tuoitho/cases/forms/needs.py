"""What is asked for Mẫu 03 and for the minutes of the needs meeting (Điều 27)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.forms.base import DatedForm, RoomForm, ThreeValued, text_area
from tuoitho.cases.levels import Level
from tuoitho.cases.models import Assessment
from tuoitho.cases.models.needs import TEXTS, NeedKind, Part, SaidBy
from tuoitho.ui.fields import VietnameseDateField

NONE = [("", "—")]


class AssessmentForm(DatedForm):
    """Mẫu 03 without its needs, which are rows."""

    on = VietnameseDateField(label=_("Ngày đánh giá"))
    carer_is_abuser = ThreeValued(
        label=_("Cha mẹ, người chăm sóc là người gây hại?"),
        help_text=_("Nếu có thì không ghi nguyện vọng của họ (điểm h khoản 1 Điều 27)."),
    )
    carers_safe = ThreeValued(
        label=_("Người chăm sóc bảo đảm an toàn cho trẻ?"),
        help_text=_("Nếu có thì chấm dứt cách ly (Điều 32)."),
    )
    risk_level = forms.ChoiceField(
        label=_("Mức độ nguy cơ"), choices=Level, widget=forms.RadioSelect
    )
    risk_why = text_area(_("Vì sao (bắt buộc nếu khác mức gợi ý)"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            label = Assessment._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = text_area(label, rows=2)

    @property
    def state_names(self) -> str:
        return " ".join(TEXTS[:5])

    @property
    def wish_names(self) -> str:
        return " ".join(TEXTS[5:])


class NeedForm(RoomForm):
    kind = forms.ChoiceField(
        label=_("Loại nhu cầu"), choices=[*NONE, *NeedKind.choices], required=False
    )
    what = forms.CharField(label=_("Nhu cầu cụ thể"), max_length=300, required=False)
    severity = forms.ChoiceField(label=_("Mức độ"), choices=[*NONE, *Level.choices], required=False)
    said_by = forms.ChoiceField(label=_("Ai nêu"), choices=[*NONE, *SaidBy.choices], required=False)


NeedForms = forms.formset_factory(NeedForm, extra=4, max_num=12)


class MeetingForm(DatedForm):
    on = VietnameseDateField(label=_("Ngày họp"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    chair = forms.CharField(
        label=_("Chủ trì"), max_length=200,
        help_text=_("Chủ tịch Ủy ban nhân dân cấp xã chủ trì (khoản 2 Điều 27)."),
    )  # fmt: skip
    number = forms.CharField(label=_("Số biên bản"), max_length=40, required=False)
    minutes = text_area(_("Nội dung, kết luận"), rows=5, required=True)


class AttendanceForm(RoomForm):
    part = forms.ChoiceField(label=_("Thành phần"), choices=[*NONE, *Part.choices], required=False)
    name = forms.CharField(label=_("Tên cơ quan, họ và tên"), max_length=200, required=False)
    present = forms.BooleanField(label=_("Có mặt"), required=False)


AttendanceForms = forms.formset_factory(AttendanceForm, extra=5, max_num=20)
