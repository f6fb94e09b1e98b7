"""What an annual report says, line by line, before anybody decides how it looks.

Frozen and free of Django: the run stores `to_json(report)`, so a signed report can be printed
again years later without the database it was counted from. Percentages are numbers from 0 to 100
(85, not 0.85), as the plan writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

SCHEMA = 1
"""Version of the stored JSON. Raise it with a conversion in `from_json`, never silently."""

Number = int | Decimal
"""A count, or the weighted estimate of one (target 1.1 comes from a sample survey)."""

NO_DATA = "chưa có số liệu"
NOBODY_CONCERNED = "không phát sinh đối tượng"


class Direction(StrEnum):
    """On which side of the threshold a result is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BELOW = "below"
    MINIMISE = "minimise"
    """The less the better, without a threshold (I.3 of the plan)."""

    @property
    def sign(self) -> str:
        return {"at_least": "≥", "at_most": "≤", "below": "<", "minimise": ""}[self.value]

    @property
    def words(self) -> str:
        return {
            "at_least": "không thấp hơn", "at_most": "không quá", "below": "dưới",
            "minimise": "càng thấp càng tốt",
        }[self.value]  # fmt: skip


def explain_no_value(missing: str, numerator: Number | None, denominator: Number | None) -> str:
    """Say why there is no result. An absent figure is never printed as 0."""
    if missing:
        return f"{NO_DATA}: thiếu {missing}"
    if denominator == 0:
        return NOBODY_CONCERNED
    lacks = [
        words
        for words, number in (("số thực hiện", numerator), ("tổng số", denominator))
        if number is None
    ]
    return f"{NO_DATA}: thiếu {', '.join(lacks)}" if lacks else NO_DATA


@dataclass(frozen=True)
class Signer:
    """NĐ 30/2020, Phụ lục I, phần I, mục II.7: on whose behalf, in what office, who."""

    name: str
    position: str
    on_behalf: tuple[str, ...] = ()
    """Lines above the position: ("TM. ỦY BAN NHÂN DÂN",), or with "KT. CHỦ TỊCH" below it."""


@dataclass(frozen=True)
class UnitLine:
    """One unit's share of one target."""

    unit_code: str
    unit_name: str
    numerator: Number | None
    denominator: Number | None
    value: Decimal | None
    note: str = ""
    missing: str = ""

    @property
    def reason(self) -> str:
        return explain_no_value(self.missing, self.numerator, self.denominator)


@dataclass(frozen=True)
class TargetLine:
    """One target, or one part of it counted by one owner (2.1 has staff and parents)."""

    code: str
    part: str
    title: str
    owner: str
    numerator: Number | None
    denominator: Number | None
    value: Decimal | None
    threshold: Decimal | None
    direction: Direction = Direction.AT_LEAST
    met: bool | None = None
    note: str = ""
    missing: str = ""
    objective: str = ""
    """Title of the objective ("Mục tiêu 1: ..."); lines with the same one stand together."""
    short_title: str = ""
    """A few words for the chart and the heads of columns; without it the title is shortened."""
    definition: str = ""
    """How it is counted, for the sheet "Ghi chú"."""
    verdict: str = ""
    """What the comparison means in this year ("Đã ở mức 2025"); without it "Đạt"/"Chưa đạt"."""
    breakdown: bool = False
    """A piece of the line above it: decides nothing, is in no summary, chart or matrix."""
    by_unit: tuple[UnitLine, ...] = ()

    @property
    def label(self) -> str:
        """Code and part, as people name it: "2.1 cha mẹ"."""
        return f"{self.code} {self.part}".strip()

    @property
    def reason(self) -> str:
        return explain_no_value(self.missing, self.numerator, self.denominator)


@dataclass(frozen=True)
class BudgetLine:
    """Money of one source in đồng; None = not known."""

    source: str
    estimate: Number | None
    approved: Number | None
    spent: Number | None
    note: str = ""


@dataclass(frozen=True)
class UnitReport:
    """Whether one unit sent its own annual report, and what it said in short."""

    unit_code: str
    unit_name: str
    due_on: date
    sent_on: date | None = None
    summary: str = ""

    @property
    def days_late(self) -> int:
        return max((self.sent_on - self.due_on).days, 0) if self.sent_on else 0

    @property
    def status(self) -> str:
        if self.sent_on is None:
            return "Chưa gửi"
        return f"Chậm {self.days_late} ngày" if self.days_late else "Đúng hạn"


@dataclass(frozen=True)
class NarrativeSection:
    """A heading and its paragraphs. `key` says which tables follow it (results, budget)."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    key: str = ""
    parts: tuple["NarrativeSection", ...] = ()


@dataclass(frozen=True)
class AnnualReport:
    """All lines of the annual report of one unit (plan, part IV, last paragraph)."""

    unit_name: str
    """The unit reported on: "huyện Thanh Trì"."""
    issuer: str
    """The body that signs, in ordinary letters: "Ủy ban nhân dân huyện Thanh Trì"."""
    place: str
    year: int
    signer: Signer
    parent_body: str = ""
    number: int | None = None
    symbol: str = "BC-UBND"
    signed_on: date | None = None
    subject: str = ""
    """Trích yếu; empty = the usual one, from `year` and `unit_name`."""
    addressed_to: tuple[str, ...] = ()
    """"Kính gửi", for a report to a higher body (NĐ 30/2020, PL I, mục II.9.b)."""
    confidentiality: str = "Lưu hành nội bộ"
    distribution: str = ""
    """To whom it may go (NĐ 56/2017, Điều 24.3)."""
    recipients: tuple[str, ...] = ()
    archive: str = "VT"
    legal_bases: tuple[str, ...] = ()
    introduction: str = ""
    sections: tuple[NarrativeSection, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    unit_reports: tuple[UnitReport, ...] = ()
    closing: str = ""
    is_demo: bool = False
    is_draft: bool = False
    """Not signed: its figures are those of the moment and may still change."""
    definition_hash: str = ""
    frozen_at: datetime | None = None

    @property
    def full_subject(self) -> str:
        return self.subject or (
            "Kết quả thực hiện Chương trình phòng ngừa, giảm thiểu trẻ em lao động trái quy định "
            f"pháp luật trên địa bàn {self.unit_name} năm {self.year}"
        )


_REPORT = TypeAdapter(AnnualReport)


def to_json(report: AnnualReport) -> dict[str, Any]:
    """Plain values for a JSON column. Decimals become text, so that no figure is rounded."""
    fields: dict[str, Any] = _REPORT.dump_python(report, mode="json")
    return {"schema": SCHEMA, **fields}


def from_json(data: Mapping[str, Any]) -> AnnualReport:
    """The report that `to_json` stored. An unknown version is refused, not guessed."""
    fields = dict(data)
    schema = fields.pop("schema", None)
    if schema != SCHEMA:
        raise ValueError(f"Báo cáo lưu theo phiên bản {schema!r}; chỉ đọc được phiên bản {SCHEMA}.")
    return _REPORT.validate_python(fields)
