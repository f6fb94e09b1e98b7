"""Learning the odds of each level from a register itself, without anybody's labels.

How often different children agree by chance is counted on random pairs; how often the same child
is written differently comes out of expectation maximisation. The same register and seed give the
same model.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tuoitho.people.matching.engines import linker_over
from tuoitho.people.matching.levels import COMPARISONS
from tuoitho.people.matching.model import Model, Odds, stored
from tuoitho.people.matching.records import Record

SEED = 2026
RANDOM_PAIRS = 5e6
# Below this there are too few real doubles to learn from: siblings would pass for them.
ENOUGH = 20_000
LEAST = 1e-7
SELDOM = 2e-4  # a slip not met in training is rare, not impossible
# Each teaches what it does not itself demand.
LESSONS = (
    "l.birth = r.birth AND l.given = r.given",
    "l.words = r.words",
    "l.birth = r.birth AND l.unit = r.unit",
)  # fmt: skip


class NotLearntError(ValueError):
    """The register does not teach a usable model; the stored one is to be used."""


def learn(records: Sequence[Record], origin: str) -> Model:
    """A model with the odds of this register, calibrated as the stored one.

    Raises NotLearntError when the register is too small or what came out contradicts itself.
    """
    if len(records) < ENOUGH:
        raise NotLearntError(f"{len(records)} < {ENOUGH}")
    odds = learnt_odds(records)
    _check(odds)
    return replace(stored(), odds=odds, origin=origin)


def learnt_odds(records: Sequence[Record]) -> dict[str, dict[str, Odds]]:
    """Odds by comparison and level, as they come out."""
    with linker_over(records, None) as linker:
        linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
        for lesson in LESSONS:
            linker.training.estimate_parameters_using_expectation_maximisation(
                lesson, fix_probability_two_random_records_match=False
            )
        return _odds(linker.misc.save_model_to_json())


def _odds(settings: dict[str, Any]) -> dict[str, dict[str, Odds]]:
    odds: dict[str, dict[str, Odds]] = {}
    for comparison in settings["comparisons"]:
        known = [level for level in comparison["comparison_levels"]
                 if not level.get("is_null_level")]  # fmt: skip
        odds[comparison["output_column_name"]] = {
            level["label_for_charts"]: (
                max(SELDOM, float(level.get("m_probability") or 0)),
                max(LEAST, float(level.get("u_probability") or 0)),
            )
            for level in known
        }
    return odds


def _check(odds: dict[str, dict[str, Odds]]) -> None:
    """The nearest level of each comparison speaks for the same child, the farthest against."""
    for comparison in COMPARISONS:
        levels = odds[comparison.name]
        near, far = levels[comparison.levels[0].code], levels[comparison.levels[-1].code]
        if near[0] <= near[1] or far[0] >= far[1]:
            raise NotLearntError(comparison.name)
