"""What each degree of nearness weighs: the trained model, kept as data beside this file.

``model.json`` was trained without labels on an invented register and calibrated on another one with
known truth (``python -m bench.linking --train``; docs/linking.md says how). It serves every
register: the rarity of names and the weight of "same commune" are taken from the register itself,
and how many pairs are to be expected from its size.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import Any

from tuoitho.people.matching.levels import COMPARISONS, Comparison
from tuoitho.people.matching.records import Record

STORED = Path(__file__).with_name("model.json")
# Of a hundred children, how many stand in a register a second time: a cautious guess, used only
# for what is believed before anything is compared.
DOUBLED = 0.03
Odds = tuple[float, float]  # how often a level is met among the same, and among different children


@dataclass(frozen=True)
class Model:
    """``odds``: comparison → level → how often it is met. ``curve``: weight → probability, rising,
    with straight lines between. From the weight ``likely`` a pair is shown, from ``sure`` called
    sure."""

    odds: Mapping[str, Mapping[str, Odds]]
    curve: tuple[tuple[float, float], ...]
    likely: float
    sure: float
    origin: str

    def bits(self, comparison: str, code: str) -> float:
        """What meeting this level adds to the weight (bits; below 0 speaks against)."""
        same, different = self.odds[comparison][code]
        return log2(same / different)

    def probability(self, weight: float) -> float:
        """How many of a hundred pairs of this weight are one child, as a share."""
        place = bisect_right(self.curve, (weight, 2.0))
        if place == 0:
            return self.curve[0][1]
        if place == len(self.curve):
            return self.curve[-1][1]
        (w0, p0), (w1, p1) = self.curve[place - 1], self.curve[place]
        return p0 + (p1 - p0) * (weight - w0) / (w1 - w0)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def prior_weight(children: int) -> float:
    """The weight of a pair before anything is compared, in a register of so many children."""
    return log2(prior(children)) - log2(1 - prior(children))


def prior(children: int) -> float:
    """The share of all pairs expected to be one child."""
    return min(0.01, 2 * DOUBLED / max(2, children))


def from_json(text: str) -> Model:
    """The model written by ``to_json``. Raises ValueError when a level is missing."""
    given: dict[str, Any] = json.loads(text)
    odds = {
        name: {code: (float(pair[0]), float(pair[1])) for code, pair in levels.items()}
        for name, levels in given.pop("odds").items()
    }
    wanted = {(c.name, level.code) for c in COMPARISONS for level in c.levels}
    found = {(name, code) for name, levels in odds.items() for code in levels}
    if wanted != found:
        raise ValueError(f"the model of linking does not fit the levels: {sorted(wanted ^ found)}")
    curve = tuple((float(weight), float(share)) for weight, share in given.pop("curve"))
    return Model(odds=odds, curve=curve, **given)


@lru_cache(maxsize=1)
def stored() -> Model:
    """The model kept in the tree."""
    return from_json(STORED.read_text(encoding="utf-8"))


def weighed(a: Record, b: Record, model: Model) -> list[tuple[Comparison, str, float]]:
    """Each comparison that can be made, its level and its bits, without the rarity of names."""
    found = []
    for comparison in COMPARISONS:
        level = comparison.level(a, b)
        if level is not None:
            bits = model.bits(comparison.name, level.code)
            found.append((comparison, level.code, bits))
    return found
