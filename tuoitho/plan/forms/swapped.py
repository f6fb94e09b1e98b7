"""A day swapped between work and rest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.ui.fields import VietnameseDateField

WORKS = [("yes", _("Làm bù: ngày nghỉ thành ngày làm việc")),
         ("no", _("Nghỉ bù: ngày làm việc thành ngày nghỉ"))]  # fmt: skip


class SwapForm(forms.Form):
    day = VietnameseDateField(label=_("Ngày"))
    works = forms.ChoiceField(label=_("Đổi thành"), choices=WORKS, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Căn cứ"), max_length=200, required=False,
        help_text=_("Ví dụ: thông báo hoán đổi ngày làm việc của năm."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What ``swap_day`` takes."""
        return {**self.cleaned_data, "works": self.cleaned_data["works"] == "yes"}
