"""Whether the rows of a plan agree with each other: codes, references, years, thresholds.

Called by `schema.Plan` once every field is right by itself; hence the types come from there only
for the type checker.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tuoitho.plan.schema import Plan, Target, TargetPart

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """A fault between rows: where, what, and what to do."""

    loc: Loc
    message: str
    remedy: str


def cross_check(plan: "Plan") -> Iterator[Finding]:
    """Every contradiction between rows of ``plan``, in no particular order."""
    yield from _codes_unique(plan)
    yield from _references_exist(plan)
    yield from _years_in_period(plan)
    yield from _targets_hold(plan)
    for i, task in enumerate(plan.tasks):
        if task.code.rpartition(".")[0] != task.group:
            yield Finding(
                ("tasks", i, "code"),
                f"mã nhiệm vụ {task.code} không thuộc mục {task.group}",
                f"đặt mã dạng {task.group}.<số> hoặc sửa group",
            )


def _codes_unique(plan: "Plan") -> Iterator[Finding]:
    lists: dict[str, tuple[Any, ...]] = {
        "offices": plan.offices,
        "objectives": plan.objectives,
        "targets": plan.targets,
        "outlook": plan.outlook,
        "groups": plan.groups,
        "tasks": plan.tasks,
        "models": plan.models,
        "products": plan.products,
        "contacts": plan.contacts,
    }
    places: list[tuple[str, str, Loc]] = [
        (name, row.code, (name, i, "code"))
        for name, rows in lists.items()
        for i, row in enumerate(rows)
    ]
    budget: dict[str, tuple[Any, ...]] = {
        "sources": plan.budget.sources,
        "steps": plan.budget.steps,
    }
    for name, rows in budget.items():
        for i, row in enumerate(rows):
            places.append((f"budget.{name}", row.code, ("budget", name, i, "code")))
    for i, target in enumerate(plan.targets):
        for j, part in enumerate(target.parts):
            places.append(("indicators", part.indicator, ("targets", i, "parts", j, "indicator")))
    seen: Counter[tuple[str, str]] = Counter()
    for where, code, loc in places:
        seen[where, code] += 1
        if seen[where, code] > 1:
            yield Finding(loc, f"mã {code!r} bị trùng", "mỗi mã chỉ dùng một lần: đặt mã khác")


def _mentions(plan: "Plan") -> Iterator[tuple[str, str, Loc]]:
    """(kind of row, code mentioned, where)."""

    def many(kind: str, codes: Iterable[str], *loc: str | int) -> Iterator[tuple[str, str, Loc]]:
        return ((kind, code, (*loc, k)) for k, code in enumerate(codes))

    report = plan.annual_report
    yield "office", plan.header.standing_body, ("header", "standing_body")
    yield "office", report.receiver, ("annual_report", "receiver")
    yield "task", report.task, ("annual_report", "task")
    yield from many("office", report.reporters, "annual_report", "reporters")
    yield from many("office", report.consolidated_to, "annual_report", "consolidated_to")
    for i, target in enumerate(plan.targets):
        yield "objective", target.objective, ("targets", i, "objective")
        for j, part in enumerate(target.parts):
            yield from many("office", part.owners, "targets", i, "parts", j, "owners")
    for i, series in enumerate(plan.outlook):
        yield from many("office", series.owners, "outlook", i, "owners")
    for i, task in enumerate(plan.tasks):
        yield "group", task.group, ("tasks", i, "group")
        yield from many("office", task.owners, "tasks", i, "owners")
        yield from many("office", task.partners, "tasks", i, "partners")
        yield from many("task", task.owners_from, "tasks", i, "owners_from")
    for i, source in enumerate(plan.budget.sources):
        yield from many("task", source.tasks, "budget", "sources", i, "tasks")
    for i, step in enumerate(plan.budget.steps):
        yield "task", step.task, ("budget", "steps", i, "task")


def _references_exist(plan: "Plan") -> Iterator[Finding]:
    known = {
        "office": ("cơ quan", "offices", {row.code for row in plan.offices}),
        "objective": (
            "mục tiêu cụ thể",
            "objectives",
            {row.code for row in plan.objectives if row.kind == "specific"},
        ),
        "group": ("mục", "groups", {row.code for row in plan.groups}),
        "task": ("nhiệm vụ", "tasks", {row.code for row in plan.tasks}),
    }
    for kind, code, loc in _mentions(plan):
        name, section, codes = known[kind]
        if code not in codes:
            listed = ", ".join(sorted(codes)) if len(codes) <= 20 else f"xem mục {section}"
            yield Finding(
                loc,
                f"không có {name} nào mang mã {code!r}",
                f"thêm vào mục {section} hoặc dùng một mã đã có ({listed})",
            )


def _years_in_period(plan: "Plan") -> Iterator[Finding]:
    start, end, outlook = (
        plan.header.period_start,
        plan.header.period_end,
        plan.header.outlook_year,
    )
    if not start <= end <= outlook:
        yield Finding(
            ("header", "period_end"),
            f"giai đoạn {start}–{end}–{outlook} sai thứ tự",
            "năm đầu không sau năm cuối, năm cuối không sau năm định hướng",
        )
        return
    series: list[tuple[dict[int, float], int, int, Loc]] = [
        (row.thresholds, end + 1, outlook, ("outlook", i)) for i, row in enumerate(plan.outlook)
    ]
    for i, target in enumerate(plan.targets):
        for j, part in enumerate(target.parts):
            series.append((part.thresholds, start, end, ("targets", i, "parts", j)))
    for thresholds, first, last, loc in series:
        for year in thresholds:
            if not first <= year <= last:
                yield Finding(
                    (*loc, "thresholds", year),
                    f"năm {year} nằm ngoài giai đoạn {first}–{last}",
                    f"dùng năm từ {first} đến {last}",
                )


def _targets_hold(plan: "Plan") -> Iterator[Finding]:
    for i, target in enumerate(plan.targets):
        at: Loc = ("targets", i)
        if not target.code.startswith(f"{target.objective}."):
            yield Finding(
                (*at, "code"),
                f"chỉ tiêu {target.code} không thuộc mục tiêu {target.objective}",
                f"đặt mã dạng {target.objective}.<số>",
            )
        if all(part.role == "breakdown" for part in target.parts):
            yield Finding(
                (*at, "parts"),
                f"chỉ tiêu {target.code} không có phần quyết định",
                "đặt role: deciding cho ít nhất một phần",
            )
        deciding = {part.indicator for part in target.parts if part.role == "deciding"}
        for j, part in enumerate(target.parts):
            for field, message, remedy in _part_faults(target, part, deciding, plan):
                yield Finding((*at, "parts", j, field), message, remedy)
    for i, row in enumerate(plan.outlook):
        if (row.direction == "minimise") == bool(row.thresholds):
            yield Finding(
                ("outlook", i, "thresholds"),
                "hướng minimise không có ngưỡng; hướng khác phải có ngưỡng",
                "để thresholds: {} với minimise, hoặc ghi năm và ngưỡng",
            )


def _part_faults(
    target: "Target", part: "TargetPart", deciding: set[str], plan: "Plan"
) -> Iterator[tuple[str, str, str]]:
    """(field, message, remedy) for each fault within one part of a target."""
    expected = f"{target.code}.{part.part}" if part.part else target.code
    if part.indicator != expected:
        yield "indicator", f"mã chỉ số phải là {expected!r}", f'sửa thành "{expected}"'
    if part.role == "breakdown" and part.within not in deciding:
        yield (
            "within" if part.within else "role",
            "phần chia nhỏ phải thuộc một phần quyết định của cùng chỉ tiêu",
            f"ghi within: một trong {', '.join(sorted(deciding)) or 'các phần deciding'}",
        )
    if part.role == "deciding" and part.within:
        yield "within", "phần quyết định không thuộc phần nào khác", "bỏ dòng within"
    yield from _threshold_faults(part, plan.header.period_end)


def _threshold_faults(part: "TargetPart", period_end: int) -> Iterator[tuple[str, str, str]]:
    if part.direction == "minimise":
        yield (
            "direction",
            "chỉ tiêu phải có ngưỡng nên không dùng hướng minimise",
            "dùng at_least hoặc at_most_below",
        )
    if not part.thresholds:
        yield "thresholds", "chưa có ngưỡng nào", f"ghi ví dụ {{{period_end}: 90}}"
    elif part.only_end_value and set(part.thresholds) != {period_end}:
        yield (
            "only_end_value",
            "đã ghi chỉ có giá trị cuối giai đoạn nhưng có ngưỡng năm khác",
            f"chỉ giữ ngưỡng năm {period_end}, hoặc đổi thành only_end_value: false",
        )
    if 0 in part.thresholds.values():
        yield (
            "thresholds",
            "ngưỡng 0 % không có nghĩa: 'dưới 0' không thể đạt, 'ít nhất 0' luôn đạt",
            "ghi ngưỡng lớn hơn 0",
        )
