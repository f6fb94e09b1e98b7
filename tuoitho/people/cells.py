"""What a cell of a spreadsheet means: dates, ages, numbers with lost zeros, words for yes.

A cell is text, a number, or a date already written as yyyy-mm-dd. Each function returns the value
or raises ValidationError with one Vietnamese sentence; an empty cell gives None or "".
"""

import re
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.lib.text import fold, remembered, tidy
from tuoitho.people.states import Group, Poverty, SchoolStatus, Sex
from tuoitho.ui.fields import parse_day

EXCEL_DAY_0 = date(1899, 12, 30)  # Excel's serial 1 is 01/01/1900, with its 29/02/1900
SERIALS = range(14_611, 73_051)  # 01/01/1940 to 31/12/2099
_BROKEN = re.compile(r"\s*(?:=|#(?:FORMULA|REF|N/?A|NAME|VALUE|DIV/?0|NUM|NULL|SPILL|CALC))", re.I)
_SPOKEN = re.compile(r"(?:sinh )?(?:ngay )?(\d{1,2}) thang (\d{1,2}),? nam (\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?(?: ?(?:AM|SA))?\Z", re.ASCII)
_MONTH_NAME = re.compile(r"(\d{1,2})[ \-/]([A-Za-z]{3})[a-z]*[ \-/](\d{4})", re.ASCII)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SMALL = re.compile(r"[a-z]")
_ONLY_YEAR = re.compile(r"(?:nam )?[\s0?x\-_/.…]*(?<!\d)((?:19|20)\d\d)", re.ASCII)
_AGES = re.compile(r"(?:khoang )?(\d{1,2})(?:\s*(?:-|–|den)\s*(\d{1,2}))?(?: tuoi)?", re.ASCII)
_POINT = re.compile(r"(?:10[.,]1[.,])?([a-zđ])\)?", re.ASCII | re.IGNORECASE)

Cell = Any

SEXES = {
    "nam": Sex.MALE, "trai": Sex.MALE, "m": Sex.MALE, "male": Sex.MALE,
    "nu": Sex.FEMALE, "gai": Sex.FEMALE, "f": Sex.FEMALE, "female": Sex.FEMALE,
    "": Sex.UNKNOWN, "chua ro": Sex.UNKNOWN, "khong ro": Sex.UNKNOWN,
}  # fmt: skip
MARKS = {"x", "v", "1", "co"}
POVERTIES = {
    "ngheo": Poverty.POOR, "ho ngheo": Poverty.POOR,
    "can ngheo": Poverty.NEAR_POOR, "ho can ngheo": Poverty.NEAR_POOR,
    "khong": Poverty.NONE, "khong ngheo": Poverty.NONE, "binh thuong": Poverty.NONE,
    "khac": Poverty.NONE,
}  # fmt: skip
SCHOOLINGS = {
    "dang hoc": SchoolStatus.ATTENDING, "co": SchoolStatus.ATTENDING, "x": SchoolStatus.ATTENDING,
    "di hoc": SchoolStatus.ATTENDING,
    "bo hoc": SchoolStatus.DROPPED_OUT, "da bo hoc": SchoolStatus.DROPPED_OUT,
    "nghi hoc": SchoolStatus.DROPPED_OUT, "khong": SchoolStatus.DROPPED_OUT,
    "hoc nghe": SchoolStatus.VOCATIONAL, "dang hoc nghe": SchoolStatus.VOCATIONAL,
    "hoc xong": SchoolStatus.COMPLETED, "da hoc xong": SchoolStatus.COMPLETED,
    "tot nghiep": SchoolStatus.COMPLETED,
}  # fmt: skip


def text(cell: Cell) -> str:
    """The cell as tidy text; 12.0 is "12"."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else tidy(str(cell))


def is_blank(cell: Cell) -> bool:
    """Whether its ``text`` is empty."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_broken(cell: Cell) -> bool:
    """A formula typed as text, or what a spreadsheet shows where a formula failed."""
    return isinstance(cell, str) and _BROKEN.match(cell) is not None


def name(cell: Cell) -> str:
    """A person's name; one typed in capitals only is written as names are: "Nguyễn Thị Hà".

    Old capital fonts keep marked letters small ("NGUYễN"), so the plain letters decide.
    """
    typed = text(cell)
    return capitalised(typed) if in_capitals(typed) else typed


def in_capitals(typed: str) -> bool:
    """Whether a name of several letters shows no small plain letter."""
    if _SMALL.search(typed):
        return False
    plain = [c for c in typed if c.isascii() and c.isalpha()]
    return len(plain) > 1 and all(c.isupper() for c in plain) and not is_broken(typed)


def capitalised(typed: str) -> str:
    """Each word with one capital."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in typed.split())


def _serial(cell: Cell) -> date | None:
    """The date behind a bare number, as Excel stores dates."""
    typed = text(cell)
    if isinstance(cell, float) or (typed.isascii() and typed.isdigit() and len(typed) == 5):
        try:
            days = int(float(cell))
        except (ValueError, OverflowError):  # not a number, or an endless one
            return None
        return EXCEL_DAY_0 + timedelta(days) if days in SERIALS else None
    return None


def day(cell: Cell) -> date | None:
    """A day: dd/mm/yyyy and its kin, yyyy-mm-dd, yyyy/mm/dd, "ngày 5 tháng 3 năm 2014",
    05-Mar-2014, or Excel's own number."""
    # An apostrophe is how Excel is told that a date is text; a date cell carries midnight with it.
    typed = _MIDNIGHT.sub("", text(cell).lstrip("'‘’` "))
    if not typed:
        return None
    return _serial(cell) or parse_day(_with_signs(typed))


def _with_signs(typed: str) -> str:
    """A date in words or with the year first, as the screens would have it typed."""
    if match := _SPOKEN.fullmatch(fold(typed)):
        return "/".join(match.groups())
    if match := _YEAR_FIRST.fullmatch(typed):
        return "-".join(match.groups())
    if (match := _MONTH_NAME.fullmatch(typed)) and match[2].lower() in _MONTHS:
        return f"{match[1]}/{_MONTHS.index(match[2].lower()) + 1}/{match[3]}"
    return typed


def birth(cell: Cell) -> tuple[date | None, int | None]:
    """A birth date, or only the year of birth ("2014", "--/--/2014"), as (day, None) or
    (None, year)."""
    return _birth_typed(cell) if isinstance(cell, str) else _birth(cell)


def _birth(cell: Cell) -> tuple[date | None, int | None]:
    match = _ONLY_YEAR.fullmatch(fold(text(cell).lstrip("'‘’` ")))
    return (None, int(match[1])) if match else (day(cell), None)


_birth_typed = remembered(_birth)


def birth_or_mark(cell: Cell) -> tuple[date | None, int | None] | None:
    """What stands in a column of one sex: a birth as ``birth`` reads it, (None, None) for a mere
    mark, None when empty."""
    typed = fold(text(cell))
    if not typed:
        return None
    return (None, None) if typed in MARKS else birth(cell)


def ages(cell: Cell) -> tuple[int, int] | None:
    """ "13", "12-14", "khoảng 13 tuổi" as lowest and highest age."""
    typed = text(cell)
    if not typed:
        return None
    match = _AGES.fullmatch(fold(typed))
    if not match:
        raise ValidationError(_("Tuổi viết dạng 13 hoặc 12-14."))
    return int(match[1]), int(match[2] or match[1])


def _word(cell: Cell, known: dict[str, Any], message: Promise) -> Any:
    typed = fold(text(cell)).strip(" .")
    if typed not in known:
        raise ValidationError(message % {"typed": text(cell)})
    return known[typed].value


_SEX = gettext_lazy("Giới tính ghi Nam hoặc Nữ, không hiểu “%(typed)s”.")
_POVERTY = gettext_lazy("Ghi Nghèo, Cận nghèo hoặc Không; không hiểu “%(typed)s”.")
_SCHOOLING = gettext_lazy("Ghi Đang học, Bỏ học, Học nghề hoặc Học xong; không hiểu “%(typed)s”.")


def sex(cell: Cell) -> str:
    """Nam, Nữ, or nothing."""
    return str(_word(cell, SEXES, _SEX))


def poverty(cell: Cell) -> str:
    """Nghèo, Cận nghèo, Không; "" when empty."""
    return str(_word(cell, POVERTIES, _POVERTY)) if text(cell) else ""


def schooling(cell: Cell) -> str:
    """Đang học, Bỏ học, Học nghề, Học xong; "" when empty."""
    return str(_word(cell, SCHOOLINGS, _SCHOOLING)) if text(cell) else ""


def group(cell: Cell) -> str:
    """A point of Luật Trẻ em Đ10.1: "h", "h)", "10.1.h"; "" when empty. d and đ differ."""
    typed = text(cell).casefold()
    if not typed:
        return ""
    match = _POINT.fullmatch(typed)
    code = f"10.1.{match[1]}" if match else ""
    if code not in Group.values:
        raise ValidationError(
            _("Ghi một điểm của Luật Trẻ em Đ10.1 (a, b, c, d, đ, e, g, h, i, k, l, m, n, o).")
        )
    return code


def number(cell: Cell) -> str:
    """An identity number; a spreadsheet that took it for a number has eaten its zeros."""
    typed = text(cell)
    if isinstance(cell, int | float) and 9 <= len(typed) <= 11:
        return typed.zfill(12)
    return typed


def phone(cell: Cell) -> str:
    """A phone number, its leading zero given back."""
    typed = text(cell)
    if isinstance(cell, int | float) and len(typed) in (9, 10) and not typed.startswith("0"):
        return "0" + typed
    return typed


def whole(cell: Cell) -> int | None:
    """A whole number below 10,000, also in "lớp 7" or "7A2" (a class)."""
    typed = text(cell)
    if not typed:
        return None
    match = re.search(r"(?<!\d)(\d{1,4})(?!\d)", typed, re.ASCII)
    if not match:
        raise ValidationError(_("Cần một số, không hiểu “%(typed)s”.") % {"typed": typed})
    return int(match[1])
