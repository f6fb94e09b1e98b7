"""The law's answer in plain words: what it found, what is missing, what to ask next."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.cases.models import Outcome
from tuoitho.cases.models.screening import Judged

COLOURS = {
    Outcome.UNLAWFUL: "danger", Outcome.LAWFUL: "success", Outcome.UNDETERMINED: "warning",
    Outcome.NOT_WORKING: "success", Outcome.NOT_A_MINOR: "info",
}  # fmt: skip
# What to ask when a fact is missing; in the order in which asking helps most.
QUESTIONS: dict[str, str | Promise] = {
    "birth_date": gettext_lazy("Trẻ sinh ngày nào? (giấy khai sinh, sổ hộ khẩu, nhà trường)"),
    "works": gettext_lazy("Trẻ có làm việc không, kể cả việc của gia đình?"),
    "relation": gettext_lazy("Trẻ làm cho ai: làm thuê, học nghề, giúp việc, hay cho gia đình?"),
    "job": gettext_lazy("Công việc ấy thuộc danh mục nào? Tra và chọn mã, hoặc “việc khác”."),
    "place": gettext_lazy("Nơi làm có thuộc nơi cấm không? Tra và chọn, hoặc “nơi thông thường”."),
    "hours_day": gettext_lazy("Mỗi ngày trẻ làm mấy giờ?"),
    "hours_week": gettext_lazy("Mỗi tuần trẻ làm mấy giờ?"),
    "night": gettext_lazy("Có khi nào trẻ làm từ 22 giờ đến 6 giờ không?"),
    "overtime": gettext_lazy("Có làm thêm giờ không?"),
    "study_not_affected": gettext_lazy("Giờ làm có ảnh hưởng giờ học không?"),
    "safe_conditions": gettext_lazy("Nơi làm có an toàn, vừa sức với trẻ không?"),
    "guardian_consent": gettext_lazy("Cha mẹ hoặc người giám hộ có đồng ý không?"),
    "written_contract": gettext_lazy("Có hợp đồng bằng văn bản không?"),
    "tracking_book": gettext_lazy("Người sử dụng lao động có sổ theo dõi riêng không?"),
    "health_certificate": gettext_lazy("Có giấy khám sức khỏe phù hợp với công việc không?"),
    "health_check_6_months": gettext_lazy("Có khám sức khỏe ít nhất 6 tháng một lần không?"),
    "provincial_consent": gettext_lazy("Cơ quan lao động cấp tỉnh có đồng ý bằng văn bản không?"),
    "organisation": gettext_lazy("Nơi sử dụng lao động là tổ chức hay hộ, cá nhân?"),
}


@dataclass(frozen=True)
class Result:
    """A judged screening or visit as a page shows it.

    ``broken``, ``kept``, ``unknown``: findings of the law with reason, citation and sanction.
    ``asks``: what is missing, the most useful question first.
    """

    colour: str
    headline: str
    explained: str
    broken: list[dict[str, Any]]
    kept: list[dict[str, Any]]
    unknown: list[dict[str, Any]]
    asks: list[str]
    hazardous: bool | None
    sdg: dict[str, Any]


def result_of(judged: Judged) -> Result:
    """The stored answer of the law, ready for a page."""
    law = judged.labour_law
    findings = law.get("findings", [])
    by_answer: dict[str, list[dict[str, Any]]] = {"broken": [], "kept": [], "unknown": []}
    for finding in findings:
        by_answer[finding["answer"]].append(finding)
    # What makes child labour comes before what is only the employer's duty.
    by_answer["broken"].sort(key=lambda f: f.get("kind") != "substantive")
    missing = law.get("missing", [])
    asks = [str(words) for name, words in QUESTIONS.items() if name in missing]
    return Result(
        colour=COLOURS.get(Outcome(judged.outcome), "info"),
        headline=_headline(judged), explained=_explained(judged), asks=asks,
        hazardous=judged.hazardous, sdg=judged.findings.get("sdg_8_7_1", {}), **by_answer,
    )  # fmt: skip


def _headline(judged: Judged) -> str:
    if judged.child_labour:
        return _("Trẻ em lao động trái quy định pháp luật")
    if judged.outcome == Outcome.UNLAWFUL:
        return _("Người sử dụng lao động vi phạm pháp luật")
    return str(Outcome(judged.outcome).label)


def _explained(judged: Judged) -> str:
    return {
        Outcome.UNLAWFUL: _("Có quy định của pháp luật bị vi phạm. Xem từng điều bên dưới.")
        if judged.child_labour
        else _("Người sử dụng lao động vi phạm nghĩa vụ; riêng việc đó chưa là lao động trẻ em."),
        Outcome.LAWFUL: _("Theo những gì đã biết, công việc này đúng quy định."),
        Outcome.UNDETERMINED: _("Còn thiếu thông tin. Hãy hỏi thêm những điều ghi bên dưới."),
        Outcome.NOT_WORKING: _("Không có công việc nào được ghi nhận."),
        Outcome.NOT_A_MINOR: _("Người này đã đủ 18 tuổi vào ngày quan sát."),
    }[Outcome(judged.outcome)]
