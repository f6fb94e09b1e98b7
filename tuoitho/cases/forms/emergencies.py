"""What is asked about an emergency: the decision (Mẫu 07), its end, who was told, the court."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.forms.base import DatedForm, RoomForm, YesNo, text_area
from tuoitho.cases.models.emergency import (
    CourtAnswer,
    CourtGround,
    EmergencyKind,
    MeasureEnd,
    Party,
    Way,
)
from tuoitho.lib.hanoi import now
from tuoitho.ui.fields import VietnameseDateField, VietnameseDateTimeField


class EmergencyForm(RoomForm):
    """Mẫu 07."""

    at = VietnameseDateTimeField(label=_("Quyết định lúc"), initial=now)
    kind = forms.ChoiceField(label=_("Biện pháp"), choices=EmergencyKind)
    number = forms.CharField(label=_("Số quyết định"), max_length=40, required=False)
    grounds = text_area(_("Căn cứ, lý do"), rows=2)
    until = VietnameseDateField(
        label=_("Đến hết ngày"), required=False,
        help_text=_("Cách ly: tổng cộng không quá 15 ngày, kể cả gia hạn (Điều 32)."),
    )  # fmt: skip
    place_of_stay = text_area(_("Nơi ở của trẻ"), rows=2)
    carer = text_area(_("Người chăm sóc thay thế"), rows=2)
    required_by = forms.CharField(
        label=_("Cơ quan có thẩm quyền yêu cầu quá 15 ngày (nếu có)"), max_length=200,
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == EmergencyKind.SEPARATION:
            for name in ("place_of_stay", "carer"):
                if not data.get(name):
                    self.add_error(name, _("Quyết định cách ly phải ghi mục này (Mẫu 07)."))
        return data


class EmergencyEndForm(DatedForm):
    on = VietnameseDateField(label=_("Ngày cuối cùng"))
    reason = forms.ChoiceField(
        label=_("Lý do chấm dứt"), choices=MeasureEnd, widget=forms.RadioSelect
    )
    note = text_area(_("Ghi chú"))


class InformForm(RoomForm):
    party = forms.ChoiceField(label=_("Thông báo cho"), choices=Party, widget=forms.RadioSelect)
    at = VietnameseDateTimeField(label=_("Thông báo lúc"), initial=now)
    way = forms.ChoiceField(label=_("Bằng cách"), choices=Way)
    body = forms.CharField(
        label=_("Tên cơ quan, cơ sở; người nhận"), max_length=200, required=False
    )
    note = text_area(_("Nội dung; lý do nếu không cần"), rows=2)


class CourtForm(DatedForm):
    """khoản 3 Điều 52 Luật Trẻ em."""

    asked = YesNo(label=_("Đề nghị Tòa án hạn chế quyền của cha mẹ hoặc cách ly trẻ?"))
    ground = forms.ChoiceField(label=_("Căn cứ"), choices=CourtGround, widget=forms.RadioSelect)
    court = forms.CharField(label=_("Tòa án được đề nghị"), max_length=200, required=False)
    number = forms.CharField(label=_("Số văn bản"), max_length=40, required=False)
    content = text_area(_("Nội dung đề nghị; hoặc vì sao không đề nghị"), required=True)


class CourtAnswerForm(DatedForm):
    on = VietnameseDateField(label=_("Ngày trả lời"))
    answer = forms.ChoiceField(label=_("Kết quả"), choices=CourtAnswer, widget=forms.RadioSelect)
    note = text_area(_("Nội dung trả lời"))
