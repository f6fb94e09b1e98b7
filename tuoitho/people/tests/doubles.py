"""An invented register in which it is known who stands twice: for tests and for measuring.

Families with one to four children, some of them twins or with a namesake next door; some children
are written down a second time by somebody else, with the slips of real registers. The same seed
gives the same register.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tuoitho.demo.names import BOYS, BOYS_MIDDLE, FAMILY, GIRLS, GIRLS_MIDDLE
from tuoitho.lib.text import fold
from tuoitho.people.matching.records import Facts

FIRST, DAYS = date(2008, 1, 1), 365 * 18
SEEN = date(2026, 6, 1)
UNITS, HAMLETS = 120, 12  # communes, and hamlets in each
MORE_BOYS = (
    "Bảo", "Bách", "Công", "Duy", "Hào", "Hậu", "Hưng", "Hữu", "Khánh", "Khoa", "Lộc", "Lợi",
    "Luân", "Mạnh", "Minh", "Nguyên", "Nhân", "Nhật", "Phát", "Phú", "Quý", "Sang", "Tài", "Tân",
    "Thái", "Thiện", "Thịnh", "Thuận", "Toàn", "Trí", "Trọng", "Trường", "Tuấn", "Tú", "Văn",
    "Vương", "Hòa", "Khải", "Đăng", "Hoàn",
)  # fmt: skip
MORE_GIRLS = (
    "An", "Ánh", "Bích", "Cúc", "Duyên", "Hân", "Hằng", "Hòa", "Huệ", "Khuê", "Kim", "Liên", "Lý",
    "Mỹ", "Ngọc", "Nguyệt", "Như", "Phúc", "Phương", "Quyên", "Tâm", "Thanh", "Thơ", "Thu", "Thúy",
    "Thủy", "Tiên", "Trà", "Trâm", "Trinh", "Tuyết", "Uyên", "Vân", "Vy", "Xuân", "Hiên", "Hoài",
    "Thùy", "Hậu", "Ngà",
)  # fmt: skip
MORE_MIDDLE = ("Hải", "Thành", "Duy", "Nhật", "Trung", "Đình", "Bá", "Công", "Mạnh", "Khánh")
GIRLS_TOO = ("Kim", "Mai", "Hoài", "Thùy", "Diệu", "Quỳnh", "Lan", "Mỹ", "Tú", "Cẩm")
KEYBOARD = "qwertyuiopasdfghjklzxcvbnm"


@dataclass(frozen=True)
class Invented:
    """The register, and the pairs of keys (smaller first) that are one child."""

    children: list[Facts]
    truth: set[tuple[int, int]]


def invent(count: int, *, doubled: float = 0.05, seed: int = 7, units: int = UNITS) -> Invented:
    """About ``count`` children, of whom the share ``doubled`` stands a second time."""
    chance = Random(seed)
    children: list[Facts] = []
    truth: set[tuple[int, int]] = set()
    while len(children) < count:
        for child in _family(chance, units):
            first = replace(child, key=len(children) + 1)
            children.append(_first_writing(first, chance))
            if chance.random() < doubled:
                again = replace(second_writing(first, chance), key=len(children) + 1)
                children.append(again)
                truth.add((first.key, again.key))
    return Invented(children, truth)


def _family(chance: Random, units: int) -> list[Facts]:
    surname = chance.choices([n for n, _w in FAMILY], [w for _n, w in FAMILY])[0]
    father, mother = _name(chance, surname, "male"), _name(chance, "", "female")
    head = father if chance.random() < 0.6 else _name(chance, surname, "male")
    unit, hamlet = chance.randrange(units), f"Thôn {chance.randrange(HAMLETS) + 1}"
    carers = tuple(name for name in (father, mother, head) if chance.random() < 0.8)
    made = Facts(0, "", unit=unit, hamlet=hamlet, carers=carers)
    kids: list[Facts] = []
    for _n in range(chance.choices((1, 2, 3, 4), (30, 48, 18, 4))[0]):
        sex = "male" if chance.random() < 0.51 else "female"
        born = FIRST + timedelta(days=chance.randrange(DAYS))
        name = _name(chance, surname, sex)
        if all(_given(name) != _given(kid.full_name) for kid in kids):  # no parents name two alike
            kids.append(replace(made, full_name=name, sex=sex, birth_date=born))
    if chance.random() < 0.02:  # twins, often named alike
        one, sex = kids[0], "male" if chance.random() < 0.5 else "female"
        other = _name(chance, surname, sex)
        if sex == one.sex and chance.random() < 0.6:
            other = " ".join([*one.full_name.split()[:-1], other.split()[-1]])
        if _given(other) != _given(one.full_name):
            kids.append(replace(one, full_name=other, sex=sex))
    if chance.random() < 0.01:  # a namesake next door, born the same year
        one = kids[0]
        born = (one.birth_date or FIRST) + timedelta(days=chance.randrange(5, 200))
        parents = (_name(chance, surname, "male"), _name(chance, "", "female"))
        kids.append(replace(one, birth_date=born, carers=parents))
    return kids


def _given(name: str) -> str:
    return fold(name).split()[-1]


def _name(chance: Random, surname: str, sex: str) -> str:
    first = surname or chance.choices([n for n, _w in FAMILY], [w for _n, w in FAMILY])[0]
    middles = BOYS_MIDDLE + MORE_MIDDLE if sex == "male" else GIRLS_MIDDLE + GIRLS_TOO
    given = BOYS + MORE_BOYS if sex == "male" else GIRLS + MORE_GIRLS
    words = [first, chance.choice(middles)]
    if chance.random() < 0.2:
        words.append(chance.choice(middles))
    return " ".join([*words, chance.choice(given)])


def _first_writing(child: Facts, chance: Random) -> Facts:
    """As the first clerk wrote it: now and then something is missing."""
    if chance.random() < 0.03:
        child = replace(child, birth_date=date((child.birth_date or FIRST).year, 1, 1))
    if chance.random() < 0.04:
        child = replace(child, carers=())
    return child


Slip = Callable[[Facts, Random], Facts]


def no_marks(child: Facts, _chance: Random) -> Facts:
    bare = fold(child.full_name).title()
    return replace(child, full_name=bare, carers=tuple(fold(n).title() for n in child.carers))


def turned(child: Facts, _chance: Random) -> Facts:
    born = child.birth_date
    if born is None or born.day > 12:
        return child
    return replace(child, birth_date=date(born.year, born.day, born.month))


def only_year(child: Facts, _chance: Random) -> Facts:
    return replace(child, birth_date=date((child.birth_date or FIRST).year, 1, 1))


def estimated(child: Facts, chance: Random) -> Facts:
    born = child.birth_date or FIRST
    age = SEEN.year - born.year - ((SEEN.month, SEEN.day) < (born.month, born.day))
    age = max(0, age + chance.choice((0, 0, 0, 1, -1)))
    return replace(child, birth_date=None, ages=(age, age + chance.choice((0, 1))), seen_on=SEEN)


def wrong_year(child: Facts, chance: Random) -> Facts:
    born = child.birth_date or FIRST
    year = born.year + chance.choice((-1, 1))
    day = 28 if (born.month, born.day) == (2, 29) else born.day
    return replace(child, birth_date=date(year, born.month, day))


def wrong_day(child: Facts, chance: Random) -> Facts:
    born = child.birth_date or FIRST
    return replace(child, birth_date=born.replace(day=chance.randrange(1, 29)))


def short_name(child: Facts, chance: Random) -> Facts:
    words = child.full_name.split()
    if len(words) > 2:
        words.pop(chance.randrange(1, len(words) - 1))
    return replace(child, full_name=" ".join(words))


def other_order(child: Facts, _chance: Random) -> Facts:
    words = child.full_name.split()
    return replace(child, full_name=" ".join([words[-1], *words[:-1]]))


def other_spelling(child: Facts, _chance: Random) -> Facts:
    """Hòa as Hoà, Lý as Lí: the same name by another rule."""
    for one, other in (("òa", "oà"), ("úy", "uý"), ("ùy", "uỳ"), ("ủy", "uỷ"), ("Lý", "Lí"),
                       ("Mỹ", "Mĩ"), ("Quý", "Quí"), ("Vy", "Vi")):  # fmt: skip
        child = replace(child, full_name=child.full_name.replace(one, other))
    return child


def wrong_mark(child: Facts, chance: Random) -> Facts:
    words = child.full_name.split()
    place = chance.randrange(len(words))
    words[place] = fold(words[place]).title()
    return replace(child, full_name=" ".join(words))


def wrong_key(child: Facts, chance: Random) -> Facts:
    name = list(child.full_name)
    place = chance.randrange(1, len(name))
    if name[place] == " ":
        place -= 1
    how = chance.random()
    if how < 0.4:
        name[place] = chance.choice(KEYBOARD)
    elif how < 0.7:
        del name[place]
    else:
        name.insert(place, chance.choice(KEYBOARD))
    return replace(child, full_name="".join(name))


def no_carers(child: Facts, _chance: Random) -> Facts:
    return replace(child, carers=())


def other_carer(child: Facts, chance: Random) -> Facts:
    kept = child.carers[:1]
    return replace(child, carers=(*kept, _name(chance, "", "female")))


def short_carer(child: Facts, _chance: Random) -> Facts:
    """Parents by family and given name only."""
    short = (" ".join([name.split()[0], name.split()[-1]]) for name in child.carers)
    return replace(child, carers=tuple(short))


def other_hamlet(child: Facts, chance: Random) -> Facts:
    return replace(child, hamlet=f"Thôn {chance.randrange(HAMLETS) + 1}")


def moved(child: Facts, chance: Random) -> Facts:
    return other_hamlet(replace(child, unit=chance.randrange(UNITS)), chance)


def no_sex(child: Facts, _chance: Random) -> Facts:
    return replace(child, sex="")


def wrong_sex(child: Facts, _chance: Random) -> Facts:
    return replace(child, sex="female" if child.sex == "male" else "male")


SLIPS: tuple[tuple[Slip, float], ...] = (
    (no_marks, 0.12), (turned, 0.05), (only_year, 0.06), (estimated, 0.04), (wrong_year, 0.03),
    (wrong_day, 0.03), (short_name, 0.08), (other_order, 0.02), (other_spelling, 0.5),
    (wrong_mark, 0.08), (wrong_key, 0.06), (no_carers, 0.12), (other_carer, 0.15),
    (short_carer, 0.04),
    (other_hamlet, 0.08), (moved, 0.10), (no_sex, 0.05), (wrong_sex, 0.01),
)  # fmt: skip


def second_writing(child: Facts, chance: Random) -> Facts:
    """The same child as somebody else writes it down: each slip by its own chance."""
    dated = False
    for slip, share in SLIPS:
        if chance.random() >= share:
            continue
        if slip in (turned, only_year, estimated, wrong_year, wrong_day):
            if dated:
                continue
            dated = True
        child = slip(child, chance)
    return child
