"""What all forms of the room share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.measures import measures_to_begin
from tuoitho.cases.models import Case, PlanMeasure
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


class OfMeasureForm(RoomForm):
    """Something that begins a measure of the plan in force; opened from the plan, it is prefilled.

    ``case`` gives the measures; ``opened_for`` the key in the address, if it names one of them.
    """

    measure = forms.ModelChoiceField(
        PlanMeasure.objects.none(),
        label=_("Theo biện pháp của kế hoạch"),
        required=False,
        empty_label=_("Không theo biện pháp nào"),
    )
    what_field = "what"  # where the measure's words go

    def take_measures(self, case: Case, opened_for: str) -> PlanMeasure | None:
        """Offer the case's measures and begin with the one the address names. Returns it."""
        rows = measures_to_begin(case)
        self.fields["measure"].queryset = rows  # type: ignore[attr-defined]
        if not rows:
            self.fields["measure"].widget = forms.HiddenInput()
        named = opened_for if opened_for.isascii() and opened_for.isdecimal() else "0"
        row = rows.filter(pk=named[:18]).first()
        if row is not None:
            self.initial.update(measure=row.pk, kind=row.kind, **{self.what_field: row.what})
        return row


class DatedForm(RoomForm):
    """A step taken on a day."""

    on = VietnameseDateField(label=_("Ngày"), initial=today)
