"""Figures of the indicators as lines of the report: the same numbers, in the report's words."""

from collections.abc import Sequence
from dataclasses import replace

from tuoitho.indicators.counting import to_date_note
from tuoitho.indicators.definitions import BY_CODE
from tuoitho.indicators.engine import verdict_note
from tuoitho.indicators.places import Ask
from tuoitho.indicators.results import TargetResult, UnitRow
from tuoitho.lib.hanoi import today
from tuoitho.plan.schema import Plan, Threshold
from tuoitho.reports.annual import Direction, TargetLine, UnitLine

# Parts of the plan's targets as people name them; a part of another plan keeps its own title.
PARTS = {
    "staff": "cán bộ, giáo viên", "parents": "cha mẹ", "community": "cộng đồng",
    "school": "trường học", "enterprise": "doanh nghiệp", "cooperative": "HTX",
    "household": "hộ gia đình", "cooperative_household": "HTX, hộ", "district": "cấp huyện",
    "commune": "cấp xã", "other": "cơ quan khác", "hazardous": "nặng nhọc, độc hại",
}  # fmt: skip
DIRECTIONS = {"at_least": Direction.AT_LEAST, "at_most_below": Direction.BELOW,
              "minimise": Direction.MINIMISE}  # fmt: skip
ONLY_SURVEY = "điều tra mẫu theo xã"
LACKS = "Thiếu "  # how the engine begins to name a baseline that is missing
NOT_DIVIDED = "số chia theo xã; đã thực hiện chung toàn địa bàn"


def lines(
    results: Sequence[TargetResult], plan: Plan, ask: Ask, *, by_unit: bool
) -> tuple[TargetLine, ...]:
    """A line for each figure, in its order. Notes every line would repeat are left to
    ``said_once``; a figure counted for the whole only has no rows by commune."""
    objectives = {row.code: f"{row.title}: {row.text.rstrip('.')}" for row in plan.objectives}
    of_target = {target.code: objectives[target.objective] for target in plan.targets}
    later = next((objectives[o.code] for o in plan.objectives if o.kind == "outlook"), "")
    parts = {target.code: len(target.parts) for target in plan.targets}
    return tuple(
        replace(
            _line(result, ask),
            objective=of_target.get(result.target, later),
            title=_title(result, alone=parts.get(result.target, 1) == 1),
            by_unit=_rows(result) if by_unit else (),
        )
        for result in results
    )


def said_once(results: Sequence[TargetResult], ask: Ask) -> str:
    """What holds for all figures of a year: until when they count, what the thresholds mean."""
    notes = [note for result in results for note in _shared(result, ask)]
    return " ".join(dict.fromkeys(notes))


def _shared(result: TargetResult, ask: Ask) -> list[str]:
    """The part of a note that a whole year shares."""
    notes = [to_date_note(ask, today())]
    if result.value is not None and result.threshold is not None and result.threshold_year:
        # Of the threshold only year and basis are said.
        basis = Threshold(0, result.threshold_year, result.threshold_basis)  # type: ignore[arg-type]
        notes.append(verdict_note(basis, result.year))
    return [note for note in notes if note]


def _title(result: TargetResult, *, alone: bool) -> str:
    """What is counted, of whom: the target, and the piece of it where there are several."""
    if result.role != "deciding":
        return f"Trong đó: {result.title[:1].lower()}{result.title[1:]}"
    if alone or not result.part:
        return result.target_title
    return f"{result.target_title}: {result.title[:1].lower()}{result.title[1:]}"


def _line(result: TargetResult, ask: Ask) -> TargetLine:
    hazardous = result.code.endswith(".hazardous")
    part = PARTS["hazardous"] if hazardous else PARTS.get(result.part, "")
    missing, note = _explained(result, _own_note(result, ask))
    return TargetLine(
        code=result.code.removesuffix(".hazardous") if hazardous else result.target, part=part,
        title=result.title, owner=result.owner_name, numerator=result.numerator,
        denominator=result.denominator, value=result.value, threshold=result.threshold,
        direction=DIRECTIONS[result.direction], met=result.met, note=note,
        missing=missing,
        short_title=f"{result.target_title} ({part})" if part else result.target_title,
        definition=_definition(result.code), verdict=_verdict(result),
        breakdown=result.role != "deciding",
    )  # fmt: skip


def _own_note(result: TargetResult, ask: Ask) -> str:
    note = result.note
    for said in _shared(result, ask):
        note = note.replace(said, "")
    return " ".join(note.split())


def _explained(result: TargetResult, note: str) -> tuple[str, str]:
    """What is missing, and what else is to be said. A figure that is not known says why once."""
    if result.register_name and result.value is None:
        return f"điều tra mẫu năm {result.year}", note
    if result.denominator == 0:  # "nobody was concerned" says it all
        return "", ""
    if result.value is None and note.startswith(LACKS):
        return note.removeprefix(LACKS).rstrip("."), ""
    return "", note


def _verdict(result: TargetResult) -> str:
    """Before the end of the plan's period a comparison is no verdict yet."""
    if result.met is None or result.concluded:
        return ""
    if result.threshold_basis == "before_end":
        year = result.threshold_year
        return f"Đã ở mức {year}" if result.met else f"Chưa tới mức {year}"
    return "Đã ở mức đề ra" if result.met else "Chưa tới mức đề ra"


def _definition(code: str) -> str:
    indicator = BY_CODE.get(code)
    return f"{indicator.formula} {indicator.counted}".strip() if indicator else ""


def without_share(result: TargetResult) -> set[int]:
    """Communes (by primary key) that have no figure of their own: what was done for all of them
    together reached their people, and nobody knows how many. Not known is never 0."""
    together = any(row.numerator for row in result.by_unit if row.unit == result.unit)
    communes = [row for row in result.by_unit if row.unit != result.unit]
    return {row.unit_id for row in communes if together and not row.numerator}


def _rows(result: TargetResult) -> tuple[UnitLine, ...]:
    """The communes, after what was done for all of them together.

    None where a figure is known for no commune, or where the result is a survey's and its rows
    are the register's.
    """
    surveyed = result.numerator is None and not result.register_name
    communes = [row for row in result.by_unit if row.unit != result.unit]
    if surveyed or all(row.denominator is None and not row.numerator for row in communes):
        return ()
    unknown = without_share(result)
    missing = ONLY_SURVEY if result.register_name else ""
    return tuple(
        _together(row)
        if row.unit == result.unit
        else _commune(row, row.unit_id in unknown, missing)
        for row in result.by_unit
    )


def _together(row: UnitRow) -> UnitLine:
    return UnitLine(row.unit, row.name, row.numerator, None, None, "", NOT_DIVIDED)


def _commune(row: UnitRow, unknown: bool, missing: str) -> UnitLine:
    return UnitLine(
        row.unit, row.name, None if unknown else row.numerator, row.denominator,
        None if unknown else row.value, row.note, NOT_DIVIDED if unknown else missing,
    )  # fmt: skip
