"""The seven forms: their number in the register, what is asked for them, what we know of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models import Case, FormKind, Report
from tuoitho.cases.models.document import Capacity
from tuoitho.cases.models.plan import Decision

SHIPPED = Path(__file__).parent / "templates"
UNSEEN = _("bố cục chưa đối chiếu bản chính")
UNSEEN_PRINTED = "bố cục chưa đối chiếu bản chính"


@dataclass(frozen=True)
class Question:
    """Something the form wants that no record holds: asked when printing, kept with the version."""

    name: str
    label: str | Promise
    rows: int = 3


@dataclass(frozen=True)
class Form:
    """One of the forms.

    ``symbol``: its place in the register (BC, TTr, QĐ with the issuer). ``seen``: whether the
    layout was compared with a copy of the decree. ``rows``: the relation of the case it tells of.
    """

    kind: FormKind
    symbol: str
    subject: str
    seen: bool
    rows: str
    questions: tuple[Question, ...]
    capacity: Capacity
    signer: str
    recipients: tuple[str, ...]

    @property
    def shipped(self) -> Path:
        return SHIPPED / f"{self.kind.value}.docx"


_ADDRESSED = Question("addressed_to", _("Kính gửi"), rows=1)
_COMMITTEE = ("- Ủy ban nhân dân xã;", "- Người làm công tác bảo vệ trẻ em cấp xã;")
_CARERS = ("- Cha, mẹ hoặc người chăm sóc trẻ;", "- Cơ quan, tổ chức có tên trong kế hoạch;")

FORMS: dict[str, Form] = {
    form.kind.value: form
    for form in (
        Form(FormKind.MAU_01, "BC-UBND", "Tiếp nhận thông tin trẻ em cần được bảo vệ", True, "",
             (_ADDRESSED, Question("proposal", _("Đề nghị, việc làm tiếp theo"))),
             Capacity.OWN, "Người tiếp nhận thông tin", _COMMITTEE),
        Form(FormKind.MAU_02, "BC-UBND", "Đánh giá nguy cơ ban đầu", False, "first_assessments",
             (Question("harmful_person", _("Người gây hại và quan hệ với trẻ"), rows=2),
              Question("immediate_needs", _("Nhu cầu cấp bách của trẻ")),
              Question("proposal", _("Đề nghị biện pháp"))),
             Capacity.OWN, "Người làm công tác bảo vệ trẻ em cấp xã", _COMMITTEE),
        Form(FormKind.MAU_03, "BC-UBND", "Thu thập thông tin, đánh giá nguy cơ cụ thể", False,
             "plans",
             (Question("assessors", _("Người tham gia đánh giá"), rows=2),
              Question("meeting_people", _("Thành phần cuộc họp xác định nhu cầu")),
              Question("conclusion", _("Kết luận về mức độ nguy cơ"))),
             Capacity.OWN, "Người làm công tác bảo vệ trẻ em cấp xã", _COMMITTEE),
        Form(FormKind.MAU_04, "TTr-UBND", "Phê duyệt kế hoạch hỗ trợ, can thiệp", False, "plans",
             (_ADDRESSED, Question("attached", _("Tài liệu gửi kèm"), rows=2)),
             Capacity.OWN, "Người làm công tác bảo vệ trẻ em cấp xã", _COMMITTEE),
        Form(FormKind.MAU_05, "QĐ-UBND", "Phê duyệt kế hoạch hỗ trợ, can thiệp đối với trẻ em",
             False, "plans",
             (Question("more_bases", _("Căn cứ khác (mỗi dòng một căn cứ)")),
              Question("implementers", _("Cơ quan, người chịu trách nhiệm thi hành"), rows=2)),
             Capacity.OWN, "Chủ tịch", ("- Như Điều 3;", *_CARERS)),
        Form(FormKind.MAU_06, "BC-UBND", "Rà soát, đánh giá sau khi thực hiện kế hoạch", True,
             "reviews",
             (Question("results", _("Kết quả thực hiện kế hoạch")),
              Question("proposal", _("Đề nghị"))),
             Capacity.OWN, "Người làm công tác bảo vệ trẻ em cấp xã", _COMMITTEE),
        Form(FormKind.MAU_07, "QĐ-UBND", "Áp dụng biện pháp bảo vệ khẩn cấp đối với trẻ em", False,
             "emergency_measures",
             (Question("reason", _("Lý do áp dụng biện pháp")),
              Question("police", _("Cơ quan công an phối hợp"), rows=1),
              Question("health_facility", _("Cơ sở y tế tiếp nhận"), rows=1),
              Question("implementers", _("Cơ quan, người chịu trách nhiệm thi hành"), rows=2)),
             Capacity.OWN, "Chủ tịch", ("- Như Điều 3;", *_CARERS)),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A form that can be printed of one row of a case."""

    form: Form
    key: int
    about: str


def papers_of(case: Case) -> Iterator[Paper]:
    """Every form the case has something to fill with, in the order of the procedure."""
    for form in FORMS.values():
        if not form.rows:
            continue
        rows = sorted(getattr(case, form.rows).all(), key=lambda row: row.pk)
        for row in rows:
            if form.kind != FormKind.MAU_05 or row.decision == Decision.APPROVED:
                yield Paper(form, row.pk, str(row))


def subject_of(form: Form, case: Case | None, report: Report | None, key: int) -> object:
    """The row a paper tells of: the report itself, or that row of the case.

    Raises LookupError when the case has no such row, or it is not ready for this form.
    """
    if case is None:
        if form.rows or report is None:
            raise LookupError(form.kind)
        return report
    row = getattr(case, form.rows).filter(pk=key).first() if form.rows else None
    if row is None or (form.kind == FormKind.MAU_05 and row.decision != Decision.APPROVED):
        raise LookupError(form.kind)
    return row
