"""The one place where figures are computed: dashboard, tables, reports, files and API ask here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.indicators.counting import Figures, counting, to_date_note
from tuoitho.indicators.definitions import BY_CODE
from tuoitho.indicators.definitions.found import RateOfSurvey
from tuoitho.indicators.definitions.objective_1 import RELAPSE
from tuoitho.indicators.grounds import Grounds, Size, grounds_for
from tuoitho.indicators.models import SurveyEstimate
from tuoitho.indicators.places import Ask
from tuoitho.indicators.results import TargetResult, percent, rounded
from tuoitho.indicators.rows import rows_by_commune
from tuoitho.indicators.states import Map
from tuoitho.lib.hanoi import today
from tuoitho.plan.check import load
from tuoitho.plan.models import Programme
from tuoitho.plan.schema import Direction, Plan, Target, TargetPart, Threshold, threshold_for
from tuoitho.ui.formats import vn_number
from tuoitho.units.models import Unit

PACKAGED = Path(settings.BASE_DIR) / "plans" / "365-kh-ubnd-2021.yaml"
HAZARDOUS = "1.1.hazardous"
# Figures of the programme that no plan has as a target: shown beside, only when asked for by code.
BESIDE = (RELAPSE,)


def compute(
    unit: Unit, year: int, *, on_map: str = Map.THEN, codes: Collection[str] | None = None
) -> list[TargetResult]:
    """Every figure of the plan for ``unit`` (of whatever level) in calendar ``year``, in the order
    of the plan; only those of ``codes`` when given.

    ``on_map``: rows by commune as the communes were in that year ("then"), or with communes that
    have ended moved to their successors ("today"). Counts every row there is, whoever asks: the
    caller sees to ``indicators.view`` in ``unit`` (or takes ``compute_for``). Raises
    ValidationError when no plan covers the year.
    """
    return _computed(unit, {year: plan_of(year)}, on_map, codes)[year]


def compute_years(
    unit: Unit, years: Collection[int], *, on_map: str = Map.THEN,
    codes: Collection[str] | None = None,
) -> dict[int, list[TargetResult]]:  # fmt: skip
    """As ``compute``, for several years of one unit; years no plan covers are left out."""
    plans = plans_of(years)
    return _computed(unit, plans, on_map, codes) if plans else {}


def _computed(
    unit: Unit, plans: Mapping[int, Plan], on_map: str, codes: Collection[str] | None
) -> dict[int, list[TargetResult]]:
    first = Ask(unit, next(iter(plans)))
    with counting():
        found = grounds_for([first.in_year(year) for year in plans])
        surveys = _surveys(found)
        return {
            grounds.ask.year: [
                _result(line, grounds.ask, grounds, surveys.get(grounds.ask.year), on_map)
                for line in _wanted(plans[grounds.ask.year], grounds.ask.year, codes)
            ]
            for grounds in found
        }


def _surveys(found: list[Grounds]) -> dict[int, SurveyEstimate]:
    """By year the estimate of the unit itself, else of the unit it continues or is continued by."""
    selves = found[0].selves
    rows = SurveyEstimate.objects.filter(unit__in=selves, year__in=[g.ask.year for g in found])
    nearest = sorted(rows, key=lambda row: -selves.index(row.unit_id))
    return {row.year: row for row in nearest}


def compute_for(
    user: User, unit: Unit, year: int, *, on_map: str = Map.THEN,
    codes: Collection[str] | None = None,
) -> list[TargetResult]:  # fmt: skip
    """As ``compute``, for a person. Raises PermissionDenied without ``indicators.view`` there."""
    user.require("indicators.view", unit)
    return compute(unit, year, on_map=on_map, codes=codes)


def trend_for(
    user: User, unit: Unit, code: str, years: Collection[int], *, on_map: str = Map.THEN
) -> list[TargetResult]:
    """One figure over several years, each asked of ``unit``, for a person; years no plan covers
    are left out. Raises PermissionDenied as ``compute_for``."""
    user.require("indicators.view", unit)
    found = compute_years(unit, years, on_map=on_map, codes=[code])
    return [result for year in years for result in found.get(year, [])]


def plan_of(year: int) -> Plan:
    """The plan loaded for ``year``; before any has been loaded, the packaged one if it covers it.

    Raises ValidationError when none does.
    """
    found = plans_of([year])
    if year not in found:
        raise ValidationError(_("Không có kế hoạch nào cho năm %(year)s.") % {"year": year})
    return found[year]


def plans_of(years: Collection[int]) -> dict[int, Plan]:
    """As ``plan_of``, for several years; those without a plan are left out."""
    loaded = Programme.objects.plans(years)
    packaged = {
        year: plan for year in years if year not in loaded
        and (plan := _packaged(PACKAGED)).header.period_start <= year <= plan.header.outlook_year
    }  # fmt: skip
    return {year: (loaded | packaged)[year] for year in years if year in loaded | packaged}


def everything(year: int) -> list[str]:
    """The codes of all figures of the plan and of those shown beside it. Raises ValidationError
    as ``plan_of``."""
    return [*(line.code for line in lines_of(plan_of(year), year)), *BESIDE]


def deciding(year: int) -> list[str]:
    """The codes of the figures that decide on a target. Raises ValidationError as ``plan_of``."""
    return [line.code for line in lines_of(plan_of(year), year) if line.role == "deciding"]


@lru_cache(maxsize=1)
def _packaged(path: Path) -> Plan:
    return load(path)


@dataclass(frozen=True)
class Line:
    """One figure the plan asks for, whatever row of the plan it stands in."""

    code: str
    target: str
    part: str
    title: str
    target_title: str
    paragraph: str
    owners: tuple[str, ...]
    owner_name: str
    role: str
    within: str
    direction: Direction
    threshold: Threshold | None
    only_end_value: bool


def lines_of(plan: Plan, year: int) -> list[Line]:
    """The parts of all targets, then the series of the outlook that are not among them.

    A series of the outlook with the indicator of a target (2030.1 follows 1.1) gives that target
    its further threshold instead of a second row.
    """
    names = {office.code: office.short_name for office in plan.offices}
    later = {row.indicator: row.thresholds for row in plan.outlook}
    lines = [
        _line(target, part, names, {**later.get(part.indicator, {}), **part.thresholds}, year)
        for target, part in plan.parts()
    ]
    known = {line.code for line in lines}
    return lines + [
        Line(
            row.indicator, row.code, "", row.title, row.title, row.paragraph, row.owners,
            names.get(row.owners[0], row.owners[0]), "deciding", "", row.direction,
            row.threshold(year), only_end_value=False,
        )
        for row in plan.outlook if row.indicator not in known
    ]  # fmt: skip


def _wanted(plan: Plan, year: int, codes: Collection[str] | None) -> list[Line]:
    lines = [line for line in lines_of(plan, year) if codes is None or line.code in codes]
    return lines + [_beside(code) for code in BESIDE if codes is not None and code in codes]


def _beside(code: str) -> Line:
    """A line of no plan: no threshold, reported by the standing body."""
    indicator = BY_CODE[code]
    return Line(
        code, "", "", str(indicator.title), str(indicator.title), indicator.paragraph,
        ("ldtbxh",), "Phòng LĐTBXH", "deciding", "", Direction.MINIMISE, None,
        only_end_value=False,
    )  # fmt: skip


def _line(
    target: Target, part: TargetPart, names: dict[str, str], thresholds: dict[int, float], year: int
) -> Line:
    return Line(
        part.indicator, target.code, part.part, part.name, target.short_title, target.paragraph,
        part.owners, names.get(part.owners[0], part.owners[0]), part.role, part.within,
        part.direction, threshold_for(thresholds, year), part.only_end_value,
    )  # fmt: skip


def _result(
    line: Line, ask: Ask, grounds: Grounds, survey: SurveyEstimate | None, on_map: str
) -> TargetResult:
    limit = Decimal(str(line.threshold.value)) if line.threshold else None
    empty = TargetResult(
        line.code, line.target, line.part, line.owners[0], ask.unit.code, None, None, None, limit,
        line.direction.value, None, "", year=ask.year, unit_name=ask.unit.name, title=line.title,
        target_title=line.target_title, paragraph=line.paragraph, owners=line.owners,
        owner_name=line.owner_name, role=line.role, within=line.within,
        threshold_year=line.threshold.year if line.threshold else None,
        threshold_basis=line.threshold.basis if line.threshold else "",
        only_end_value=line.only_end_value,
    )  # fmt: skip
    indicator = BY_CODE.get(line.code)
    if indicator is None or not indicator.valid_in(ask.year):
        said = _("Chưa có định nghĩa cách tính %(code)s cho năm %(year)s.")
        return replace(empty, note=said % {"code": line.code, "year": ask.year})
    figures = indicator.measure.count(ask, grounds)
    if isinstance(indicator.measure, RateOfSurvey):
        found = _rate(empty, figures, ask, survey, limit)
    elif line.code == HAZARDOUS and survey is not None and survey.hazardous_share is not None:
        found = _hazardous(empty, survey)
    else:
        found = _share(empty, figures, ask, limit)
    rows = rows_by_commune(figures, ask, grounds, on_map, limit, rate=found.register_name != "")
    return _judged(replace(found, by_unit=rows), line, ask)


def _share(empty: TargetResult, figures: Figures, ask: Ask, limit: Decimal | None) -> TargetResult:
    numerator, size = figures.numerator.total(ask), figures.denominator
    notes = [*figures.notes, *size.notes]
    if size.total == 0:
        notes.insert(0, _("Mẫu số bằng 0: không có gì để tính tỷ lệ."))
    if size.total is not None and numerator > size.total:
        notes.insert(0, _("Tử số lớn hơn mẫu số: kiểm tra số liệu nền."))
    value = percent(numerator, size.total, limit) if size.total else None
    return replace(
        empty, numerator=numerator, denominator=size.total, value=value, note=_joined(notes)
    )


def _rate(
    empty: TargetResult, figures: Figures, ask: Ask, survey: SurveyEstimate | None,
    limit: Decimal | None,
) -> TargetResult:  # fmt: skip
    """Target 1.1: the rate is the survey's or unknown; the register's share stands beside it."""
    count, size = figures.numerator.total(ask), figures.denominator
    found = replace(
        empty, denominator=size.total, register_count=count,
        register_share=percent(count, size.total) if size.total else None,
        register_name=_("phát hiện / dân số 5–17"),
    )  # fmt: skip
    sentence = _("“%(name)s” trong sổ: %(count)s trẻ%(share)s; không phải tỷ lệ lao động trẻ em.")
    beside = sentence % {
        "name": found.register_name, "count": vn_number(count),
        "share": _of(size.total, found.register_share),
    }  # fmt: skip
    if survey is None:
        said = _("Chưa có điều tra mẫu năm %(year)s nên không có tỷ lệ.") % {"year": ask.year}
        return replace(found, note=_joined([said, beside, *size.notes]))
    estimate = _(
        "Ước lượng từ điều tra mẫu (%(source)s), độ tin cậy %(c)s %%: %(low)s–%(high)s %%."
    )
    said = estimate % {
        "source": survey.source, "c": survey.confidence, "low": vn_number(rounded(survey.low)),
        "high": vn_number(rounded(survey.high)),
    }  # fmt: skip
    return replace(
        found, value=rounded(survey.rate, limit), low=survey.low, high=survey.high,
        note=_joined([said, beside, *size.notes]),
    )  # fmt: skip


def _of(total: int | None, share: Decimal | None) -> str:
    return f" / {vn_number(total)} = {vn_number(share)} %" if total else ""


def _hazardous(empty: TargetResult, survey: SurveyEstimate) -> TargetResult:
    share = survey.hazardous_share
    said = _("Ước lượng từ điều tra mẫu (%(source)s).") % {"source": survey.source}
    return replace(empty, value=rounded(share) if share is not None else None, note=said)


def _judged(found: TargetResult, line: Line, ask: Ask) -> TargetResult:
    """With the comparison to the threshold, and what it means in this year."""
    notes = [to_date_note(ask, today()), found.note]
    met, concluded = None, False
    if found.value is not None and line.threshold is not None:
        met = line.direction.met(float(found.value), line.threshold.value)
        concluded = line.threshold.basis == "stated" and ask.period.last_day < today()
        notes.append(verdict_note(line.threshold, ask.year))
    return replace(found, met=met, concluded=concluded, note=_joined(notes))


def verdict_note(threshold: Threshold, year: int) -> str:
    """What a comparison in ``year`` means, when the plan states the threshold for another year."""
    if threshold.basis == "before_end":
        said = _("Ngưỡng là mức phải đạt năm %(end)s; năm %(year)s chỉ so sánh, chưa kết luận.")
        return said % {"end": threshold.year, "year": year}
    if threshold.basis == "after_end":
        return _("Ngưỡng của năm %(end)s, giữ lại để so sánh.") % {"end": threshold.year}
    return ""


def _joined(notes: list[str]) -> str:
    return " ".join(dict.fromkeys(note for note in notes if note))


__all__ = [
    "Ask", "Size", "compute", "compute_for", "compute_years", "deciding", "everything", "lines_of",
    "plan_of", "plans_of", "trend_for",
]  # fmt: skip
