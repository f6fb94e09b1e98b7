"""What each form is filled with, from what is known; every text in Vietnamese, as printed."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation

from tuoitho.cases.models import Case, EmergencyMeasure, Informant, Level, Report, Screening
from tuoitho.cases.models.needs import TEXTS
from tuoitho.cases.models.plan import BLOCKS, SupportPlan
from tuoitho.cases.routing import words_of
from tuoitho.lib.hanoi import HANOI, day_of
from tuoitho.lib.official_text import paragraphs_of, vn_date, vn_number
from tuoitho.people.models import Child

UNKNOWN = "Chưa rõ"
HIDDEN = "Được giữ kín, lưu riêng theo quy định"
UNNAMED = "Không nêu tên"
LEVEL_WORDS = {Level.HIGH: "Cao", Level.MEDIUM: "Trung bình", Level.LOW: "Thấp"}
Rows = list[dict[str, str]]


def facts_of(subject: Any, case: Case | None, *, informant: Informant | None) -> dict[str, Any]:
    """The fields of the form that tells of ``subject``: texts, and rows of texts for tables.

    ``informant``: printed only with the consent of who told; otherwise the form says it is kept.
    """
    with translation.override("vi"):
        if isinstance(subject, Report):
            return _report(subject, informant)
        if case is None:
            raise TypeError("a form of a case needs its case")
        tell = TELL[type(subject).__name__]
        return {**_case(case), **tell(subject, case)}


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(HANOI):%H giờ %M ngày %d/%m/%Y}" if moment else UNKNOWN


def _or_unknown(text: str) -> str:
    return "; ".join(paragraphs_of(text)) or UNKNOWN


def _report(report: Report, informant: Informant | None) -> dict[str, Any]:
    told = {name: _or_unknown(getattr(report, name)) for name in (
        "happening", "child_condition", "consequences", "father", "mother", "family", "carer",
        "done_already",
    )}  # fmt: skip
    born = vn_date(report.birth_date) if report.birth_date else ""
    guess = "" if report.age_estimate is None else f"khoảng {report.age_estimate} tuổi (ước lượng)"
    return {
        **told, "event_place": _or_unknown(report.place), "channel": report.get_channel_display(),
        "received_at": _moment(report.received_at),
        "receiver": report.receiver.split(" (")[0], "hamlet": report.hamlet or UNKNOWN,
        "child_name": report.child_name or UNKNOWN, "child_born": born or guess or UNKNOWN,
        "child_sex": report.get_sex_display(), "happened_unit": report.happened_unit.name,
        "crime": "Có dấu hiệu tội phạm, báo cơ quan công an" if report.crime_suspected else "Không",
        "routed": words_of(report.routing) or UNKNOWN, **_who_told(report, informant),
    }  # fmt: skip


def _who_told(report: Report, informant: Informant | None) -> dict[str, str]:
    if informant is None:
        said = HIDDEN if report.informant_named else UNNAMED
        return {"informant_name": said, "informant_phone": said, "informant_address": said}
    return {
        "informant_name": informant.name or UNNAMED,
        "informant_phone": informant.phone or UNKNOWN,
        "informant_address": informant.address or UNKNOWN,
    }


def _case(case: Case) -> dict[str, Any]:
    child = Child.objects.filter(pk=case.child_id).first()
    first = case.reports.order_by("received_at").first()
    return {
        "case_code": str(case), "category": case.get_category_display(),
        "notified_on": vn_date(case.notified_on), "opened_on": vn_date(case.opened_on),
        "child_name": child.full_name if child else UNKNOWN,
        "child_born": _born(child, case),
        "child_sex": child.get_sex_display() if child else UNKNOWN,
        "child_home": _home(child, case), "work": _work(case),
        "law": "Người đủ 16 tuổi, ngoài phạm vi Luật Trẻ em; biểu mẫu dùng theo Chương trình."
        if case.outside_children_law else "",
        "carers": _carers(child), "report_number": first.number if first else "",
        "received_at": _moment(first.received_at if first else None),
    }  # fmt: skip


def _born(child: Child | None, case: Case) -> str:
    if child is None:
        return UNKNOWN
    if child.birth_date:
        return vn_date(child.birth_date)
    age = child.age_text(case.notified_on)
    return f"{age} tuổi (ước lượng)" if age else UNKNOWN


def _home(child: Child | None, case: Case) -> str:
    parts = [child.hamlet, child.unit.name] if child else [case.unit.name]
    return ", ".join(part for part in parts if part)


def _carers(child: Child | None) -> str:
    if child is None:
        return UNKNOWN
    own = list(child.guardians.order_by("pk"))
    shared = list(child.household.guardians.order_by("pk")) if child.household else []
    return "; ".join(str(guardian) for guardian in [*own, *shared]) or UNKNOWN


def _work(case: Case) -> str:
    last: Screening | None = case.screenings.order_by("-observed_on", "-pk").first()
    if last is None:
        return UNKNOWN
    works = "; ".join(w.description or w.workplace for w in last.works.all() if str(w))
    return f"{works or last.get_outcome_display()} (sàng lọc ngày {vn_date(last.observed_on)})"


def _level(value: str) -> str:
    return LEVEL_WORDS[Level(value)] if value in Level.values else UNKNOWN


def _ratings(row: Any, lines: tuple[tuple[str, str], ...]) -> tuple[Rows, dict[str, str]]:
    """The table of ratings, one cross a line, and how many there are of each."""
    rated = [(label, getattr(row, name)) for name, label in lines]
    rows = [
        {"label": label, **{level.value: "x" if value == level else "" for level in Level}}
        for label, value in rated
    ]
    total = {level.value: str(sum(v == level for _label, v in rated)) for level in Level}
    return rows, total


FIRST_LINES = (
    ("harm_now", "1. Mức độ tổn hại của trẻ"),
    ("harm_reach", "2. Khả năng người gây hại tiếp cận trẻ"),
    ("harm_place", "3. Nguy cơ từ môi trường chăm sóc, nơi làm việc"),
)
FIRST_PROTECTION = (
    ("self_protection", "1. Khả năng tự bảo vệ của trẻ"),
    ("carer_protection", "2. Khả năng bảo vệ của người chăm sóc"),
)
REVIEW_LINES = (
    ("harm_severity", "1. Mức độ tổn hại còn lại"),
    ("harm_access", "2. Khả năng người gây hại tiếp cận trẻ"),
    ("harm_environment", "3. Trở ngại trong môi trường chăm sóc"),
)
REVIEW_PROTECTION = (
    ("self_protection", "1. Khả năng tự bảo vệ của trẻ"),
    ("recovery", "2. Mức độ phục hồi của trẻ"),
)


def _first_assessment(row: Any, case: Case) -> dict[str, Any]:
    harm, harm_total = _ratings(row, FIRST_LINES)
    protection, protection_total = _ratings(row, FIRST_PROTECTION)
    return {
        "assessed_at": _moment(row.at), "assessed_by": row.assessed_by.split(" (")[0],
        "harm": harm, "harm_total": harm_total, "protection": protection,
        "protection_total": protection_total, "note": _or_unknown(row.note),
        "verdict": "Trường hợp khẩn cấp: áp dụng biện pháp trong 12 giờ kể từ khi nhận tin "
        "(khoản 3 Điều 26, Điều 31 Nghị định 56/2017/NĐ-CP)." if row.emergency
        else "Không phải trường hợp khẩn cấp.",
    }  # fmt: skip


def _blocks(row: SupportPlan) -> dict[str, str]:
    """The eight blocks of Mẫu 03 as they stood when the plan was made; what it left empty, from the
    assessment it rests on."""
    told = {name: getattr(row, name) for name in BLOCKS}
    if row.assessment is not None:
        told |= {name: getattr(row.assessment, name) for name in TEXTS if not told[name]}
    return {name: _or_unknown(text) for name, text in told.items()}


def _plan(row: SupportPlan, case: Case) -> dict[str, Any]:
    measures = [
        {
            "service": m.get_kind_display(), "what": m.what,
            "time": f"{vn_date(m.starts_on) if m.starts_on else '…'} – "
            f"{vn_date(m.ends_on) if m.ends_on else '…'}",
            "responsible": m.responsible or UNKNOWN, "cost": vn_number(m.cost),
        }
        for m in row.measures.order_by("pk")
    ]  # fmt: skip
    total = sum((m.cost for m in row.measures.all()), start=Decimal(0))
    return {
        **_blocks(row), "goal": _or_unknown(row.goal),
        "measures": measures, "cost_total": vn_number(total),
        "met_on": vn_date(row.met_on) if row.met_on else UNKNOWN,
        "drafted_on": vn_date(row.drafted_on), "drafted_by": row.drafted_by.split(" (")[0],
        "submitted_on": vn_date(row.submitted_on) if row.submitted_on else UNKNOWN,
        "decided_on": vn_date(row.decided_on) if row.decided_on else UNKNOWN,
        "plan_version": str(row.version),
    }  # fmt: skip


def _review(row: Any, case: Case) -> dict[str, Any]:
    harm, harm_total = _ratings(row, REVIEW_LINES)
    protection, protection_total = _ratings(row, REVIEW_PROTECTION)
    services = [
        {"what": str(s), "from": vn_date(s.starts_on),
         "until": vn_date(s.ended_on) if s.ended_on else "đang thực hiện",
         "result": s.get_result_display() or "–"}
        for s in case.services.order_by("starts_on", "pk")
    ]  # fmt: skip
    return {
        "reviewed_on": vn_date(row.on), "reviewed_by": row.reviewed_by.split(" (")[0],
        "harm": harm, "harm_total": harm_total, "protection": protection,
        "protection_total": protection_total, "note": _or_unknown(row.note), "services": services,
        "visits": str(case.visits.count()), "no_more_risk": "Có" if row.no_more_risk else "Không",
        "stable": "Có" if row.stable else "Không", "verdict": row.get_conclusion_display(),
    }  # fmt: skip


def _emergency(row: EmergencyMeasure, case: Case) -> dict[str, Any]:
    return {
        "measure": str(row), "decided_at": _moment(row.decided_at),
        "starts_on": vn_date(row.starts_on), "until": vn_date(row.until) if row.until else UNKNOWN,
        "days": _span(row), "stay": _or_unknown(row.place_of_stay),
        "carer": _or_unknown(row.carer), "decided_day": vn_date(day_of(row.decided_at)),
    }  # fmt: skip


def _span(row: EmergencyMeasure) -> str:
    """The days as decided, whatever ended it earlier."""
    return str((row.until - row.starts_on).days + 1) if row.until else UNKNOWN


TELL: dict[str, Callable[[Any, Case], dict[str, Any]]] = {
    "FirstAssessment": _first_assessment, "SupportPlan": _plan, "Review": _review,
    "EmergencyMeasure": _emergency,
}  # fmt: skip
