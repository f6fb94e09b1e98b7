"""What is asked when a report is sent on, acknowledged, or taken out of its group."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.forms.base import DatedForm, RoomForm, text_area
from tuoitho.ui.fields import VietnameseDateTimeField


class PoliceForm(DatedForm):
    body = forms.CharField(label=_("Cơ quan công an"), max_length=200, required=False,
                           help_text=_("Để trống: công an của địa bàn."))  # fmt: skip
    why = text_area(_("Dấu hiệu tội phạm"), required=True)


class ElsewhereForm(DatedForm):
    body = forms.CharField(label=_("Cơ quan, địa bàn nhận"), max_length=200)
    why = text_area(_("Vì sao chuyển đi?"), required=True)


class AcknowledgeForm(RoomForm):
    at = VietnameseDateTimeField(label=_("Nhận lúc"))
    who = forms.CharField(
        label=_("Ai đã nhận?"), max_length=200, required=False,
        help_text=_("Để trống nếu chính bạn nhận."),
    )  # fmt: skip

    def __init__(self, *args: Any, outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outside:
            self.fields["who"].required = True
            self.fields["who"].help_text = _("Họ tên, chức vụ người của nơi nhận.")


class SeparateForm(DatedForm):
    because = text_area(_("Vì sao tách?"), required=True)
