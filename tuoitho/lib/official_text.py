"""The words of an administrative document: how NĐ 30/2020/NĐ-CP, Phụ lục I ("PL I") writes numbers,
dates, legal bases, recipients and names of bodies. Plain text in, plain text out.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tuoitho.lib.text import fold

ISSUER_MM = 71
"""Room for the issuer beside Quốc hiệu, which is 88 mm wide at 12 pt and stays on one line."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOLD_WIDTHS = {  # advance of Times New Roman Bold in thousandths of the size
    **dict(zip("abcdefghijklmnopqrstuvwxyz", (
        500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833,
        556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444), strict=True)),
    **dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (
        722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944,
        722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667), strict=True)),
    " ": 250, "-": 333, ",": 250, ".": 250,
}  # fmt: skip


def clean(text: str) -> str:
    """Text that XML can hold: control characters out, line ends as a bare line feed."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs a person typed; empty lines only separate them."""
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def width_mm(text: str, size: float) -> float:
    """Width of bold text. Marks have no width of their own, hence the folded letters."""
    folded = "".join(f.upper() if c.isupper() else f for c in text for f in (fold(c) or " "))
    return sum(_BOLD_WIDTHS.get(c, 500) for c in folded) * size / 1000 * 25.4 / 72


def vn_number(value: int | Decimal, places: int = 0) -> str:
    """1234.5 as "1.234,5"; half is rounded up, as in every Vietnamese table."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def vn_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def number_and_symbol(number: int | None, symbol: str) -> str:
    """ "05/BC-UBND"; room to write by hand while there is no number (PL I, mục II.3)."""
    return f"{number:02d}/{symbol}" if number else f"\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/{symbol}"


def long_date(day: date | None, year: int) -> str:
    """Day below 10 and months 1 and 2 with a leading zero (PL I, mục II.4b)."""
    if day is None:
        gap = "\u00a0" * 6
        return f"ngày{gap}tháng{gap}năm {year}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _bare(lines: Iterable[str]) -> list[str]:
    stripped = (clean(line).strip().lstrip("-–").strip().rstrip(";.").strip() for line in lines)
    return [line for line in stripped if line]


def legal_bases(lines: Iterable[str]) -> list[str]:
    """Each ends with ";", the last with "." (PL I, mục II.6a)."""
    bare = _bare(lines)
    return [f"{line};" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]]


def recipients(names: Iterable[str], archive: str) -> list[str]:
    """ "- ...;" and last "- Lưu: VT, ...." (PL I, mục II.9d)."""
    bare = [name for name in _bare(names) if not name.startswith("Lưu")]
    return [f"- {name};" for name in bare] + [f"- Lưu: {archive.strip().rstrip('.')}."]


def parent_lines(name: str) -> str:
    """Capitals, usual words abbreviated: "UBND HUYỆN THANH TRÌ" (PL I, mục II.2a)."""
    caps = clean(name).upper()
    return caps.replace("ỦY BAN NHÂN DÂN", "UBND").replace("HỘI ĐỒNG NHÂN DÂN", "HĐND")


def issuer_lines(name: str) -> str:
    """Capitals; a long name on two lines, a council's over the name of its place."""
    caps = re.sub(r"^(ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN) ", r"\1" + "\n", clean(name).upper())
    if "\n" in caps or width_mm(caps, 12) <= ISSUER_MM:
        return caps
    words = caps.split(" ")
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    pair = min(halves, key=lambda two: max(len(two[0]), len(two[1])), default=(caps,))
    return "\n".join(pair)
