"""The plan of support: measures that answer the needs of Mẫu 03, and reasons where none does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.forms.base import DatedForm, RoomForm, text_area
from tuoitho.cases.models import Assessment, Need, ServiceKind, SupportPlan
from tuoitho.cases.models.plan import BLOCKS
from tuoitho.ui.fields import MoneyField, VietnameseDateField

ROWS = 6
SHOWN = "kind what starts_on ends_on responsible provider cost"


class PlanForm(DatedForm):
    """``assessment``: the Mẫu 03 the plan rests on; without one the eight blocks are asked here."""

    met_on = VietnameseDateField(label=_("Ngày họp xác định nhu cầu"), required=False)
    goal = text_area(_("Mục tiêu"), rows=2)

    def __init__(self, *args: Any, assessment: Assessment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = list(assessment.needs.all()) if assessment else []
        for name in () if assessment else BLOCKS:
            label = SupportPlan._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = text_area(label, required=name == "needs")
        for need in self.needs:
            self.fields[f"why_{need.pk}"] = text_area(str(need), rows=1)

    @property
    def block_names(self) -> str:
        return " ".join(BLOCKS)

    @property
    def why_names(self) -> str:
        return " ".join(f"why_{need.pk}" for need in self.needs)

    def facts(self) -> dict[str, Any]:
        """What ``draft_plan`` takes besides the measures."""
        data = dict(self.cleaned_data)
        unmet = {need.pk: data.pop(f"why_{need.pk}") for need in self.needs}
        return {**data, "unmet": unmet}


class MeasureForm(RoomForm):
    """``needs``: those of the assessment, one of which the measure answers."""

    need = forms.ModelChoiceField(
        Need.objects.none(), label=_("Đáp ứng nhu cầu"), required=False, empty_label="—"
    )
    kind = forms.ChoiceField(
        label=_("Dịch vụ"), choices=[("", "—"), *ServiceKind.choices], required=False
    )
    what = forms.CharField(label=_("Việc làm cụ thể"), max_length=300, required=False)
    starts_on = VietnameseDateField(label=_("Từ ngày"), required=False)
    ends_on = VietnameseDateField(label=_("Đến ngày"), required=False)
    responsible = forms.CharField(label=_("Ai chịu trách nhiệm"), max_length=200, required=False)
    provider = forms.CharField(label=_("Cơ sở cung cấp dịch vụ"), max_length=200, required=False)
    cost = MoneyField(label=_("Kinh phí (đồng)"), required=False)

    def __init__(self, *args: Any, assessment: Assessment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if assessment is None:
            del self.fields["need"]
        else:
            self.fields["need"].queryset = assessment.needs.all()  # type: ignore[attr-defined]
        self.shown = SHOWN if assessment is None else f"need {SHOWN}"

    def row(self) -> dict[str, Any]:
        return dict(self.cleaned_data) | {"cost": self.cleaned_data["cost"] or 0}


MeasureForms = forms.formset_factory(MeasureForm, extra=ROWS, max_num=12)
