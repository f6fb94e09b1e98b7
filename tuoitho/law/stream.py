"""The command `tuoitho law`: JSON lines in, JSON lines out; and the law shown to people."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TextIO

from tuoitho.law import cases, docs, parameters
from tuoitho.law.assess import assess
from tuoitho.law.reading import FactsError, read_facts, read_id

Out = TextIO


def main(argv: Sequence[str] | None = None, stdin: Any = None, stdout: Out | None = None) -> int:
    """Run one sub-command; returns the exit code (assess: 1 when a line could not be read).

    stdin may be a text stream, a byte stream or any iterable of lines.
    """
    options = _parser().parse_args(sys.argv[1:] if argv is None else list(argv))
    own = stdout is None
    out = _utf8_stdout() if stdout is None else stdout
    try:
        code = _run(options, stdin, out)
        out.flush()
    except BrokenPipeError:
        return 1
    except parameters.LawDataError as error:
        out.write(f"{error}\n")
        return 2
    finally:
        if own and isinstance(out, io.TextIOWrapper) and out is not sys.stdout:
            out.detach()
    return code


def _run(options: argparse.Namespace, stdin: Any, out: Out) -> int:
    if options.command == "assess":
        return assess_lines(_lines(sys.stdin if stdin is None else stdin), out)
    if options.command == "show":
        return docs.show(options.on or _today(), out)
    if options.command == "docs":
        out.write(docs.markdown())
        return 0
    return cases.run(out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tuoitho law", description="Luật lao động trẻ em")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("assess", help="JSON từng dòng vào, kết luận từng dòng ra")
    show = commands.add_parser("show", help="các quy định có hiệu lực, kèm điều khoản")
    show.add_argument("--on", type=date.fromisoformat, help="ngày YYYY-MM-DD (mặc định hôm nay)")
    commands.add_parser("cases", help="chạy các tình huống mẫu và in bảng")
    commands.add_parser("docs", help="in docs/law.md từ dữ liệu")
    return parser


def _utf8_stdout() -> Out:
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        return sys.stdout
    sys.stdout.flush()
    return io.TextIOWrapper(buffer, encoding="utf-8", newline="\n", write_through=False)


def _lines(stdin: Any) -> Iterable[bytes | str]:
    """Raw lines: bytes where the stream has them, so that bad UTF-8 is one bad line."""
    return getattr(stdin, "buffer", stdin) or ()


def _today() -> date:
    """The latest calendar day anywhere: Vietnam is ahead of a server's clock in UTC."""
    return (datetime.now(tz=UTC) + timedelta(hours=14)).date()


def assess_lines(lines: Iterable[bytes | str], out: Out) -> int:
    """One JSON line for each non-blank line. Returns 1 when any could not be read, else 0."""
    law = parameters.current()
    newest = max(_today(), *(p.checked for p in law.parameters.values()))
    failed = False
    for number, line in enumerate(lines):
        text = _decode(line, first=number == 0)
        if text is not None and not text.strip():
            continue
        answer = _answer(text, newest, law)
        failed = failed or "error" in answer
        out.write(json.dumps(answer, ensure_ascii=False, allow_nan=False) + "\n")
        out.flush()  # who writes one line and waits for its answer gets it
    return int(failed)


def _decode(line: bytes | str, *, first: bool) -> str | None:
    if isinstance(line, bytes):
        try:
            line = line.decode("utf-8")
        except UnicodeDecodeError:
            return None
    return line.removeprefix("\ufeff") if first else line


def _answer(text: str | None, newest: date, law: parameters.Law) -> dict[str, Any]:
    if text is None:
        return {"id": None, "error": "Dòng không phải UTF-8"}
    try:
        raw = json.loads(text, parse_constant=_not_a_number)
    except FactsError as error:
        return {"id": None, "error": str(error)}
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"Không phải JSON: {str(error)[:120]}"}
    identity = read_id(raw.get("id")) if isinstance(raw, dict) else None
    if isinstance(identity, str) and not _printable(identity):
        return {"id": None, "error": "id: chứa ký tự không hợp lệ"}
    try:
        return assess(read_facts(raw, today=newest, law=law), law).to_json()
    except FactsError as error:
        return {"id": identity, "error": _clean(str(error))}
    except RecursionError:  # showing a value nested almost as deep as JSON may be
        return {"id": identity, "error": "Giá trị lồng nhau quá sâu"}


def _not_a_number(name: str) -> float:
    raise FactsError(f"Không phải JSON: {name} không phải là số")


def _printable(text: str) -> bool:
    """Whether the text can be written as UTF-8 (a lone surrogate cannot)."""
    return text.isascii() or text == _clean(text)


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
