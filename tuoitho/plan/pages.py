"""The page of docs/ that says where each paragraph of the plan is realised."""

from pathlib import Path

from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import override

from tuoitho.plan.check import load
from tuoitho.plan.coverage import COVERAGE, Realisation
from tuoitho.plan.schema import Plan, Target

PLAN = Path(settings.BASE_DIR) / "plans" / "365-kh-ubnd-2021.yaml"
DIRECTIONS = {"at_least": "ít nhất", "at_most_below": "dưới", "minimise": "giảm tối đa"}
KINDS = {"screen": "màn hình", "action": "hành động", "rule": "quy tắc", "command": "lệnh"}


def programme_page() -> str:
    """Markdown: each paragraph of the packaged plan, what serves it, and where that is."""
    plan = load(PLAN)
    with override("vi"):
        lines = [
            f"# Kế hoạch {plan.header.number} trong hệ thống",
            "",
            f"{plan.header.title} ({plan.header.issuer}, {plan.header.date:%d/%m/%Y}).",
            "Mỗi đoạn của kế hoạch, việc trong hệ thống thực hiện đoạn đó, và địa chỉ hoặc tên của"
            " việc ấy.",
            "",
            *_targets(plan),
            *_tasks(plan),
            *_things(),
        ]
    return "\n".join(lines) + "\n"


def _targets(plan: Plan) -> list[str]:
    lines = ["## Chỉ tiêu", "", "| đoạn | chỉ tiêu | mức đề ra | chỉ số | cơ quan |",
             "|---|---|---|---|---|"]  # fmt: skip
    lines += [line for target in plan.targets for line in _parts(target)]
    for series in plan.outlook:
        limits = "; ".join(f"{y}: {value:g} %" for y, value in series.thresholds.items())
        limit = limits or DIRECTIONS[series.direction]
        owners = ", ".join(series.owners)
        lines.append(
            f"| {series.paragraph} | {series.title} | {limit} | `{series.indicator}` | {owners} |"
        )
    return [*lines, ""]


def _parts(target: Target) -> list[str]:
    rows = []
    for part in target.parts:
        limits = "; ".join(f"{year}: {value:g} %" for year, value in part.thresholds.items())
        name = part.name if part.role == "deciding" else f"trong đó: {part.name}"
        rows.append(
            f"| {target.paragraph} | {target.code} {name} | {DIRECTIONS[part.direction]} {limits} "
            f"| `{part.indicator}` | {', '.join(part.owners)} |"
        )
    return rows


def _tasks(plan: Plan) -> list[str]:
    lines = ["## Nhiệm vụ", "", "| mã | nhiệm vụ | cơ quan | thực hiện ở |", "|---|---|---|---|"]
    for task in plan.tasks:
        served = ", ".join(f"`{code}`" for code in task.served_by)
        lines.append(f"| {task.code} | {task.title} | {', '.join(task.owners)} | {served} |")
    return [*lines, ""]


def _things() -> list[str]:
    lines = ["## Việc trong hệ thống", "", "| mã | việc | loại | ở đâu |", "|---|---|---|---|"]
    routes = _routes()
    for code, found in sorted(COVERAGE.items()):
        where = _where(found, routes)
        lines.append(f"| `{code}` | {found.label} | {KINDS[found.kind]} | {where} |")
    return lines


def _where(found: Realisation, routes: dict[str, str]) -> str:
    if found.kind != "screen":
        return f"`{found.name}`"
    query = f"?{found.query}" if found.query else ""
    return f"`{routes.get(found.name, found.name)}{query}`"


def _routes() -> dict[str, str]:
    """URL name → its address with the names of its arguments: "/plan/tasks/<pk>/"."""
    found: dict[str, str] = {}
    for room, (prefix, resolver) in get_resolver().namespace_dict.items():
        for name in resolver.reverse_dict:
            if isinstance(name, str):
                address = resolver.reverse_dict.getlist(name)[0][0][0]
                text, arguments = address
                shown = text % {argument: f"<{argument}>" for argument in arguments}
                found[f"{room}:{name}"] = f"/{prefix}{shown}"
    return found
