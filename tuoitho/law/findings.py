"""What a rule answers: broken, kept, or not known because something is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tuoitho.law.citations import Citation
from tuoitho.law.parameters.in_force import InForce


class Answer(StrEnum):
    """The three answers of a rule."""

    BROKEN = "broken"
    KEPT = "kept"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """Substantive rules make child labour; the employer's duties do not by themselves."""

    SUBSTANTIVE = "substantive"
    EMPLOYER_DUTY = "employer_duty"


@dataclass(frozen=True, slots=True)
class Sanction:
    """An administrative fine in đồng, inclusive; already doubled when `doubled`."""

    decree: str
    clause: str
    min_vnd: int
    max_vnd: int
    doubled: bool = False
    verified: bool = True

    def to_json(self) -> dict[str, Any]:
        """The four keys of the contract."""
        return {
            "decree": self.decree,
            "clause": self.clause,
            "min_vnd": self.min_vnd,
            "max_vnd": self.max_vnd,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer on one work (`work` is its index) or on the child (`work` None).

    question: what is asked, the same at every age ("job", "hours-day"); rule: the article that
    asks it at this age. missing: names of the facts that would settle an unknown.
    """

    rule: str
    question: str
    answer: Answer
    citation: Citation
    reason: str
    kind: Kind
    missing: tuple[str, ...] = ()
    sanction: Sanction | None = None
    work: int | None = None

    def at(self, work: int) -> Finding:
        """The same finding, placed at a work."""
        return replace(self, work=work)

    def to_json(self) -> dict[str, Any]:
        """Keys of the contract, with kind, work, missing and the doubling beside them."""
        return {
            "rule": self.rule,
            "answer": self.answer.value,
            "citation": str(self.citation),
            "reason": self.reason,
            "sanction": None if self.sanction is None else self.sanction.to_json(),
            "kind": self.kind.value,
            "work": self.work,
            "missing": list(self.missing),
            "organisation_doubled": self.sanction is not None and self.sanction.doubled,
            "sanction_verified": None if self.sanction is None else self.sanction.verified,
        }


def sanction_for(law: InForce, act: str, *, organisation: bool) -> Sanction | None:
    """The fine for `act` (a name in sanctions.yaml) by the decree in force; None if none was.

    organisation: doubled (NĐ 12/2022 Điều 6.1, NĐ 283/2026 Điều 7).
    """
    value = law.get(f"sanctions.{act}")
    if value is None:
        return None
    fine = value.value
    factor = law.number("sanctions.organisation_factor") if organisation else 1
    return Sanction(
        decree=fine["decree"],
        clause=fine["clause"],
        min_vnd=fine["min_vnd"] * factor,
        max_vnd=fine["max_vnd"] * factor,
        doubled=organisation,
        verified=value.verified,
    )
