"""What all forms of the room share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.hanoi import today
from tuoitho.ui.fields import VietnameseDateField

UNKNOWN = [("", _("Chưa biết"))]
YES_NO_UNKNOWN = [("yes", _("Có")), ("no", _("Không")), ("", _("Chưa biết"))]
YES_NO = [("yes", _("Có")), ("no", _("Không"))]


def answer_of(text: str) -> bool | None:
    """The three-valued answer of a radio group."""
    return {"yes": True, "no": False}.get(text)


def text_area(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label, required=required, max_length=4000, help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
    )  # fmt: skip


class ThreeValued(forms.ChoiceField):
    """Có / Không / Chưa biết, as radio buttons; gives True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=YES_NO_UNKNOWN, widget=forms.RadioSelect, initial="", **kwargs)

    def clean(self, value: Any) -> Any:
        return answer_of(super().clean(value))


class YesNo(forms.ChoiceField):
    """Có / Không, as radio buttons, none chosen beforehand; gives True or False."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, widget=forms.RadioSelect, **kwargs)

    def clean(self, value: Any) -> Any:
        return answer_of(super().clean(value))


class RoomForm(forms.Form):
    """A form whose action may refuse: each refusal goes beside its field, or on top."""

    def refuse(self, error: ValidationError) -> None:
        found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in found.items():
            self.add_error(name if name in self.fields else None, list(messages))


class DatedForm(RoomForm):
    """A step taken on a day."""

    on = VietnameseDateField(label=_("Ngày"), initial=today)
