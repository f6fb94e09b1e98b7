"""Vietnamese typed before Unicode: TCVN3 (ABC) and VNI-Windows recognised and turned into Unicode.

Old sheets hold Latin letters that only a font (.VnTime, VNI-Times) showed as Vietnamese: "NguyÔn
V¨n H¶i", "Nguyeãn Vaên Haûi". Which of the codes it is shows in the words: read rightly, nearly all
are possible Vietnamese syllables. Decided for a whole sheet, for "Lê Hùng" alone would also be
possible TCVN3. No maintained package on PyPI does this; the tables are ours:

- TCVN3: TCVN 5712:1993, set VN3; the letters at 0xA1-0xFE checked against iconv's TCVN5712-1.
- VNI-Windows: a vowel followed by a Latin letter that stands for its mark (aù = á, eã = ễ), and
  letters of their own (ô = ơ, ö = ư, ñ = đ, í ì æ ó ò, î); the order is that of xvnkb's vni.h.
"""

import re
import unicodedata
from collections.abc import Iterable

_TCVN3 = (
    "ĂÂÊÔƠƯĐăâêôơưđẶ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
)
TCVN3 = {0xA1 + place: letter for place, letter in enumerate(_TCVN3)}
_TONES = "ùøûõï"  # sắc, huyền, hỏi, ngã, nặng behind a vowel without another mark
_VOWELS = (
    ("a", "aáàảãạ", _TONES), ("aâ", "âấầẩẫậ", "áàåãä"), ("aê", "ăắằẳẵặ", "éèúüë"),
    ("e", "eéèẻẽẹ", _TONES), ("eâ", "êếềểễệ", "áàåãä"), ("o", "oóòỏõọ", _TONES),
    ("oâ", "ôốồổỗộ", "áàåãä"), ("ô", "ơớờởỡợ", _TONES), ("u", "uúùủũụ", _TONES),
    ("ö", "ưứừửữự", _TONES), ("y", "yýỳỷỹ", _TONES[:4]),
)  # fmt: skip
_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni() -> dict[str, str]:
    table = dict(_ALONE)
    for written, letters, marks in _VOWELS:
        base = written[0]  # "aâ" bears its tone in place of the circumflex: aá, not aâá
        table[written] = letters[0]
        stem = base if len(written) > 1 else written
        table.update({stem + mark: letter for mark, letter in zip(marks, letters[1:], strict=True)})
    return {**table, **{key.upper(): letter.upper() for key, letter in table.items()}}


VNI = _vni()
_VNI_PIECES = re.compile(
    "|".join(sorted(map(re.escape, VNI), key=len, reverse=True)), re.IGNORECASE
)
_NUCLEI = (
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oă|oai|oao|oay|oe|oeo|oi|oo|"
    "ôi|ơi|ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ươ|ươi|ươu|ưa|ưi|ưu|yê|yêu|uêu|uă|uao|uai|uau"
)
_SYLLABLE = re.compile(
    f"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?(?:{_NUCLEI})(?:ch|nh|ng|[cmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]+(?:[^\w\s,;.:/()\"'-]+[^\W\d_]*)*|[^\w\s,;.:/()\"'-]+[^\W\d_]+")
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI-Windows"}


def from_tcvn3(text: str) -> str:
    """ "NguyÔn" gives "Nguyễn"; capitals of .VnTimeH stay as typed (NGUYễN)."""
    return unicodedata.normalize("NFC", text.translate(TCVN3))


def from_vni(text: str) -> str:
    """ "Nguyeãn" gives "Nguyễn"."""
    return _VNI_PIECES.sub(lambda match: _piece(match[0]), text)


def _piece(typed: str) -> str:
    """One letter with its marks; mixed case ("Aâ") is the case of the first."""
    letter = VNI.get(typed) or VNI[typed.casefold()]
    return letter.upper() if typed[0].isupper() else letter.lower()


READINGS = {"tcvn3": from_tcvn3, "vni": from_vni}


def is_syllable(word: str) -> bool:
    """Whether a word could be Vietnamese: its letters fit together, with at most one tone."""
    parts = unicodedata.normalize("NFD", word.casefold())
    bare = "".join(c for c in parts if c not in _TONE_MARKS)
    marks = sum(c in _TONE_MARKS for c in parts)
    return marks <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def plausible(texts: Iterable[str]) -> tuple[int, int]:
    """Of the words that are more than ASCII, how many are possible Vietnamese, and how many."""
    words = [word for text in texts for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)), len(words)


def share(texts: Iterable[str]) -> float:
    """The part of the marked words that is possible Vietnamese; 1 when no word bears a mark."""
    right, words = plausible(texts)
    return right / words if words else 1.0


def code_of(texts: list[str]) -> str:
    """ "tcvn3", "vni", or "" for Unicode: the reading that makes the most sense of the sheet."""
    old = [text for text in texts if not text.isascii() and _is_latin(text)]
    if not old:
        return ""
    best = max(READINGS, key=lambda code: share(map(READINGS[code], old)))
    gained = share(map(READINGS[best], old))
    return best if gained >= 0.7 and gained > share(old) + 0.2 else ""


def _is_latin(text: str) -> bool:
    """Only letters a font of one byte could hold: anything farther was typed as Unicode."""
    return all(ord(c) < 0x100 for c in unicodedata.normalize("NFC", text))


def converted(text: str, code: str) -> str:
    """One cell of a sheet in ``code``; a cell that was typed in Unicode stays as it is."""
    if text.isascii() or not _is_latin(text):
        return text
    read = READINGS[code](text)
    return read if plausible([read])[0] >= plausible([text])[0] else text


def name_of(code: str) -> str:
    """What people call the code."""
    return _NAMES[code]
