"""What the screens of the budget may send. Sums are typed in đồng: 1.250.000."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.access.forms import manageable_units
from tuoitho.access.models import User
from tuoitho.budget.models import ContributionKind, DonorKind, Line, Source
from tuoitho.budget.offices import drafted_by
from tuoitho.lib.hanoi import today
from tuoitho.plan.models import Programme, Task
from tuoitho.plan.offices import Office
from tuoitho.ui.fields import MoneyField, VietnameseDateField
from tuoitho.units.models import Organisation, Unit


def tasks() -> list[tuple[str, str]]:
    """Tasks of the programme in force, by code; until one is loaded, the headings of part II."""
    programme = Programme.objects.current()
    if programme is None:
        found = [(f"II.{number}", f"II.{number}") for number in range(1, 9)]
    else:
        rows = Task.objects.of(programme).in_force()
        found = [(row.code, f"{row.code} {row.title}") for row in rows]
    return [("", "---------"), *found]


class TaskField(forms.ChoiceField):
    """A task of the plan by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=tasks, **{"label": _("Nhiệm vụ trong kế hoạch"), **kwargs})


class DongField(MoneyField):
    """Whole đồng as an int, more than nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 1, **kwargs})

    def clean(self, value: Any) -> int | None:
        amount = super().clean(value)
        return None if amount is None else int(amount)


def years() -> list[tuple[int, str]]:
    """Budget years one may draft for: next, this, and the last while its accounts are open."""
    this = today().year
    return [(year, str(year)) for year in (this + 1, this, this - 1)]


class OfOffice(forms.Form):
    """The unit and the office whose money it is: only those this person acts for."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn"))
    owner = forms.ChoiceField(label=_("Cơ quan"))

    def __init__(self, *args: Any, user: User, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = manageable_units(user, permission)
        self.fields["unit"].queryset = self.units  # type: ignore[attr-defined]
        self.fields["unit"].initial = self.units.first()
        offices = drafted_by(user)
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            choice for choice in Office.choices if choice[0] in offices
        ]


class EstimateForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Đơn vị sử dụng"), required=False
    )
    task_code = TaskField()
    source = forms.ChoiceField(label=_("Nguồn"), choices=Source)
    purpose = forms.CharField(label=_("Nội dung chi"), max_length=300)
    estimate = DongField(label=_("Dự toán (đồng)"))

    def offer_organisations(self, units: Any) -> None:
        offered = Organisation.objects.as_of(today()).filter(unit__in=units).order_by("name")
        self.fields["organisation"].queryset = offered  # type: ignore[attr-defined]


class LineForm(OfOffice, EstimateForm):
    field_order = ("year", "unit", "owner", "organisation")

    year = forms.TypedChoiceField(label=_("Năm ngân sách"), choices=years, coerce=int)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, permission="budget.estimate", **kwargs)
        self.fields["year"].initial = today().year
        self.offer_organisations(self.units)


class CorrectionForm(EstimateForm):
    note = forms.CharField(label=_("Lý do sửa"), max_length=300, required=False)

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in EstimateForm.base_fields:
            self.fields[name].initial = getattr(line, name)
        self.offer_organisations(Unit.objects.within(line.unit))


class StepForm(forms.Form):
    """What a step of one line asks for; the line gives first values and words of help."""

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line


class SubmitForm(StepForm):
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class ApproveForm(StepForm):
    approved = DongField(label=_("Số được duyệt (đồng)"))
    decision_number = forms.CharField(label=_("Số quyết định"), max_length=80, required=False)
    note = forms.CharField(label=_("Ý kiến thẩm định"), max_length=300, required=False)

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, line=line, **kwargs)
        self.fields["approved"].initial = line.estimate


class RefuseForm(StepForm):
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea({"rows": 3}), max_length=1000)
    decision_number = forms.CharField(label=_("Số văn bản"), max_length=80, required=False)


class SpendForm(StepForm):
    paid_on = VietnameseDateField(label=_("Ngày chi"))
    amount = DongField(label=_("Số tiền (đồng)"))
    what = forms.CharField(label=_("Nội dung"), max_length=300)
    voucher = forms.CharField(label=_("Số chứng từ"), max_length=60)

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, line=line, **kwargs)
        self.fields["paid_on"].initial = today()


class SettleForm(StepForm):
    settlement_number = forms.CharField(
        label=_("Số văn bản quyết toán"), max_length=80, required=False
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Lý do hủy"), max_length=300)


class ContributionForm(OfOffice):
    field_order = ("donor", "donor_kind", "kind", "amount", "goods", "purpose", "on", "received_on")

    donor = forms.CharField(label=_("Người, đơn vị ủng hộ"), max_length=200)
    donor_kind = forms.ChoiceField(label=_("Loại"), choices=DonorKind)
    kind = forms.ChoiceField(label=_("Hình thức"), choices=ContributionKind)
    amount = DongField(label=_("Số tiền hoặc giá trị (đồng)"))
    goods = forms.CharField(label=_("Tên, số lượng hiện vật"), max_length=200, required=False)
    purpose = forms.CharField(label=_("Mục đích"), max_length=300)
    on = VietnameseDateField(label=_("Ngày cam kết"))
    received_on = VietnameseDateField(
        label=_("Ngày nhận"), required=False, help_text=_("Để trống nếu mới cam kết.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, permission="budget.spend", **kwargs)
        self.fields["on"].initial = today()


class ReceiveForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày nhận"))
    amount = DongField(
        label=_("Số thực nhận (đồng)"), required=False,
        help_text=_("Để trống nếu đúng như cam kết."),
    )  # fmt: skip
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class UseForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày sử dụng"))
    amount = DongField(label=_("Số tiền, giá trị (đồng)"))
    what = forms.CharField(label=_("Dùng vào việc"), max_length=300)
