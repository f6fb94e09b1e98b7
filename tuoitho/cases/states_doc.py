"""``docs/states.md``: the life of a case as a diagram and a table, written from ``states.py``."""

from typing import Any

from django.utils import translation

from tuoitho.cases.deadlines import packaged_rules
from tuoitho.cases.exchange_states import TABLES, Step, Table
from tuoitho.cases.states import MOVES, Move, State

HEAD = """# Các bước của một hồ sơ

Viết từ `tuoitho/cases/states.py` và `tuoitho/cases/data/time_limits.yaml`; đừng sửa tay.
Điều khoản không ghi văn bản là của Nghị định 56/2017/NĐ-CP.
"""
UNITS = {
    "clock_hours": "giờ", "working_days": "ngày làm việc", "calendar_days": "ngày",
}  # fmt: skip


def states_page() -> str:
    """Markdown: a Mermaid diagram of the states, the table of steps, the table of time limits."""
    with translation.override("vi"):
        parts = [HEAD, _diagram(), "## Các bước\n", _steps(), "## Thời hạn\n", _limits()]
        for table in TABLES:
            parts += _exchange(table)
    return "\n".join(parts)


def _diagram() -> str:
    names = [f'    state "{state.label}" as {state}' for state in State]
    arrows = [f"    {m.source} --> {m.target}: {m.label}" for m in MOVES]
    lines = ["stateDiagram-v2", *names, f"    [*] --> {State.OPENED}", *arrows]
    return "\n".join(["```mermaid", *lines, "```\n"])


def _exchange(table: Table) -> list[str]:
    """A heading, the diagram and the steps of a referral, a consent or a handover."""
    title, states, steps, first = table
    names = [f'    state "{state.label}" as {state}' for state in states]
    starts = [f"    [*] --> {state}" for state in first]
    arrows = [f"    {s.source} --> {s.target}: {s.label}" for s in steps]
    diagram = ["```mermaid", "stateDiagram-v2", *names, *starts, *arrows, "```\n"]
    head = _row("Nút", "Bước", "Từ", "Đến", "Ai", "Quyền", "Căn cứ")
    rows = [_exchange_row(step, states) for step in steps]
    return [f"## {title}\n", "\n".join(diagram), "\n".join([head, _row(*["---"] * 7), *rows, ""])]


def _exchange_row(step: Step, states: Any) -> str:
    side = {"sender": "nơi gửi", "receiver": "nơi nhận"}[step.side]
    return _row(step.label, f"`{step.name}`", states(step.source).label,
                states(step.target).label, side, f"`{step.permission}`", step.basis)  # fmt: skip


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _only(move: Move) -> str:
    if move.urgent_only:
        return " (chỉ khi đã có biện pháp khẩn cấp)"
    return " (chỉ 16–17 tuổi)" if move.outside_only else ""


def _steps() -> str:
    rows = [
        _row(m.label, f"`{m.name}`", m.source.label, m.target.label, f"`{m.permission}`",
             m.basis + _only(m))
        for m in MOVES
    ]  # fmt: skip
    head = _row("Nút", "Bước", "Từ", "Đến", "Quyền", "Căn cứ")
    return "\n".join([head, _row(*["---"] * 6), *rows, ""])


def _limits() -> str:
    rows = [
        _row(r.what, "ngay" if not r.amount else f"{r.amount} {UNITS[r.unit]}", r.starts, r.stops,
             r.who, r.basis, r.surety)
        for r in packaged_rules()
    ]  # fmt: skip
    head = _row("Việc", "Thời hạn", "Tính từ", "Xong khi", "Ai", "Căn cứ", "Chắc chắn")
    return "\n".join([head, _row(*["---"] * 7), *rows, ""])
