"""What the screens of inspections may send."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.establishments.models import Establishment
from tuoitho.inspections.checklist import Checklist
from tuoitho.inspections.models import Inspection, Violation
from tuoitho.inspections.offences import OFFENCES, OTHER, citation_of
from tuoitho.inspections.states import Answer, Decider, Kind, Result
from tuoitho.lib.hanoi import today
from tuoitho.ui.fields import MoneyField, VietnameseDateField
from tuoitho.units.models import Organisation, OrganisationKind, Unit

ITEM = "item_"  # prefix of the fields made from a checklist
LEADERS = (
    OrganisationKind.OFFICE, OrganisationKind.POLICE, OrganisationKind.COMMITTEE,
    OrganisationKind.UNION,
)  # fmt: skip


def _past(day: date) -> None:
    if day > today():
        raise ValidationError(_("Ngày này còn ở tương lai."), code="future")


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=100_000, required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class ScheduleForm(forms.Form):
    """A visit to one establishment, chosen before."""

    kind = forms.ChoiceField(label=_("Hình thức"), choices=Kind.choices)
    planned_on = VietnameseDateField(label=_("Ngày dự kiến"))
    subject = forms.CharField(
        label=_("Nội dung kiểm tra"), max_length=300, required=False,
        initial=_("Việc chấp hành pháp luật về lao động chưa thành niên"),
    )  # fmt: skip
    lead = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Cơ quan chủ trì"), required=False,
        empty_label=_("Chưa chọn"),
    )  # fmt: skip
    team = forms.CharField(
        label=_("Thành phần đoàn kiểm tra"), required=False,
        widget=forms.Textarea({"rows": 3}), help_text=_("Mỗi người một dòng: họ tên, chức vụ."),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Offices of the commune itself and of every unit above it.
        above = Organisation.objects.as_of(today()).filter(unit__below__descendant=unit)
        offices = above.filter(kind__in=LEADERS).order_by("kind", "name").distinct()
        self.fields["lead"].queryset = offices  # type: ignore[attr-defined]


class RescheduleForm(forms.Form):
    planned_on = VietnameseDateField(label=_("Ngày dự kiến mới"))
    note = forms.CharField(label=_("Lý do dời ngày"), max_length=200, required=False)


class CancelForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày hủy"), validators=[_past])
    reason = forms.CharField(label=_("Lý do hủy"), max_length=200)


class CloseForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày kết thúc"), validators=[_past])
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea({"rows": 3}))


class ReopenForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày mở lại"), validators=[_past])
    note = forms.CharField(label=_("Lý do mở lại"), max_length=300)


class FindingsForm(forms.Form):
    """What the visit found; one field for each question of the checklist."""

    on = VietnameseDateField(label=_("Ngày kiểm tra"), validators=[_past])
    minutes_number = forms.CharField(label=_("Số biên bản"), max_length=40)
    workers_seen = _count(_("Số lao động có mặt"))
    minors_seen = _count(_("Số lao động chưa đủ 18 tuổi"))
    under_15_seen = _count(_("Trong đó chưa đủ 15 tuổi"))
    conclusion = forms.CharField(
        label=_("Kết luận"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("Không ghi tên trẻ em; phát hiện trẻ thì lập tin báo từ trang này."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, checklist: Checklist, day: date,
        answered: Mapping[str, str] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.item_names = [ITEM + item.code for item in checklist.items]
        for item in checklist.items:
            self.fields[ITEM + item.code] = forms.ChoiceField(
                label=item.question, required=False, initial=(answered or {}).get(item.code, ""),
                choices=[("", _("Chưa trả lời")), *Answer.choices],
                help_text="; ".join(dict.fromkeys(citation_of(r, day) for r in item.rules)),
            )  # fmt: skip

    def found(self) -> dict[str, Any]:
        """The arguments of the action: the answers given gathered by code of the question."""
        data = dict(self.cleaned_data)
        given = {name.removeprefix(ITEM): data.pop(name) for name in self.item_names}
        return {**data, "answers": {code: answer for code, answer in given.items() if answer}}


class ViolationForm(forms.Form):
    rule = forms.ChoiceField(label=_("Quy định bị vi phạm"))
    citation = forms.CharField(
        label=_("Điều khoản, nếu là quy định khác"), max_length=200, required=False
    )
    children = forms.IntegerField(
        label=_("Số người chưa đủ 18 tuổi liên quan"), min_value=1, max_value=10_000,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    ended_on = VietnameseDateField(
        label=_("Hành vi đã chấm dứt ngày"), required=False,
        help_text=_("Chỉ ghi khi chấm dứt trước ngày kiểm tra: áp dụng nghị định của ngày đó."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("Mô tả hành vi"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Không ghi tên trẻ em."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [  # type: ignore[attr-defined]
            ("", _("Hãy chọn")),
            *((code, offence.label) for code, offence in OFFENCES.items()),
            (OTHER, _("Quy định khác")),
        ]


class SanctionForm(forms.Form):
    fine = MoneyField(
        label=_("Số tiền phạt (đồng)"), help_text=_("Ghi 0 nếu chỉ cảnh cáo hoặc không phạt tiền.")
    )
    decision_number = forms.CharField(label=_("Số quyết định"), max_length=60)
    on = VietnameseDateField(label=_("Ngày quyết định"), validators=[_past])
    decided_by = forms.ChoiceField(label=_("Người quyết định"), choices=Decider.choices)
    note = forms.CharField(label=_("Lý do, ghi chú"), max_length=300, required=False)

    def decided(self) -> dict[str, Any]:
        """The arguments of the action."""
        return {**self.cleaned_data, "fine": int(self.cleaned_data["fine"])}


class MeasureForm(forms.Form):
    violation = forms.ModelChoiceField(
        Violation.objects.none(), label=_("Để khắc phục vi phạm"), required=False,
        empty_label=_("Chung cho cuộc kiểm tra"),
    )  # fmt: skip
    what = forms.CharField(label=_("Biện pháp phải thực hiện"), widget=forms.Textarea({"rows": 3}))
    on = VietnameseDateField(label=_("Ngày yêu cầu"), validators=[_past])
    due_on = VietnameseDateField(label=_("Hạn khắc phục"))

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["violation"].queryset = inspection.violations.all()  # type: ignore[attr-defined]


class VerifyForm(forms.Form):
    result = forms.ChoiceField(label=_("Kết quả"), choices=Result.choices, widget=forms.RadioSelect)
    on = VietnameseDateField(label=_("Ngày kiểm tra lại"), validators=[_past])
    next_due_on = VietnameseDateField(
        label=_("Hạn mới"), required=False, help_text=_("Bắt buộc khi chưa khắc phục.")
    )
    note = forms.CharField(label=_("Nhận xét"), required=False, widget=forms.Textarea({"rows": 3}))


class ChooseForm(forms.Form):
    """Which workplace is to be visited."""

    name = forms.CharField(label=_("Tên cơ sở hoặc chủ cơ sở"), required=False)

    def matching(self, user: Any) -> list[Establishment]:
        """Open workplaces of the units where ``user`` may schedule; twenty at most."""
        rows = Establishment.objects.visible_to(user).open_on(today()).select_related("unit")
        scope = user.scope("inspections.schedule")
        rows = rows.filter(scope.covers())
        typed = self.cleaned_data["name"] if self.is_valid() else ""
        return list(rows.matching(typed).order_by("folded_name", "pk")[:20])
