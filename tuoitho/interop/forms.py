"""What the screen that takes a file accepts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.interop.sheets import MAX_BYTES
from tuoitho.people.forms import PlacedForm


class ImportForm(PlacedForm):
    file = forms.FileField(
        label=_("Tệp .xlsx hoặc .csv"), allow_empty_file=True,
        help_text=_("Nhiều nhất 20 MB và 5.000 dòng. Chưa có gì được ghi vào sổ ở bước này."),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        scope = user.scope("interop.import")
        if not scope.everywhere:
            places = self.fields["unit"].queryset  # type: ignore[attr-defined]
            self.fields["unit"].queryset = places.filter(pk__in=sorted(scope.unit_ids))  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("Tệp lớn hơn 20 MB. Hãy chia thành nhiều tệp nhỏ hơn."))
        return file


class SettleForm(forms.Form):
    """Which child of the register the row is; empty: none of them."""

    same_as = forms.IntegerField(required=False)
