"""The part of a business name that tells it from others: "Hộ kinh doanh Gốm Hùng" is "gom hung"."""

import re

from tuoitho.lib.text import fold

# Folded words of legal form and trade register that hundreds of names share. Longest first.
_COMMON = (
    "trach nhiem huu han", "doanh nghiep tu nhan", "ho kinh doanh", "ho gia dinh", "mot thanh vien",
    "hop tac xa", "san xuat", "thuong mai", "dich vu", "kinh doanh", "cong ty", "co phan", "co so",
    "mot minh", "tnhh", "dntn", "cua hang", "xuong", "htx", "hkd", "mtv", "sxkd", "sx", "tm", "dv",
    "cp", "ho", "va",
)  # fmt: skip
_PATTERN = re.compile(rf"\b(?:{'|'.join(_COMMON)})\b")
_SIGNS = re.compile(r"[^\w ]+")


def distinctive(name: str) -> str:
    """Folded name without legal form, trade words and signs; the whole folded name if nothing is
    left ("Cơ sở sản xuất")."""
    bare = " ".join(_SIGNS.sub(" ", fold(name)).split())
    return " ".join(_PATTERN.sub(" ", bare).split()) or bare
