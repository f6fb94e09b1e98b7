"""Sơ kết, tổng kết (II.8): every target over the years, by signed figures where there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.indicators.engine import compute_years, deciding, plan_of
from tuoitho.indicators.places import Ask, existing_on
from tuoitho.indicators.results import TargetResult, from_json
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period
from tuoitho.plan.schema import Plan
from tuoitho.reports.models import Consolidation, Edition
from tuoitho.reports.views.choice import Choice, chosen
from tuoitho.ui.columns import Column
from tuoitho.ui.export import xlsx_response
from tuoitho.ui.responses import page
from tuoitho.units.models import Level, Unit


@dataclass(frozen=True)
class Year:
    """The figures of one year by code; ``edition``: where they were signed, None for a count of
    this moment."""

    year: int
    results: dict[str, TargetResult]
    edition: Edition | None = None


@dataclass(frozen=True)
class Row:
    """One target over the years: the value of each, the last one, and how it stands."""

    result: TargetResult
    values: tuple[Decimal | None, ...]

    @property
    def change(self) -> Decimal | None:
        """Points from the first known year to the last known one."""
        known = [value for value in self.values if value is not None]
        return known[-1] - known[0] if len(known) > 1 else None


@require_GET
@needs("reports.view", steady=True)
def period_review(request: UserRequest) -> HttpResponse:
    choice = chosen(request)
    if choice.unit is None:
        return page(request, "reports/review.html", {"title": _("Sơ kết, tổng kết")})
    plan = _plan(choice)
    found = _found(request, choice, plan) if plan else []
    rows = _rows(found)
    if request.GET.get("format") == "xlsx":
        return _file(rows, found, choice)
    context = {
        "title": _("Sơ kết, tổng kết"), "choice": choice, "plan": plan, "years": found,
        "rows": rows,
    }  # fmt: skip
    return page(request, "reports/review.html", context)


def _plan(choice: Choice) -> Plan | None:
    try:
        return plan_of(choice.year)
    except ValidationError:
        return None


def _years(plan: Plan) -> Iterable[int]:
    return range(plan.header.period_start, min(plan.header.period_end, today().year) + 1)


@dataclass(frozen=True)
class _Known:
    """Who answered for one year, and what was signed of it."""

    year: int
    unit: Unit
    edition: Edition | None


def _found(request: UserRequest, choice: Choice, plan: Plan) -> list[Year]:
    """Signed figures first; years without any are counted now, each unit's years together, and
    only what the page shows: the deciding figures of the last year."""
    known = _known(request, choice, list(_years(plan)))
    if not known:
        return []
    last = known[-1]
    codes = (
        [row["code"] for row in last.edition.figures if row["role"] == "deciding"]
        if last.edition else deciding(last.year)
    )  # fmt: skip
    unsigned: dict[Unit, list[int]] = {}
    for row in known:
        if row.edition is None:
            unsigned.setdefault(row.unit, []).append(row.year)
    counted: dict[int, list[TargetResult]] = {}
    for unit, years in unsigned.items():
        counted |= compute_years(unit, years, codes=codes)
    return [
        Year(row.year, {result.code: result for result in (
            [from_json(figure) for figure in row.edition.figures]
            if row.edition else counted.get(row.year, [])
        )}, row.edition)
        for row in known
    ]  # fmt: skip


def _known(request: UserRequest, choice: Choice, years: list[int]) -> list[_Known]:
    """The district in its years, the area that continues it since; years of neither are left
    out."""
    assert choice.unit is not None
    root, scope = Ask(choice.unit, choice.year).root, request.user.scope("reports.view")
    units = Unit.objects.filter(Q(pk=root.pk) | Q(area=root, level=Level.DISTRICT))
    seen = [unit for unit in units.select_related("area") if unit.pk in scope]
    rows = Consolidation.objects.visible_to(request.user).filter(unit__in=seen, year__in=years)
    documents = {(row.unit_id, row.year): row for row in rows}
    found = []
    for year in years:
        day = min(Period.year(year).last_day, today())
        for unit in existing_on(seen, day)[:1]:
            document = documents.get((unit.pk, year))
            found.append(_Known(year, unit, document.latest_edition if document else None))
    return found


def _rows(years: list[Year]) -> list[Row]:
    """The targets of the last year, in its order, each over all years."""
    if not years:
        return []
    return [
        Row(result, tuple(
            year.results[code].value if code in year.results else None for year in years
        ))
        for code, result in years[-1].results.items()
        if result.role == "deciding"
    ]  # fmt: skip


def _file(rows: list[Row], years: list[Year], choice: Choice) -> HttpResponse:
    if not rows or choice.unit is None:
        raise Http404

    def value_of(at: int) -> Any:
        return lambda row: row.values[at]

    columns = [
        Column("target", _("Chỉ tiêu"), lambda r: r.result.target),
        Column("title", _("Nội dung"), lambda r: f"{r.result.target_title}: {r.result.title}"),
        Column("threshold", _("Mục tiêu (%)"), lambda r: r.result.threshold),
        *(Column(str(y.year), str(y.year), value_of(at)) for at, y in enumerate(years)),
        Column("change", _("Tăng, giảm (điểm %)"), lambda r: r.change),
    ]
    title = f"{_('Sơ kết, tổng kết')}: {choice.unit.name}"
    return xlsx_response(columns, rows, title, f"tong-ket-{choice.unit.code}")
