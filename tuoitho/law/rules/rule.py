"""A rule's identity, and the three ways it can answer."""

from __future__ import annotations

from dataclasses import dataclass

from tuoitho.law.citations import Citation
from tuoitho.law.facts import ORDINARY, OTHER, Work
from tuoitho.law.findings import Answer, Finding, Kind, Sanction, sanction_for
from tuoitho.law.parameters.in_force import InForce


@dataclass(frozen=True, slots=True)
class Age:
    """An age in full years with the words for it ("13 tuổi", "nếu 13–14 tuổi")."""

    years: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """code: stable name; question: same for all ages; source: the parameter it is cited from."""

    code: str
    question: str
    source: str
    kind: Kind = Kind.SUBSTANTIVE

    def kept(self, law: InForce, reason: str) -> Finding:
        """The rule is known to be kept."""
        return self._finding(law, Answer.KEPT, reason)

    def broken(
        self,
        law: InForce,
        reason: str,
        sanction: Sanction | None = None,
        citation: Citation | None = None,
    ) -> Finding:
        """The rule is broken; `citation` when another text than the rule's says so."""
        cited = citation or law.cite(self.source)
        return Finding(
            self.code, self.question, Answer.BROKEN, cited, reason, self.kind, sanction=sanction
        )

    def unknown(self, law: InForce, reason: str, *missing: str) -> Finding:
        """Not known because the facts (or lists) named in `missing` are missing."""
        return self._finding(law, Answer.UNKNOWN, reason, missing)

    def _finding(
        self, law: InForce, answer: Answer, reason: str, missing: tuple[str, ...] = ()
    ) -> Finding:
        cited = law.cite(self.source)
        return Finding(self.code, self.question, answer, cited, reason, self.kind, missing)


def fine(law: InForce, act: str, work: Work) -> Sanction | None:
    """The fine on whoever employs the child in this work.

    None in the family and on one's own account: the decrees fine "người sử dụng lao động".
    """
    if not work.employed:
        return None
    return sanction_for(law, act, organisation=work.organisation is True)


_LABELS = (
    "light_work.list",
    "light_work.under_13",
    "prohibited.jobs",
    "harmful_jobs.list",
    "overtime_night.overtime",
    "prohibited.places",
    "harmful_places.list",
)


def named(law: InForce, code: str) -> str:
    """A code with its Vietnamese label as far as a list in force names it."""
    if code == OTHER:
        return "công việc không có trong danh mục nào"
    if code == ORDINARY:
        return "nơi làm việc thông thường"
    for name in _LABELS:
        label = (law.items(name) or {}).get(code)
        if label is not None:
            return f"{code} ({label.split(':')[0].split(';')[0].strip()})"
    return code
