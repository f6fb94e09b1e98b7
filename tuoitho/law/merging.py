"""One answer out of several possible ages or relations: only what holds for all is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tuoitho.law.findings import Answer, Finding

Key = tuple[str, int | None]


def merge(cases: Sequence[Iterable[Finding]], cause: str, words: str = "") -> list[Finding]:
    """Findings true in every case. `cases`: the findings if the unknown fact were this or that.

    cause: the fact that would settle it ("birth_date", "relation"). words: said before each
    reason. A question answered alike everywhere keeps its answer, under the rule of the first
    case (the youngest age: the strictest article). A question that is kept where it is asked
    and elsewhere not asked is left out: nothing is broken, nothing is claimed. Any other
    difference is unknown because `cause` is missing.
    """
    if len(cases) == 1:
        return list(cases[0])
    by_question: dict[Key, list[Finding]] = {}
    for case in cases:
        for finding in case:
            by_question.setdefault((finding.question, finding.work), []).append(finding)
    merged = (_one(found, len(cases), cause, words) for found in by_question.values())
    return [finding for finding in merged if finding is not None]


def _one(found: list[Finding], cases: int, cause: str, words: str) -> Finding | None:
    answers = {finding.answer for finding in found}
    everywhere = len(found) == cases
    if answers == {Answer.KEPT} and not everywhere:
        return None
    reason = words + " ".join(dict.fromkeys(finding.reason for finding in found))
    missing = list(dict.fromkeys(name for finding in found for name in finding.missing))
    if everywhere and len(answers) == 1:
        sanctions = {finding.sanction for finding in found}
        return replace(
            found[0],
            reason=reason,
            missing=tuple(missing),
            sanction=found[0].sanction if len(sanctions) == 1 else None,
        )
    return replace(
        found[0],
        answer=Answer.UNKNOWN,
        reason=reason,
        missing=tuple(dict.fromkeys([*missing, cause])),
        sanction=None,
    )
