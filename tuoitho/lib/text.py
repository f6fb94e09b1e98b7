"""Vietnamese text: one normal form to store, one folded form to search."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

# The letters people write here, bare; whatever else comes is taken apart one by one.
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_BARE = str.maketrans({c: unicodedata.normalize("NFD", c)[0] for c in _MARKED} | {"đ": "d"})


def tidy(text: str) -> str:
    """NFC, trimmed, inner white space collapsed to single spaces; NUL, which no database text can
    hold, is white space too."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\0", " ").split())


def remembered(work: Callable[[str], T]) -> Callable[[str], T]:
    """``work``, its last answers remembered for short texts: in a file of children the same names,
    hamlets and days come again and again, and each of them several times on its way."""
    short = lru_cache(maxsize=20_000)(work)

    @wraps(work)
    def ask(text: str) -> T:
        return short(text) if len(text) <= 120 else work(text)

    return ask


@remembered
def fold(text: str) -> str:
    """Lower case without tone or vowel marks, ``đ`` as ``d``: "Đường", "DUONG" give "duong"."""
    bare = text.replace("\0", " ").casefold().translate(_BARE)
    if not bare.isascii():
        apart = unicodedata.normalize("NFD", bare)
        bare = "".join(c for c in apart if not unicodedata.combining(c))
        bare = unicodedata.normalize("NFC", bare)
    return " ".join(bare.split())
