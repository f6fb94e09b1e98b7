"""Reading a CSV as Excel and old programmes write it: its code, its delimiter, its rows."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.interop.legacy import READINGS, share

SAMPLE_BYTES = 2_000  # letters looked at for zeros
SAMPLE = 30  # lines looked at for the delimiter
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_SEP = re.compile(r"sep=([;,\t|])\s*\Z")


def read_csv(content: bytes, max_rows: int, max_columns: int) -> list[list[Any]]:
    """The rows of a CSV in UTF-8, UTF-16, Windows-1258 or an old one-byte code.

    Old codes come as the Latin letters they were typed with (``legacy`` turns them).
    Raises ValidationError.
    """
    lines = decoded(content)
    first, _newline, rest = lines.partition("\n")
    if told := _SEP.match(first.strip("\r")):  # Excel's own line for the delimiter
        lines = rest
    delimiter = told[1] if told else _delimiter(lines)
    reader = csv.reader(io.StringIO(lines), delimiter=delimiter)
    try:
        return list(_limited(reader, max_rows, max_columns))
    except csv.Error as error:
        raise ValidationError(_("Không đọc được tệp CSV. Hãy lưu lại dạng .xlsx.")) from error


def _delimiter(lines: str) -> str:
    """What cuts most lines into the same number of columns; then what cuts more columns.

    Not only the first line: titles stand above the table, and addresses hold commas.
    """
    sample = [line for line in lines.splitlines()[:SAMPLE] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in sample if sign in line)
        signs, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return times, signs

    return max(";,\t", key=agreement)


def _limited(rows: Iterator[list[str]], max_rows: int, max_columns: int) -> Iterator[list[str]]:
    for number, row in enumerate(rows, start=1):
        if number > max_rows or len(row) > max_columns:
            raise ValidationError(_("Tệp CSV có quá nhiều dòng hoặc cột. Hãy chia nhỏ tệp."))
        yield row


def decoded(content: bytes) -> str:
    """The text of the file. Raises ValidationError when no code makes Vietnamese of it."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    wide = "utf-16" if marked else _wide(content)
    try:
        text = content.decode(wide or "utf-8-sig")
    except UnicodeDecodeError:
        text = "" if marked or _NOT_TEXT.search(content) else _one_byte(content)
    if not text or "\x00" in text:
        raise ValidationError(
            _("Không đọc được chữ trong tệp. Hãy nộp tệp .xlsx, hoặc lưu CSV với mã UTF-8.")
        )
    return text


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: every plain letter has a zero beside it, always on the same side."""
    first, second = (content[at : 2 * SAMPLE_BYTES : 2].count(0) for at in (0, 1))
    most = min(len(content), 2 * SAMPLE_BYTES) // 2
    if len(content) % 2 or most < 8:
        return ""
    if second > most // 3 and not first:
        return "utf-16-le"
    return "utf-16-be" if first > most // 3 and not second else ""


def _one_byte(content: bytes) -> str:
    """Windows-1258, or the Latin letters of TCVN3 or VNI, whichever gives Vietnamese; else ""."""
    modern = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    latin = content.decode("cp1252", "replace")
    scores = {"": share([modern])}
    scores.update({code: share([read(latin)]) for code, read in READINGS.items()})
    best = max(scores, key=lambda code: scores[code])
    if scores[best] < 0.6:
        return ""
    return latin if best else modern
