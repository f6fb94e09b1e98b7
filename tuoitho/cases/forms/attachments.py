"""A file sent with a report or a case."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.cases.forms.base import RoomForm, text_area
from tuoitho.cases.models import AttachmentKind, Case, Report, Visit

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx"


class AttachmentForm(RoomForm):
    """On a phone the file box offers the camera. The file itself is judged by the action."""

    file = forms.FileField(
        label=gettext_lazy("Ảnh hoặc tệp"), max_length=200,
        widget=forms.FileInput({"accept": ACCEPTED}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=AttachmentKind.choices)
    caption = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=200, required=False)

    def __init__(self, *args: Any, owner: Case | Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "JPEG, PNG, WebP, PDF, .docx, .xlsx; tối đa %(limit)s MB. Vị trí ghi trong ảnh bị xoá."
        ) % {"limit": settings.ATTACHMENT_LIMIT_MB}
        if isinstance(owner, Case) and owner.visits.exists():
            self.fields["visit"] = forms.ModelChoiceField(
                Visit.objects.filter(case=owner).order_by("-on"), required=False,
                label=_("Của lần thăm"), empty_label=_("Không thuộc lần thăm nào"),
            )  # fmt: skip


class WithdrawForm(RoomForm):
    because = text_area(gettext_lazy("Vì sao gỡ"), required=True)
