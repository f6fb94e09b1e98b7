"""The part of ``docs/states.md`` about reports: their life as diagrams and tables."""

from collections.abc import Iterable

from django.utils import translation

from tuoitho.reports.states import CONSOLIDATION_MOVES, REPORT_MOVES, Move, State


def reports_states() -> str:
    """Markdown: a diagram and a table of steps for a unit's report and for the consolidated one."""
    with translation.override("vi"):
        parts = [
            "# Các bước của một báo cáo năm\n",
            "Viết từ `tuoitho/reports/states.py`; đừng sửa tay. “Chính đơn vị”: chỉ người của đơn "
            "vị có báo cáo.\n",
            _diagram(REPORT_MOVES, State.OWED),
            _steps(REPORT_MOVES),
            "# Các bước của báo cáo tổng hợp\n",
            _diagram(CONSOLIDATION_MOVES, State.DRAFT),
            _steps(CONSOLIDATION_MOVES),
        ]
    return "\n".join(parts)


def _diagram(moves: Iterable[Move], first: State) -> str:
    moves = list(moves)
    known = {state for move in moves for state in (move.source, move.target)}
    names = [f'    state "{state.label}" as {state}' for state in State if state in known]
    arrows = [f"    {m.source} --> {m.target}: {m.label}" for m in moves]
    lines = ["stateDiagram-v2", *names, f"    [*] --> {first}", *arrows]
    return "\n".join(["```mermaid", *lines, "```\n"])


def _steps(moves: Iterable[Move]) -> str:
    rows = [
        f"| {m.label} | `{m.step}` | {m.source.label} | {m.target.label} | `{m.permission}` | "
        f"{'chính đơn vị' if m.own else 'cơ quan thường trực'} | {m.basis} |"
        for m in moves
    ]
    head = "| Nút | Bước | Từ | Đến | Quyền | Ai | Căn cứ |"
    return "\n".join([head, "| --- | --- | --- | --- | --- | --- | --- |", *rows, ""])
