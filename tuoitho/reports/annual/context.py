"""From the lines of the report to the words the Word template prints: only text, lists of text.

Braces in what people typed are replaced by private characters and put back after the template is
filled: no user text is ever a tag, and "{{" comes out as it was typed.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tuoitho.lib import official_text as words
from tuoitho.lib.text import tidy
from tuoitho.reports.annual.data import (
    AnnualReport,
    BudgetLine,
    NarrativeSection,
    Number,
    TargetLine,
    UnitLine,
)

DEMO_NOTICE = "SỐ LIỆU GIẢ ĐỊNH ĐỂ TRÌNH DIỄN"
DRAFT_NOTICE = "DỰ THẢO – CHƯA KÝ, SỐ LIỆU CHƯA CHỐT"
MET = {True: "Đạt", False: "Chưa đạt", None: "–"}
_SHIELD = str.maketrans({"{": "\ue000", "}": "\ue001"})
_UNSHIELD = str.maketrans({"\ue000": "{", "\ue001": "}"})
_PRIVATE = re.compile("[\ue000\ue001]")


def say(text: str) -> str:
    """One line of what a person typed."""
    return tidy(_PRIVATE.sub("", words.clean(text)))


def shield(value: Any) -> Any:
    """The same structure with no brace in any text."""
    if isinstance(value, str):
        return value.translate(_SHIELD)
    if isinstance(value, dict):
        return {key: shield(inner) for key, inner in value.items()}
    return [shield(inner) for inner in value] if isinstance(value, list) else value


def unshield(text: str) -> str:
    return text.translate(_UNSHIELD)


def warnings(report: AnnualReport) -> list[str]:
    """What must be read on every page before anything else."""
    found = [(report.is_draft, DRAFT_NOTICE), (report.is_demo, DEMO_NOTICE)]
    return [notice for applies, notice in found if applies]


def verdict(line: TargetLine) -> str:
    """How the result compares with the threshold, in a word or two."""
    return line.verdict or MET[line.met]


def compared(targets: Iterable[TargetLine]) -> list[TargetLine]:
    """Lines a chart can show: those that decide and have a threshold to be compared with."""
    return [line for line in targets if not line.breakdown and line.threshold is not None]


def count(value: Number | None) -> str:
    """A count, with decimals only if it is an estimate that has them."""
    if value is None:
        return "–"
    return words.vn_number(value, 0 if value == int(value) else 1)


def percent(value: Decimal | None) -> str:
    """One decimal; two below 2, where the plan's "dưới 1%" is decided."""
    return "–" if value is None else words.vn_number(value, 2 if abs(value) < 2 else 1)


def threshold(line: TargetLine) -> str:
    if line.threshold is None:
        return "–"
    whole = line.threshold == int(line.threshold)
    return f"{line.direction.sign} {words.vn_number(line.threshold, 0 if whole else 1)}"


def moment(at: datetime) -> str:
    """Hà Nội time, as people there read it."""
    local = at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) if at.tzinfo else at
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def build(report: AnnualReport) -> dict[str, Any]:
    """All that the template may name; unknown names in a template are an error, not a gap."""
    labels = _annexes(report)
    context = {
        **_frame(report, labels),
        "sections": _sections(report),
        **_results(report, labels),
        "budget": [_budget(line) for line in report.budget],
        "budget_total": _budget(_sum(report.budget)),
        "unit_reports": [
            {
                "unit_name": say(u.unit_name),
                "due_on": words.vn_date(u.due_on),
                "sent_on": words.vn_date(u.sent_on) if u.sent_on else "–",
                "status": u.status,
                "summary": say(u.summary),
            }
            for u in report.unit_reports
        ],
    }
    shielded: dict[str, Any] = shield(context)
    return shielded


def _frame(report: AnnualReport, labels: dict[str, str]) -> dict[str, Any]:
    """Everything around the text: head, bases, end, signature."""
    number = words.number_and_symbol(report.number, say(report.symbol))
    when = words.long_date(report.signed_on, report.year)
    issuer = say(report.issuer)
    return {
        "parent_body": words.paragraphs_of(words.parent_lines(say(report.parent_body))),
        "issuer": words.issuer_lines(issuer),
        "number": number,
        "place": say(report.place),
        "signed_on": when,
        "year": str(report.year),
        "subject": say(report.full_subject),
        "confidentiality": say(report.confidentiality).upper(),
        "warnings": warnings(report),
        "footer_notice": " · ".join(warnings(report)),
        "chart": "",
        "addressed_to": [say(body).rstrip(";.") for body in report.addressed_to],
        "legal_bases": words.legal_bases(say(basis) for basis in report.legal_bases),
        "introduction": words.paragraphs_of(_PRIVATE.sub("", report.introduction)),
        "distribution": _distribution(report),
        "closing": say(report.closing) or _closing(report),
        "recipients": words.recipients(map(say, report.recipients), say(report.archive)),
        "signer_lines": [
            say(line).upper() for line in (*report.signer.on_behalf, report.signer.position)
        ],
        "signer_name": say(report.signer.name),
        "annex": labels,
        "annex_reference": f"(Kèm theo Báo cáo số {number}\n{when} của {issuer})",
        "whole": f"Toàn {say(report.unit_name)}",
    }


def _closing(report: AnnualReport) -> str:
    subject = say(report.full_subject)
    return f"Trên đây là báo cáo {subject[:1].lower()}{subject[1:]}./."


def _distribution(report: AnnualReport) -> str:
    """NĐ 56/2017, Điều 24.3: a report about children says how far it may go."""
    level, scope = say(report.confidentiality), say(report.distribution).rstrip(".")
    parts = [
        f"Mức độ bảo mật: {level}." if level else "",
        f"Phạm vi phân phối: {scope}." if scope else "",
    ]
    return " ".join(part for part in parts if part)


def _section(section: NarrativeSection, level: int) -> dict[str, Any]:
    heading = say(section.heading)
    return {
        "heading": heading.upper() if level == 1 else heading,
        "key": section.key,
        "paragraphs": [
            _PRIVATE.sub("", line)
            for text in section.paragraphs
            for line in words.paragraphs_of(text)
        ],
        "parts": [_section(part, level + 1) for part in section.parts],
    }


def _sections(report: AnnualReport) -> list[dict[str, Any]]:
    """Figures are printed even if nobody wrote the section they belong to."""
    made = [_section(section, 1) for section in report.sections]
    keys = {section["key"] for section in made}
    for key, heading, lines in (
        ("results", "KẾT QUẢ THỰC HIỆN", report.targets),
        ("budget", "KINH PHÍ", report.budget),
    ):
        if lines and key not in keys:
            made.append(_section(NarrativeSection(heading, key=key), 1))
    return made


def _results(report: AnnualReport, labels: dict[str, str]) -> dict[str, Any]:
    detailed = [line for line in report.targets if _is_divided(line)]
    parts = next((len(s.parts) for s in report.sections if s.key == "results"), 0)
    heading = "Kết quả thực hiện các chỉ tiêu"
    return {
        "targets_heading": f"{parts + 1}. {heading}" if parts else heading,
        "targets_summary": _targets_summary(report, labels),
        "late_summary": _late_summary(report, labels),
        "targets": _target_rows(report.targets),
        "source": _source(report),
        "details": [_detail(line) for line in detailed],
        "matrix": _matrix(detailed, labels),
    }


def _is_divided(line: TargetLine) -> bool:
    """Whether units have results of their own. What is known only for the whole, and what merely
    divides another line, needs no annex: the workbook has a sheet for each of them."""
    return not line.breakdown and any(unit.value is not None for unit in line.by_unit)


def _target_rows(targets: Iterable[TargetLine]) -> list[dict[str, str]]:
    rows, above = [], ""
    for line in targets:
        rows.append({
            "label": say(line.label),
            "title": say(line.title),
            "owner": say(line.owner),
            "numerator": count(line.numerator),
            "denominator": count(line.denominator),
            "value": percent(line.value),
            "threshold": threshold(line),
            "met": verdict(line),
            "remark": _remark(line),
            "objective": say(line.objective) if line.objective != above else "",
        })  # fmt: skip
        above = line.objective
    return rows


def _remark(line: TargetLine | UnitLine) -> str:
    reason = line.reason[:1].upper() + line.reason[1:] if line.value is None else ""
    return "; ".join(part for part in (say(reason), say(line.note)) if part)


def _detail(line: TargetLine) -> dict[str, Any]:
    return {
        "label": say(line.label),
        "title": say(line.title),
        "numerator": count(line.numerator),
        "denominator": count(line.denominator),
        "value": percent(line.value),
        "by_unit": [
            {
                "unit_name": say(unit.unit_name),
                "numerator": count(unit.numerator),
                "denominator": count(unit.denominator),
                "value": percent(unit.value),
                "note": _remark(unit),
            }
            for unit in line.by_unit
        ],
    }


def _matrix(targets: Sequence[TargetLine], labels: dict[str, str]) -> dict[str, Any]:
    """Units down, targets across. A unit is known by code and name: the reform of 2025 gave old
    codes to other communes, and one year can have both."""
    known_by = {
        (u.unit_code, u.unit_name) for line in targets for u in line.by_unit if u.value is not None
    }
    values = [{(u.unit_code, u.unit_name): u.value for u in line.by_unit} for line in targets]
    return {
        "heads": [say(line.label) for line in targets],
        "rows": [
            {"name": say(unit[1]), "cells": [percent(known.get(unit)) for known in values]}
            for unit in sorted(known_by)
        ],
        "total": [percent(line.value) for line in targets],
        "note": "Ghi chú: dấu “–” là chưa có số liệu hoặc không phát sinh đối tượng, không phải "
        f"bằng 0; lý do ghi tại {labels['details']}.",
    }


def _annexes(report: AnnualReport) -> dict[str, str]:
    """Roman numbers only if there are two or more (PL I, phần III.1a)."""
    wanted = ["matrix", "details"] if any(_is_divided(t) for t in report.targets) else []
    wanted += ["late"] if report.unit_reports else []
    labels = dict.fromkeys(("matrix", "details", "late"), "")
    numbers = ("I", "II", "III") if len(wanted) > 1 else ("",)
    for key, number in zip(wanted, numbers, strict=False):
        labels[key] = f"Phụ lục {number}".strip()
    return labels


def _targets_summary(report: AnnualReport, labels: dict[str, str]) -> str:
    lines = compared(report.targets)
    met = sum(t.met is True for t in lines)
    missed = sum(t.met is False for t in lines)
    unknown = len(lines) - met - missed
    text = f"Trong {len(lines)} nội dung chỉ tiêu: {met} đạt, {missed} chưa đạt mức của Kế hoạch"
    text += f", {unknown} chưa đủ số liệu để so sánh" if unknown else ""
    annexes = " và ".join(labels[key] for key in ("matrix", "details") if labels[key])
    return text + (f" (số liệu theo đơn vị tại {annexes} kèm theo)." if annexes else ".")


def _late_summary(report: AnnualReport, labels: dict[str, str]) -> list[str]:
    units = report.unit_reports
    if not units:
        return []
    sent = [u for u in units if u.sent_on]
    late = [u for u in sent if u.days_late]
    absent = [say(u.unit_name) for u in units if not u.sent_on]
    text = f"Có {len(sent)}/{len(units)} đơn vị đã gửi báo cáo"
    text += f", trong đó {len(late)} đơn vị gửi chậm" if late else ""
    text += f"; chưa gửi: {', '.join(absent)}" if absent else ""
    return [f"{text} (chi tiết tại {labels['late']} kèm theo)."]


def _source(report: AnnualReport) -> str:
    parts = ["Nguồn: báo cáo của các đơn vị, tổng hợp trên hệ thống Tuổi Thơ"]
    if report.frozen_at:
        parts.append(f"số liệu chốt lúc {moment(report.frozen_at)}")
    if report.definition_hash:
        parts.append(f"mã bộ định nghĩa chỉ tiêu {say(report.definition_hash)[:12]}")
    return "; ".join(parts) + ". Dấu “–”: chưa có số liệu."


def _budget(line: BudgetLine) -> dict[str, str]:
    return {
        "source": say(line.source),
        "estimate": count(line.estimate),
        "approved": count(line.approved),
        "spent": count(line.spent),
        "note": say(line.note),
    }


def _sum(lines: Iterable[BudgetLine]) -> BudgetLine:
    """A total only of what is known in every line: a sum with a gap in it would be false."""

    def total(values: list[Number | None]) -> Number | None:
        known = [v for v in values if v is not None]
        return sum(known) if values and len(known) == len(values) else None

    rows = list(lines)
    return BudgetLine(
        "Tổng cộng",
        total([r.estimate for r in rows]),
        total([r.approved for r in rows]),
        total([r.spent for r in rows]),
    )
