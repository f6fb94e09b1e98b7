"""Plausible Vietnamese names and families from a seeded source; nobody real is meant."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FAMILY = (
    ("Nguyễn", 38), ("Trần", 11), ("Lê", 10), ("Phạm", 7), ("Hoàng", 5), ("Vũ", 5),
    ("Phan", 4), ("Đặng", 4), ("Bùi", 4), ("Đỗ", 4), ("Ngô", 2), ("Dương", 2), ("Lý", 1),
    ("Đào", 1), ("Đinh", 2),
)  # fmt: skip
BOYS_MIDDLE = ("Văn", "Đức", "Minh", "Quang", "Hữu", "Gia", "Tuấn", "Xuân", "Anh", "Quốc")
GIRLS_MIDDLE = ("Thị", "Thị", "Ngọc", "Thu", "Khánh", "Phương", "Bảo", "Minh", "Hà", "Thanh")
BOYS = (
    "An", "Bình", "Cường", "Dũng", "Đạt", "Đông", "Hải", "Hiếu", "Hoàng", "Huy", "Hùng", "Khang",
    "Khôi", "Kiên", "Lâm", "Long", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Thành", "Thắng",
    "Tiến", "Trung", "Tùng", "Việt", "Vinh", "Vũ",
)  # fmt: skip
GIRLS = (
    "Anh", "Châu", "Chi", "Diệp", "Dung", "Đan", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hồng",
    "Huyền", "Hương", "Lan", "Linh", "Loan", "Ly", "Mai", "My", "Nga", "Ngân", "Nhi", "Nhung",
    "Oanh", "Quỳnh", "Thảo", "Thư", "Trang", "Yến",
)  # fmt: skip
FIRST_BIRTH, LAST_BIRTH = date(2006, 1, 1), date(2021, 6, 30)


@dataclass(frozen=True)
class Kid:
    """A child to be registered."""

    full_name: str
    birth_date: date
    sex: str  # "male" or "female"


@dataclass(frozen=True)
class Family:
    """A household to be registered, in a hamlet of a commune."""

    father: str
    mother: str
    hamlet: str
    house: int
    children: tuple[Kid, ...]


def _family_name(source: Random) -> str:
    names, weights = zip(*FAMILY, strict=True)
    return str(source.choices(names, weights)[0])


def man(source: Random, family: str = "") -> str:
    """A man's full name."""
    return f"{family or _family_name(source)} {source.choice(BOYS_MIDDLE)} {source.choice(BOYS)}"


def woman(source: Random, family: str = "") -> str:
    """A woman's full name."""
    return f"{family or _family_name(source)} {source.choice(GIRLS_MIDDLE)} {source.choice(GIRLS)}"


def _kid(source: Random, family: str, after: date) -> Kid:
    birth = after + timedelta(days=source.randrange((LAST_BIRTH - after).days))
    if source.random() < 0.51:
        return Kid(man(source, family), birth, "male")
    return Kid(woman(source, family), birth, "female")


def family(source: Random, hamlets: tuple[str, ...]) -> Family:
    """One family with one to four children of 2006 to 2021, all different."""
    name = _family_name(source)
    count = source.choices((1, 2, 3, 4), (30, 48, 18, 4))[0]
    kids = {kid.full_name: kid for kid in (_kid(source, name, FIRST_BIRTH) for _ in range(count))}
    return Family(
        man(source, name),
        woman(source),
        source.choice(hamlets),
        source.randrange(1, 200),
        tuple(sorted(kids.values(), key=lambda kid: kid.birth_date)),
    )
