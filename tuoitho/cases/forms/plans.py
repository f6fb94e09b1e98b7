"""The plan of support: eight blocks of Mẫu 03 and the table of measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.forms.base import DatedForm, RoomForm, text_area
from tuoitho.cases.models import ServiceKind, SupportPlan
from tuoitho.cases.models.plan import BLOCKS
from tuoitho.ui.fields import MoneyField, VietnameseDateField

ROWS = 6


class PlanForm(DatedForm):
    met_on = VietnameseDateField(label=_("Ngày họp xác định nhu cầu"), required=False)
    goal = text_area(_("Mục tiêu"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in BLOCKS:
            label = SupportPlan._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = text_area(label, required=name == "needs")

    @property
    def block_names(self) -> str:
        return " ".join(BLOCKS)


class MeasureForm(RoomForm):
    kind = forms.ChoiceField(
        label=_("Dịch vụ"), choices=[("", "—"), *ServiceKind.choices], required=False
    )
    what = forms.CharField(label=_("Việc làm cụ thể"), max_length=300, required=False)
    starts_on = VietnameseDateField(label=_("Từ ngày"), required=False)
    ends_on = VietnameseDateField(label=_("Đến ngày"), required=False)
    responsible = forms.CharField(label=_("Ai chịu trách nhiệm"), max_length=200, required=False)
    cost = MoneyField(label=_("Kinh phí (đồng)"), required=False)

    def row(self) -> dict[str, Any]:
        return dict(self.cleaned_data) | {"cost": self.cleaned_data["cost"] or 0}


MeasureForms = forms.formset_factory(MeasureForm, extra=ROWS, max_num=12)
