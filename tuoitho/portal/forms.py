"""What anyone may send: as little as possible, nothing is required but where and what."""

import json
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.actions.reporting import NO_HAPPENING
from tuoitho.lib.crypto import keyed_hash
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Level, Unit

LONGEST = 5000


class StoryField(forms.CharField):
    """A long text. The browser does not cut it; line breaks count as one sign each."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), **kwargs)
        self.validators.append(MaxLengthValidator(LONGEST))

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ConcernForm(forms.Form):
    """A concern about a child, in words a child can use."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Việc xảy ra ở xã, phường nào?"), required=False,
        empty_label=_("Không biết"),
        help_text=_("Không biết cũng được; cán bộ sẽ tìm."),
    )  # fmt: skip
    happening = StoryField(
        label=_("Chuyện gì đang xảy ra?"), error_messages={"required": NO_HAPPENING},
        help_text=_("Ví dụ: bạn ấy làm việc gì, ở đâu, từ mấy giờ đến mấy giờ, có đi học không."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Ở chỗ nào?"), max_length=300, required=False,
        help_text=_("Tên xưởng, quán, số nhà, thôn, nếu biết."),
    )  # fmt: skip
    child_name = forms.CharField(
        label=_("Bạn nhỏ tên là gì?"), max_length=120, required=False,
        help_text=_("Không biết thì để trống."),
    )  # fmt: skip
    age_estimate = forms.IntegerField(
        label=_("Khoảng mấy tuổi?"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    sex = forms.ChoiceField(
        label=_("Trai hay gái?"), required=False, initial="unknown",
        choices=[("unknown", _("Không biết")), ("male", _("Trai")), ("female", _("Gái"))],
    )  # fmt: skip
    reporter_name = forms.CharField(
        label=_("Tên của người báo tin"), max_length=120, required=False,
        help_text=_("Không cần ghi. Nếu ghi, chỉ người xử lý được xem."),
    )  # fmt: skip
    reporter_phone = forms.CharField(
        label=_("Số điện thoại để gọi lại"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    # People never see this box; programs that fill every box give themselves away.
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    form_token = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = Unit.objects.communes().as_of(today())
        self.fields["unit"].queryset = communes.filter(  # type: ignore[attr-defined]
            area__level=Level.AREA
        ).order_by("folded_name")
        self.fields["form_token"].initial = secrets.token_urlsafe(24)

    def refuse(self, error: ValidationError) -> None:
        """What the action refuses, each beside its box."""
        found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in found.items():
            self.add_error(name if name in self.fields else None, list(messages))

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Biểu mẫu này chỉ dành cho người. Hãy gọi 111, miễn phí."))
        return ""

    def facts(self) -> dict[str, Any]:
        """The fields of the report that were filled, with what marks this sending of it.

        Sent twice, the form makes one report; sent again with something added, another one, so
        that no word is lost.
        """
        others = ("unit", "happening", "website", "form_token")
        filled = {
            name: value for name, value in self.cleaned_data.items()
            if name not in others and value not in (None, "")
        }  # fmt: skip
        if token := self.cleaned_data["form_token"]:
            unit, happening = self.cleaned_data["unit"], self.cleaned_data["happening"]
            content = json.dumps([token, unit.pk if unit else None, happening, filled])
            filled["form_token"] = keyed_hash(content, purpose="portal_form")
        return filled


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=_("Mã tin báo"), max_length=40,
        error_messages={"required": _("Hãy ghi mã tin báo.")},
        help_text=_("Mã được cấp khi gửi tin, không phân biệt chữ hoa, chữ thường."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip
