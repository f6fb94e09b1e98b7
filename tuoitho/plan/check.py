"""Whether a plan file is right, said with the line, the fault and what to do; and what changed.

No Django: an office can check its file before anybody loads it
(``python -m tuoitho.plan.check plans/365-kh-ubnd-2021.yaml``).
"""

import re
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TextIO

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tuoitho.plan import schema
from tuoitho.plan.schema import Plan
from tuoitho.plan.yaml_lines import Document, Loc, Problem, Unreadable, dotted, read

_FIELDS = sorted(
    {
        name
        for model in vars(schema).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name in model.model_fields
    }
)

_TYPES = {
    # kind of error: (what it must be, what to do)
    "string_type": ("phải là chữ", 'đặt giá trị trong ngoặc kép, ví dụ "1.1"'),
    "string_too_short": ("không được để trống", "ghi nội dung"),
    "int_type": ("phải là số nguyên", "ghi số nguyên, không có ngoặc kép"),
    "float_type": ("phải là số", "ghi số, không có ngoặc kép và dấu %"),
    "bool_type": ("phải là true hoặc false", "ghi true (có) hoặc false (không)"),
    "date_type": ("phải là một ngày có thật", "ghi năm-tháng-ngày, ví dụ 2021-10-18"),
    "tuple_type": ("phải là danh sách", "ghi mỗi dòng một mục bắt đầu bằng '- ', hoặc [a, b]"),
    "dict_type": ("phải là các cặp năm: ngưỡng", "ghi ví dụ {2025: 90}"),
    "model_type": ("phải là các mục 'tên: nội dung'", "ghi từng trường trên một dòng 'tên: …'"),
    "too_short": ("phải có ít nhất một mục", "thêm một mục"),
    "finite_number": ("phải là số hữu hạn", "ghi một số cụ thể"),
}  # fmt: skip

_PATTERNS = {
    # field: what its text looks like
    "before": ('ngày dạng "tháng-ngày"', 'ghi ví dụ before: "11-25"'),
    "served_by": ("một việc dạng 'phân hệ:việc'",
                  f"dùng một phân hệ: {', '.join(schema.ROOMS)}; ví dụ activities:campaign"),
    "area_code": ("mã địa bàn gồm 2 đến 5 chữ số", 'ghi trong ngoặc kép, ví dụ "020"'),
    "phone": ("số điện thoại", 'chỉ ghi chữ số, dấu chấm và dấu cách, ví dụ "111"'),
    "part": ("chữ thường không dấu, nối bằng '_'", "ghi ví dụ staff hoặc cooperative_household"),
}  # fmt: skip


class PlanError(ValueError):
    """A plan file with faults; ``problems`` has them all."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        super().__init__("\n".join(_lines(path, problems)))
        self.problems = problems


def load(path: Path | str) -> Plan:
    """The plan in a YAML file. Raises PlanError, which names every fault with its line."""
    path = Path(path)
    try:
        return _plan(read(path))
    except Unreadable as error:
        raise PlanError(path, list(error.problems)) from error


def check(path: Path | str) -> list[Problem]:
    """The faults of a plan file in the order of its lines; empty when it is right."""
    try:
        load(path)
    except PlanError as error:
        return error.problems
    return []


def main_check(path: Path | str, out: TextIO) -> int:
    """Write the faults, or one line of counts, to ``out``. 0 when the file is right, else 1."""
    try:
        plan = load(path)
    except PlanError as error:
        out.write(f"{error}\n{len(error.problems)} lỗi. Chưa dùng được tệp này.\n")
        return 1
    parts = sum(1 for _ in plan.parts())
    out.write(
        f"{path}: đúng. Kế hoạch {plan.header.number}: {len(plan.objectives)} mục tiêu, "
        f"{len(plan.targets)} chỉ tiêu, {parts} phần chỉ tiêu, {len(plan.tasks)} nhiệm vụ.\n"
    )
    return 0


def _lines(path: Path, problems: list[Problem]) -> Iterator[str]:
    for problem in problems:
        yield f"{path}:{problem.line}: {problem}" if problem.line else f"{path}: {problem}"


def _plan(document: Document) -> Plan:
    """Raises Unreadable with the faults that the schema finds."""
    try:
        return Plan.model_validate(document.data)
    except ValidationError as error:
        problems = [p for e in error.errors(include_url=False) for p in _problems(e, document)]
        problems.sort(key=lambda problem: problem.line)
        raise Unreadable(*dict.fromkeys(problems)) from error


def _problems(error: ErrorDetails, document: Document) -> Iterator[Problem]:
    if error["type"] == "plan_rows":
        for finding in error["ctx"]["findings"]:
            at = document.line(finding.loc)
            yield Problem(at, dotted(finding.loc), finding.message, finding.remedy)
        return
    if error["type"] == "too_short" and error["input"]:
        return  # its rows are there but wrong, and each is named by itself
    loc = tuple(step for step in error["loc"] if step != "[key]")
    message, remedy = _explain(error, loc)
    yield Problem(document.line(loc), dotted(loc), message, remedy)


def _explain(error: ErrorDetails, loc: Loc) -> tuple[str, str]:
    """What is wrong and what to do, for an error of pydantic at ``loc``."""
    kind, context, name = error["type"], error.get("ctx", {}), str(loc[-1])
    if kind == "missing":
        return f"thiếu trường {name!r}", f"thêm dòng '{name}: …' vào mục này"
    if kind == "extra_forbidden":
        close = get_close_matches(name, _FIELDS, 1)
        return f"không có trường nào tên {name!r}", (
            f"có phải ý là {close[0]!r}? sửa tên hoặc bỏ dòng" if close else "bỏ dòng này"
        )
    if error["loc"][-1] == "[key]":
        return "năm phải là số nguyên từ 2000 đến 2100", "ghi năm không có ngoặc kép, ví dụ 2025"
    if "thresholds" in loc[:-1]:
        return "phải là số từ 0 đến 100", _percent_remedy(error["input"])
    if kind in ("enum", "literal_error"):
        return (f"{error['input']!r} không phải giá trị được phép",
                f"dùng {str(context.get('expected', '')).replace(' or ', ' hoặc ')}")  # fmt: skip
    if kind == "string_pattern_mismatch":
        return _pattern(error, loc)
    if kind in ("greater_than_equal", "less_than_equal"):
        word = "nhỏ hơn" if kind.startswith("less") else "lớn hơn"
        bound = context.get("ge", context.get("le"))
        return f"phải bằng hoặc {word} {bound}", f"sửa {error['input']!r} cho đúng khoảng"
    return _TYPES.get(
        kind, (f"giá trị {error['input']!r} không dùng được ở đây", "sửa lại giá trị này")
    )


def _percent_remedy(given: object) -> str:
    number = re.search(r"\d+(?:[.,]\d+)?", str(given))
    if isinstance(given, str) and number and float(number[0].replace(",", ".")) <= 100:
        return f"sửa thành {number[0].replace(',', '.')} (không ngoặc kép, không dấu %)"
    return "sửa thành số phần trăm, ví dụ 90"


def _pattern(error: ErrorDetails, loc: Loc) -> tuple[str, str]:
    field = next((str(step) for step in reversed(loc) if step in _PATTERNS), "")
    if field:
        what, remedy = _PATTERNS[field]
        return f"phải là {what}", remedy
    if not str(error["input"]).strip():
        return _TYPES["string_too_short"]
    return f"{error['input']!r} không phải một mã", (
        "mã chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch nối và gạch dưới"
    )


# --- what changed between two plans ---------------------------------------------------------------

_LABELS = {
    "header": "phần đầu", "corrections": "đính chính", "offices": "cơ quan",
    "objectives": "mục tiêu", "threshold_rule": "quy tắc ngưỡng", "targets": "chỉ tiêu",
    "parts": "phần", "outlook": "định hướng", "groups": "mục", "tasks": "nhiệm vụ",
    "annual_report": "báo cáo hằng năm", "models": "mô hình", "products": "sản phẩm truyền thông",
    "contacts": "liên hệ", "budget": "kinh phí", "sources": "nguồn", "steps": "bước",
    "thresholds": "ngưỡng", "owners": "cơ quan chịu trách nhiệm", "partners": "cơ quan phối hợp",
    "title": "tên", "name": "tên", "short_title": "tên ngắn", "short_name": "tên ngắn",
    "text": "nội dung", "note": "ghi chú", "before": "hạn (trước ngày)", "kind": "loại",
    "recurrence": "định kỳ", "served_by": "nơi thực hiện", "numerator": "tử số",
    "denominator": "mẫu số", "direction": "chiều", "indicator": "chỉ số", "paragraph": "đoạn",
    "receiver": "nơi nhận báo cáo", "reporters": "đơn vị báo cáo", "recipients": "nơi nhận",
    "reminders_days": "số ngày nhắc trước", "legal_bases": "căn cứ", "number": "số",
    "date": "ngày", "signer": "người ký", "issuer": "cơ quan ban hành",
}  # fmt: skip


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What changed from ``old`` to ``new``, two dumps of plans (``plan.model_dump()``), in lines.

    Rows are matched by their codes, so moving a row in the file is no change.
    """
    return list(_changes("", old, new))


def _changes(where: str, old: object, new: object) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        before = {str(key): value for key, value in old.items()}
        after = {str(key): value for key, value in new.items()}
        yield from _compared(where, before, after, "")
        return
    before_rows, after_rows = _rows(old), _rows(new)
    if before_rows is not None and after_rows is not None:
        yield from _compared(where, before_rows, after_rows, " ")
    elif _said(old) != _said(new):
        yield f"Sửa {where}: {_said(old)} → {_said(new)}"


def _compared(where: str, old: dict[str, Any], new: dict[str, Any], joint: str) -> Iterator[str]:
    """Compare by key; ``joint`` is a space between a list's name and the code of its row."""
    for key in dict.fromkeys([*old, *new]):
        label = key if joint else _LABELS.get(key, key)
        here = f"{where}{joint or ' › '}{label}" if where else label
        if key not in new:
            yield f"Bỏ {here}: {_said(old[key])}"
        elif key not in old:
            yield f"Thêm {here}: {_said(new[key])}"
        else:
            yield from _changes(here, old[key], new[key])


def _rows(value: object) -> dict[str, Any] | None:
    """A list of rows by code (a part of a target by its indicator); None for anything else."""
    if not isinstance(value, list | tuple) or not all(isinstance(row, dict) for row in value):
        return None
    names = ("code", "indicator", "number", "term", "wrong")
    return {
        str(next((row[name] for name in names if name in row), position)): row
        for position, row in enumerate(value)
    }


def _said(value: object) -> str:
    """A value in a few words."""
    if isinstance(value, dict):
        named = next((value[k] for k in ("title", "name", "text", "meaning") if k in value), None)
        return _said(named) if named else ", ".join(f"{k}: {_said(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_said(item) for item in value) or "(trống)"
    if isinstance(value, float):
        return f"{value:g}"
    return "(trống)" if value is None or value == "" else str(value)


if __name__ == "__main__":
    sys.exit(max((main_check(given, sys.stdout) for given in sys.argv[1:]), default=2))
