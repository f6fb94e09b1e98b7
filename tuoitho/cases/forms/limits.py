"""A time limit or a parameter from a day on."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.forms.base import RoomForm
from tuoitho.cases.models import Surety, UnitOfTime
from tuoitho.ui.fields import VietnameseDateField


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Vì sao đổi"), max_length=300,
        help_text=_("Ví dụ: số văn bản mới, ngày có hiệu lực."),
    )  # fmt: skip


class LimitForm(RoomForm):
    since = VietnameseDateField(
        label=_("Áp dụng từ ngày"),
        help_text=_("Các bước bắt đầu từ ngày này theo thời hạn mới; trước đó giữ thời hạn cũ."),
    )
    amount = forms.IntegerField(label=_("Thời hạn"), min_value=0, max_value=3650)
    unit = forms.ChoiceField(label=_("Tính theo"), choices=UnitOfTime)
    who = forms.CharField(label=_("Ai"), max_length=200)
    starts = forms.CharField(label=_("Tính từ"), max_length=200)
    stops = forms.CharField(label=_("Xong khi"), max_length=200)
    article = forms.CharField(label=_("Điều khoản"), max_length=120)
    instrument = forms.CharField(label=_("Văn bản"), max_length=120, required=False)
    legal = forms.BooleanField(label=_("Thời hạn do luật đặt"), required=False)
    surety = forms.ChoiceField(label=_("Độ chắc chắn"), choices=Surety)
    note = _reason()


class NumbersField(forms.CharField):
    """Whole numbers, separated by commas, semicolons or spaces; gives a list."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        parts = [part for part in re.split(r"[,;\s]+", text) if part]
        if not all(part.isascii() and part.isdecimal() and len(part) < 6 for part in parts):
            raise ValidationError(_("Hãy viết số nguyên, ví dụ 30, 90, 180."))
        return [int(part) for part in parts]


class ParameterForm(RoomForm):
    since = VietnameseDateField(label=_("Áp dụng từ ngày"))
    value = NumbersField(label=_("Giá trị"), max_length=100)
    source = forms.CharField(label=_("Nguồn"), max_length=200)
    note = _reason()
