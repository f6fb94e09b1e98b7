"""A model of child labour from one's own rounds, set against the rules. Pure.

Logistic regression, because its coefficients can be read aloud. It is a second column beside the
rules, never alone, and sex and commune are not among its features: they only show its bias.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from statistics import mean
from typing import Any

from tuoitho.rounds.risk import FACTORS, packaged, score

OLDER = "aged_15_17"
YOUNG_WORKER = 15  # full years from which OLDER holds
FEATURES = (*FACTORS, OLDER)
HELD_OUT = 3  # of ten folds
BINS = 5
FEW = 20  # of a group, below which its line says little


@dataclass(frozen=True)
class Example:
    """A child of a closed round: what held before the visit, and what was found. ``fold`` 0 to 9:
    those of one household are in the same."""

    features: frozenset[str]
    positive: bool
    fold: int
    sex: str = ""
    commune: str = ""


def lacking(examples: Sequence[Example]) -> tuple[int, int]:
    """How many answers, and how many found in child labour, are still missing for a model."""
    least = packaged()["model"]
    positives = sum(example.positive for example in examples)
    return (
        max(0, least["least_answered"] - len(examples)),
        max(0, least["least_positive"] - positives),
    )


def train(examples: Sequence[Example], weights: Mapping[str, int]) -> dict[str, Any]:
    """Fit on seven folds of ten, look at the other three. Returns intercept, coefficients and what
    is reported of both columns. Raises ValueError when a part has only one kind of example."""
    held = [e for e in examples if e.fold < HELD_OUT]
    fitted = [e for e in examples if e.fold >= HELD_OUT]
    for part in (held, fitted):
        if len({e.positive for e in part}) < 2:
            raise ValueError("both parts need children found in child labour and others")
    from sklearn.linear_model import LogisticRegression  # seconds: not while the site starts

    model = LogisticRegression(C=1.0, max_iter=1_000)
    model.fit(_matrix(fitted), [e.positive for e in fitted])
    learned = {
        "intercept": float(model.intercept_[0]),
        "coefficients": dict(zip(FEATURES, map(float, model.coef_[0]), strict=True)),
    }
    return {**learned, **_report(held, learned, weights), "fitted": len(fitted)}


def chance(learned: Mapping[str, Any], features: frozenset[str] | set[str]) -> float:
    """The model's probability for a child of whom these hold."""
    total = learned["intercept"]
    total += sum(learned["coefficients"].get(code, 0.0) for code in features)
    return float(1 / (1 + exp(-total)))


def _matrix(examples: Sequence[Example]) -> list[list[float]]:
    return [[float(code in e.features) for code in FEATURES] for e in examples]


def _report(
    held: Sequence[Example], learned: dict[str, Any], weights: Mapping[str, int]
) -> dict[str, Any]:
    from sklearn.metrics import roc_auc_score  # seconds: not while the site starts

    truth = [e.positive for e in held]
    by_model = [chance(learned, e.features) for e in held]
    by_rules = [float(score(e.features, weights).points) for e in held]
    visits = max(1, round(len(held) * packaged()["model"]["visited_share"]))
    return {
        "held": len(held), "held_positive": sum(truth), "visits": visits,
        "auc_model": float(roc_auc_score(truth, by_model)),
        "auc_rules": float(roc_auc_score(truth, by_rules)),
        "recall_model": recall_at(visits, by_model, truth),
        "recall_rules": recall_at(visits, by_rules, truth),
        "calibration": _calibration(by_model, truth),
        "by_sex": _groups(held, by_model, visits, lambda e: e.sex),
        "by_commune": _groups(held, by_model, visits, lambda e: e.commune),
    }  # fmt: skip


def recall_at(visits: int, points: Sequence[float], truth: Sequence[bool]) -> float:
    """The share of all found who are among the ``visits`` highest. Among equals chance would pick:
    each counts by the share of them that can be visited."""
    cut = sorted(points, reverse=True)[visits - 1]
    above = sum(1 for value in points if value > cut)
    equal = sum(1 for value in points if value == cut)
    part = (visits - above) / equal
    found = sum(
        (1.0 if value > cut else part) for value, yes in zip(points, truth, strict=True)
        if yes and value >= cut
    )  # fmt: skip
    return found / max(1, sum(truth))


def _calibration(chances: Sequence[float], truth: Sequence[bool]) -> list[dict[str, float]]:
    """Five parts from the lowest chance to the highest: how many, expected, found."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    cuts = [len(order) * part // BINS for part in range(BINS + 1)]
    parts = [order[low:high] for low, high in pairwise(cuts) if low < high]
    return [
        {
            "n": len(part),
            "expected": mean(chances[place] for place in part),
            "found": mean(float(truth[place]) for place in part),
        }
        for part in parts
    ]


def _groups(
    held: Sequence[Example],
    chances: Sequence[float],
    visits: int,
    key: Callable[[Example], str],
) -> list[dict[str, Any]]:
    """For each group: how many, found and expected shares, and the share of its found children who
    are among the visited: where that is low, the model overlooks the group."""
    cut = sorted(chances, reverse=True)[visits - 1]
    rows: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    for example, value in zip(held, chances, strict=True):
        rows[key(example)].append((example.positive, value))
    found = []
    for name, part in sorted(rows.items()):
        positives = [value for yes, value in part if yes]
        found.append({
            "name": name, "n": len(part), "found": len(positives) / len(part),
            "expected": sum(value for _yes, value in part) / len(part),
            "recall": sum(v >= cut for v in positives) / len(positives) if positives else None,
            "few": len(part) < FEW,
        })  # fmt: skip
    return found
