"""Finding Vietnamese names: without marks, in any order of words, despite a slip of the keys."""

from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When

from tuoitho.lib.text import fold, tidy

LIKE_ENOUGH = 0.45  # trigram similarity from which a name counts as a slip of the one typed

Rows = TypeVar("Rows", bound=QuerySet[Any])


def _word_start(column: str, word: str) -> Q:
    """Some word of the column begins with ``word``."""
    return Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})


def name_matches(rows: Rows, text: str, *, name: str, folded: str) -> Rows:
    """Rows whose name holds every word of ``text`` or resembles it, annotated ``match_rank``.

    4 the very words with their marks; 3 the same folded name; 2 the words in this order; 1 in any
    order; below 1 a resemblance. Ordered by it. An empty text changes nothing.
    """
    typed, bare = tidy(text), fold(text)
    if not bare:
        return rows
    every_word = Q()
    for word in bare.split():
        every_word &= _word_start(folded, word)
    rank = Case(
        # Only marks that were typed can be met exactly: "duong" prefers neither Đường nor Dương.
        When(Q(**{f"{name}__icontains": typed}), then=Value(4.0)),
        When(Q(**{folded: bare}), then=Value(3.0)),
        When(_word_start(folded, bare), then=Value(2.0)),
        When(every_word, then=Value(1.0)),
        default=F("match_similarity"),
        output_field=FloatField(),
    )
    return (
        rows.annotate(match_similarity=TrigramSimilarity(folded, bare))
        .filter(every_word | Q(match_similarity__gte=LIKE_ENOUGH))
        .annotate(match_rank=rank)
        .order_by("-match_rank", folded, "pk")
    )
