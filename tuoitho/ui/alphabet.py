"""Vietnamese alphabetical order inside the database, whatever collations it was built with.

The embedded PostgreSQL has no ICU, and the usual "C.UTF-8" sorts by code point, which puts Ă, Đ
and Ơ after Z. So letters become characters whose code points stand in alphabetical order.
"""

import unicodedata
from typing import Any

from django.db.models import CharField, F, Field, Func, TextField, Value
from django.db.models.functions import Collate

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = "aăâeêioôơuưy"
# As dictionaries have them: no tone, huyền, hỏi, ngã, sắc, nặng.
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_PRIVATE = 0xE000  # no one types these


def _maps() -> tuple[str, str]:
    """Letters, and the characters they become; the frequent ones first, as they are searched."""
    pairs = [(" ", " ")]
    for height, tone in enumerate(TONES):
        for place, letter in enumerate(LETTERS):
            if height and letter not in VOWELS:
                continue
            form = unicodedata.normalize("NFC", letter + tone)
            key = chr(_PRIVATE + place * len(TONES) + height)
            pairs += [(form, key), (form.upper(), key)]
    pairs.sort(key=lambda pair: (not pair[0].isascii(), pair[0].isupper()))
    return "".join(letter for letter, _key in pairs), "".join(key for _letter, key in pairs)


_LETTERS, _KEYS = _maps()


_TABLE = str.maketrans(_LETTERS, _KEYS)


def alphabetical_key(text: str) -> str:
    """The same order as a value, to be stored and indexed: sorted in collation "C" it gives An, Ăn,
    Ân, Dũng, Đào."""
    return text.translate(_TABLE)


class _Translate(Func):
    function = "TRANSLATE"
    output_field = CharField()


def in_alphabetical_order(field: str) -> Collate:
    """An expression to sort a text field by: An, Ăn, Ân, Dũng, Đào."""
    return Collate(_Translate(F(field), Value(_LETTERS), Value(_KEYS)), "C")


def is_words(field: Field[Any, Any], name: str) -> bool:
    """Whether a field holds words in Vietnamese; codes and folded text sort well by themselves.

    Fields with an index of their own are left alone too: the index gives their order at once.
    """
    if not isinstance(field, CharField | TextField) or field.choices or field.unique:
        return False
    last = name.rpartition("__")[2]
    if getattr(field, "db_index", False) or field.db_collation or field.primary_key:
        return False
    return not (last.startswith("folded") or last.endswith(("code", "number")))
