"""SDG 8.7.1: the statistical class, beside the legal finding and independent of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuoitho.law.facts import Facts
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules.article_146 import TOLERANCE, exceeds, total


@dataclass(frozen=True, slots=True)
class StatisticalClass:
    """SDG 8.7.1 on one child. Hours per week; None: not known.

    child_labour: economic activity and chores; economic_only: the first published series.
    """

    child_labour: bool | None
    economic_hours: float | None
    chores_hours: float | None
    economic_only: bool | None

    def to_json(self) -> dict[str, Any]:
        """Keys of the contract, and the economic-only series beside them."""
        return {
            "child_labour": self.child_labour,
            "economic_hours": self.economic_hours,
            "chores_hours": self.chores_hours,
            "economic_only": self.economic_only,
        }


def classify(facts: Facts, ages: tuple[int, ...], law: InForce) -> StatisticalClass:
    """SDG metadata 8.7.1: 5–11 ≥ 1 h or chores > 21; 12–14 ≥ 14 or > 21; 15–17 ≥ 43.

    ages: one age of each band the child may be in; the class is known when all agree.
    """
    works = facts.works
    worked, all_known = (0.0, False) if works is None else total(works, "hours_week")
    known = {_at(age, worked, all_known, facts.chores_hours_week, law) for age in ages}
    both = {answer for answer, _ in known}
    economic = {answer for _, answer in known}
    return StatisticalClass(
        child_labour=both.pop() if len(both) == 1 else None,
        economic_hours=round(worked, 6) if all_known else None,
        chores_hours=facts.chores_hours_week,
        economic_only=economic.pop() if len(economic) == 1 else None,
    )


def _at(
    age: int, worked: float, all_known: bool, chores: float | None, law: InForce
) -> tuple[bool | None, bool | None]:
    """(both series, economic only) at one age."""
    if not law.sdg_bands:
        return None, None
    band = next((b for b in law.sdg_bands if b["low"] <= age <= b["high"]), None)
    if band is None:
        return False, False
    economic = _either(worked >= band["economic_from"] - TOLERANCE, all_known)
    if economic or band["chores_over"] is None:
        return economic, economic
    over = chores is not None and exceeds(chores, band["chores_over"])
    if over:
        return True, economic
    return (economic if chores is not None else None), economic


def _either(reached: bool, all_known: bool) -> bool | None:
    return True if reached else (False if all_known else None)
