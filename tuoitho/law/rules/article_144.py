"""Điều 144.3: the parents' consent and the separate tracking book, for every minor."""

from __future__ import annotations

from dataclasses import dataclass

from tuoitho.law.facts import Work
from tuoitho.law.findings import Finding, Kind
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules.rule import Age, Rule, fine


@dataclass(frozen=True, slots=True)
class Duty:
    """An employer's duty: the rule, the fine's act, and the words when it is there or lacks."""

    rule: Rule
    act: str
    have: str
    lack: str

    def fact(self, law: InForce) -> str:
        """The fact that must be true (a field of Work), as the parameter names it."""
        value = law.get(self.rule.source)
        if value is None:
            raise LookupError(f"{self.rule.source} không có hiệu lực; hãy hỏi law.judged trước")
        return str(value.value)

    def check(self, work: Work, age: Age, law: InForce) -> Finding | None:
        """None when nobody employs the child: a duty is not asked of the child's own family."""
        if not work.employed:
            return None
        fact = self.fact(law)
        answer = getattr(work, fact)
        if answer is None:
            return self.rule.unknown(law, f"{age.text}: chưa biết {self.have} hay không.", fact)
        if answer:
            return self.rule.kept(law, f"{age.text}: {self.have}.")
        return self.rule.broken(law, f"{age.text}: {self.lack}.", fine(law, self.act, work))


CONSENT = Duty(
    Rule("144.3-consent", "consent", "duties.consent", Kind.EMPLOYER_DUTY),
    "consent",
    "có sự đồng ý của cha, mẹ hoặc người giám hộ",
    "chưa có sự đồng ý của cha, mẹ hoặc người giám hộ",
)
BOOK = Duty(
    Rule("144.3-book", "book", "duties.book", Kind.EMPLOYER_DUTY),
    "book",
    "có lập sổ theo dõi riêng",
    "không lập sổ theo dõi riêng",
)


def check_consent(work: Work, age: Age, law: InForce) -> Finding | None:
    """Khoản 3 Điều 144 BLLĐ 2019: consent of father, mother or guardian. Under 18."""
    return CONSENT.check(work, age, law)


def check_book(work: Work, age: Age, law: InForce) -> Finding | None:
    """Khoản 3 Điều 144 BLLĐ 2019: a separate tracking book, filled in. Under 18."""
    return BOOK.check(work, age, law)
