"""A line of the register of documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.access.forms import manageable_units
from tuoitho.access.models import User
from tuoitho.plan.models import Document, Programme, Target, Task
from tuoitho.plan.states import DOCUMENT_PERMISSION, DocumentKind
from tuoitho.ui.fields import VietnameseDateField
from tuoitho.units.models import Unit


def kinds_for(user: User) -> list[tuple[str, Any]]:
    """Kinds of documents ``user`` may enter somewhere."""
    return [(k.value, k.label) for k in DocumentKind if user.may(DOCUMENT_PERMISSION[k])]


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn"), empty_label=None)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    signed_on = VietnameseDateField(label=_("Ngày ban hành"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    title = forms.CharField(
        label=_("Trích yếu"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    targets = forms.ModelMultipleChoiceField(
        Target.objects.none(), label=_("Chỉ tiêu được lồng ghép"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    tasks = forms.ModelMultipleChoiceField(
        Task.objects.none(), label=_("Về nhiệm vụ"), required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("Giữ Ctrl để chọn nhiều nhiệm vụ."),
    )  # fmt: skip
    kept_at = forms.CharField(
        label=_("Nơi lưu"),
        max_length=300,
        required=False,
        help_text=Document._meta.get_field("kept_at").help_text,
    )
    note = forms.CharField(
        label=_("Nội dung chính"), required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, by: User, programme: Programme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_for(by)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        # The wider of the permissions; the action asks for the one of the kind chosen.
        asked = {DOCUMENT_PERMISSION[DocumentKind(code)] for code, _label in kinds}
        permission = "plan.report_task" if "plan.report_task" in asked else "plan.manage"
        self.fields["unit"].queryset = manageable_units(by, permission)  # type: ignore[attr-defined]
        if programme is not None:
            targets = Target.objects.of(programme).in_force()
            tasks = Task.objects.of(programme).in_force()
            self.fields["targets"].queryset = targets  # type: ignore[attr-defined]
            self.fields["tasks"].queryset = tasks  # type: ignore[attr-defined]
