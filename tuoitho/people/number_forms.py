"""What the pages of the loop with the police may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.lib.hanoi import today
from tuoitho.people.actions.numbers import Answer
from tuoitho.people.forms import RegisterForm, places_of
from tuoitho.people.models import NumberCheck
from tuoitho.people.states import NumberResult, NumberTrouble
from tuoitho.ui.fields import VietnameseDateField
from tuoitho.units.models import Unit

RESULTS = [("", _("Chưa trả lời")), *NumberResult.choices]


class PrepareForm(RegisterForm):
    """Whom to put into a list: a commune, perhaps one trouble, one hamlet."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Xã, phường"))
    trouble = forms.ChoiceField(
        label=_("Cần đối chiếu vì"), required=False,
        choices=[("", _("Mọi lý do")), *NumberTrouble.choices],
    )  # fmt: skip
    hamlet = forms.CharField(
        label=_("Thôn, tổ dân phố"), max_length=120, required=False,
        help_text=_("Để trống: cả xã."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = places_of(user).filter(user.scope("people.identity").covers("pk"))
        self.fields["unit"].queryset = communes  # type: ignore[attr-defined]
        nearest = list(communes[:2])
        if len(nearest) == 1:
            self.fields["unit"].initial = nearest[0].pk


class HandOverForm(RegisterForm):
    recipient = forms.CharField(label=_("Cơ quan công an nhận"), max_length=200)
    received_by = forms.CharField(label=_("Cán bộ công an ký nhận"), max_length=120)
    document_number = forms.CharField(label=_("Số văn bản"), max_length=40, required=False)
    on = VietnameseDateField(label=_("Ngày chuyển"), initial=today)


class ReturnForm(RegisterForm):
    answered_by = forms.CharField(label=_("Cán bộ công an ký trả lời"), max_length=120)
    on = VietnameseDateField(label=_("Ngày nhận lại"), initial=today)


class AnswersForm(RegisterForm):
    """A result, a number and a note for each line of one page of the list."""

    def __init__(self, *args: Any, checks: list[NumberCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checks = checks
        for check in checks:
            who = {"who": check.who}
            self._add(f"result_{check.pk}", forms.ChoiceField(
                label=_("Kết quả của %(who)s") % who, choices=RESULTS, required=False,
                initial=check.result, widget=forms.Select({"class": "form-select"}),
            ))  # fmt: skip
            self._add(f"number_{check.pk}", forms.CharField(
                label=_("Số đúng của %(who)s") % who, max_length=20, required=False,
                initial=check.number, widget=forms.TextInput(
                    {"class": "form-control", "inputmode": "numeric", "autocomplete": "off"}
                ),
            ))  # fmt: skip
            self._add(f"note_{check.pk}", forms.CharField(
                label=_("Ghi chú của %(who)s") % who, max_length=300, required=False,
                initial=check.note, widget=forms.TextInput({"class": "form-control"}),
            ))  # fmt: skip

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field

    def lines(self) -> list[tuple[NumberCheck, Any, Any, Any]]:
        """Each line with its three fields, for the template."""
        return [
            (c, self[f"result_{c.pk}"], self[f"number_{c.pk}"], self[f"note_{c.pk}"])
            for c in self.checks
        ]

    def answers(self) -> dict[int, Answer]:
        """The answers of this page by key of the line."""
        given = self.cleaned_data
        return {
            c.pk: Answer(given[f"result_{c.pk}"], given[f"number_{c.pk}"], given[f"note_{c.pk}"])
            for c in self.checks
        }
