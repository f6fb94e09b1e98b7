"""Reading YAML so that every value can be traced to its line, and every fault said in Vietnamese.

Stricter than YAML itself: a key written twice, an alias or a second document is a fault, because in
a file that an office edits by hand each of them hides a mistake.
"""

import unicodedata
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

Loc = tuple[str | int, ...]

_SYNTAX = (
    # what PyYAML says; what is wrong; what to do
    ("'\\t'", "có dấu tab", "thụt dòng bằng dấu cách, không dùng phím Tab"),
    ("mapping values are not allowed", "dấu hai chấm đặt sai chỗ hoặc dòng thụt lệch",
     "đặt lời văn có dấu ': ' trong ngoặc kép, và so lại thụt dòng với dòng trên"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên trường",
     "viết dạng 'tên: giá trị', có một dấu cách sau dấu hai chấm"),
    ("expected <block end>", "dòng thụt lệch so với các dòng cùng cấp",
     "cho các dòng cùng cấp thụt vào bằng nhau"),
    ("unindent does not match", "dòng thụt lệch so với các dòng cùng cấp",
     "cho các dòng cùng cấp thụt vào bằng nhau"),
    ("while scanning a quoted scalar", "ngoặc kép mở mà không đóng", "thêm dấu ngoặc kép đóng"),
    ("unexpected end of stream", "ngoặc kép mở mà không đóng", "thêm dấu ngoặc kép đóng"),
    ("expected ',' or ']'", "danh sách trong ngoặc vuông chưa đóng", "thêm dấu phẩy hoặc dấu ]"),
    ("expected ',' or '}'", "nhóm trong ngoặc nhọn chưa đóng", "thêm dấu phẩy hoặc dấu }"),
    ("expected a single document", "tệp có nhiều hơn một văn bản YAML", "bỏ dòng '---' ở giữa tệp"),
    ("found duplicate anchor", "dùng neo (&) của YAML", "chép lại nội dung, không dùng & và *"),
    ("could not determine a constructor", "dùng thẻ (!) của YAML", "bỏ thẻ, chỉ viết giá trị"),
    ("alias", "dùng bí danh (*) của YAML", "chép lại nội dung, không dùng & và *"),
    ("cannot start any token", "có ký tự đặc biệt ở đầu giá trị", "đặt giá trị trong ngoặc kép"),
)  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """One fault of a plan file: where it is, what is wrong, what to do about it."""

    line: int
    path: str
    message: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{where}{self.message} → {self.remedy}"


class Unreadable(Exception):  # noqa: N818 - it names what the file is, and always carries problems
    """The file cannot be read as data at all."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "alias", mark)
        return super().compose_node(parent, index)

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError:
            # 2021-02-30 looks like a date and is none: leave the text for the schema to refuse.
            return node.value


@dataclass(frozen=True)
class Document:
    """What a file says and where: ``data`` is plain Python, ``root`` knows the lines."""

    data: object
    root: Node

    def line(self, loc: Loc) -> int:
        """The line of what ``loc`` names, or of the nearest thing around it that exists."""
        node, line = self.root, _line(self.root)
        for step in loc:
            found = next((pair for pair in _children(node) if pair[0] == step), None)
            if found is None:
                break
            _, line, node = found
        return line


def read(path: Path) -> Document:
    """The data of a YAML file. Raises Unreadable with a line for each fault."""
    text = _text(path)
    problems = [
        Problem(n, "", "chữ có dấu viết ở dạng tổ hợp (không phải Unicode dựng sẵn)",
                "chuyển tệp sang Unicode dựng sẵn (NFC), ví dụ bằng công cụ chuyển mã của Unikey")
        for n, line in enumerate(text.split("\n"), 1)
        if not unicodedata.is_normalized("NFC", line)
    ]  # fmt: skip
    if problems:
        raise Unreadable(*problems)
    try:
        document = _parse(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable(Problem(line, "", "có ký tự điều khiển không đọc được",
                                 "xóa ký tự lạ ở dòng này")) from error  # fmt: skip
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_syntax_problem(error)) from error
    except RecursionError as error:
        raise Unreadable(Problem(1, "", "lồng quá nhiều cấp", "viết lại gọn hơn")) from error
    if doubled := list(_doubled(document.root, ())):
        raise Unreadable(*doubled)
    return document


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(Problem(0, "", "không có tệp này", "kiểm tra lại đường dẫn")) from error
    except IsADirectoryError as error:
        raise Unreadable(
            Problem(0, "", "đây là thư mục", "chỉ tới một tệp .yaml trong thư mục")
        ) from error
    except OSError as error:
        raise Unreadable(
            Problem(0, "", f"không mở được tệp ({error.strerror})", "kiểm tra quyền đọc tệp")
        ) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Problem(1, "", "tệp lưu ở bảng mã UTF-16", "lưu lại với bảng mã UTF-8"))
    if b"\0" in raw or raw.startswith((b"PK\x03\x04", b"%PDF")):
        raise Unreadable(
            Problem(1, "", "đây là tệp nhị phân, không phải văn bản YAML",
                    "chọn tệp .yaml; tệp Word, Excel, PDF không dùng được ở đây")
        )  # fmt: skip
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            Problem(line, "", "tệp không ở bảng mã UTF-8", "lưu lại với bảng mã UTF-8")
        ) from error


def _parse(text: str) -> Document:
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise Unreadable(Problem(1, "", "tệp trống", "viết nội dung kế hoạch vào tệp"))
        if not isinstance(root, MappingNode):
            raise Unreadable(
                Problem(_line(root), "", "tệp phải gồm các mục 'tên: nội dung'",
                        "bắt đầu tệp bằng các mục header:, offices:, objectives:, …")
            )  # fmt: skip
        return Document(loader.construct_document(root), root)
    finally:
        loader.dispose()


def _syntax_problem(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}"
    line = mark.line + 1 if mark else 1
    # What was opened and never closed is found at the end of the file: name where it was opened.
    opened = ("quoted scalar", "flow sequence", "flow mapping")
    if error.context_mark and any(thing in said for thing in opened):
        line = error.context_mark.line + 1
    for key, message, remedy in _SYNTAX:
        if key in said:
            return Problem(line, "", f"sai cú pháp YAML: {message}", remedy)
    return Problem(line, "", "sai cú pháp YAML: có ký tự đặt sai chỗ",
                   "so với các dòng trên, hoặc đặt cả giá trị trong ngoặc kép")  # fmt: skip


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _key(node: Node) -> Hashable:
    """A key as the loader will see it: 2025 is a number, "2025" is not."""
    if not isinstance(node, ScalarNode):
        return None
    is_number = node.tag == "tag:yaml.org,2002:int" and node.value.isdecimal()
    return int(node.value) if is_number else str(node.value)


def _children(node: Node) -> Iterator[tuple[Hashable, int, Node]]:
    """(key or position, line, value) of what is directly in ``node``."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield _key(key), _line(key), value
    elif isinstance(node, SequenceNode):
        for position, value in enumerate(node.value):
            yield position, _line(value), value


def _doubled(node: Node, loc: Loc) -> Iterator[Problem]:
    first: dict[Hashable, int] = {}
    for key, line, value in _children(node):
        here = (*loc, key if isinstance(key, int) else str(key))
        if isinstance(node, MappingNode) and key in first:
            yield Problem(line, dotted(here), f"đã viết ở dòng {first[key]}, nay viết lần nữa",
                          "giữ một dòng, bỏ dòng kia")  # fmt: skip
        first.setdefault(key, line)
        yield from _doubled(value, here)


def dotted(loc: Loc) -> str:
    """("targets", 2, "thresholds", 2025) as people write it: targets[2].thresholds.2025."""
    text = ""
    for step in loc:
        # A year is a key, a small number a position in a list.
        is_position = isinstance(step, int) and step < 1000
        text += f"[{step}]" if is_position else f".{step}" if text else str(step)
    return text
