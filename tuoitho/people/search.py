"""Finding Vietnamese names: without marks, in any order of words, despite a slip of the keys."""

import re
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When

from tuoitho.lib.text import fold, tidy

LIKE_ENOUGH = 0.45  # trigram similarity from which a name counts as a slip of the one typed

Rows = TypeVar("Rows", bound=QuerySet[Any])

# A year, or a whole day, among the words of a name: "an 2014", "an 01/06/2014".
_BORN = re.compile(r"(?<!\d)(?:(\d{1,2})[/.\-](\d{1,2})[/.\-])?((?:19|20)\d\d)(?!\d)")
# Open syllables where i and y are two spellings of one sound: Lý/Lí, Mỹ/Mĩ, Quý/Quí; not Thúy/Thúi.
_ONE_SOUND = re.compile(r"(?:[hklmstv]|qu)[iy]")
_OLD = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_NEW = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_TO_NEW, _TO_OLD = dict(zip(_OLD, _NEW, strict=True)), dict(zip(_NEW, _OLD, strict=True))


def born_in(text: str) -> tuple[str, date | int | None]:
    """What is left of ``text`` without the birth date or year typed in it, and that day or year.

    A day that does not exist counts as its year.
    """
    found = _BORN.search(text)
    if found is None:
        return text, None
    rest = tidy(f"{text[: found.start()]} {text[found.end() :]}")
    day, month, year = found.groups()
    try:
        return rest, date(int(year), int(month), int(day)) if day else int(year)
    except ValueError:
        return rest, int(year)


def tone_places(typed: str) -> set[str]:
    """``typed`` in lower case as it is, and with its tones in the old and the new place.

    Hòa and Hoà are one name; only an open syllable has two places, and never one that begins "qu".
    """
    text = tidy(typed).lower()

    def moved(places: dict[str, str]) -> str:
        pattern = rf"(?<!q)(?:{'|'.join(places)})(?!\w)"
        return re.sub(pattern, lambda found: places[found[0]], text)

    return {text, moved(_TO_NEW), moved(_TO_OLD)}


def other_spelling(word: str) -> str:
    """The folded word with i for y or y for i where both are one sound, else ""."""
    if not _ONE_SOUND.fullmatch(word):
        return ""
    return word[:-1] + ("i" if word.endswith("y") else "y")


def second_spelling(bare: str) -> str:
    """The other folded text the trigram index must be asked for to miss no spelling; "" for none.

    The index is asked by the longest word, so a second spelling matters only for such a word.
    """
    words = bare.split()
    longest = max(map(len, words), default=0)
    if not any(other_spelling(word) for word in words if len(word) == longest):
        return ""
    return " ".join(other_spelling(word) or word for word in words)


def _word_start(column: str, word: str) -> Q:
    """Some word of the column begins with ``word``."""
    return Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})


def _whole_word(column: str, word: str) -> Q:
    """Some word of the column is ``word``."""
    return (
        Q(**{column: word})
        | Q(**{f"{column}__startswith": f"{word} "})
        | Q(**{f"{column}__endswith": f" {word}"})
        | Q(**{f"{column}__contains": f" {word} "})
    )


def _word(column: str, word: str) -> Q:
    """The beginning of a word; its other spelling only whole, or "ly" would find every Linh."""
    other = other_spelling(word)
    found = _word_start(column, word)
    return found | _whole_word(column, other) if other else found


def every_word(column: str, bare: str) -> Q:
    """A folded column that holds every word of ``bare`` (folded too), in any order."""
    found = Q()
    for word in bare.split():
        found &= _word(column, word)
    return found


def name_matches(rows: Rows, text: str, *, name: str, folded: str) -> Rows:
    """Rows whose name holds every word of ``text`` or resembles it, annotated ``match_rank``.

    4 the very words with their marks; 3 the same folded name; 2 the words in this order; 1 in any
    order; below 1 a resemblance. Ordered by it. An empty text changes nothing.
    """
    bare = fold(text)
    if not bare:
        return rows
    words, very_words = every_word(folded, bare), Q()
    for typed in sorted(tone_places(text)):
        very_words |= Q(**{f"{name}__icontains": typed})
    rank = Case(
        # Only marks that were typed can be met exactly: "duong" prefers neither Đường nor Dương.
        When(very_words, then=Value(4.0)),
        When(Q(**{folded: bare}), then=Value(3.0)),
        When(_word_start(folded, bare), then=Value(2.0)),
        When(words, then=Value(1.0)),
        default=F("match_similarity"),
        output_field=FloatField(),
    )
    return (
        rows.annotate(match_similarity=TrigramSimilarity(folded, bare))
        .filter(words | Q(match_similarity__gte=LIKE_ENOUGH))
        .annotate(match_rank=rank)
        .order_by("-match_rank", folded, "pk")
    )
