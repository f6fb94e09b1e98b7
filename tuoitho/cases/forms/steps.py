"""What each step of a case asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases.actions.ending import EARLY, EARLY_STATES
from tuoitho.cases.forms.base import DatedForm, OfMeasureForm, ThreeValued, YesNo, text_area
from tuoitho.cases.forms.reports import communes_near
from tuoitho.cases.models import Case, Category, Closing, Level, ServiceKind, ServiceResult
from tuoitho.cases.models.assessment import Conclusion
from tuoitho.lib.hanoi import now
from tuoitho.ui.fields import MoneyField, VietnameseDateField, VietnameseDateTimeField
from tuoitho.units.models import Organisation, Unit


def level(label: Any) -> forms.ChoiceField:
    """High, medium or low, none chosen beforehand."""
    return forms.ChoiceField(label=label, choices=Level, widget=forms.RadioSelect)


class NoteForm(DatedForm):
    note = text_area(_("Ghi chú"))


class ReasonForm(DatedForm):
    note = text_area(_("Lý do"), required=True)


class RefuseForm(DatedForm):
    reason = text_area(_("Lý do không phê duyệt"), required=True)


class ApproveForm(DatedForm):
    number = forms.CharField(label=_("Số quyết định"), max_length=40, required=False)
    note = text_area(_("Ghi chú"))


class AssessForm(DatedForm):
    """Mẫu 02."""

    on = None  # type: ignore[assignment]
    at = VietnameseDateTimeField(label=_("Đánh giá lúc"), initial=now)
    harm_now = level(_("Mức độ tổn hại của trẻ"))
    harm_reach = level(_("Khả năng người gây hại tiếp cận trẻ"))
    harm_place = level(_("Nguy cơ từ môi trường chăm sóc, nơi làm việc"))
    self_protection = level(_("Khả năng tự bảo vệ của trẻ"))
    carer_protection = level(_("Khả năng bảo vệ của người chăm sóc"))
    emergency = YesNo(
        label=_("Trường hợp khẩn cấp?"),
        help_text=_("Đe dọa ngay tính mạng, sức khỏe, nhân phẩm, hoặc người chăm sóc gây hại."),
    )
    carer_is_abuser = ThreeValued(
        label=_("Cha mẹ, người chăm sóc là người gây hại?"),
        help_text=_("Nếu có, phải xem xét đề nghị Tòa án (khoản 3 Điều 52 Luật Trẻ em)."),
    )
    note = text_area(_("Nhận định"))


class ServiceForm(DatedForm, OfMeasureForm):
    on = VietnameseDateField(label=_("Bắt đầu ngày"))
    kind = forms.ChoiceField(label=_("Loại dịch vụ"), choices=[("", "—"), *ServiceKind.choices])
    what = text_area(_("Nội dung"), rows=2)
    provider = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Cơ quan, cơ sở cung cấp"), required=False
    )
    provider_name = forms.CharField(
        label=_("Hoặc ghi tên nơi cung cấp"), max_length=200, required=False
    )
    planned_end = VietnameseDateField(label=_("Dự kiến kết thúc"), required=False)
    cost = MoneyField(label=_("Kinh phí (đồng)"), required=False)
    field_order = ("measure", "on")

    def __init__(
        self, *args: Any, case: Case, on: Any, opened_for: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        near = Organisation.objects.as_of(on)
        near = near.filter(unit__in=[case.unit_id, case.unit.area_id]).order_by("name")
        self.fields["provider"].queryset = near  # type: ignore[attr-defined]
        self.fields["on"].initial = on
        measure = self.take_measures(case, opened_for)
        if measure is not None:
            known = near.filter(name=measure.provider).first()
            provider = {"provider": known.pk} if known else {"provider_name": measure.provider}
            self.initial.update(planned_end=measure.ends_on, cost=measure.cost, **provider)

    def details(self) -> dict[str, Any]:
        """What ``start_service`` takes besides kind and day."""
        data = dict(self.cleaned_data)
        return {k: v for k, v in data.items() if k not in ("on", "kind")} | {
            "cost": data["cost"] or 0
        }


class ServiceEndForm(DatedForm):
    on = VietnameseDateField(label=_("Kết thúc ngày"))
    result = forms.ChoiceField(label=_("Kết quả"), choices=ServiceResult, widget=forms.RadioSelect)
    note = text_area(_("Ghi chú kết quả"))


class ReviewForm(DatedForm):
    """Mẫu 06."""

    harm_severity = level(_("1. Mức độ tổn hại còn lại"))
    harm_access = level(_("2. Khả năng người gây hại tiếp cận trẻ"))
    harm_environment = level(_("3. Trở ngại trong môi trường chăm sóc"))
    self_protection = level(_("Khả năng tự bảo vệ của trẻ"))
    recovery = level(_("Mức độ phục hồi của trẻ"))
    no_more_risk = YesNo(label=_("Không còn nguy cơ bị xâm hại, bóc lột?"))
    stable = YesNo(label=_("Thể chất, tâm lý, nhận thức, tình cảm đã ổn định?"))
    conclusion = forms.ChoiceField(
        label=_("Kết luận"), choices=Conclusion, widget=forms.RadioSelect,
        help_text=_("Chỉ kết thúc khi không còn nguy cơ và trẻ đã ổn định (khoản 2 Điều 30)."),
    )  # fmt: skip
    note = text_area(_("Nhận định"))


class CloseForm(DatedForm):
    reason = forms.ChoiceField(label=_("Lý do kết thúc"), choices=Closing)
    note = text_area(_("Ghi chú"))


class StopForm(DatedForm):
    """For a minor of 16 or 17 without Mẫu 06, the aim may be reached too."""

    reason = forms.ChoiceField(label=_("Lý do kết thúc"), choices=Closing)
    note = text_area(_("Ghi chú"), required=True)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case.state in EARLY_STATES:
            offered = [c for c in Closing.choices if c[0] in EARLY]
        elif case.outside_children_law:
            offered = list(Closing.choices)
        else:
            offered = [c for c in Closing.choices if c[0] != Closing.REACHED]
        self.fields["reason"].choices = offered  # type: ignore[attr-defined]


class TransferForm(DatedForm):
    to_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Chuyển đến xã, phường"))
    note = text_area(_("Ghi chú"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].queryset = communes_near(user)  # type: ignore[attr-defined]


class OpenCaseForm(DatedForm):
    category = forms.ChoiceField(
        label=_("Nhóm"), choices=Category, widget=forms.RadioSelect,
        help_text=_("Mua bán người: hồ sơ được niêm phong ngay, chỉ công an và người được giao "
                    "xem được."),
    )  # fmt: skip
    note = text_area(_("Ghi chú"))
