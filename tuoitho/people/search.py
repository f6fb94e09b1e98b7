"""Finding Vietnamese names: without marks, in any order of words, despite a slip of the keys."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from string import ascii_lowercase
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Greatest

from tuoitho.lib.text import fold, tidy

FIND = "SELECT people_find_children(%s, %s, %s, %s, %s, %s, %s, %s::daterange, %s)"
UNIT = "\x1f"  # where the database puts the unit before a word it looks for in a commune
LONG = 4  # words of a name
MOST_SLIPPED = 8  # words looked at for a slip: a name and a hamlet
TELLING = 3  # letters of a word not finished that say enough to look for it
LIKE_ENOUGH = 0.45  # trigram similarity from which a name counts as a slip of the one typed

Rows = TypeVar("Rows", bound=QuerySet[Any])

# Nearly every hamlet is called so, and no child.
_EVERYWHERE = {"thon", "xom"}
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


def days_of(born: date | int | None) -> str | None:
    """What ``born_in`` gives as a PostgreSQL ``daterange``."""
    if born is None:
        return None
    if isinstance(born, date):
        return f"[{born},{born}]"
    return f"[{born}-01-01,{born}-12-31]"


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
    """The folded text with every word in its other spelling, "" where no word has one."""
    words = bare.split()
    if not any(other_spelling(word) for word in words):
        return ""
    return " ".join(other_spelling(word) or word for word in words)


def lexeme(word: str, before: str = "") -> str:
    """A word as ``tsvector`` and ``tsquery`` write it, whatever signs were typed."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{before}{escaped}'"


def _lexeme(word: str) -> str:
    return lexeme(word.replace(UNIT, ""), before=UNIT)


def _term(word: str, *, begun: bool = False) -> str:
    """The word in either spelling; ``begun``: words that begin so, the other spelling only whole,
    or "ly" would find every Linh."""
    other = other_spelling(word)
    itself = _lexeme(word) + (":*" if begun else "")
    return f"({itself} | {_lexeme(other)})" if other else itself


def slips_of(word: str) -> list[str]:
    """Folded words one slip of the keys away: a letter too many or too few, a wrong one, two turned
    round. Of a word of two letters only those with one more; of a longer one than 12, or one with a
    digit (the number of a hamlet), none."""
    if not (2 <= len(word) <= 12 and word.isalpha()):
        return []
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + c + b for a, b in cuts for c in ascii_lowercase}
    if len(word) > 2:
        found |= {a + b[1:] for a, b in cuts if b}
        found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        found |= {a + c + b[1:] for a, b in cuts if b for c in ascii_lowercase}
    return sorted(found - {word})


@dataclass(frozen=True)
class Query:
    """A folded text as the database's ``people_find_children`` takes it."""

    bares: list[str]  # as typed, and in the other spelling
    turned: list[str]  # the same words in another order, of a name as long as names are
    near: str  # whole names one slip away, between semicolons
    fewer: list[str]  # whole names with one word fewer, or that end sooner: a hamlet was typed too
    whole: str  # every word is some word of the child
    begun: str  # every word begins one: what the index answers slowly for a common word
    last: str  # only the last is not finished; "" where that is too little to tell
    slips: list[str]  # for each word that may have one, the words a slip away, between blanks
    rests: list[str]  # and the other words beside it

    @classmethod
    def of(cls, bare: str) -> "Query":
        words = bare.split()
        terms = [_term(word) for word in words]
        unfinished = " & ".join([*terms[:-1], _term(words[-1], begun=True)])
        slipped = [
            (place, slips)
            for place, word in enumerate(words[:MOST_SLIPPED])
            if (slips := slips_of(word))
        ]
        return cls(
            bares=[text for text in (bare, second_spelling(bare)) if text],
            turned=[" ".join(some) for some in permutations(words)] if len(words) <= LONG else [],
            near=";".join(
                " ".join([*words[:place], slip, *words[place + 1 :]])
                for place, slips in slipped
                for slip in slips
            ),
            fewer=_fewer(words),
            whole=" & ".join(
                [t for t, w in zip(terms, words, strict=True) if w not in _EVERYWHERE] or terms
            ),
            begun=" & ".join(_term(word, begun=True) for word in words),
            last=unfinished if len(words[-1]) >= TELLING else "",
            slips=[" ".join(slips) for _place, slips in slipped],
            rests=[" & ".join(terms[:place] + terms[place + 1 :]) for place, _slips in slipped],
        )

    def arguments(self, born: date | int | None, most: int | None) -> list[Any]:
        """What ``people_find_children`` takes, in its order."""
        words = [text for text in (self.whole, self.last) if text] if most else [self.begun]
        return [self.bares, self.turned, self.near, self.fewer, words, self.slips, self.rests,
                days_of(born), most]  # fmt: skip


def _fewer(words: list[str]) -> list[str]:
    if len(words) < 3:
        return []
    without_one = [words[:place] + words[place + 1 :] for place in range(len(words))]
    ending_sooner = [words[:end] for end in range(2, len(words) - 1)]
    return [" ".join(some) for some in (*without_one, *ending_sooner)]


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
    """Rows whose name holds every word of ``text`` or resembles it, ``ranked``, nearest first. An
    empty text changes nothing."""
    bare = fold(text)
    if not bare:
        return rows
    found = every_word(folded, bare) | Q(match_similarity__gte=LIKE_ENOUGH)
    return ranked(rows, text, name=name, folded=folded).filter(found)


def ranked(rows: Rows, text: str, *, name: str, folded: str, hamlet: str = "") -> Rows:
    """Annotated ``match_rank`` and ordered by it: 4 the very words with their marks; 3 the same
    folded name; 2 the words in this order; 1 in any order; below 1 a resemblance, of the name or of
    the name with the hamlet behind it (``hamlet``: its folded column)."""
    bare = fold(text)
    alike: Any = TrigramSimilarity(folded, bare)
    if hamlet:
        alike = Greatest(alike, TrigramSimilarity(Concat(folded, Value(" "), hamlet), bare))
    very_words = Q()
    for typed in sorted(tone_places(text)):
        very_words |= Q(**{f"{name}__icontains": typed})
    rank = Case(
        # Only marks that were typed can be met exactly: "duong" prefers neither Đường nor Dương.
        When(very_words, then=Value(4.0)),
        When(Q(**{folded: bare}), then=Value(3.0)),
        When(_word_start(folded, bare), then=Value(2.0)),
        When(every_word(folded, bare), then=Value(1.0)),
        default=F("match_similarity"),
        output_field=FloatField(),
    )
    return (
        rows.annotate(match_similarity=alike)
        .annotate(match_rank=rank)
        .order_by("-match_rank", folded, "pk")
    )
