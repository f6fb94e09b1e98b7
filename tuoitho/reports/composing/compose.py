"""One report as a whole: figures, money, words, who reported, letterhead and signature."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import override

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.indicators.definitions import BY_CODE, definition_hash
from tuoitho.indicators.engine import compute, lines_of, plan_of
from tuoitho.indicators.places import Ask
from tuoitho.indicators.results import TargetResult
from tuoitho.indicators.states import OF_THE_WHOLE
from tuoitho.plan.offices import Office
from tuoitho.plan.schema import Plan
from tuoitho.reports.annual import AnnualReport
from tuoitho.reports.annual import UnitReport as Sender
from tuoitho.reports.composing.figures import lines, said_once
from tuoitho.reports.composing.letterhead import Letterhead, letterhead
from tuoitho.reports.composing.money import Money, money
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.owed import in_sentence
from tuoitho.reports.sections import narrative

DISTRIBUTION = "chỉ gửi các cơ quan tại mục Nơi nhận, không sao chụp, không đăng tải"
SUMMARY_LETTERS = 160


@dataclass(frozen=True)
class Signature:
    """What the signed paper carries: number, symbol, day, and who signed in which office."""

    number: int
    symbol: str
    signed_on: date
    name: str
    position: str


@dataclass(frozen=True)
class Composed:
    """A report and the computed figures it was made from."""

    annual: AnnualReport
    results: list[TargetResult]


def compose(
    document: UnitReport | Consolidation, at: datetime, *, signature: Signature | None = None,
    issuer: str = "",
) -> Composed:  # fmt: skip
    """The report as it would be signed at ``at``; without a signature a draft.

    ``issuer``: the office in whose name a consolidated report is issued. Call it within one steady
    transaction (``access.person.steadily``), so that all figures are of one moment. The words are
    Vietnamese whatever the language of the screen. Raises ValidationError without a plan.
    """
    with override("vi"):
        plan, ask = plan_of(document.year), Ask(document.unit, document.year)
        results = compute_figures(document, plan)
        office = _one_office(document)
        found = money(ask, office)
        annual = _annual(document, plan, letterhead(document, issuer), results, found, signature)
    return Composed(replace(annual, frozen_at=at), results)


def compute_figures(document: UnitReport | Consolidation, plan: Plan) -> list[TargetResult]:
    """The figures a report answers for: of the whole all of them, of a commune those divided among
    communes, of an office those it owns (IV.1, IV.2)."""
    office, ask = _one_office(document), Ask(document.unit, document.year)
    if ask.is_commune:
        divided = [line.code for line in lines_of(plan, ask.year) if not _of_the_whole(line.code)]
        return compute(document.unit, document.year, codes=divided)
    if not office:
        return compute(document.unit, document.year)
    owned = [line.code for line in lines_of(plan, document.year) if office in line.owners]
    return compute(document.unit, document.year, codes=owned) if owned else []


def _of_the_whole(code: str) -> bool:
    """Whether a figure is about people no commune has: the officials of the district."""
    groups = getattr(BY_CODE[code].measure, "groups", ()) if code in BY_CODE else ()
    return bool(groups) and set(groups) <= OF_THE_WHOLE


def _one_office(document: UnitReport | Consolidation) -> str:
    """The office whose share alone the report is about, "" for a whole unit."""
    if isinstance(document, Consolidation) or document.office == Office.COMMUNE:
        return ""
    return document.office


def _annual(
    document: UnitReport | Consolidation, plan: Plan, head: Letterhead,
    results: list[TargetResult], found: Money, signature: Signature | None,
) -> AnnualReport:  # fmt: skip
    ask, name = Ask(document.unit, document.year), in_sentence(document.unit.name)
    standing = [k for k, rows in (("results", results), ("budget", found.lines)) if rows]
    before = {"results": said_once(results, ask), "budget": found.given}
    return AnnualReport(
        unit_name=name, issuer=head.issuer, parent_body=head.parent_body, place=head.place,
        year=document.year,
        signer=head.signer(signature.name if signature else "",
                           signature.position if signature else ""),
        number=signature.number if signature else None,
        symbol=signature.symbol if signature else head.symbol,
        signed_on=signature.signed_on if signature else None,
        addressed_to=head.addressed_to, distribution=DISTRIBUTION, recipients=head.recipients,
        archive=head.archive, legal_bases=head.legal_bases,
        introduction=f"{head.issuer} báo cáo kết quả thực hiện Chương trình năm "
        f"{document.year} như sau:",
        sections=narrative(document.sections, plan, document.year, before=before,
                           standing=standing),
        targets=lines(results, plan, ask, by_unit=not ask.is_commune), budget=found.lines,
        unit_reports=_senders(document), is_demo=is_demonstration(),
        is_draft=signature is None, definition_hash=definition_hash(),
    )  # fmt: skip


def is_demonstration() -> bool:
    """Whether the figures here are invented: said on every page of every document."""
    if settings.DEMO_BANNER:
        return True
    with acting_as(system_actor()):
        told = Event.objects.filter(subject_type="units.Unit", action__startswith="demo.")
        return told.exists()


def _senders(document: UnitReport | Consolidation) -> tuple[Sender, ...]:
    """Who has reported to the standing body, and what each proposes, in short."""
    if not isinstance(document, Consolidation):
        return ()
    root = Ask(document.unit, document.year).root
    rows = UnitReport.objects.of_year(document.year).within(root).select_related("unit")
    return tuple(
        Sender(
            row.unit.code if row.office == Office.COMMUNE else "", row.name, row.due_on,
            row.sent_on if row.is_delivered else None, _short(row.text("proposals")),
        )
        for row in rows.in_order()
    )  # fmt: skip


def _short(text: str) -> str:
    """The first paragraph, cut at a word."""
    first = text.strip().partition("\n")[0].strip()
    if len(first) <= SUMMARY_LETTERS:
        return first
    return first[:SUMMARY_LETTERS].rpartition(" ")[0] + "…"
