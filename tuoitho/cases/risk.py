"""A child's level of risk as it is suggested: what has been rated, counted; a person decides.

The law asks for high, medium or low in Mẫu 02 and 03 and gives no sum; how the suggestion is made
is the programme's own rule. Pure functions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.levels import Level

# What weighs so much that the risk is high whatever the ratings say.
DECISIVE: dict[str, str | Promise] = {
    "emergency": _("trường hợp khẩn cấp"),
    "carer_is_abuser": _("cha mẹ, người chăm sóc là người gây hại"),
}
# Of a strength a high rating is a low risk.
STRENGTHS = frozenset({"self_protection", "carer_protection"})
OPPOSITE = {Level.HIGH: Level.LOW, Level.MEDIUM: Level.MEDIUM, Level.LOW: Level.HIGH}


@dataclass(frozen=True)
class Suggestion:
    """The level suggested, how many ratings stand at each level, and what decided if not they."""

    level: str
    counts: Mapping[str, int]
    decisive: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"counts": dict(self.counts), "decisive": list(self.decisive)}


def risks_of(ratings: Mapping[str, str]) -> list[str]:
    """Ratings of Mẫu 02 as levels of risk: strengths turned round."""
    return [
        OPPOSITE[Level(level)] if name in STRENGTHS else Level(level)
        for name, level in ratings.items()
    ]


def suggest(
    ratings: Mapping[str, str], needs: Iterable[str] = (), decisive: Iterable[str] = ()
) -> Suggestion:
    """``ratings`` of Mẫu 02 by name, severities of the ``needs`` of Mẫu 03, keys of ``DECISIVE``.

    High: something decisive, or at least half of all is high. Low: nothing is high, and at least
    half is low. Medium otherwise, and when nothing has been rated.
    """
    levels = [*risks_of(ratings), *needs]
    counts = {level.value: sum(found == level for found in levels) for level in Level}
    decided = tuple(key for key in DECISIVE if key in set(decisive))
    return Suggestion(_level(counts, len(levels), bool(decided)), counts, decided)


def _level(counts: Mapping[str, int], total: int, decided: bool) -> str:
    if decided or (total and 2 * counts[Level.HIGH] >= total):
        return Level.HIGH
    if total and not counts[Level.HIGH] and 2 * counts[Level.LOW] >= total:
        return Level.LOW
    return Level.MEDIUM


__all__ = ["DECISIVE", "Suggestion", "risks_of", "suggest"]
