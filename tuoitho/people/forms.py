"""What the screens of the register may send. Shape only: what may be is decided in actions."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.people.matching import Person
from tuoitho.people.models import Child, Household
from tuoitho.people.school_years import recent_school_years, term_ended_by
from tuoitho.people.states import Group, Poverty, Relation, SchoolStatus, Sex, Term, Told
from tuoitho.ui.fields import NameField, VietnameseDateField
from tuoitho.units.models import Level, Organisation, OrganisationKind, Unit

YES_NEW = _("Chưa có hộ này trong sổ: lập hộ mới")


def places_of(user: User) -> QuerySet[Unit]:
    """Communes of today where this person may register people."""
    communes = Unit.objects.as_of(today()).communes().order_by("name")
    scope = user.scope("people.register")
    return communes.filter(scope.covers("pk"))


class RegisterForm(forms.Form):
    """A form whose action may refuse: each refusal goes beside its field, or on top."""

    def refuse(self, error: ValidationError) -> None:
        found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in found.items():
            self.add_error(name if name in self.fields else None, list(messages))


class DayForm(forms.Form):
    """As of which day a page is wanted; a day that cannot be understood says so and shows none."""

    on = VietnameseDateField(label=_("Xem vào ngày"), required=False)

    def day(self) -> date | None:
        day: date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return day


class PlacedForm(RegisterForm):
    """A form that begins with where: the person's communes, chosen at once if there is one."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Xã, phường"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field = self.fields["unit"]
        field.queryset = places_of(user)  # type: ignore[attr-defined]
        nearest = list(field.queryset[:2])  # type: ignore[attr-defined]
        if len(nearest) == 1:
            field.initial = nearest[0].pk


class ChildFacts(RegisterForm):
    """What is written about the child itself."""

    full_name = NameField(label=_("Họ và tên"))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex, initial="")
    birth_date = VietnameseDateField(label=_("Ngày sinh"), required=False)
    age_low = forms.IntegerField(
        label=_("Tuổi ước chừng, từ"), required=False, min_value=0, max_value=17,
        help_text=_("Chỉ ghi khi không biết ngày sinh."),
    )  # fmt: skip
    age_high = forms.IntegerField(
        label=_("Tuổi ước chừng, đến"), required=False, min_value=0, max_value=17
    )
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố"), max_length=120, required=False)
    national_id = forms.CharField(
        label=_("Số định danh cá nhân"), max_length=20, required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("12 chữ số, để trống nếu chưa có."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        low, high = facts.get("age_low"), facts.get("age_high")
        if low is None and high is not None:
            facts["age_low"] = high
        if high is None and low is not None:
            facts["age_high"] = low
        return facts

    def facts(self) -> dict[str, Any]:
        """The cleaned facts as ``register_child`` and ``correct_child`` take them."""
        given = self.cleaned_data
        age_range = None if given["age_low"] is None else (given["age_low"], given["age_high"])
        names = ("full_name", "sex", "birth_date", "hamlet", "national_id", "note")
        return {name: given[name] for name in names if name in given} | {"age_range": age_range}


class ChildNewForm(ChildFacts, PlacedForm):
    """A new child, with its household and main carer if known."""

    household_head = NameField(
        label=_("Chủ hộ"), required=False, help_text=_("Tên chủ hộ như trong sổ hộ gia đình.")
    )
    household = forms.ModelChoiceField(
        Household.objects.none(), label=_("Hộ gia đình"), required=False, empty_label=_("Chọn hộ")
    )
    new_household = forms.BooleanField(label=YES_NEW, required=False)
    guardian_name = NameField(label=_("Người chăm sóc chính"), required=False)
    guardian_relation = forms.ChoiceField(
        label=_("Quan hệ với trẻ"), choices=[("", "---------"), *Relation.choices], required=False
    )
    guardian_phone = forms.CharField(
        label=_("Số điện thoại"), max_length=20, required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    # Which possible duplicates the person was shown: only these are waved through.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    not_same = forms.BooleanField(label=_("Đã xem, đây là trẻ khác"), required=False)

    field_order = ["unit", "full_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["household"].queryset = self._households()  # type: ignore[attr-defined]
        if not self._households():
            self.fields["household"].widget = forms.HiddenInput()

    def _households(self) -> QuerySet[Household]:
        """Those whose head has the name typed (or the one this page was opened for)."""
        visible = Household.objects.visible_to(self.user)
        given = str(self.data.get("household") or self.initial.get("household") or "")
        head = fold(str(self.data.get("household_head", "")))
        if not head:
            return visible.filter(pk=int(given)) if given.isdecimal() else visible.none()
        return visible.filter(folded_head_name=head).order_by("hamlet", "pk")

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        self._choose_household(facts)
        if facts.get("guardian_name") and not facts.get("guardian_relation"):
            self.add_error("guardian_relation", _("Chọn quan hệ với trẻ."))
        if not facts.get("guardian_name") and facts.get("guardian_phone"):
            self.add_error("guardian_name", _("Ghi tên người có số điện thoại này."))
        return facts

    def _choose_household(self, facts: dict[str, Any]) -> None:
        head, unit = facts.get("household_head"), facts.get("unit")
        if facts.get("household") or facts.get("new_household") or not head or not unit:
            return
        found = [row for row in self._households() if row.unit_id == unit.pk]
        if len(found) == 1:
            facts["household"] = found[0]
        elif found:
            self.add_error("household", _("Có nhiều hộ trùng tên chủ hộ này; hãy chọn một hộ."))
        else:
            self.add_error(
                "household_head",
                _("Chưa có hộ nào mang tên chủ hộ này ở xã; đánh dấu ô lập hộ mới nếu đúng."),
            )

    def person(self) -> Person:
        """What was typed, to be compared with the register."""
        given = self.cleaned_data
        return Person(
            given["full_name"], given["birth_date"], given["sex"], given.get("household"),
            given["hamlet"], (given["guardian_name"], given["household_head"]),
            self.cleaned_data["national_id"].replace(" ", ""),
        )  # fmt: skip

    def family(self) -> dict[str, Any]:
        """Household and carer as ``register_with_family`` takes them."""
        given = self.cleaned_data
        guardian = None
        if given["guardian_name"]:
            guardian = {
                "full_name": given["guardian_name"], "relation": given["guardian_relation"],
                "phone": given["guardian_phone"],
            }  # fmt: skip
        new = given["household_head"] if given["new_household"] else ""
        return {
            "household": None if new else given.get("household"),
            "new_household_head": new,
            "guardian": guardian,
        }


class ChildEditForm(ChildFacts):
    """Correcting the facts of a child; where it lives changes by moving."""

    household = forms.ModelChoiceField(
        Household.objects.none(), label=_("Hộ gia đình"), required=False,
        empty_label=_("Không thuộc hộ nào"),
    )  # fmt: skip

    def __init__(self, *args: Any, child: Child, user: User, **kwargs: Any) -> None:
        ages = {"age_low": child.age_low, "age_high": child.age_high}
        names = ("full_name", "sex", "birth_date", "hamlet", "national_id", "note", "household")
        kwargs["initial"] = {name: getattr(child, name) for name in names} | ages
        super().__init__(*args, **kwargs)
        self.child = child
        nearby = Household.objects.visible_to(user).filter(unit=child.unit).order_by("head_name")
        # The hamlet's households, not the thousands of a commune.
        if child.folded_hamlet:
            nearby = nearby.filter(folded_hamlet=child.folded_hamlet)
        chosen = Household.objects.visible_to(user).filter(pk=child.household_id or 0)
        self.fields["household"].queryset = (nearby | chosen).distinct()  # type: ignore[attr-defined]
        if child.unit_id not in user.scope("people.identity"):
            del self.fields["national_id"]  # not shown, so not to be overwritten by nothing

    def facts(self) -> dict[str, Any]:
        facts = super().facts() | {"household": self.cleaned_data["household"]}
        if facts["age_range"] == (self.child.age_low, self.child.age_high):
            del facts["age_range"]  # the estimate stays as of the day it was made
        return facts


class HouseholdForm(RegisterForm):
    head_name = NameField(label=_("Chủ hộ"))
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố"), max_length=120, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)


class HouseholdNewForm(HouseholdForm, PlacedForm):
    field_order = ["unit", "head_name"]


class PovertyForm(RegisterForm):
    year = forms.IntegerField(label=_("Năm"), min_value=1990, max_value=2100)
    status = forms.ChoiceField(
        label=_("Kết quả rà soát"), choices=Poverty, widget=forms.RadioSelect
    )


class GuardianForm(RegisterForm):
    relation = forms.ChoiceField(label=_("Quan hệ với trẻ"), choices=Relation)
    full_name = NameField(label=_("Họ và tên"))
    phone = forms.CharField(
        label=_("Số điện thoại"), max_length=20, required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    birth_year = forms.IntegerField(
        label=_("Năm sinh"), required=False, min_value=1900, max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    occupation = forms.CharField(label=_("Nghề nghiệp"), max_length=120, required=False)


class CircumstanceForm(RegisterForm):
    group = forms.ChoiceField(
        label=_("Nhóm hoàn cảnh (Luật Trẻ em, Điều 10 khoản 1)"), choices=Group
    )
    since = VietnameseDateField(label=_("Từ ngày"))
    until = VietnameseDateField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu vẫn còn.")
    )
    evidence = forms.CharField(
        label=_("Căn cứ"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Giấy tờ, người xác nhận, ngày xác nhận."),
    )  # fmt: skip


class CircumstanceEndForm(RegisterForm):
    until = VietnameseDateField(label=_("Đến hết ngày"))


class EnrolmentForm(RegisterForm):
    school_year = forms.ChoiceField(label=_("Năm học"))
    status = forms.ChoiceField(label=_("Tình trạng"), choices=SchoolStatus)
    grade = forms.TypedChoiceField(
        label=_("Lớp"), coerce=int, empty_value=None, required=False,
        choices=[("", "---------"), *((n, str(n)) for n in range(1, 13))],
    )  # fmt: skip
    school = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Trường trên địa bàn"), required=False
    )
    school_name = forms.CharField(
        label=_("Trường khác"), max_length=200, required=False,
        help_text=_("Chỉ ghi khi trường không có trong danh sách."),
    )  # fmt: skip
    on = VietnameseDateField(label=_("Tính từ ngày"), help_text=_("Nếu đã bỏ học: ngày nghỉ học."))

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = recent_school_years(today())
        self.fields["school_year"].choices = [(y, y) for y in years]  # type: ignore[attr-defined]
        schools = Organisation.objects.as_of(today()).filter(
            kind=OrganisationKind.SCHOOL, unit__above__ancestor__below__descendant=child.unit_id,
            unit__above__ancestor__level__in=[Level.COMMUNE, Level.AREA, Level.DISTRICT],
        )  # fmt: skip
        self.fields["school"].queryset = schools.distinct().order_by("name")  # type: ignore[attr-defined]


def _days(label: Any, *, initial: int | None = None) -> forms.IntegerField:
    digits = forms.TextInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, widget=digits, initial=initial)


class PupilAttendanceForm(RegisterForm):
    """Days at school in one term, as the school writes them. Opens at the term that ended last."""

    term = forms.ChoiceField(label=_("Học kỳ"), choices=Term)
    days = _days(_("Số buổi học"))
    with_leave = _days(_("Nghỉ có phép (buổi)"), initial=0)
    without_leave = _days(_("Nghỉ không phép (buổi)"), initial=0)
    result = forms.CharField(
        label=_("Kết quả học tập"), max_length=300, required=False,
        help_text=_("Ghi như giấy của nhà trường. Để trống nếu chưa có."),
    )  # fmt: skip
    on = VietnameseDateField(label=_("Ngày ghi"), initial=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].initial = term_ended_by(today()).number


class AttendanceForm(PupilAttendanceForm):
    """The same, written by the commune after what the school or the family says."""

    school_year = forms.ChoiceField(label=_("Năm học"))
    source = forms.ChoiceField(
        label=_("Nguồn"), choices=Told, initial=Told.SCHOOL, widget=forms.RadioSelect
    )
    field_order = ("school_year", "term", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = recent_school_years(today())
        self.fields["school_year"].choices = [(y, y) for y in years]  # type: ignore[attr-defined]
        self.fields["school_year"].initial = term_ended_by(today()).year


class MoveForm(RegisterForm):
    to_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Nơi đến"))
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố"), max_length=120, required=False)
    on = VietnameseDateField(label=_("Ngày chuyển đến"))
    note = forms.CharField(label=_("Lý do"), max_length=300, required=False)

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = Unit.objects.as_of(today()).communes()
        same_province = communes.filter(
            above__ancestor__level=Level.PROVINCE, above__ancestor__below__descendant=child.unit_id
        )
        self.fields["to_unit"].queryset = same_province.distinct().order_by("name")  # type: ignore[attr-defined]
