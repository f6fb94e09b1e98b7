"""Who issues a report, under which symbol, from where, to whom (NĐ 30/2020, Phụ lục I)."""

import re
from dataclasses import dataclass

from tuoitho.indicators.engine import plan_of
from tuoitho.indicators.places import Ask
from tuoitho.lib.official_text import long_date
from tuoitho.plan.offices import Office
from tuoitho.plan.schema import Plan
from tuoitho.reports.annual import Signer
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.owed import holder_of, in_sentence, name_in
from tuoitho.units.models import Level, Unit

# Short names in numbers and in "Lưu": the usual ones; an office types its own when it signs.
SHORT = {
    "ldtbxh": "LĐTBXH", "gddt": "GDĐT", "congan": "CA", "kinhte": "KT", "vhtt": "VHTT",
    "tckh": "TCKH", "khac": "PB", "mttq": "MTTQ", "phunu": "HPN", "doantn": "ĐTN",
    "nongdan": "HND", "ldld": "LĐLĐ", "ubnd_xa": "UBND", "ubnd_huyen": "UBND",
}  # fmt: skip
# Offices that stand under the people's committee of the district.
UNDER_COMMITTEE = frozenset({"ldtbxh", "gddt", "kinhte", "vhtt", "tckh"})
COMMITTEES = frozenset({Office.COMMUNE, Office.DISTRICT})
_OF_BODY = re.compile(r"\s+(UBND|Ủy ban nhân dân)\b.*$")
_LEVEL = re.compile(r"^(Xã|Phường|Thị trấn|Huyện|Quận|Thị xã)\s+")


@dataclass(frozen=True)
class Letterhead:
    """What stands around the text of one report."""

    office: str
    issuer: str
    parent_body: str
    place: str
    symbol: str
    archive: str
    addressed_to: tuple[str, ...]
    recipients: tuple[str, ...]
    legal_bases: tuple[str, ...]

    def signer(self, name: str, position: str) -> Signer:
        """ "Phó Chủ tịch UBND xã" signs TM. the committee, KT. its chairman."""
        title = _OF_BODY.sub("", position).strip() or self.usual_position
        lines = ["TM. Ủy ban nhân dân"] if self.office in COMMITTEES else []
        if title.startswith("Phó "):
            head = title.removeprefix("Phó ")
            lines.append(f"KT. {head[:1].upper()}{head[1:]}")
        return Signer(name, title, tuple(lines))

    @property
    def usual_position(self) -> str:
        return "Chủ tịch" if self.office in COMMITTEES else "Thủ trưởng đơn vị"


def letterhead(document: UnitReport | Consolidation, issuer: str = "") -> Letterhead:
    """Of a unit's report, or of the consolidated one in the name of the office ``issuer``
    (default: the standing body). Raises ValidationError without a plan."""
    plan = plan_of(document.year)
    return _of_whole(document, plan, issuer) if isinstance(document, Consolidation) else _of_unit(
        document, plan
    )  # fmt: skip


def _of_unit(report: UnitReport, plan: Plan) -> Letterhead:
    rule = plan.annual_report
    # The standing body's own report goes on to the committee above it.
    receiver = rule.consolidated_to[0] if report.office == rule.receiver else rule.receiver
    whole = report.unit if report.office != Office.COMMUNE else None
    return Letterhead(
        office=report.office, issuer=report.name,
        parent_body=_parent(plan, report.office, report.unit, report.year),
        place=plan.header.place if whole else _LEVEL.sub("", report.unit.name),
        symbol=f"BC-{SHORT[report.office]}", archive=_archive(report.office),
        addressed_to=(_body(plan, receiver, report.unit, report.year),), recipients=("Như trên",),
        legal_bases=_bases(plan),
    )  # fmt: skip


def _of_whole(document: Consolidation, plan: Plan, issuer: str) -> Letterhead:
    rule, unit, year = plan.annual_report, document.unit, document.year
    office = issuer or rule.receiver
    to = [_body(plan, code, unit, year) for code in rule.consolidated_to if code != office]
    return Letterhead(
        office=office, issuer=_body(plan, office, unit, year),
        parent_body=_parent(plan, office, unit, year), place=plan.header.place,
        symbol=f"BC-{SHORT[office]}", archive=_archive(office), addressed_to=tuple(to),
        recipients=("Như trên", *_recipients(plan, unit)), legal_bases=_bases(plan),
    )  # fmt: skip


def _archive(office: str) -> str:
    return "VT" if office in COMMITTEES else f"VT, {SHORT[office]}"


def _body(plan: Plan, code: str, unit: Unit, year: int) -> str:
    """Who held the duty on the last day in time; before anybody is registered, the plan's name."""
    root, day = Ask(unit, year).root, plan.annual_report.due_on(year)
    near = holder_of(code, unit, day) or (holder_of(code, root, day) if root != unit else None)
    return near.name if near else name_in(plan, code)


def _parent(plan: Plan, office: str, unit: Unit, year: int) -> str:
    if office not in UNDER_COMMITTEE:
        return ""
    if unit.level == Level.DISTRICT:
        return f"Ủy ban nhân dân {in_sentence(unit.name)}"
    # A programme area is no unit of state: it has a committee only if one is registered for it.
    holder = holder_of(Office.DISTRICT, unit, plan.annual_report.due_on(year))
    return holder.name if holder else ""


def _recipients(plan: Plan, unit: Unit) -> tuple[str, ...]:
    """ "Nơi nhận" of the plan, but for those the report is addressed to; after the district ended,
    the bodies of the area."""
    if unit.level != Level.DISTRICT:
        return ("Các cơ quan, tổ chức tham gia Chương trình", "Ủy ban nhân dân các xã, phường")
    return tuple(name for name in plan.header.recipients if not name.startswith("Sở"))


def _bases(plan: Plan) -> tuple[str, ...]:
    head = plan.header
    above = [
        f"Căn cứ Kế hoạch số {base.number} {long_date(base.date, base.date.year)} của {base.issuer}"
        for base in head.legal_bases if base.relation == "parent_plan"
    ]  # fmt: skip
    own = f"Căn cứ {head.kind} số {head.number} {long_date(head.date, head.date.year)}"
    return (*above, f"{own} của {head.issuer}")
