"""Facts of work as a person in the field tells them: what is known, and what is not."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases.forms.base import UNKNOWN, RoomForm, ThreeValued, text_area
from tuoitho.cases.models import Schooling
from tuoitho.establishments.models import Establishment
from tuoitho.law import job_codes, place_codes
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.ui.fields import DecimalVNField, VietnameseDateField

MOST_WORKS = 3
RELATIONS = [
    *UNKNOWN,
    ("employee", _("Làm thuê, có người trả công")),
    ("apprentice", _("Học nghề, tập nghề tại cơ sở")),
    ("domestic_worker", _("Giúp việc nhà cho người khác")),
    ("family", _("Làm cho chính gia đình mình")),
    ("own_account", _("Tự làm (bán hàng rong, nhặt ve chai…)")),
]
JOB_GROUPS = (
    ("L", _("Công việc nhẹ (Phụ lục II Thông tư 09/2020)")),
    ("147.1", _("Công việc cấm (khoản 1 Điều 147 Bộ luật Lao động)")),
    ("PL3", _("Công việc gây tổn hại (Phụ lục III)")),
    ("PL5", _("Việc được làm thêm giờ, ban đêm (Phụ lục V)")),
)
PLACE_GROUPS = (
    ("147.2", _("Nơi cấm (khoản 2 Điều 147 Bộ luật Lao động)")),
    ("W", _("Nơi gây tổn hại (Phụ lục IV Thông tư 09/2020)")),
)
YES_NO_FACTS = {
    "overtime": _("Có làm thêm giờ không?"),
    "night": _("Có làm ban đêm (22 giờ đến 6 giờ) không?"),
    "study_not_affected": _("Giờ làm không ảnh hưởng việc học, đúng không?"),
    "safe_conditions": _("Nơi làm an toàn, phù hợp lứa tuổi không?"),
    "guardian_consent": _("Cha mẹ, người giám hộ có đồng ý không?"),
    "written_contract": _("Có hợp đồng bằng văn bản không?"),
    "tracking_book": _("Người sử dụng lao động có sổ theo dõi riêng không?"),
    "health_certificate": _("Có giấy khám sức khỏe phù hợp công việc không?"),
    "health_check_6_months": _("Có khám sức khỏe 6 tháng một lần không?"),
    "provincial_consent": _("Dưới 13 tuổi: cơ quan lao động cấp tỉnh có đồng ý không?"),
    "organisation": _("Nơi sử dụng lao động là tổ chức (không phải hộ, cá nhân)?"),
}
FIRST_FACTS = "description relation job place hours_day hours_week overtime night"
EMPLOYER_FACTS = " ".join(name for name in YES_NO_FACTS if name not in ("overtime", "night"))
PLACE_FACTS = "establishment workplace"


def _grouped(codes: dict[str, str], groups: Any, plain: str) -> list[Any]:
    """Choices by list of the law; "looked and found in none" last, "not known" first."""
    rest = dict(codes)
    last = (plain, rest.pop(plain))
    sections = []
    for prefix, label in groups:
        found = [(c, f"{c} · {rest[c]}") for c in codes if c in rest and c.startswith(prefix)]
        for code, _label in found:
            rest.pop(code)
        if found:
            sections.append((label, found))
    others = [(code, f"{code} · {label}") for code, label in rest.items()]
    return [*UNKNOWN, *sections, *([(_("Danh mục khác"), others)] if others else []), last]


def job_choices(on: date) -> list[Any]:
    return _grouped(job_codes(on), JOB_GROUPS, "other")


def place_choices(on: date) -> list[Any]:
    return _grouped(place_codes(on), PLACE_GROUPS, "ordinary")


class WorkForm(RoomForm):
    """One work of a child. Everything may be left unknown."""

    description = forms.CharField(label=_("Trẻ làm gì? (bằng lời)"), max_length=200, required=False)
    relation = forms.ChoiceField(label=_("Làm cho ai?"), choices=RELATIONS, required=False)
    job = forms.ChoiceField(label=_("Công việc theo danh mục"), required=False)
    place = forms.ChoiceField(label=_("Nơi làm việc theo danh mục"), required=False)
    hours_day = DecimalVNField(
        label=_("Số giờ mỗi ngày"), required=False, min_value=0, max_value=24, decimal_places=1
    )
    hours_week = DecimalVNField(
        label=_("Số giờ mỗi tuần"), required=False, min_value=0, max_value=168, decimal_places=1
    )
    establishment = forms.ModelChoiceField(
        Establishment.objects.none(), label=_("Cơ sở trong sổ"), required=False
    )
    workplace = forms.CharField(label=_("Hoặc ghi tên nơi làm"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, unit_id: int, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job"].choices = job_choices(on)  # type: ignore[attr-defined]
        self.fields["place"].choices = place_choices(on)  # type: ignore[attr-defined]
        near = Establishment.objects.visible_to(user).filter(unit_id=unit_id, closed_on=None)
        self.fields["establishment"].queryset = near.order_by("folded_name")  # type: ignore[attr-defined]
        for name, label in YES_NO_FACTS.items():
            self.fields[name] = ThreeValued(label=label)

    def facts(self) -> dict[str, Any]:
        """One item of ``works`` in the law's contract, with what stands beside it."""
        data = self.cleaned_data
        known: dict[str, Any] = {name: data[name] or None for name in ("relation", "job", "place")}
        for name in ("hours_day", "hours_week"):
            known[name] = None if data[name] is None else float(data[name])
        known |= {name: data[name] for name in YES_NO_FACTS}
        beside = {n: data[n] for n in ("description", "workplace", "establishment")}
        if known["organisation"] is None and beside["establishment"] is not None:
            known["organisation"] = beside["establishment"].is_organisation
        return known | beside


class ObservationForm(RoomForm):
    """What concerns the child as a whole."""

    observed_on = VietnameseDateField(label=_("Ngày quan sát"), initial=today)
    working = ThreeValued(label=_("Trẻ có làm việc không (kể cả việc gia đình)?"))
    chores_hours_week = DecimalVNField(
        label=_("Số giờ việc nhà mỗi tuần"), required=False, min_value=0, max_value=168,
        decimal_places=1, help_text=_("Nấu ăn, giặt giũ, trông em… trong nhà mình."),
    )  # fmt: skip
    note = text_area(_("Ghi chú"))


class VisitForm(ObservationForm):
    """A follow-up visit asks for schooling as well."""

    observed_on = VietnameseDateField(label=_("Ngày thăm"), initial=today)
    schooling = forms.ChoiceField(label=_("Học tập"), choices=Schooling, initial=Schooling.UNKNOWN)


class FactsForms:
    """The observation and up to three works, sent together."""

    observation_form: type[ObservationForm] = ObservationForm

    def __init__(
        self, data: QueryDict | None, *, child: Child, user: User, visit: bool = False
    ) -> None:
        self.observation = (VisitForm if visit else self.observation_form)(data)
        day = today()
        if data is not None and self.observation.is_valid():
            day = self.observation.cleaned_data["observed_on"]
        self.works = [
            WorkForm(data, prefix=f"w{n}", user=user, unit_id=child.unit_id, on=day,
                     use_required_attribute=False)
            for n in range(1, MOST_WORKS + 1)
        ]  # fmt: skip

    @property
    def filled(self) -> list[WorkForm]:
        """The works somebody wrote something about."""
        return [work for work in self.works if work.has_changed()]

    @property
    def parts(self) -> list[Any]:
        return [self.observation, *self.works]

    def is_valid(self) -> bool:
        """Whether all can be read, and they do not contradict one another."""
        readable = [part.is_valid() for part in self.parts]
        if not all(readable):
            return False
        if self.observation.cleaned_data["working"] is False and self.filled:
            self.observation.add_error(
                "working", _("Đã ghi công việc ở dưới; hãy chọn “Có” hoặc xóa công việc đó.")
            )
            return False
        return True

    def facts(self) -> dict[str, Any]:
        """What ``screen_child`` and ``record_visit`` take."""
        data = self.observation.cleaned_data
        chores = data["chores_hours_week"]
        works: list[dict[str, Any]] | None = [work.facts() for work in self.filled]
        if not works and data["working"]:
            works = [{}]  # one work of which nothing is known
        elif not works and data["working"] is None:
            works = None
        return {"works": works, "chores_hours_week": None if chores is None else float(chores)}
