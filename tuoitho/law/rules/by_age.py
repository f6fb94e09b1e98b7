"""Which articles are asked at which age."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tuoitho.law.facts import Work
from tuoitho.law.findings import Finding
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules import (
    article_061,
    article_143,
    article_144,
    article_145,
    article_146,
    article_147,
)
from tuoitho.law.rules.rule import Age

Check = Callable[[Work, Age, InForce], Finding | None]

_EVERY_MINOR: tuple[Check, ...] = (
    article_146.check_overtime,
    article_146.check_night,
    article_061.check_age,
    article_061.check_trade,
    article_144.check_consent,
    article_144.check_book,
)
_UNDER_15: tuple[Check, ...] = (
    article_145.check_contract,
    article_145.check_study,
    article_145.check_health_certificate,
    article_145.check_health_check,
    article_145.check_safe_conditions,
)
UNDER_13: tuple[Check, ...] = (
    article_145.check_job,
    article_145.check_place,
    *_EVERY_MINOR,
    *_UNDER_15,
    article_145.check_provincial_consent,
)
FROM_13_TO_14: tuple[Check, ...] = (
    article_143.check_light_work,
    article_143.check_place,
    *_EVERY_MINOR,
    *_UNDER_15,
)
FROM_15_TO_17: tuple[Check, ...] = (article_147.check_job, article_147.check_place, *_EVERY_MINOR)


def checks_at(age: int, law: InForce) -> tuple[Check, ...]:
    """The checks on each work of a person of `age` full years; none from 18."""
    if age >= law.adult:
        return ()
    if age >= law.number("ages.minimum"):
        return FROM_15_TO_17
    return FROM_13_TO_14 if age >= law.number("ages.light_work") else UNDER_13


def work_findings(work: Work, age: Age, law: InForce) -> Iterator[Finding]:
    """Điều 61, 143–147 BLLĐ 2019 on one work, at one age."""
    for check in checks_at(age.years, law):
        finding = check(work, age, law)
        if finding is not None:
            yield finding


def hours_findings(works: tuple[Work, ...], age: Age, law: InForce) -> Iterator[Finding]:
    """Điều 146 BLLĐ 2019 on all works of the child together, at one age."""
    if works and age.years < law.adult:
        yield article_146.check_hours_day(works, age, law)
        yield article_146.check_hours_week(works, age, law)
