"""What the page of a merge shows of two rows, side by side, and the form that chooses."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.people.forms import RegisterForm
from tuoitho.people.merging import GROUPS, LABELS, differing, is_open, usual_side
from tuoitho.people.models import Child
from tuoitho.people.states import Side
from tuoitho.ui.formats import vn_date


@dataclass(frozen=True)
class Row:
    """One group of fields in words: what either row says, and the side that is (to be) taken."""

    group: str
    label: str | Promise
    kept: str
    other: str
    side: str
    field: Any = None

    @property
    def differs(self) -> bool:
        return self.kept != self.other


def value_text(child: Child, group: str, *, may_identify: bool) -> str:
    """A group of fields of one child in words; "" for nothing known."""
    if group == "birth":
        if child.birth_date:
            return vn_date(child.birth_date)
        return child.age_text(child.age_seen_on) if child.age_seen_on else ""
    if group == "sex":
        return str(child.get_sex_display())
    if group == "national_id" and child.national_id and not may_identify:
        return _("có, không được xem")
    value = getattr(child, group)
    return str(value) if value else ""


def rows_of(
    kept: Child, other: Child, sides: dict[str, str], user: User, form: Any = None
) -> list[Row]:
    """Every group, in the order of the register."""
    scope = user.scope("people.identity")
    may_identify = kept.unit_id in scope and other.unit_id in scope
    return [
        Row(
            group, LABELS[group],
            value_text(kept, group, may_identify=may_identify),
            value_text(other, group, may_identify=may_identify),
            sides[group], form[group] if form and group in form.fields else None,
        )
        for group in GROUPS
    ]  # fmt: skip


class MergeForm(RegisterForm):
    """A side for each group in which the two rows differ, and why they are one child."""

    reason = forms.CharField(
        label=gettext_lazy("Vì sao là một em"), max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Đã hỏi ai, xem giấy tờ nào."),
    )  # fmt: skip

    def __init__(self, *args: Any, kept: Child, other: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in differing(kept, other):
            sides = [Side.KEPT, *([Side.OTHER] if is_open(kept, other, group) else [])]
            sides += [Side.BOTH] if group == "note" else []
            self.fields[group] = forms.ChoiceField(
                label=str(LABELS[group]), choices=[(s.value, s.label) for s in sides],
                initial=usual_side(kept, other, group),
                widget=forms.RadioSelect({"class": "form-check-input"}),
            )  # fmt: skip

    def choices(self) -> dict[str, str]:
        """Group → side, of those asked."""
        return {name: side for name, side in self.cleaned_data.items() if name in GROUPS}


class AnswerForm(RegisterForm):
    """The second person's word: agreed or not, or two children after all."""

    answer = forms.CharField(
        label=gettext_lazy("Ý kiến"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
