"""Forms and filters of consents, referrals and handovers."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases.capacity import room_at
from tuoitho.cases.exchange_states import ReferralState
from tuoitho.cases.forms.base import DatedForm, OfMeasureForm, RoomForm, YesNo, text_area
from tuoitho.cases.forms.reports import communes_near
from tuoitho.cases.models import (
    Case,
    Ground,
    Handover,
    Manner,
    Party,
    Provider,
    Purpose,
    Referral,
    ServiceKind,
    ServiceResult,
)
from tuoitho.cases.sharing import Claim
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period
from tuoitho.people.models import Child
from tuoitho.ui.fields import NameField, VietnameseDateField
from tuoitho.units.models import Organisation, Unit

LAWFUL_GROUNDS = [("", _("Sự đồng ý đã ghi")), *(c for c in Ground.choices if c[0] != "override")]
NOT_PUBLICATION = [c for c in Purpose.choices if c[0] != Purpose.PUBLICATION]


def bodies_near(unit: Unit, on: date) -> Any:
    """Organisations a commune turns to: of the commune, of its area, or in the directory for it."""
    listed = Provider.objects.as_of(on).serving(unit).values("organisation")
    near = Q(unit__in=[unit.pk, unit.area_id]) | Q(pk__in=listed)
    return Organisation.objects.as_of(on).filter(near).order_by("name")


class GroundedForm(DatedForm):
    """Sharing that may rest on a ground of the law instead of consents."""

    ground = forms.ChoiceField(
        label=_("Chia sẻ thông tin dựa trên"), choices=LAWFUL_GROUNDS, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    ground_reason = text_area(
        _("Nhiệm vụ hoặc mối nguy cụ thể"),
        rows=2,
        help_text=_("Bắt buộc khi không dựa trên sự đồng ý."),
    )

    def claim(self) -> Claim | None:
        """The ground named, or None for consents."""
        ground = self.cleaned_data["ground"]
        return Claim(ground, self.cleaned_data["ground_reason"]) if ground else None

    def rest(self) -> dict[str, Any]:
        """The cleaned values without the two fields of the ground."""
        ours = ("ground", "ground_reason")
        return {k: v for k, v in self.cleaned_data.items() if k not in ours}


class ReferralForm(GroundedForm, OfMeasureForm):
    what_field = "request"
    kind = forms.ChoiceField(label=_("Loại dịch vụ"), choices=[("", "—"), *ServiceKind.choices])
    receiver = forms.ModelChoiceField(Organisation.objects.none(), label=_("Cơ quan, cơ sở nhận"))
    request = text_area(
        _("Đề nghị làm gì"), required=True,
        help_text=_("Chỉ ghi điều nơi nhận cần biết; đừng kể sự việc trong hồ sơ."),
    )  # fmt: skip
    child_facts = forms.CharField(label=_("Về trẻ, ngoài họ tên"), max_length=300, required=False)
    contact = forms.CharField(label=_("Liên hệ lại với ai"), max_length=200, required=False)
    on = VietnameseDateField(label=_("Ngày gửi"), initial=today)
    answer_due_on = VietnameseDateField(label=_("Phải trả lời trước ngày"), required=False)
    policy_code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    # The receiver this person was told is full: sent once more, the request goes.
    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    field_order = ("measure", "kind", "receiver", "request", "child_facts", "contact", "on",
                   "answer_due_on", "ground", "ground_reason")  # fmt: skip

    def __init__(self, *args: Any, case: Case, opened_for: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = bodies_near(case.unit, today())
        self.fields["receiver"].queryset = bodies  # type: ignore[attr-defined]
        measure = self.take_measures(case, opened_for)
        if measure is not None and measure.provider:
            known = bodies.filter(name=measure.provider).first()
            self.initial["receiver"] = known.pk if known else None

    def warn_of_capacity(self) -> bool:
        """Whether the receiver is full by the directory and this person was not yet told; then the
        form says so, and the next sending passes."""
        receiver = self.cleaned_data["receiver"]
        room = room_at(receiver, self.cleaned_data["on"])
        if room is None or not room.is_full or self.cleaned_data["warned"] == str(receiver.pk):
            return False
        self.add_error("receiver", _(
            "Nơi này ghi nhận được %(capacity)s cùng lúc và đang có %(open)s đề nghị chưa xong. "
            "Nếu vẫn muốn gửi, bấm gửi lần nữa."
        ) % {"capacity": room.capacity, "open": room.open})  # fmt: skip
        self.data = {**self.data.dict(), "warned": str(receiver.pk)}  # type: ignore[attr-defined]
        return True

    def rest(self) -> dict[str, Any]:
        return {k: v for k, v in super().rest().items() if k != "warned"}


class HandoverForm(GroundedForm):
    to_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Xã, phường nhận"), required=False
    )
    to_place = forms.CharField(
        label=_("Hoặc nơi nhận ngoài địa bàn chương trình"), max_length=200, required=False,
        help_text=_("Hồ sơ in ra Word, gửi bằng văn bản; ghi xác nhận khi nơi nhận trả lời."),
    )  # fmt: skip
    note = text_area(_("Lời gửi nơi nhận"))
    field_order = ("to_unit", "to_place", "on", "note", "ground", "ground_reason")

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = communes_near(user).exclude(pk=case.unit_id)
        self.fields["to_unit"].queryset = communes  # type: ignore[attr-defined]


class HeardForm(DatedForm):
    """An answer; ``heard`` only for who writes down what came on another way."""

    note = text_area(_("Ghi chú"))
    heard = forms.CharField(
        label=_("Câu trả lời đến bằng cách nào"), max_length=200, required=False,
        help_text=_("Ví dụ: công văn số…, điện thoại của ai."),
    )  # fmt: skip

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["heard"]


class HeardRefusalForm(HeardForm):
    note = text_area(_("Lý do"), required=True)


class HeardResultForm(HeardForm):
    result = forms.ChoiceField(label=_("Kết quả"), choices=ServiceResult, widget=forms.RadioSelect)
    field_order = ("on", "result", "note", "heard")


class LinkForm(RoomForm):
    send_to = forms.EmailField(
        label=_("Gửi đến thư điện tử"), required=False,
        help_text=_("Để trống nếu in mã đưa tận tay. Thư không có tên trẻ."),
    )  # fmt: skip


class KeyForm(RoomForm):
    key = forms.CharField(
        label=_("Mã trả lời"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class LinkAnswerForm(RoomForm):
    """The answer of a body without an account."""

    person = NameField(label=_("Họ tên, chức vụ người trả lời"), max_length=150)
    answer = forms.ChoiceField(
        label=_("Trả lời"), widget=forms.RadioSelect,
        choices=[("accept", _("Nhận hỗ trợ")), ("refuse", _("Không nhận được"))],
    )  # fmt: skip
    result = forms.ChoiceField(label=_("Kết quả"), choices=ServiceResult, widget=forms.RadioSelect)
    note = text_area(_("Ghi chú; lý do nếu không nhận"))

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["result" if referral.awaits_answer else "answer"]
        if not referral.awaits_answer:
            self.fields["note"].label = _("Ghi chú kết quả")


class ConsentForm(DatedForm):
    purpose = forms.ChoiceField(label=_("Mục đích"), choices=Purpose, widget=forms.RadioSelect)
    party = forms.ChoiceField(label=_("Ý kiến của ai"), choices=Party, widget=forms.RadioSelect)
    person_name = NameField(label=_("Họ và tên"))
    given = YesNo(label=_("Đồng ý?"))
    manner = forms.ChoiceField(label=_("Cách ghi nhận"), choices=Manner, widget=forms.RadioSelect)
    witness = forms.CharField(label=_("Người làm chứng"), max_length=200, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Chỉ cho cơ quan"), required=False,
        empty_label=_("Mọi cơ quan cần để giúp em"),
    )  # fmt: skip
    on = VietnameseDateField(label=_("Từ ngày"), initial=today)
    valid_until = VietnameseDateField(label=_("Đến hết ngày"), required=False)
    note = text_area(_("Ghi chú"), rows=2)
    field_order = ("purpose", "party", "person_name", "given", "manner", "witness", "organisation",
                   "on", "valid_until", "note")  # fmt: skip

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies_near(child.unit, today())  # type: ignore[attr-defined]


class WithdrawForm(DatedForm):
    note = text_area(_("Lời rút lại"))


class OverrideForm(DatedForm):
    purpose = forms.ChoiceField(label=_("Mục đích"), choices=NOT_PUBLICATION)
    reason = text_area(_("Vì sao cần chia sẻ dù chưa có đồng ý"), required=True)


class OverrideReviewForm(DatedForm):
    agreed = YesNo(label=_("Đồng ý với ngoại lệ này?"))
    note = text_area(_("Ý kiến"))


class AcknowledgeForm(DatedForm):
    done_with_it = text_area(
        _("Đã xử lý thông tin thế nào"), help_text=_("Ví dụ: đã hủy bản giấy, ngừng chia sẻ tiếp.")
    )


ANSWERS = [
    ("asked", _("Phải trả lời")),
    ("answered", _("Đã trả lời")), ("in_time", _("Trả lời đúng hạn")),
    ("none", _("Chưa trả lời")), ("overdue", _("Quá hạn trả lời")),
]  # fmt: skip


class ReferralFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=ReferralState.choices)
    kind = django_filters.ChoiceFilter(label=_("Loại dịch vụ"), choices=ServiceKind.choices)
    answer = django_filters.ChoiceFilter(label=_("Trả lời"), choices=ANSWERS, method="answering")
    year = django_filters.NumberFilter(label=_("Gửi trong năm"), method="in_year")
    receiver = django_filters.NumberFilter(widget=forms.HiddenInput, label=_("Nơi nhận"))

    class Meta:
        model = Referral
        fields = ["state", "kind", "answer", "year", "receiver"]

    def in_year(self, rows: Any, _name: str, year: Any) -> Any:
        inside = 1900 < year < 3000
        return rows.offered_in(Period.year(int(year))) if inside else rows.none()

    def answering(self, rows: Any, _name: str, wanted: str) -> Any:
        if wanted == "overdue":
            return rows.overdue(today())
        rows = rows.counted()
        return {
            "asked": rows.all, "answered": rows.answered, "in_time": rows.answered_in_time,
            "none": rows.unanswered,
        }[wanted]()  # fmt: skip


class HandoverFilter(django_filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = Handover
        fields = ["state"]
