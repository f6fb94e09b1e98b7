"""Each rule as Polars columns: 0 kept, 1 unknown, 2 broken, null not asked.

One column per age group of the law (under 13, 13–14, 15–17); `table` merges them over the ages
a child may have. Whoever changes a rule changes it here too: `tests/test_table.py` compares.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from tuoitho.law.facts import EMPLOYED, OTHER
from tuoitho.law.findings import Kind
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules import (
    article_061,
    article_143,
    article_144,
    article_145,
    article_146,
    article_147,
)
from tuoitho.law.rules.article_146 import TOLERANCE, Limit
from tuoitho.law.rules.rule import Rule

KEPT, UNKNOWN, BROKEN = 0, 1, 2


@dataclass(frozen=True)
class Asked:
    """One question: the rule that asks it in each age group (None: not asked) and its answer."""

    rules: tuple[Rule | None, Rule | None, Rule | None]
    answers: tuple[pl.Expr, pl.Expr, pl.Expr]

    @property
    def kind(self) -> Kind:
        """Substantive or an employer's duty: the same in every age group."""
        return next(rule.kind for rule in self.rules if rule is not None)


# Broken rules travel as bits of one integer and become sorted codes only at the end.
RULES = (
    article_061.AGE,
    article_061.TRADE,
    article_143.LIGHT_WORK,
    article_143.PLACE,
    article_144.BOOK.rule,
    article_144.CONSENT.rule,
    *(duty.rule for duty in article_145.UNDER_15),
    article_145.JOB,
    article_145.PLACE,
    article_145.PROVINCIAL_CONSENT.rule,
    article_146.DAY_UNDER_15.rule,
    article_146.WEEK_UNDER_15.rule,
    article_146.NIGHT_UNDER_15,
    article_146.OVERTIME_UNDER_15,
    article_146.DAY_15_17.rule,
    article_146.WEEK_15_17.rule,
    article_146.NIGHT_15_17,
    article_146.OVERTIME_15_17,
    article_147.JOB,
    article_147.PLACE,
)
NO_BITS = pl.lit(0, dtype=pl.Int64)


def bit(rule: Rule | None) -> pl.Expr:
    """The bit of one rule in a set of broken rules; none for a rule that is not asked."""
    return NO_BITS if rule is None else pl.lit(1 << RULES.index(rule), dtype=pl.Int64)


def named_bits(bits: pl.Series) -> pl.DataFrame:
    """Each distinct set of broken rules ("bits") with its sorted codes ("broken")."""
    distinct = bits.unique()
    codes = [
        sorted(rule.code for i, rule in enumerate(RULES) if mask >> i & 1) for mask in distinct
    ]
    broken = pl.Series("broken", codes, dtype=pl.List(pl.String))
    return pl.DataFrame([distinct.alias("bits"), broken])


_NOT_ASKED = pl.lit(None, dtype=pl.Int8)


def code(answer: int) -> pl.Expr:
    """One of the three answers as a small integer."""
    return pl.lit(answer, dtype=pl.Int8)


def three(known: pl.Expr) -> pl.Expr:
    """True is broken, False is kept, null is unknown."""
    said = pl.when(known).then(code(BROKEN)).otherwise(code(KEPT))
    return pl.when(known.is_null()).then(code(UNKNOWN)).otherwise(said)


def _harmful(column: str, forbidden: frozenset[str], annex: dict[str, str] | None) -> pl.Expr:
    """As `harm.harmful`: true, false, or null when the code or its list is not known."""
    code = pl.col(column)
    in_annex = pl.lit(None, dtype=pl.Boolean) if annex is None else code.is_in(sorted(annex))
    return pl.when(code.is_in(sorted(forbidden))).then(pl.lit(value=True)).otherwise(in_annex)


def job_harm(day: InForce) -> pl.Expr:
    """As `harm.harmful_job`."""
    return _harmful("job", day.forbidden_jobs, day.items("harmful_jobs.list"))


def place_harm(day: InForce) -> pl.Expr:
    """As `harm.harmful_place`."""
    return _harmful("place", day.forbidden_places, day.items("harmful_places.list"))


def _job(day: InForce) -> Asked:
    """Điều 145.3, 143.3 and 147.1."""
    job = pl.col("job")
    light = day.items("light_work.list")
    not_listed = pl.lit(None, dtype=pl.Boolean) if light is None else ~job.is_in(sorted(light))
    forbidden = job.is_in(sorted(day.forbidden_jobs))
    not_light = pl.when(forbidden).then(pl.lit(value=True)).otherwise(not_listed)
    not_art = ~job.is_in(sorted(day.items("light_work.under_13") or ()))
    return Asked(
        (article_145.JOB, article_143.LIGHT_WORK, article_147.JOB),
        (three(not_art), three(not_light), three(job_harm(day))),
    )


def _place(day: InForce) -> Asked:
    """Điều 145.3; TT 09/2020 Điều 3.5; Điều 147.2."""
    answer = three(place_harm(day))
    return Asked(
        (article_145.PLACE, article_143.PLACE, article_147.PLACE), (answer, answer, answer)
    )


def permitted(fact: str, day: InForce) -> pl.Expr:
    """As `article_146.permitted`: whether Phụ lục V allows the job overtime or night work."""
    job, name = pl.col("job"), f"overtime_night.{fact}"
    listed = day.items(name)
    if listed is None:
        return pl.lit(None, dtype=pl.Boolean)
    no = pl.lit(value=True) if day.complete(name) else (job == OTHER) | job_harm(day)
    otherwise = pl.when(no).then(pl.lit(value=False))
    allowed = pl.when(job.is_in(sorted(listed))).then(pl.lit(value=True)).otherwise(otherwise)
    return pl.when(job.is_not_null()).then(allowed)


def _listed(fact: str, day: InForce) -> pl.Expr:
    """Điều 146.2 and Phụ lục V: whether it is forbidden."""
    forbidden = ~permitted(fact, day)
    return three(pl.when(pl.col(fact)).then(forbidden).otherwise(pl.col(fact)))


def _times(fact: str, under_15: Rule, from_15: Rule, day: InForce) -> Asked:
    """Điều 146: overtime or night work."""
    never = three(pl.col(fact))
    return Asked((under_15, under_15, from_15), (never, never, _listed(fact, day)))


def if_unknown_relation(applies: pl.Expr, answer: pl.Expr) -> pl.Expr:
    """Asked if `applies`; if the relation is not known, broken and unknown are unknown."""
    unsure = pl.when(answer != KEPT).then(code(UNKNOWN))
    unknown = pl.col("relation").is_null()
    return pl.when(unknown).then(unsure).otherwise(pl.when(applies).then(answer))


def _duty(duty: article_144.Duty, day: InForce, *, groups: int) -> Asked:
    """Điều 144.3, 145: asked in the first `groups` age groups, not of the family."""
    answer = three(~pl.col(duty.fact(day)))
    answer = if_unknown_relation(pl.col("relation").is_in(sorted(EMPLOYED)), answer)
    rules = tuple(duty.rule if i < groups else None for i in range(3))
    answers = tuple(answer if i < groups else _NOT_ASKED for i in range(3))
    return Asked((rules[0], rules[1], rules[2]), (answers[0], answers[1], answers[2]))


def _apprentice_trade(day: InForce) -> Asked:
    """Điều 61, hazardous trades."""
    answer = if_unknown_relation(pl.col("relation") == "apprentice", three(job_harm(day)))
    rule = article_061.TRADE
    return Asked((rule, rule, rule), (answer, answer, answer))


def work_questions(day: InForce) -> list[Asked]:
    """Everything asked of one work but the apprentice's age, which no age group decides."""
    return [
        _job(day),
        _place(day),
        _times("overtime", article_146.OVERTIME_UNDER_15, article_146.OVERTIME_15_17, day),
        _times("night", article_146.NIGHT_UNDER_15, article_146.NIGHT_15_17, day),
        _apprentice_trade(day),
        _duty(article_144.CONSENT, day, groups=3),
        _duty(article_144.BOOK, day, groups=3),
        *(_duty(duty, day, groups=2) for duty in article_145.UNDER_15),
        _duty(article_145.PROVINCIAL_CONSENT, day, groups=1),
    ]


def _over(day: InForce, limit: Limit) -> pl.Expr:
    """As `article_146._check`, on the columns summed per child."""
    hours, most = pl.col(limit.fact), day.number(limit.rule.source)
    broken = code(BROKEN)
    if limit.overtime:
        cap = sum(day.number(name) for name in limit.overtime)
        unsure = pl.col("perhaps_overtime") & (hours <= cap + TOLERANCE)
        broken = pl.when(unsure).then(code(UNKNOWN)).otherwise(broken)
    known = pl.when(pl.col(f"{limit.fact}_known")).then(code(KEPT)).otherwise(code(UNKNOWN))
    return pl.when(hours > most + TOLERANCE).then(broken).otherwise(known)


def child_questions(day: InForce) -> list[Asked]:
    """Điều 146: hours of all works of a child together."""
    a = article_146
    return [
        Asked(
            (young.rule, young.rule, old.rule),
            (_over(day, young), _over(day, young), _over(day, old)),
        )
        for young, old in ((a.DAY_UNDER_15, a.DAY_15_17), (a.WEEK_UNDER_15, a.WEEK_15_17))
    ]
