"""What the screen that takes a file accepts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.interop.models import Batch
from tuoitho.interop.sheets import MAX_BYTES
from tuoitho.people.cells import text
from tuoitho.people.forms import PlacedForm
from tuoitho.people.importers import COLUMNS


class SheetField(forms.FileField):
    """A table handed in as a file, not larger than what is opened."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput({"accept": ".xlsx,.csv"})
        label = _("Tệp .xlsx hoặc .csv")
        super().__init__(label=label, allow_empty_file=True, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file.size > MAX_BYTES:
            raise ValidationError(_("Tệp lớn hơn 20 MB. Hãy chia thành nhiều tệp nhỏ hơn."))
        return file


class AnswersFileForm(forms.Form):
    """The list of identity numbers as the police gave it back."""

    file = SheetField(help_text=_("Tệp tải từ trang danh sách, đã ghi kết quả."))


class ImportForm(PlacedForm):
    file = SheetField(
        help_text=_("Nhiều nhất 20 MB và 100.000 dòng. Chưa có gì được ghi vào sổ ở bước này.")
    )

    sheet = forms.CharField(
        label=_("Trang tính"), max_length=120, required=False,
        help_text=_("Để trống: đọc trang có nhiều cột nhận ra nhất."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        scope = user.scope("interop.import")
        places = self.fields["unit"].queryset  # type: ignore[attr-defined]
        self.fields["unit"].queryset = places.filter(scope.covers("pk"))  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """Which column of the register each column of the file is."""

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Không đọc")), *((c.name, c.heading) for c in COLUMNS)]
        examples = [row.cells for row in batch.rows.order_by("line")[:3]]
        for place, heading in enumerate(batch.headings):
            shown = [text(row[place]) for row in examples if place < len(row) and text(row[place])]
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=heading or _("Cột %(n)s") % {"n": place + 1}, choices=choices,
                required=False, initial=batch.places.get(str(place), ""),
                help_text=" · ".join(shown)[:200],
            )  # fmt: skip
        self.fields["capitals_kept"] = forms.BooleanField(
            label=_("Giữ nguyên tên viết hoa cả"), required=False, initial=batch.capitals_kept,
            help_text=_("Không chọn: “NGUYỄN VĂN AN” được ghi là “Nguyễn Văn An”."),
        )  # fmt: skip

    @property
    def places(self) -> dict[int, str]:
        """Place → name of the chosen column."""
        chosen = self.cleaned_data.items()
        return {int(key[1:]): name for key, name in chosen if key != "capitals_kept" and name}


class SettleForm(forms.Form):
    """Which child of the register the row is; empty: none of them."""

    same_as = forms.IntegerField(required=False)
