"""Is this child's work against the law? The one question this package answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tuoitho.law import parameters
from tuoitho.law.facts import Facts, Work, ages
from tuoitho.law.findings import Answer, Finding, Kind
from tuoitho.law.merging import merge
from tuoitho.law.parameters import Law
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules import harm
from tuoitho.law.rules.by_age import hours_findings, work_findings
from tuoitho.law.rules.rule import Age, Rule
from tuoitho.law.statistics import StatisticalClass, classify


class Outcome(StrEnum):
    """The legal outcome for one child on one day."""

    UNLAWFUL = "unlawful"
    LAWFUL = "lawful"
    UNDETERMINED = "undetermined"
    NOT_WORKING = "not_working"
    NOT_A_MINOR = "not_a_minor"


NO_LAW = Rule("no-law-in-force", "law", "ages.minor")
BOTH_RELATIONS = ("apprentice", "family")  # the most and the least the law asks of a relation


@dataclass(frozen=True, slots=True)
class Assessment:
    """The two results of one child, side by side: the law (all but `sdg`) and the statistics.

    age: full years on the day observed; None when not known to the year. missing: facts that
    would settle what is unknown. law_version: which YAML data answered.
    """

    id: str | int | None
    observed_on: date
    age: int | None
    outcome: Outcome
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    hazardous: bool | None
    child_labour: bool | None
    sdg: StatisticalClass
    law_version: str

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings of broken rules."""
        return tuple(f for f in self.findings if f.answer is Answer.BROKEN)

    def to_json(self) -> dict[str, Any]:
        """The line of the command's contract, with the version of the law beside it."""
        return {
            "id": self.id,
            "age": self.age,
            "labour_law": {
                "outcome": self.outcome.value,
                "findings": [finding.to_json() for finding in self.findings],
                "missing": list(self.missing),
            },
            "hazardous": self.hazardous,
            "child_labour": self.child_labour,
            "sdg_8_7_1": self.sdg.to_json(),
            "law_version": self.law_version,
        }


@dataclass(frozen=True, slots=True)
class _Legal:
    """The legal half of an assessment."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    hazardous: bool | None = False
    child_labour: bool | None = False


def assess(facts: Facts, law: Law | None = None) -> Assessment:
    """Judge one child by the law in force on `facts.observed_on`.

    law: other parameters than the current ones (a test, an administrator's draft).
    Never raises for a day or an age: what cannot be judged is undetermined, and says why.
    """
    law = law or parameters.current()
    day = law.on(facts.observed_on)
    low, high = ages(facts)
    possible = _possible_ages(low, high, day)
    legal = _legal(facts, low, high, possible, day)
    return Assessment(
        id=facts.id,
        observed_on=facts.observed_on,
        age=low if low == high else None,
        outcome=legal.outcome,
        findings=legal.findings,
        missing=legal.missing,
        hazardous=legal.hazardous,
        child_labour=legal.child_labour,
        sdg=classify(facts, tuple(age.years for age in possible), day),
        law_version=law.version,
    )


def _possible_ages(low: int, high: int | None, day: InForce) -> tuple[Age, ...]:
    """One age of each band the child may be in: inside a band every rule answers alike."""
    if low == high:
        return (Age(low, f"{low} tuổi"),)
    steps = day.age_steps
    found = []
    for first, following in zip(steps, (*steps[1:], None), strict=True):
        start = max(first, low)
        last = following - 1 if following is not None else None
        end = last if high is None else (high if last is None else min(last, high))
        if end is None or start <= end:
            words = f"{start}" if start == end else f"{start}–{end}" if end else f"từ {start}"
            found.append(Age(start, f"Nếu {words} tuổi"))
    return tuple(found)


def _legal(
    facts: Facts, low: int, high: int | None, possible: tuple[Age, ...], day: InForce
) -> _Legal:
    if low >= day.adult:
        return _Legal(Outcome.NOT_A_MINOR)
    perhaps_adult = high is None or high >= day.adult
    if facts.works is None:
        return _Legal(Outcome.UNDETERMINED, (), ("works",), None, None)
    if not facts.works:
        if perhaps_adult:
            return _Legal(Outcome.UNDETERMINED, (), ("birth_date",))
        return _Legal(Outcome.NOT_WORKING)
    if not day.judged:
        reason = "Chưa có văn bản luật có hiệu lực ngày này trong dữ liệu."
        finding = NO_LAW.unknown(day, reason, "law_in_force")
        return _Legal(Outcome.UNDETERMINED, (finding,), finding.missing, None, None)
    findings = _findings(facts.works, possible, _range_words(facts), day)
    missing = dict.fromkeys(name for finding in findings for name in finding.missing)
    if perhaps_adult:
        missing["birth_date"] = None
    hazardous = harm.hazardous(facts.works, day)
    return _Legal(
        outcome=_outcome(findings, perhaps_adult),
        findings=findings,
        missing=tuple(missing),
        hazardous=None if hazardous and perhaps_adult else hazardous,
        child_labour=_child_labour(findings),
    )


def _range_words(facts: Facts) -> str:
    if facts.age_range is None:
        return "Chưa biết tuổi. "
    return f"Tuổi ước tính {facts.age_range[0]}–{facts.age_range[1]}. "


def _findings(
    works: tuple[Work, ...], possible: tuple[Age, ...], words: str, day: InForce
) -> tuple[Finding, ...]:
    by_age = [
        [
            *hours_findings(works, age, day),
            *(f.at(i) for i, work in enumerate(works) for f in _on_work(work, age, day)),
        ]
        for age in possible
    ]
    return tuple(merge(by_age, "birth_date", words))


def _on_work(work: Work, age: Age, day: InForce) -> Iterable[Finding]:
    if work.relation is not None:
        return work_findings(work, age, day)
    cases = [work_findings(replace(work, relation=r), age, day) for r in BOTH_RELATIONS]
    return merge(cases, "relation", "Chưa biết quan hệ lao động. ")


def _outcome(findings: tuple[Finding, ...], perhaps_adult: bool) -> Outcome:
    answers = {finding.answer for finding in findings}
    if Answer.BROKEN in answers:
        return Outcome.UNLAWFUL
    if Answer.UNKNOWN in answers or perhaps_adult:
        return Outcome.UNDETERMINED
    return Outcome.LAWFUL


def _child_labour(findings: tuple[Finding, ...]) -> bool | None:
    """What target 1.1 counts: a substantive rule broken, in employment or in the family."""
    answers = {f.answer for f in findings if f.kind is Kind.SUBSTANTIVE}
    if Answer.BROKEN in answers:
        return True
    return None if Answer.UNKNOWN in answers else False
