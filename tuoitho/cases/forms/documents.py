"""What is asked when a form is printed, and when its Word template is replaced."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.documents.catalogue import Form
from tuoitho.cases.documents.paper import Signing
from tuoitho.cases.forms.base import RoomForm, text_area
from tuoitho.cases.models.document import Capacity, Circulation
from tuoitho.lib.hanoi import today
from tuoitho.ui.fields import VietnameseDateField

SIGNED = ("signed_on", "place", "capacity", "title", "name", "circulation", "recipients")


class PrintForm(RoomForm):
    """The questions of the form, then number, place and date, signature, who may read it."""

    number = forms.IntegerField(
        label=_("Số văn bản"), required=False, min_value=1, max_value=99_999,
        help_text=_("Để trống: hệ thống cấp số kế tiếp trong sổ của năm."),
    )  # fmt: skip
    signed_on = VietnameseDateField(label=_("Ngày văn bản"), initial=today)
    place = forms.CharField(label=_("Địa danh"), max_length=60)
    capacity = forms.ChoiceField(label=_("Quyền hạn ký"), choices=Capacity)
    title = forms.CharField(label=_("Chức vụ người ký"), max_length=120)
    name = forms.CharField(label=_("Họ tên người ký"), max_length=120)
    circulation = forms.ChoiceField(
        label=_("Mức độ bảo mật"), choices=Circulation,
        help_text=_("Khoản 3 Điều 24 Nghị định 56/2017/NĐ-CP."),
    )  # fmt: skip
    recipients = text_area(_("Nơi nhận (mỗi dòng một nơi)"), rows=4, required=True)
    informant_because = forms.CharField(
        label=_("Ghi người báo tin vào văn bản: lý do"), max_length=300, required=False,
        help_text=_("Chỉ khi người báo tin đồng ý. Để trống: văn bản ghi là được giữ kín."),
    )  # fmt: skip

    def __init__(self, *args: Any, paper: Form, names_informant: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        for question in paper.questions:
            self.fields[question.name] = text_area(question.label, rows=question.rows)
        if not names_informant:
            del self.fields["informant_because"]

    @property
    def fieldsets(self) -> list[tuple[Any, str]]:
        """Headings and the fields under them, for ``ui/form.html``."""
        asked = " ".join(question.name for question in self.paper.questions)
        told = " informant_because" if "informant_because" in self.fields else ""
        return [
            (_("Điều hệ thống chưa có, hỏi thêm"), asked + told),
            (_("Số, ngày, nơi"), "number signed_on place"),
            (_("Người ký"), "capacity title name"),
            (_("Ai được đọc"), "circulation recipients"),
        ]

    def answers(self) -> dict[str, str]:
        return {q.name: self.cleaned_data[q.name] for q in self.paper.questions}

    def signing(self) -> Signing:
        data = self.cleaned_data
        return Signing(
            on=data["signed_on"], place=data["place"], capacity=data["capacity"],
            title=data["title"], name=data["name"], circulation=data["circulation"],
            recipients=data["recipients"],
        )  # fmt: skip


class TemplateForm(RoomForm):
    file = forms.FileField(label=_("Tệp Word (.docx) đã sửa"))
    note = forms.CharField(label=_("Thay đổi gì?"), max_length=300, required=False)
