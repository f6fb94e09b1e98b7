"""The law shown to people: what is in force on a day, and docs/law.md."""

from __future__ import annotations

from datetime import date
from typing import Any, TextIO

from tuoitho.law import parameters
from tuoitho.law.parameters import Parameter, Value

_HEAD = """# Pháp luật trong dữ liệu

Tệp này do `python -m tuoitho.law docs` sinh ra từ `tuoitho/law/parameters/*.yaml`; đừng sửa tay.
Cách hiểu pháp luật: `docs/adr/0010-law-decisions.md`.

Cờ: **V** đã đọc trong văn bản; **V\\*** chỉ đọc ở trang thứ cấp hoặc bản OCR; **P** đọc một phần;
**M** theo trí nhớ, chưa kiểm chứng; **I** suy luận. Quản trị viên thay được từng tệp bằng tệp cùng
tên trong thư mục `TUOITHO_LAW_DIR`.
"""


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{k}: {_shown(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if value is None:
        return "không có"
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def _flag(value: Value) -> str:
    return value.flag if value.verified else f"{value.flag}, chưa kiểm chứng"


def show(on: date, out: TextIO) -> int:
    """Print every parameter in force on a day, with citation and flag. Returns 0."""
    law = parameters.current()
    out.write(f"Quy định có hiệu lực ngày {on:%d/%m/%Y} (phiên bản {law.version})\n")
    for name, parameter in law.parameters.items():
        value = parameter.on(on)
        if value is None:
            out.write(f"{name}: chưa có văn bản có hiệu lực trong dữ liệu\n")
            continue
        out.write(f"{name}: {_shown(value.value)} [{parameter.unit}]\n")
        out.write(f"    {parameter.title}\n    {value.citation} [{_flag(value)}]\n")
        if value.note:
            out.write(f"    Ghi chú: {value.note}\n")
    return 0


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _rows(parameter: Parameter) -> list[str]:
    rows = []
    for v in parameter.values:
        end = f"{v.end:%d/%m/%Y}" if v.end else ""
        cells = (
            f"`{parameter.name}`",
            f"{parameter.title} ({parameter.unit})",
            _shown(v.value),
            f"{v.start:%d/%m/%Y}",
            end,
            str(v.citation),
            _flag(v),
            v.note,
        )
        rows.append("| " + " | ".join(_cell(c) for c in cells) + " |")
    return rows


def markdown() -> str:
    """The text of docs/law.md, from the packaged data."""
    law = parameters.load()
    lines = [_HEAD]
    topic = ""
    for name, parameter in law.parameters.items():
        head = name.split(".", maxsplit=1)[0]
        if head != topic:
            topic = head
            lines += [
                "",
                f"## {topic}",
                "",
                f"Kiểm tra lần cuối {parameter.checked:%d/%m/%Y}.",
                "",
                "| Mã | Quy định | Giá trị | Từ | Đến | Căn cứ | Cờ | Ghi chú |",
                "|---|---|---|---|---|---|---|---|",
            ]
        lines += _rows(parameter)
    return "\n".join(lines) + "\n"
