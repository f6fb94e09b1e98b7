"""The form in which two children are compared: plain columns made from what is known of a child.

Pure: no model, no database. Spellings that are one name are one here: Hòa and Hoà, Lý and Lí.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tuoitho.lib.text import fold
from tuoitho.people.search import other_spelling, tone_places

_WORDS = re.compile(r"\w+")

# Words of given names in everyday use, without marks, i for y. Two of them one letter apart (Hân,
# Hạnh) are two names, so twins called so are not taken for a slip of the keys.
KNOWN_NAMES = frozenset(
    """ai an anh ba bac bach bang bao be bi bich bien binh bong buu ca cam canh cao cat chau chi
    chien chinh chuc chung chuong chuyen co cong cuc cung cuoc cuong da dai dan dang danh dao
    dat dau day de di diem dien diep dieu dinh do doan dong du duan duc dung duong duy duyen gam
    gia giang giao giap giau ha hai ham han hang hanh hao hau hi hien hiep hieu ho hoa hoai hoan
    hoang hoat hoi hong hop hue hui hung huong huu huy huyen huynh ich kha khai khang khanh
    khiem khoa khoi khue khuong khuyen ki kien kiet kieu kim la lai lam lan lang lanh lap le len
    li lich liem lien lieu linh loan loc loi long lua luan luat luc luong luu luyen mai man manh
    mau mi mien minh mo mong mung my na nam nang nga ngan nghi nghia ngo ngoan ngoc ngon ngu
    nguyen nguyet nha nhai nhan nhat nhi nhien nho nhon nhu nhuan nhung ninh no nu nuong oanh
    pha phan phat phe phi phich phong phu phuc phung phuoc phuong qua quan quang que qui quoc
    quyen quyet quynh sa sam san sang sao sau sen si sinh son song sung suong suot tai tam tan
    tang tao thach thai tham than thang thanh thao thap the thi thien thieu thinh tho thoa thoai
    thoi thom thong thu thua thuan thuat thuc thue thuoc thuong thuy tich tien tiep tiet tin
    tinh to toai toan toi ton tra trac trai tram tran trang tri triet trieu trinh trong truc
    trung truong tu tuan tue tung tuoi tuong tuy tuyen tuyet uc uoc uyen van vang vi vien viet
    vinh vo vong vu vui vuong xa xuan xuyen yen yeu""".split()  # noqa: SIM905 - two hundred words are read as a text
)


@dataclass(frozen=True)
class Facts:
    """What is known of one child, as the register has it."""

    key: int
    full_name: str
    birth_date: date | None = None
    ages: tuple[int, int] | None = None  # youngest and oldest full age, as judged on ``seen_on``
    seen_on: date | None = None
    sex: str = ""
    unit: int | None = None
    hamlet: str = ""
    carers: tuple[str, ...] = ()
    number_hash: str = ""


class Record(NamedTuple):
    """One row of the table that is linked. None is "not known", which counts neither way."""

    unique_id: int
    written: str  # with marks, in one spelling
    bare: str  # without marks
    marked: int  # 1 when any mark was written
    words: str  # the words of ``bare`` in alphabetical order
    ends: str  # first and last word: family and given name
    middle: str  # what stands between, in blanks: " van ", " " when nothing does
    given: str
    rest: str  # all but the family name
    known: int  # 1 when ``rest`` is made of words in everyday use
    birth: str | None  # "2014-06-01"
    turned: str | None  # the same with day and month exchanged, where that is another day
    day_month: str | None
    whole: int  # 1 for a whole date; 01/01 is how people write that they know only the year
    year_low: int | None
    year_high: int | None
    sex: str | None
    unit: str | None
    place: str | None  # unit and hamlet
    carers: tuple[str, ...] | None  # parents, guardians, head of the household, without marks
    carer_ends: tuple[str, ...] | None
    number: str | None  # keyed hash of the identity number


COLUMNS = Record._fields


def record_of(facts: Facts) -> Record:
    """The row of the table for one child."""
    pairs = _spelt(facts.full_name)
    written, bare = " ".join(p[0] for p in pairs), " ".join(p[1] for p in pairs)
    words = bare.split() or [""]
    known = all(word in KNOWN_NAMES for word in words[1:])
    carers = tuple(sorted({bare_name(name) for name in facts.carers if name.strip()}))
    unit = None if facts.unit is None else str(facts.unit)
    hamlet = fold(facts.hamlet)
    return Record(
        facts.key, written, bare, int(written != bare), " ".join(sorted(words)), _ends(bare),
        f" {' '.join(words[1:-1])} " if words[1:-1] else " ", words[-1],
        " ".join(words[1:]), int(known),
        *_birth(facts),
        facts.sex if facts.sex in ("male", "female") else None,
        unit, f"{unit}:{hamlet}" if unit and hamlet else None,
        carers or None, tuple(sorted({_ends(name) for name in carers})) or None,
        facts.number_hash or None,
    )  # fmt: skip


def records_of(children: Iterable[Facts]) -> list[Record]:
    """The whole table."""
    return [record_of(facts) for facts in children]


@lru_cache(maxsize=20_000)
def bare_name(name: str) -> str:
    """A name without marks in one spelling (Lý as li): equal for all ways to write it."""
    return " ".join(bare for _full, bare in _spelt(name))


def _ends(bare: str) -> str:
    words = bare.split()
    return f"{words[0]} {words[-1]}" if len(words) > 1 else bare


def _spelt(name: str) -> list[tuple[str, str]]:
    return [_word(word) for word in _WORDS.findall(unicodedata.normalize("NFC", name).lower())]


@lru_cache(maxsize=20_000)
def _word(word: str) -> tuple[str, str]:
    """A word in one spelling, with its marks and without."""
    full, bare = min(tone_places(word)), fold(word)
    if bare.endswith("y") and other_spelling(bare):
        apart = unicodedata.normalize("NFD", full)
        full = unicodedata.normalize("NFC", apart.replace("y", "i"))
        bare = bare[:-1] + "i"
    return full, bare


Birth = tuple[str | None, str | None, str | None, int, int | None, int | None]


def _birth(facts: Facts) -> Birth:
    """birth, turned, day_month, whole, year_low, year_high."""
    day = facts.birth_date
    if day is not None:
        whole = int((day.day, day.month) != (1, 1))
        turnable = whole and day.day <= 12 and day.day != day.month
        turned = f"{day.year:04d}-{day.day:02d}-{day.month:02d}" if turnable else None
        return f"{day:%Y-%m-%d}", turned, f"{day:%m-%d}", whole, day.year, day.year
    if facts.ages is None or facts.seen_on is None:
        return None, None, None, 0, None, None
    youngest, oldest = facts.ages
    return None, None, None, 0, facts.seen_on.year - oldest - 1, facts.seen_on.year - youngest
