"""What the screens of activities may send."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.access.forms import manageable_units
from tuoitho.access.models import User
from tuoitho.activities.actions import OF_KIND, Reached
from tuoitho.activities.kinds import (
    IN_SCHOOLS,
    Audience,
    Channel,
    Kind,
    ModelKind,
    Part,
    ProductKind,
)
from tuoitho.activities.models import Activity
from tuoitho.activities.offices import recorded_by
from tuoitho.establishments.models import Establishment
from tuoitho.lib.hanoi import today
from tuoitho.plan.models import Programme, Task
from tuoitho.plan.offices import Office
from tuoitho.ui.fields import DecimalVNField, NumberInput, VietnameseDateField
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


NUMBERS: dict[str, str | Promise] = {
    "attended": _("Số lượt người"),
    "first_time": _("Lần đầu trong năm"),
    "first_trained": _("Lần đầu được tập huấn trong năm"),
    "female": _("Trong đó nữ"),
}
# The rows of the table of people: audiences whose figures schools report have a row for each owner.
ROWS: tuple[tuple[str, str], ...] = tuple(
    (audience, part)
    for audience in Audience.values
    for part in (Part.values if audience in IN_SCHOOLS else [Part.COMMUNITY.value])
)


class CountField(DecimalVNField):
    """A whole number of people or copies; gives an int, 0 when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=9, decimal_places=0, min_value=0, **{"required": False, **kwargs}
        )

    def clean(self, value: Any) -> int:
        return int(super().clean(value) or 0)


class _OfKind(forms.Form):
    """Fields that only some kinds of activity have; the others are taken out."""

    product_kind = forms.ChoiceField(label=_("Loại sản phẩm"), choices=ProductKind)
    channel = forms.ChoiceField(label=_("Kênh"), choices=Channel)
    quantity = CountField(
        label=_("Số lượng"), help_text=_("Số bản in, số lượt phát hoặc số bài đăng.")
    )
    hours = DecimalVNField(
        label=_("Số giờ học"), max_digits=5, decimal_places=1, min_value=Decimal(0), required=False
    )
    score_before = DecimalVNField(
        label=_("Điểm trung bình trước lớp (0–10)"), max_digits=4, required=False,
        min_value=Decimal(0), max_value=Decimal(10),
    )  # fmt: skip
    score_after = DecimalVNField(
        label=_("Điểm trung bình sau lớp (0–10)"), max_digits=4, required=False,
        min_value=Decimal(0), max_value=Decimal(10),
    )  # fmt: skip
    certificates = CountField(label=_("Số giấy chứng nhận đã cấp"))
    model_kind = forms.ChoiceField(label=_("Loại mô hình"), choices=ModelKind)
    member_households = CountField(label=_("Số hộ tham gia"))
    member_establishments = CountField(label=_("Số cơ sở tham gia"))
    before = forms.CharField(
        label=_("Trước khi có mô hình"), required=False, widget=forms.Textarea({"rows": 3})
    )
    after = forms.CharField(
        label=_("Sau khi có mô hình"), required=False, widget=forms.Textarea({"rows": 3})
    )

    def keep_only(self, kind: str, *, planned: bool) -> None:
        """Only the fields of this kind; of a plan only those known beforehand."""
        known_before = {"product_kind", "channel", "model_kind", "hours"}
        for name in {name for names in OF_KIND.values() for name in names}:
            if name not in OF_KIND.get(kind, ()) or (planned and name not in known_before):
                del self.fields[name]


class PlanForm(_OfKind):
    field_order = (
        "title",
        "unit",
        "owner",
        "organisation",
        "starts_on",
        "ends_on",
        "place",
        "topic",
    )

    title = forms.CharField(label=_("Tên hoạt động"), max_length=200)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn"))
    owner = forms.ChoiceField(label=_("Cơ quan chủ trì"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Đơn vị thực hiện"), required=False,
        help_text=_("Trường học, hội, trung tâm trực tiếp làm."),
    )  # fmt: skip
    starts_on = VietnameseDateField(label=_("Từ ngày"))
    ends_on = VietnameseDateField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chỉ một ngày.")
    )
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    topic = forms.CharField(label=_("Chủ đề"), max_length=200, required=False)
    task_code = TaskField(required=False)

    def __init__(self, *args: Any, user: User, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_only(kind, planned=True)
        units = manageable_units(user, "activities.record")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if units.count() == 1:
            self.fields["unit"].initial = units.get()
        offices = recorded_by(user)
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            choice for choice in Office.choices if choice[0] in offices
        ]
        if Office.COMMUNE in offices and len(offices) < len(Office):
            self.fields["owner"].initial = Office.COMMUNE
        self._offer_organisations(user)

    def _offer_organisations(self, user: User) -> None:
        """A school records only its own activities, so it is the only one it can choose."""
        field = self.fields["organisation"]
        held = [a for a in user.assignments.on(today()) if user.may("activities.record")]
        schools = [a.organisation_id or 0 for a in held if a.role == "school"]
        units = manageable_units(user, "activities.record")
        offered = Organisation.objects.as_of(today()).filter(unit__in=units).order_by("name")
        if schools and len(schools) == len(held):
            offered = offered.filter(pk__in=schools)
            field.required, field.initial = True, offered.first()
        field.queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("ends_on"):
            data["ends_on"] = data.get("starts_on")
        return data


class RecordForm(_OfKind):
    """What was done and whom it reached; the numbers are a table (``attended_parents_…``)."""

    field_order = ("starts_on", "ends_on", "place")

    starts_on = VietnameseDateField(label=_("Từ ngày"))
    ends_on = VietnameseDateField(label=_("Đến hết ngày"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    result = forms.CharField(label=_("Kết quả"), required=False, widget=forms.Textarea({"rows": 3}))
    evidence = forms.CharField(
        label=_("Minh chứng"), max_length=300, required=False,
        help_text=_("Số văn bản, đường dẫn tới ảnh hoặc bài đăng."),
    )  # fmt: skip
    names_hotline = forms.BooleanField(
        label=_("Có giới thiệu Tổng đài 111 và 02433.525.662"), required=False
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.activity = activity
        self.correcting = activity.state == "done"
        super().__init__(*args, **kwargs)
        self.keep_only(activity.kind, planned=False)
        self.facts = list(self.fields)
        if self.correcting:
            self.fields["note"] = forms.CharField(label=_("Lý do sửa"), max_length=300)
        self.numbers = [
            name for name in NUMBERS
            if name != "first_trained" or activity.kind == Kind.TRAINING
        ]  # fmt: skip
        for audience, part in ROWS:
            for name in self.numbers:
                label = f"{row_label(audience, part)}: {NUMBERS[name]}"
                self.fields[f"{name}_{audience}_{part}"] = CountField(
                    label=label, widget=NumberInput({"class": "form-control"})
                )
        for name in self.facts:
            self.fields[name].initial = getattr(activity, name)
        for row in activity.reached.all():
            for name in self.numbers:
                self.fields[f"{name}_{row.audience}_{row.part}"].initial = getattr(row, name)

    @property
    def fact_names(self) -> str:
        """Names of the fields above the table, for ``form_fields``."""
        return " ".join([*self.facts, *(["note"] if self.correcting else [])])

    def headings(self) -> list[str | Promise]:
        return [NUMBERS[name] for name in self.numbers]

    def table(self) -> Iterator[tuple[str, list[tuple[str | Promise, BoundField]]]]:
        """The rows of the table of people: what they are called, and their labelled fields."""
        for audience, part in ROWS:
            yield (
                row_label(audience, part),
                [(NUMBERS[name], self[f"{name}_{audience}_{part}"]) for name in self.numbers],
            )

    def cleaned_facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.facts}

    def cleaned_people(self) -> list[Reached]:
        return [
            Reached(
                audience=audience, part=part,
                **{name: self.cleaned_data[f"{name}_{audience}_{part}"] for name in self.numbers},
            )
            for audience, part in ROWS
        ]  # fmt: skip


def row_label(audience: str, part: str) -> str:
    """Who a row of figures is about; audiences split between two owners say which half."""
    label = str(Audience(audience).label)
    return f"{label} – {Part(part).label}" if audience in IN_SCHOOLS else label


class EstablishmentSearchForm(forms.Form):
    q = forms.CharField(label=_("Tên cơ sở hoặc chủ cơ sở"), max_length=100, required=False)


class EstablishmentsForm(forms.Form):
    establishments = forms.ModelMultipleChoiceField(
        Establishment.objects.none(), label=_("Cơ sở"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một cơ sở.")},
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["establishments"].queryset = offered  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    note = forms.CharField(label=_("Lý do hủy"), max_length=300)
