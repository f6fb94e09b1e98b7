"""The list handed to the police as an Excel file to fill in, and what a filled one says.

The file is an office's paper: in Vietnamese whoever makes it. ``interop`` opens a file safely; here
is what its cells mean.
"""

import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tuoitho.lib.official_text import vn_date
from tuoitho.lib.text import fold
from tuoitho.people.actions.numbers import Answer, take_answer
from tuoitho.people.cells import Cell, is_broken, number, text
from tuoitho.people.models import NumberCheck, NumberList
from tuoitho.people.states import NumberResult, NumberTrouble
from tuoitho.ui.export import INVENTED

KEY, NAME, RESULT, NUMBER, NOTE = "Mã dòng", "Họ và tên", "Kết quả", "Số đúng", "Ghi chú"
HEAD = (KEY, NAME, "Ngày sinh", "Giới", "Số trong sổ", "Cần đối chiếu vì", RESULT, NUMBER, NOTE)
WIDTHS = (14, 28, 12, 7, 16, 30, 40, 18, 30)
GIVEN = (RESULT, NUMBER, NOTE)  # what the police fill in; the rest is locked
HEAD_LINE = 3
HEADER_WITHIN = 15
LONGEST_NOTE = 300
GUIDE = (
    "Chỉ ghi vào ba cột cuối. Ghi “Số đúng” thì không cần chọn kết quả. Không sửa cột “Mã dòng”."
)
_KEY = re.compile(r"DC-0*(\d{1,18})/(\d{1,9})", re.ASCII)
# As the paper asks it, and as people write it, folded.
_WORDS = {
    "dung": NumberResult.RIGHT, "so dung la": NumberResult.NUMBER,
    "chua cap": NumberResult.NOT_ISSUED, "chua duoc cap": NumberResult.NOT_ISSUED,
    "khong tim thay": NumberResult.NOT_FOUND,
    "khong co trong co so du lieu": NumberResult.NOT_FOUND,
}  # fmt: skip


def number_sheet(row: NumberList) -> io.BytesIO:
    """The .xlsx, rewound: a line a child with its key, and three columns left open."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    font = {"font_name": "Arial", "font_size": 11, "text_wrap": True, "valign": "top"}
    head = book.add_format({**font, "bold": True, "bg_color": "#E8F0FA", "bottom": 1})
    shut = book.add_format({**font, "num_format": "@"})
    told = book.add_format({**font, "num_format": "@", "locked": False, "bg_color": "#FFFBE6"})
    bold = book.add_format({"font_name": "Arial", "bold": True})
    sheet = book.add_worksheet("Đối chiếu")
    with override("vi"):
        sheet.write_string(0, 0, f"Danh sách {row} đối chiếu số định danh, {row.unit}", bold)
        sheet.write_string(1, 0, GUIDE)
        if settings.DEMO_BANNER:
            sheet.write_string(2, 0, str(INVENTED), bold)
        for place, (heading, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(HEAD_LINE, place, heading, head)
        line = HEAD_LINE
        for line, check in enumerate(row.checks.with_children(), start=HEAD_LINE + 1):
            for place, cell in enumerate(_cells(row, check)):
                sheet.write_string(line, place, cell, told if HEAD[place] in GIVEN else shut)
        results = [str(result.label) for result in NumberResult]
    place = HEAD.index(RESULT)
    sheet.data_validation(HEAD_LINE + 1, place, line, place, {"validate": "list", "source": results,
                          "error_type": "warning"})  # fmt: skip
    sheet.freeze_panes(HEAD_LINE + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    target.seek(0)
    return target


def _cells(row: NumberList, check: NumberCheck) -> list[str]:
    child = check.known
    known = [""] * 3
    if child is not None:
        born = vn_date(child.birth_date) if child.birth_date else ""
        known = [born, str(child.get_sex_display()), child.national_id]
    trouble, result = NumberTrouble(check.trouble).label, check.get_result_display()
    return [f"{row}/{check.place}", check.who, *known, str(trouble), str(result), check.number,
            check.note]  # fmt: skip


@dataclass
class ReadLine:
    """A line of the file: which line of the list it is, what it answers, all that is wrong."""

    line: int
    name: str
    check: NumberCheck | None = None
    answer: Answer = field(default_factory=lambda: Answer(""))
    problems: list[str] = field(default_factory=list)
    is_new: bool = False

    @property
    def is_blank(self) -> bool:
        """The police have not answered it."""
        return self.answer == Answer("")

    @property
    def fate(self) -> str | Promise:
        """What reading it would do."""
        if self.problems:
            return gettext_lazy("Có lỗi, không ghi")
        if self.is_blank:
            return gettext_lazy("Chưa trả lời")
        return gettext_lazy("Sẽ ghi") if self.is_new else gettext_lazy("Đã có, không đổi")

    @property
    def colour(self) -> str:
        if self.problems:
            return "red"
        return "green" if self.is_new else "secondary"

    @property
    def result_words(self) -> str:
        known = self.answer.result in NumberResult.values
        return str(NumberResult(self.answer.result).label) if known else self.answer.result


def answers_in(
    row: NumberList, rows: Sequence[Sequence[Cell]], formulas: Collection[tuple[int, int]]
) -> list[ReadLine] | None:
    """What a sheet says of the lines of the list, nothing written; None when it is not such a
    sheet. ``formulas``: places (from 0) of cells that hold one."""
    first, places = _header(rows)
    if not places:
        return None
    checks = {check.place: check for check in row.checks.with_children()}
    found: list[ReadLine] = []
    for line, cells in enumerate(rows[first:], start=first):
        said = {name: cells[place] for name, place in places.items() if place < len(cells)}
        if any(text(said.get(name)) for name in (KEY, *GIVEN)):
            wrong = [name for name, place in places.items() if (line, place) in formulas]
            found.append(_read(row, line + 1, said, checks, wrong))
    return found


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]]:
    """The row below the headings, and which column stands where; none when there are none."""
    for below, cells in enumerate(rows[:HEADER_WITHIN], start=1):
        headings = [fold(text(cell)) for cell in cells]
        places = {name: headings.index(fold(name)) for name in HEAD if fold(name) in headings}
        if {KEY, RESULT, NUMBER} <= set(places):
            return below, places
    return 0, {}


def _read(
    row: NumberList, line: int, said: Mapping[str, Cell], checks: dict[int, NumberCheck],
    wrong: list[str],
) -> ReadLine:  # fmt: skip
    """One line. A line of the list is taken out of ``checks``, so that it is answered once."""
    read = ReadLine(line, text(said.get(NAME)))
    for name in (KEY, *GIVEN):
        if name in wrong or is_broken(said.get(name)):
            read.problems.append(_("Ô “%(name)s” là công thức.") % {"name": name})
    if read.problems:
        return read
    try:
        read.check = _line_of(row, text(said.get(KEY)), checks)
        read.answer = _answer(said)
        if read.is_blank:
            return read
        _check_name(read)
        read.is_new = take_answer(read.check, read.answer)
    except ValidationError as error:
        read.problems += error.messages
    return read


def _line_of(row: NumberList, key: str, checks: dict[int, NumberCheck]) -> NumberCheck:
    match = _KEY.fullmatch(key)
    if not match:
        raise ValidationError(_("Không hiểu mã dòng “%(key)s”.") % {"key": key[:40]})
    if int(match[1]) != row.pk:
        raise ValidationError(_("Dòng này của danh sách khác (%(key)s).") % {"key": key})
    check = checks.pop(int(match[2]), None)
    if check is None:
        raise ValidationError(_("Mã dòng %(key)s không có hoặc đã ở dòng trên.") % {"key": key})
    return check


def _answer(said: Mapping[str, Any]) -> Answer:
    typed, note = text(said.get(RESULT)), text(said.get(NOTE))
    digits = number(said.get(NUMBER)).lstrip("'‘’` ")
    if len(note) > LONGEST_NOTE:
        raise ValidationError(_("Ghi chú dài quá %(n)s chữ.") % {"n": LONGEST_NOTE})
    if note and not typed and not digits:
        raise ValidationError(_("Có ghi chú mà chưa có kết quả."))
    if digits and not typed:
        return Answer(NumberResult.NUMBER.value, digits, note)
    result = _results().get(fold(typed).strip(" ."))
    if typed and result is None:
        raise ValidationError(_("Không hiểu kết quả “%(typed)s”.") % {"typed": typed[:60]})
    return Answer(result or "", digits, note)


def _results() -> dict[str, str]:
    known = {words: result.value for words, result in _WORDS.items()}
    for language in ("vi", "en"):
        with override(language):
            known |= {fold(str(result.label)): result.value for result in NumberResult}
    return known


def _check_name(read: ReadLine) -> None:
    """Sorting a part of the columns would give one child's number to another."""
    if read.check is None or read.check.known is None or not read.name:
        return
    if fold(read.name) != fold(read.check.who):
        raise ValidationError(
            _("Mã dòng này là của %(name)s; các cột có bị xếp lại không?")
            % {"name": read.check.who}
        )
