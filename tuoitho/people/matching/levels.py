"""What is compared between two children, and how near they can be: one table for all engines.

Each level says in SQL (read by DuckDB, translated for Spark) and in Python when two records stand
on it; the first that holds counts. A test holds the two against each other. What is not known on
either side counts neither way.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.people.matching.records import Record

Holds = Callable[[Record, Record], bool]


@dataclass(frozen=True)
class Level:
    """One degree of nearness. ``rarity``: a column whose rare values say more than common ones."""

    code: str
    words: str | Promise
    sql: str  # "" for what is left
    holds: Holds
    rarity: str = ""
    shared: tuple[str, int] | None = (
        None  # instead of ``sql``: a list column and how many in common
    )


@dataclass(frozen=True)
class Comparison:
    """One thing that is compared. ``unknown``: when it cannot be."""

    name: str
    unknown_sql: str
    unknown: Holds
    levels: tuple[Level, ...]

    def level(self, a: Record, b: Record) -> Level | None:
        """The level two records stand on; None when it cannot be said."""
        if self.unknown(a, b):
            return None
        return next(level for level in self.levels if level.holds(a, b))


def _else(code: str, words: str | Promise) -> Level:
    return Level(code, words, "", lambda a, b: True)


def _lacking(column: str) -> tuple[str, Holds]:
    return (
        f"{column}_l IS NULL OR {column}_r IS NULL",
        lambda a, b: getattr(a, column) is None or getattr(b, column) is None,
    )


def _same(column: str) -> tuple[str, Holds]:
    return f"{column}_l = {column}_r", lambda a, b: getattr(a, column) == getattr(b, column)


def _in_common(column: str, count: int) -> Holds:
    return lambda a, b: len(set(getattr(a, column)) & set(getattr(b, column))) >= count


def distance(one: str, other: str) -> int:
    """Letters to add, drop or replace to make one text the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            kept = before + (left != right)
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, kept)
    return row[-1]


def _slip(a: Record, b: Record, letters: int) -> bool:
    if abs(len(a.bare) - len(b.bare)) > letters:
        return False
    return distance(a.bare, b.bare) <= letters and (a.rest == b.rest or not (a.known and b.known))


_SLIP = (
    "levenshtein(bare_l, bare_r) <= {} AND (rest_l = rest_r OR known_l = 0 OR known_r = 0)"
)  # fmt: skip


def _nested(a: Record, b: Record) -> bool:
    return a.ends == b.ends and (a.middle in b.middle or b.middle in a.middle)


NAME = Comparison(
    "name", *_lacking("bare"),
    (
        Level("same", _("cùng họ tên"), *_same("bare"), rarity="bare"),
        Level("order", _("cùng các chữ trong tên, khác thứ tự"), *_same("words")),
        Level("middle", _("cùng họ và tên, một bên thiếu chữ đệm"),
              "ends_l = ends_r AND (contains(middle_l, middle_r) OR contains(middle_r, middle_l))",
              _nested),
        Level("slip", _("tên chỉ khác một chữ cái"), _SLIP.format(1), lambda a, b: _slip(a, b, 1)),
        Level("slips", _("tên chỉ khác hai chữ cái"), _SLIP.format(2), lambda a, b: _slip(a, b, 2)),
        Level("ends", _("cùng họ và tên, khác chữ đệm"), *_same("ends"), rarity="ends"),
        Level("given", _("cùng tên, khác họ hoặc chữ đệm"), *_same("given")),
        _else("other", _("tên khác nhau")),
    ),
)  # fmt: skip

MARKS = Comparison(
    "marks", "bare_l <> bare_r", lambda a, b: a.bare != b.bare,
    (
        Level("same", _("dấu giống nhau"), *_same("written")),
        Level("none", _("một bên không ghi dấu"), "marked_l = 0 OR marked_r = 0",
              lambda a, b: not a.marked or not b.marked),
        _else("other", _("dấu khác nhau")),
    ),
)  # fmt: skip


def _overlap(a: Record, b: Record, slack: int) -> bool:
    if a.whole and b.whole:
        return False
    low, high = max(a.year_low or 0, b.year_low or 0), min(a.year_high or 0, b.year_high or 0)
    return low <= high + slack


_OVERLAP = "(whole_l = 0 OR whole_r = 0) AND year_low_l <= year_high_r + {0} AND year_low_r <= year_high_l + {0}"  # noqa: E501


def _exact_day(a: Record, b: Record) -> bool:
    return bool(a.whole and b.whole and a.birth == b.birth)


def _year_off(a: Record, b: Record) -> bool:
    apart = abs((a.year_low or 0) - (b.year_low or 0))
    return bool(a.whole and b.whole and a.day_month == b.day_month and apart == 1)


def _one_digit(a: Record, b: Record) -> bool:
    return bool(a.whole and b.whole and distance(a.birth or "", b.birth or "") == 1)


BIRTH = Comparison(
    "birth", *_lacking("year_low"),
    (
        Level("same", _("cùng ngày sinh"), "whole_l = 1 AND whole_r = 1 AND birth_l = birth_r",
              _exact_day),
        Level("turned", _("ngày sinh đảo ngày và tháng"), "birth_l = turned_r",
              lambda a, b: a.birth is not None and a.birth == b.turned),
        Level("year_off", _("ngày sinh chỉ lệch một năm"),
              "whole_l = 1 AND whole_r = 1 AND day_month_l = day_month_r "
              "AND abs(year_low_l - year_low_r) = 1", _year_off),
        Level("digit", _("ngày sinh chỉ khác một chữ số"),
              "whole_l = 1 AND whole_r = 1 AND levenshtein(birth_l, birth_r) = 1", _one_digit),
        Level("year", _("năm sinh phù hợp, một bên chỉ biết năm hoặc tuổi"), _OVERLAP.format(0),
              lambda a, b: _overlap(a, b, 0)),
        Level("near_year", _("tuổi ước chừng chỉ lệch một năm"), _OVERLAP.format(1),
              lambda a, b: _overlap(a, b, 1)),
        Level("same_year", _("cùng năm sinh, khác ngày"), "year_low_l = year_low_r",
              lambda a, b: a.year_low == b.year_low),
        _else("other", _("ngày sinh khác nhau")),
    ),
)  # fmt: skip

CARERS = Comparison(
    "carers", *_lacking("carers"),
    (
        Level("two", _("cùng ít nhất hai người thân"), "", _in_common("carers", 2),
              shared=("carers", 2)),
        Level("one", _("cùng một người thân"), "", _in_common("carers", 1), shared=("carers", 1)),
        Level("ends", _("người thân cùng họ và tên"), "", _in_common("carer_ends", 1),
              shared=("carer_ends", 1)),
        _else("other", _("người thân khác nhau")),
    ),
)  # fmt: skip

PLACE = Comparison(
    "place", *_lacking("unit"),
    (
        Level("hamlet", _("cùng thôn, tổ"), *_same("place"), rarity="place"),
        Level("unit", _("cùng xã, phường"), *_same("unit"), rarity="unit"),
        _else("other", _("khác xã, phường")),
    ),
)  # fmt: skip

SEX = Comparison(
    "sex", *_lacking("sex"),
    (Level("same", _("cùng giới tính"), *_same("sex")), _else("other", _("khác giới tính"))),
)  # fmt: skip

NUMBER = Comparison(
    "number", *_lacking("number"),
    (
        Level("same", _("cùng số định danh cá nhân"), *_same("number")),
        _else("other", _("khác số định danh cá nhân")),
    ),
)  # fmt: skip

COMPARISONS = (NAME, MARKS, BIRTH, CARERS, PLACE, SEX, NUMBER)

# Which pairs are looked at at all: those alike in one of these ways. Each is narrow enough for a
# register of a million. (SQL on l and r; the list column to lay out first, if any.)
BLOCKS: tuple[tuple[str, str, str], ...] = (
    ("birth_given", "l.birth = r.birth AND l.given = r.given", ""),
    ("birth_unit", "l.birth = r.birth AND l.unit = r.unit", ""),
    ("birth_carer", "l.birth = r.birth AND l.carer_ends = r.carer_ends", "carer_ends"),
    ("turned_given", "l.birth = r.turned AND l.given = r.given", ""),
    ("words_year", "l.words = r.words AND l.year_low = r.year_low", ""),
    ("words_unit", "l.words = r.words AND l.unit = r.unit", ""),
    ("ends_place", "l.ends = r.ends AND l.place = r.place", ""),
    ("carer_year", "l.carers = r.carers AND l.year_low = r.year_low", "carers"),
    ("given_carer", "l.given = r.given AND l.carers = r.carers", "carers"),
    ("number", "l.number = r.number", ""),
)
