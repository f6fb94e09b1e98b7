"""A visit's answers and violations with everything its page says beside them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tuoitho.inspections.checklist import checklist_named
from tuoitho.inspections.models import Inspection, Violation
from tuoitho.inspections.offences import (
    Power,
    citation_of,
    label_of,
    limitation_ends,
    powers,
)
from tuoitho.inspections.states import Answer


@dataclass(frozen=True)
class AnswerShown:
    """A question with its answer; ``rules`` broken by it that nobody has entered as a violation."""

    question: str
    answer: str
    colour: str
    citation: str
    rules: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class ViolationShown:
    """A violation, the words of its rule, who could fine it, and until when."""

    violation: Violation
    label: Any
    powers: tuple[Power, ...]
    limitation: date | None
    withdrawable: bool


_COLOURS = {Answer.KEPT: "green", Answer.BROKEN: "red", Answer.UNKNOWN: "yellow",
            Answer.NOT_APPLICABLE: "secondary"}  # fmt: skip


def answers_shown(inspection: Inspection, entered: set[str]) -> list[AnswerShown]:
    """The answers in the order of the checklist; ``entered`` are the rules of its violations."""
    checklist = checklist_named(inspection.checklist)
    given = {row.item: row for row in inspection.answers.all()}
    day = inspection.done_on
    if checklist is None or day is None:
        return []
    rows = []
    for item in checklist.items:
        row = given.get(item.code)
        if row is None:
            continue
        broken = row.answer == Answer.BROKEN and not entered & set(item.rules)
        rows.append(
            AnswerShown(
                item.question, row.get_answer_display(), _COLOURS[Answer(row.answer)],
                "; ".join(dict.fromkeys(citation_of(r, day) for r in item.rules)),
                tuple((r, label_of(r)) for r in item.rules) if broken else (),
            )
        )  # fmt: skip
    return rows


def violations_shown(inspection: Inspection) -> list[ViolationShown]:
    """All violations of the visit, oldest first."""
    rows = inspection.violations.prefetch_related("measures")
    return [_shown(violation, inspection.done_on) for violation in rows]


def _shown(violation: Violation, visited: date | None) -> ViolationShown:
    day = violation.ended_on or visited
    could: tuple[Power, ...] = ()
    limitation = None
    if day is not None and violation.sanction_max is not None:
        most = violation.sanction_max
        could = tuple(powers(most, day, organisation=violation.organisation))
        limitation = limitation_ends(day)
    loose = violation.decided_on is None and not violation.measures.all()
    return ViolationShown(violation, label_of(violation.rule), could, limitation, loose)
