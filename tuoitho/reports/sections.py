"""The headings of an annual report: what a unit writes, beside the figures that are computed.

The order is that of a Vietnamese annual report; the eight groups of work are II.1 to II.8 of plan
365/KH-UBND. The headings stand in an official document and are therefore always Vietnamese.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tuoitho.plan.schema import Plan
from tuoitho.reports.annual import NarrativeSection

MAX_LETTERS = 20_000
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Section:
    """One text a unit writes. ``key`` is its name in the row; ``group`` the group of part II."""

    key: str
    heading: str
    group: str = ""


SITUATION = Section("situation", "Tình hình chung và công tác chỉ đạo")
GROUPS = (
    Section("group_1", "Tăng cường sự lãnh đạo, chỉ đạo của cấp ủy Đảng, chính quyền", "II.1"),
    Section("group_2", "Truyền thông, giáo dục, vận động xã hội", "II.2"),
    Section("group_3", "Nâng cao năng lực", "II.3"),
    Section("group_4", "Phòng ngừa, phát hiện, hỗ trợ và can thiệp", "II.4"),
    Section("group_5", "Xây dựng và triển khai các mô hình", "II.5"),
    Section("group_6", "Vận động nguồn lực", "II.6"),
    Section("group_7", "Thanh tra, kiểm tra, giám sát", "II.7"),
    Section("group_8", "Khảo sát đánh giá, sơ kết, tổng kết, khen thưởng", "II.8"),
)
BUDGET = Section("budget", "Kinh phí thực hiện")
DIFFICULTIES = Section("difficulties", "Khó khăn, vướng mắc và nguyên nhân")
PROPOSALS = Section("proposals", "Đề xuất, kiến nghị")
DIRECTIONS = Section("directions", "Phương hướng năm sau")
SECTIONS = (SITUATION, *GROUPS, BUDGET, DIFFICULTIES, PROPOSALS, DIRECTIONS)
KEYS = tuple(section.key for section in SECTIONS)
ROMAN = ("I", "II", "III", "IV", "V", "VI")


def headings(plan: Plan, year: int) -> dict[str, str]:
    """What stands above each text, by key: the groups in the words of the plan."""
    titles = {group.code: group.title for group in plan.groups}
    found = {s.key: titles.get(s.group, s.heading) for s in SECTIONS}
    return {**found, DIRECTIONS.key: f"Phương hướng năm {year + 1}"}


def narrative(
    texts: Mapping[str, str], plan: Plan, year: int, *, before: Mapping[str, str] = NOTHING,
    standing: Collection[str] = ("results", "budget"),
) -> tuple[NarrativeSection, ...]:  # fmt: skip
    """The chapters of the document. A text nobody wrote leaves its heading out; the ``standing``
    chapters have figures below them and need no text. ``before``: sentences that come first in a
    chapter ("results", "budget")."""
    words = headings(plan, year)
    groups = [s for s in GROUPS if texts.get(s.key, "").strip()]
    parts = tuple(
        NarrativeSection(f"{number}. {words[s.key]}", (texts[s.key],))
        for number, s in enumerate(groups, 1)
    )
    chapters = [
        (SITUATION.key, words[SITUATION.key], ()),
        ("results", "Kết quả thực hiện", parts),
        *((s.key, words[s.key], ()) for s in (BUDGET, DIFFICULTIES, PROPOSALS, DIRECTIONS)),
    ]
    made = [
        (key, heading, _said(before.get(key, ""), texts.get(key, "")), below)
        for key, heading, below in chapters
    ]
    kept = [c for c in made if c[2] or c[3] or c[0] in standing]
    return tuple(
        NarrativeSection(f"{roman}. {heading}", said, key, below)
        for roman, (key, heading, said, below) in zip(ROMAN, kept, strict=False)
    )


def _said(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())
