"""What the screens of rounds may send."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases.forms.base import RoomForm, YesNo
from tuoitho.cases.forms.screening import FactsForms, VisitForm
from tuoitho.lib.hanoi import today
from tuoitho.rounds.actions.listing import collaborators_of
from tuoitho.rounds.actions.scoring import MOST
from tuoitho.rounds.models import Round, WorkList
from tuoitho.rounds.risk import FACTORS
from tuoitho.rounds.states import Group, NotMet
from tuoitho.ui.fields import VietnameseDateField
from tuoitho.units.models import Level, Unit


def _whole(label: Any, low: int, high: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=low, max_value=high,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}), **kwargs,
    )  # fmt: skip


class RoundForm(RoomForm):
    """The plan of a round."""

    name = forms.CharField(label=_("Tên đợt"), max_length=120)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Địa bàn lập đợt"), empty_label=_("Hãy chọn")
    )
    communes = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Chỉ ở các xã, phường"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Không chọn xã nào: cả địa bàn."),
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label=_("Nhóm trẻ được rà soát"), choices=Group.choices,
        widget=forms.CheckboxSelectMultiple, initial=[Group.EVERYONE],
    )  # fmt: skip
    age_low = _whole(_("Từ tuổi"), 0, 17, initial=5)
    age_high = _whole(_("Đến tuổi"), 0, 17, initial=17)
    score_from = _whole(
        _("Điểm nguy cơ từ"), 1, 999, required=False,
        help_text=_("Chỉ cần khi chọn nhóm theo điểm nguy cơ."),
    )  # fmt: skip
    first_day = VietnameseDateField(label=_("Ngày bắt đầu"), initial=today)
    last_day = VietnameseDateField(label=_("Ngày cuối"))
    basis = forms.CharField(label=_("Theo văn bản"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, planned: Round | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.as_of(today()).filter(user.scope("rounds.manage").covers("pk"))
        communes = units.communes().order_by("name")
        places = units.filter(level__in=(Level.AREA, Level.COMMUNE)).order_by("level", "name")
        self.fields["unit"].queryset = places  # type: ignore[attr-defined]
        self.fields["communes"].queryset = communes  # type: ignore[attr-defined]
        home = user.home()
        if planned is not None:
            del self.fields["unit"]
        elif home is not None:
            self.initial.setdefault("unit", home.unit_id)
        if len(communes) < 2:
            del self.fields["communes"]


class StepForm(RoomForm):
    """A step of a round taken on a day."""

    on = VietnameseDateField(label=_("Ngày"), initial=today)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class CancelForm(RoomForm):
    on = VietnameseDateField(label=_("Ngày hủy"), initial=today)
    note = forms.CharField(label=_("Lý do hủy"), max_length=300)


class AssignForm(RoomForm):
    """Whose a list is to be."""

    collaborator = forms.TypedChoiceField(
        label=_("Giao cho"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, work_list: WorkList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = collaborators_of(work_list.unit, today())
        self.fields["collaborator"].choices = [  # type: ignore[attr-defined]
            ("", _("Chưa giao ai")), *people.items(),
        ]  # fmt: skip


class WeightsForm(RoomForm):
    """The points of every factor, and why they change."""

    note = forms.CharField(label=_("Lý do thay đổi"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = {code: _whole(label, 0, MOST) for code, label in FACTORS.items()}
        self.fields = {**points, **self.fields}


class AnswerForm(VisitForm):
    """The first questions at the door."""

    met = YesNo(label=_("Có gặp được trẻ không?"))
    not_met = forms.ChoiceField(
        label=_("Nếu không gặp, vì sao?"), required=False,
        choices=[("", _("Hãy chọn")), *NotMet.choices],
    )  # fmt: skip
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("met") is False and not data.get("not_met"):
            self.add_error("not_met", _("Hãy chọn vì sao không gặp được trẻ."))
        return data


class AnswerForms(FactsForms):
    """One visit in a round: whether the child was met, schooling, and the facts of its works."""

    observation_form = AnswerForm

    def is_valid(self) -> bool:
        """As the screening asks; of a child not met, nothing about work can be said."""
        if not super().is_valid():
            return False
        if self.observation.cleaned_data["met"] is False and self.filled:
            self.observation.add_error("met", _("Đã ghi công việc ở dưới; hãy chọn “Có”."))
            return False
        return True

    def found(self) -> dict[str, Any]:
        """What ``answer_child`` takes."""
        data = self.observation.cleaned_data
        shared = {
            "visited_on": data["observed_on"], "note": data["note"],
            "form_token": data["form_token"], "schooling": data["schooling"],
        }  # fmt: skip
        if not data["met"]:
            return {**shared, "not_met": data["not_met"]}
        return {**shared, "facts": self.facts()}
