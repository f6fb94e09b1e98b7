"""What the screens of reports may send."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.hanoi import today
from tuoitho.reports.models import SYMBOL, Consolidation, UnitReport
from tuoitho.reports.owed import Reporter
from tuoitho.reports.sections import GROUPS, KEYS, MAX_LETTERS
from tuoitho.ui.fields import VietnameseDateField
from tuoitho.units.models import Unit

Document = UnitReport | Consolidation


class NarrativeForm(forms.Form):
    """The texts of a report, a box a heading; ``revision`` is the saving that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, document: Document, headings: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = document.revision
        for key in KEYS:
            # The action checks the length, so that nothing typed is cut off by the browser.
            self.fields[key] = forms.CharField(
                label=headings[key], required=False, initial=document.text(key),
                widget=forms.Textarea({"rows": 5}), strip=False,
            )  # fmt: skip
        self.fields[KEYS[0]].help_text = _(
            "Mỗi ô nhiều nhất %(n)s ký tự; ô để trống thì báo cáo không có mục đó."
        ) % {"n": MAX_LETTERS}

    @property
    def texts(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in KEYS}

    def overtaken(self, saved: Document) -> None:
        """Keep what was typed, show what somebody else saved meanwhile beside it, and let the next
        saving be made in the knowledge of it."""
        for key in KEYS:
            theirs = saved.text(key)
            if theirs != self.cleaned_data[key].replace("\r\n", "\n").strip():
                shown = theirs or _("(để trống)")
                self[key].help_text = _("Bản vừa được lưu: “%(text)s”") % {"text": shown}
        self.data = {**self.data.dict(), "revision": str(saved.revision)}  # type: ignore[attr-defined]

    @property
    def fieldsets(self) -> list[tuple[Any, str]]:
        """Legends and names of fields, in the order of the document."""
        groups = [section.key for section in GROUPS]
        before, after = KEYS[: KEYS.index(groups[0])], KEYS[KEYS.index(groups[-1]) + 1 :]
        return [
            (_("Tình hình"), " ".join(before)),
            (_("Kết quả theo nhóm nhiệm vụ"), " ".join(groups)),
            (_("Kinh phí, khó khăn, đề xuất"), " ".join(after)),
        ]


class SignForm(forms.Form):
    """As on the paper: who, in which office, when, under which number."""

    signer_name = forms.CharField(label=_("Người ký"), max_length=120)
    signer_position = forms.CharField(
        label=_("Chức vụ"), max_length=120,
        help_text=_("Cấp phó ghi “Phó …”: báo cáo tự ghi KT. người đứng đầu."),
    )  # fmt: skip
    on = VietnameseDateField(label=_("Ngày ký"))
    symbol = forms.RegexField(
        SYMBOL, label=_("Ký hiệu"), max_length=24,
        error_messages={"invalid": _("Ký hiệu viết như BC-UBND, BC-LĐTBXH.")},
    )  # fmt: skip
    number = forms.IntegerField(
        label=_("Số"), min_value=1, max_value=99_999, required=False,
        help_text=_("Số của văn thư; để trống thì lấy số tiếp theo của sổ này."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DayForm(forms.Form):
    """A step that only needs its day."""

    on = VietnameseDateField(label=_("Ngày"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class ReasonForm(forms.Form):
    """A step that must say why."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea({"rows": 3}), max_length=1000)
    on = VietnameseDateField(label=_("Ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class BeginForm(forms.Form):
    """Which of one's own reports to begin, of those nobody has called for."""

    reporter = forms.ChoiceField(label=_("Báo cáo của"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, owed: list[Reporter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owed = {f"{r.unit.pk}-{r.office}": r for r in owed}
        choices = [(key, reporter.name) for key, reporter in self.owed.items()]
        self.fields["reporter"].choices = choices  # type: ignore[attr-defined]
        self.fields["reporter"].initial = next(iter(self.owed), None)

    @property
    def chosen(self) -> Reporter:
        return self.owed[self.cleaned_data["reporter"]]


class WholeForm(forms.Form):
    """The district or area and the year for which the standing body acts."""

    year = forms.TypedChoiceField(label=_("Năm"), coerce=int)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn"))

    def __init__(self, *args: Any, years: list[int], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()
