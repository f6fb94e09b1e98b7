"""The state of the targets, and one figure with its definition, communes and years."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.indicators.definitions import BY_CODE
from tuoitho.indicators.engine import BESIDE, compute_for, everything, trend_for
from tuoitho.indicators.results import TargetResult, UnitRow
from tuoitho.indicators.splits import splits_of
from tuoitho.indicators.states import Group
from tuoitho.indicators.views.choice import FIRST_YEAR, Choice, chosen
from tuoitho.indicators.views.shown import grouped, in_words, shown, status_of
from tuoitho.lib.hanoi import today
from tuoitho.ui.columns import Column
from tuoitho.ui.export import stream_csv, xlsx_response
from tuoitho.ui.responses import page
from tuoitho.units.models import Unit

Pair = tuple[TargetResult, UnitRow | None]


@require_GET
@needs("indicators.view")
def target_table(request: UserRequest) -> HttpResponse:
    choice = chosen(request)
    found = compute_for(request.user, choice.unit, choice.year, on_map=choice.on_map,
                        codes=everything(choice.year))  # fmt: skip
    results = [result for result in found if result.code not in BESIDE]
    wanted = request.GET.get("format", "")
    if wanted:
        return _file(wanted, results, choice)
    groups = grouped(results, choice)
    context = {
        "title": _("Chỉ tiêu"),
        "choice": choice,
        "groups": groups,
        "counts": in_words(groups),
        "beside": [result for result in found if result.code in BESIDE],
        "owners": _by_owner(results),
        "may_baseline": request.user.may("indicators.baseline"),
        "may_freeze": choice.unit.pk in request.user.scope("indicators.freeze"),
    }
    return page(request, "indicators/target_table.html", context, part="table")


def _by_owner(results: list[TargetResult]) -> list[tuple[str, list[TargetResult]]]:
    """Who answers for which deciding figures (IV.1, IV.2)."""
    found: dict[str, list[TargetResult]] = {}
    for result in results:
        if result.role == "deciding":
            found.setdefault(result.owner_name, []).append(result)
    return list(found.items())


def _file(wanted: str, results: list[TargetResult], choice: Choice) -> HttpResponse:
    """All figures with all their communes: as numbers, for those who go on computing."""
    name = f"chi-tieu-{choice.unit.code}-{choice.year}"
    if wanted == "json":
        rows = [result.as_json() for result in results]
        answer = JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
        answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return answer
    pairs: list[Pair] = [(r, row) for r in results for row in (None, *r.by_unit)]
    if wanted == "csv":
        return stream_csv(_columns(), pairs, name)
    if wanted == "xlsx":
        title = f"{_('Chỉ tiêu')}: {choice.unit.name}, {choice.year}"
        return xlsx_response(_columns(), pairs, title, name)
    raise Http404


def _columns() -> list[Column]:
    def of_row(name: str) -> Any:
        return lambda pair: getattr(pair[1] or pair[0], name)

    return [
        Column("code", _("Mã"), lambda p: p[0].code),
        Column("title", _("Nội dung"), lambda p: p[0].title),
        Column("owner", _("Cơ quan"), lambda p: p[0].owner_name),
        Column("unit", _("Mã địa bàn"), of_row("unit")),
        Column("name", _("Địa bàn"), lambda p: p[1].name if p[1] else p[0].unit_name),
        Column("numerator", _("Tử số"), of_row("numerator")),
        Column("denominator", _("Mẫu số"), of_row("denominator")),
        Column("value", _("Kết quả (%)"), of_row("value")),
        Column("threshold", _("Ngưỡng (%)"), lambda p: p[0].threshold),
        Column("met", _("So với ngưỡng"), lambda p: status_of(p[0])[0] if p[1] is None else ""),
        Column("note", _("Ghi chú"), of_row("note")),
    ]


@require_GET
@needs("indicators.view")
def target_detail(request: UserRequest, code: str) -> HttpResponse:
    if code not in BY_CODE:
        raise Http404
    choice = chosen(request)
    span = range(FIRST_YEAR, today().year + 1)
    years = trend_for(request.user, choice.unit, code, span, on_map=choice.on_map)
    result = next((found for found in years if found.year == choice.year), None)
    if result is None:
        raise Http404
    context = {
        "title": f"{result.code} {result.title}",
        "choice": choice,
        "shown": shown(result, choice),
        "indicator": BY_CODE[code],
        "rows": result.by_unit,
        "splits": splits_of(code, choice.ask),
        "years": [(found, status_of(found)) for found in years],
        "trend_chart": _trend_chart(years),
        "commune_chart": _commune_chart(result),
        "chart_height": 90 + 22 * len(result.by_unit),
        "wanting": _wanting(request, result, choice),
        **_map(result, choice),
    }
    return page(request, "indicators/target_detail.html", context)


def _wanting(request: UserRequest, result: TargetResult, choice: Choice) -> list[tuple[str, str]]:
    """Groups whose size is not known, each with the form that enters it; for those who may."""
    may = choice.unit.pk in request.user.scope("indicators.baseline")
    if result.denominator is not None or not may:
        return []
    groups = getattr(BY_CODE[result.code].measure, "groups", ())
    form = reverse("indicators:baseline_new")
    return [
        (str(Group(group).label), f"{form}?unit={choice.unit.pk}&year={choice.year}&group={group}")
        for group in groups
    ]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _trend_chart(years: list[TargetResult]) -> dict[str, Any]:
    """Line of the figure over the years, its threshold as a second, dashed line."""
    share = years and years[0].register_name
    series: list[dict[str, Any]] = [
        {"name": _("Kết quả (%)"), "type": "line", "data": [_number(r.value) for r in years],
         "connectNulls": False, "symbolSize": 8},
        {"name": _("Ngưỡng (%)"), "type": "line", "data": [_number(r.threshold) for r in years],
         "lineStyle": {"type": "dashed"}, "symbol": "none"},
    ]  # fmt: skip
    if share:
        found = [_number(r.register_share) for r in years]
        series.append({"name": share, "type": "line", "data": found, "symbolSize": 6})
    return {
        "legend": {}, "xAxis": {"type": "category", "data": [str(r.year) for r in years]},
        "yAxis": {"type": "value", "axisLabel": {"formatter": "{value} %"}}, "series": series,
    }  # fmt: skip


def _measured(result: TargetResult) -> bool:
    return any(row.value is not None for row in result.by_unit)


def _commune_chart(result: TargetResult) -> dict[str, Any]:
    """Bars by commune: percentages where they are known, else counts. Empty without figures."""
    rows = [row for row in reversed(result.by_unit) if row.numerator or row.value is not None]
    if not rows:
        return {}
    by_value = _measured(result)
    data = [_number(row.value if by_value else row.numerator) for row in rows]
    return {
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "data": [row.name for row in rows]},
        "series": [{"type": "bar", "data": data, "barMaxWidth": 18,
                    "name": _("Kết quả (%)") if by_value else _("Số đếm được")}],
    }  # fmt: skip


def _map(result: TargetResult, choice: Choice) -> dict[str, Any]:
    """Values by commune of today; nothing when the rows are of another map (codes are reused)."""
    root = choice.ask.root
    codes = dict(Unit.objects.communes().as_of(today()).within(root).values_list("pk", "code"))
    if not any(row.unit_id in codes for row in result.by_unit):
        return {"map_values": {}}
    by_value = _measured(result)
    values = {
        codes[row.unit_id]: _number(row.value if by_value else row.numerator)
        for row in result.by_unit if row.unit_id in codes
    }  # fmt: skip
    return {
        "map_values": values, "map_url": reverse("units:outlines", args=[root.pk]),
        "map_unit": "%" if by_value else "",
    }  # fmt: skip
