"""The report of a unit or an office on one task."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.forms import manageable_units
from tuoitho.access.models import User
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import tidy
from tuoitho.plan.models import Task, TaskReport
from tuoitho.plan.states import TaskState
from tuoitho.ui.fields import parse_number
from tuoitho.ui.formats import vn_number
from tuoitho.units.models import Organisation, Unit


class FiguresField(forms.CharField):
    """Lines "Số lớp tập huấn: 3" as pairs of a name and a number as text."""

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy("Số lớp tập huấn: 3")
        super().__init__(widget=forms.Textarea({"rows": 4, "placeholder": hint}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{name}: {vn_number(number)}" for name, number in value)
        return value

    def clean(self, value: Any) -> Any:
        lines = [tidy(line) for line in super().clean(value).splitlines()]
        return [self._pair(line) for line in lines if line]

    def _pair(self, line: str) -> list[str]:
        name, colon, number = line.rpartition(":")
        if not colon or not name.strip():
            raise ValidationError(_("Dòng “%(line)s” cần có dạng “tên số liệu: số”.") % {
                "line": line})  # fmt: skip
        try:
            return [name.strip(), str(parse_number(number.strip(), 2))]
        except ValidationError as error:
            raise ValidationError(f"“{line}”: {error.messages[0]}") from error


class TaskReportForm(forms.Form):
    year = forms.TypedChoiceField(label=gettext_lazy("Năm"), coerce=int)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Địa bàn"), empty_label=None
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Cơ quan, tổ chức"), required=False,
        empty_label=gettext_lazy("Cả địa bàn"),
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("Tiến độ"), choices=TaskState.choices, widget=forms.RadioSelect
    )
    result = forms.CharField(
        label=gettext_lazy("Kết quả"), required=False, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Việc đã làm, kết quả, khó khăn. Không ghi tên trẻ em."),
    )  # fmt: skip
    figures = FiguresField(
        label=gettext_lazy("Số liệu"), required=False,
        help_text=gettext_lazy("Mỗi dòng một số liệu, tên và số cách nhau bằng dấu hai chấm."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = task.programme
        last = min(today().year, programme.outlook_year)
        units = manageable_units(by, "plan.report_task")
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (year, str(year)) for year in range(last, programme.period_start - 1, -1)
        ]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.as_of(today()).filter(unit__in=units).order_by("name")
        )


def first_values(user: User, task: Task, report: TaskReport | None) -> dict[str, Any]:
    """What the form shows first: the report to correct, else this year for the person's own."""
    if report is not None:
        names = ("year", "unit", "organisation", "state", "result", "figures")
        return {name: getattr(report, name) for name in names}
    home = user.home()
    return {
        "year": min(today().year, task.programme.outlook_year),
        "unit": home.unit if home else None,
        "organisation": home.organisation if home else None,
        "state": TaskState.IN_PROGRESS,
    }
