"""The same law over whole tables: vectorised in Polars, same answers as `assess`.

Every rule becomes three columns, one per age group of the law (under 13, 13–14, 15–17), holding
0 kept, 1 unknown, 2 broken or null (not asked); the columns of the ages a child may have are
then merged as `merging.merge` does. `tests/test_table.py` compares both on random children.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import polars as pl

from tuoitho.law import parameters
from tuoitho.law.facts import EMPLOYED, OTHER, YES_NO
from tuoitho.law.findings import Kind
from tuoitho.law.parameters import Law
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
UNBOUNDED = 999  # age when no upper bound is known

CHILDREN_SCHEMA = {
    "id": pl.Int64,
    "observed_on": pl.Date,
    "birth_date": pl.Date,
    "age_low": pl.Int64,
    "age_high": pl.Int64,
    "chores_hours_week": pl.Float64,
    "works_known": pl.Boolean,
}
WORKS_SCHEMA = {
    "id": pl.Int64,
    "relation": pl.String,
    "job": pl.String,
    "place": pl.String,
    "hours_day": pl.Float64,
    "hours_week": pl.Float64,
    **dict.fromkeys(YES_NO, pl.Boolean),
}


@dataclass(frozen=True)
class Asked:
    """One question: the rule that asks it in each age group (None: not asked) and its answer."""

    rules: tuple[Rule | None, Rule | None, Rule | None]
    answers: tuple[pl.Expr, pl.Expr, pl.Expr]

    @property
    def kind(self) -> Kind:
        """Substantive or an employer's duty: the same in every age group."""
        return next(rule.kind for rule in self.rules if rule is not None)


_NOT_ASKED = pl.lit(None, dtype=pl.Int8)


def _code(answer: int) -> pl.Expr:
    return pl.lit(answer, dtype=pl.Int8)


def _three(known: pl.Expr) -> pl.Expr:
    """True is broken, False is kept, null is unknown."""
    said = pl.when(known).then(_code(BROKEN)).otherwise(_code(KEPT))
    return pl.when(known.is_null()).then(_code(UNKNOWN)).otherwise(said)


def _harmful(column: str, forbidden: frozenset[str], annex: dict[str, str] | None) -> pl.Expr:
    """As `harm.harmful`: true, false, or null when the code or its list is not known."""
    code = pl.col(column)
    in_annex = pl.lit(None, dtype=pl.Boolean) if annex is None else code.is_in(sorted(annex))
    return pl.when(code.is_in(sorted(forbidden))).then(pl.lit(value=True)).otherwise(in_annex)


def _job_harm(day: InForce) -> pl.Expr:
    return _harmful("job", day.forbidden_jobs, day.items("harmful_jobs.list"))


def _place_harm(day: InForce) -> pl.Expr:
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
        (_three(not_art), _three(not_light), _three(_job_harm(day))),
    )


def _place(day: InForce) -> Asked:
    """Điều 145.3; TT 09/2020 Điều 3.5; Điều 147.2."""
    answer = _three(_place_harm(day))
    return Asked(
        (article_145.PLACE, article_143.PLACE, article_147.PLACE), (answer, answer, answer)
    )


def _listed(fact: str, day: InForce) -> pl.Expr:
    """Điều 146.2 and Phụ lục V, as `article_146.permitted`: whether it is forbidden."""
    job, name = pl.col("job"), f"overtime_night.{fact}"
    listed = day.items(name)
    if listed is None:
        allowed = pl.lit(None, dtype=pl.Boolean)
    else:
        no = pl.lit(value=True) if day.complete(name) else (job == OTHER) | _job_harm(day)
        otherwise = pl.when(no).then(pl.lit(value=False))
        allowed = pl.when(job.is_in(sorted(listed))).then(pl.lit(value=True)).otherwise(otherwise)
    allowed = pl.when(job.is_not_null()).then(allowed)
    return _three(pl.when(pl.col(fact)).then(~allowed).otherwise(pl.col(fact)))


def _times(fact: str, under_15: Rule, from_15: Rule, day: InForce) -> Asked:
    """Điều 146: overtime or night work."""
    never = _three(pl.col(fact))
    return Asked((under_15, under_15, from_15), (never, never, _listed(fact, day)))


def _if_unknown_relation(applies: pl.Expr, answer: pl.Expr) -> pl.Expr:
    """Asked if `applies`; if the relation is not known, broken and unknown are unknown."""
    unsure = pl.when(answer != KEPT).then(_code(UNKNOWN))
    unknown = pl.col("relation").is_null()
    return pl.when(unknown).then(unsure).otherwise(pl.when(applies).then(answer))


def _duty(duty: article_144.Duty, day: InForce, *, groups: int) -> Asked:
    """Điều 144.3, 145: asked in the first `groups` age groups, not of the family."""
    answer = _three(~pl.col(duty.fact(day)))
    answer = _if_unknown_relation(pl.col("relation").is_in(sorted(EMPLOYED)), answer)
    rules = tuple(duty.rule if i < groups else None for i in range(3))
    answers = tuple(answer if i < groups else _NOT_ASKED for i in range(3))
    return Asked((rules[0], rules[1], rules[2]), (answers[0], answers[1], answers[2]))


def _apprentice_trade(day: InForce) -> Asked:
    """Điều 61, hazardous trades."""
    answer = _if_unknown_relation(pl.col("relation") == "apprentice", _three(_job_harm(day)))
    rule = article_061.TRADE
    return Asked((rule, rule, rule), (answer, answer, answer))


def _work_questions(day: InForce) -> list[Asked]:
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
    broken = _code(BROKEN)
    if limit.overtime:
        cap = sum(day.number(name) for name in limit.overtime)
        unsure = pl.col("permitted_overtime") & (hours <= cap + TOLERANCE)
        broken = pl.when(unsure).then(_code(UNKNOWN)).otherwise(broken)
    known = pl.when(pl.col(f"{limit.fact}_known")).then(_code(KEPT)).otherwise(_code(UNKNOWN))
    return pl.when(hours > most + TOLERANCE).then(broken).otherwise(known)


def _child_questions(day: InForce) -> list[Asked]:
    """Điều 146: hours of all works of a child together."""
    a = article_146
    return [
        Asked(
            (young.rule, young.rule, old.rule),
            (_over(day, young), _over(day, young), _over(day, old)),
        )
        for young, old in ((a.DAY_UNDER_15, a.DAY_15_17), (a.WEEK_UNDER_15, a.WEEK_15_17))
    ]


def _groups(day: InForce) -> tuple[tuple[int, int], ...]:
    """The three age groups of the law, inclusive."""
    light, least = day.number("ages.light_work"), day.number("ages.minimum")
    return (0, light - 1), (light, least - 1), (least, day.adult - 1)


def _within(low: int, high: int) -> pl.Expr:
    """Whether the child may have an age from `low` to `high`."""
    return (pl.col("low") <= high) & (pl.col("high") >= low)


def _merged(asked: Asked, day: InForce) -> pl.Expr:
    """Broken if broken at every possible age; kept if never broken nor unknown; else unknown."""
    parts = list(zip(_groups(day), asked.answers, strict=True))
    broken = [~_within(*g) | (answer == BROKEN).fill_null(value=False) for g, answer in parts]
    quiet = [~_within(*g) | (answer == KEPT).fill_null(value=True) for g, answer in parts]
    asked_at = [_within(*g) & answer.is_not_null() for g, answer in parts]
    everywhere = reduce(pl.Expr.and_, broken) & ~pl.col("perhaps_adult")
    calm = pl.when(reduce(pl.Expr.and_, quiet)).then(_code(KEPT)).otherwise(_code(UNKNOWN))
    answer = pl.when(everywhere).then(_code(BROKEN)).otherwise(calm)
    return pl.when(reduce(pl.Expr.or_, asked_at)).then(answer)


def _apprentice_age(day: InForce) -> pl.Expr:
    """Điều 61: at least 14, merged over the possible ages."""
    least = day.number("ages.apprentice")
    some = pl.when(pl.col("low") < least).then(_code(UNKNOWN)).otherwise(_code(KEPT))
    answer = pl.when(pl.col("high") < least).then(_code(BROKEN)).otherwise(some)
    return _if_unknown_relation(pl.col("relation") == "apprentice", answer)


def _rule_code(asked: Asked, day: InForce) -> pl.Expr:
    """The code of the rule at the youngest possible age."""
    codes = [pl.lit(None if r is None else r.code, dtype=pl.String) for r in asked.rules]
    (_, young), (_, middle), _ = _groups(day)
    older = pl.when(pl.col("low") <= middle).then(codes[1]).otherwise(codes[2])
    return pl.when(pl.col("low") <= young).then(codes[0]).otherwise(older)


def _summary(questions: list[tuple[pl.Expr, pl.Expr, Kind]]) -> list[pl.Expr]:
    """Per row: the worst substantive answer, the worst duty, and the broken rules."""
    substantive = [answer for answer, _, kind in questions if kind is Kind.SUBSTANTIVE]
    duties = [answer for answer, _, kind in questions if kind is Kind.EMPLOYER_DUTY]
    names = [pl.when(answer == BROKEN).then(code) for answer, code, _ in questions]
    return [
        pl.max_horizontal(substantive).fill_null(KEPT).alias("substantive"),
        (pl.max_horizontal(duties).fill_null(KEPT) if duties else _code(KEPT)).alias("duty"),
        pl.concat_list(names).list.drop_nulls().alias("broken"),
    ]


def _work_rows(works: pl.DataFrame, day: InForce) -> pl.DataFrame:
    """Each work with its worst answers and what the child's totals need."""
    questions = [(_merged(a, day), _rule_code(a, day), a.kind) for a in _work_questions(day)]
    code = pl.lit(article_061.AGE.code)
    questions.append((_apprentice_age(day), code, Kind.SUBSTANTIVE))
    listed = sorted(day.items("overtime_night.overtime") or ())
    return works.select(
        "id",
        "hours_day",
        "hours_week",
        *_summary(questions),
        (pl.col("overtime") & pl.col("job").is_in(listed)).fill_null(value=False).alias("longer"),
        _job_harm(day).alias("job_harm"),
        _place_harm(day).alias("place_harm"),
    )


def _per_child(rows: pl.DataFrame) -> pl.DataFrame:
    harm = [pl.col("job_harm"), pl.col("place_harm")]
    return rows.group_by("id").agg(
        *(pl.col(hours).sum() for hours in ("hours_day", "hours_week")),
        *(pl.col(h).is_not_null().all().alias(f"{h}_known") for h in ("hours_day", "hours_week")),
        pl.col("substantive").max(),
        pl.col("duty").max(),
        pl.col("broken").explode().drop_nulls().unique(),
        pl.col("longer").any().alias("permitted_overtime"),
        pl.any_horizontal(h.fill_null(value=False).any() for h in harm).alias("harmed"),
        pl.any_horizontal(h.is_null().any() for h in harm).alias("harm_unknown"),
    )


_WORKING = (pl.col("low") < pl.col("adult")) & pl.col("has_works")


def _outcome() -> pl.Expr:
    worst = pl.max_horizontal("substantive", "duty")
    works = (
        pl.when(worst == BROKEN)
        .then(pl.lit("unlawful"))
        .when((worst == UNKNOWN) | pl.col("perhaps_adult"))
        .then(pl.lit("undetermined"))
        .otherwise(pl.lit("lawful"))
    )
    idle = pl.when(pl.col("perhaps_adult")).then(pl.lit("undetermined"))
    return (
        pl.when(pl.col("low") >= pl.col("adult"))
        .then(pl.lit("not_a_minor"))
        .when(~pl.col("works_known"))
        .then(pl.lit("undetermined"))
        .when(~pl.col("has_works"))
        .then(idle.otherwise(pl.lit("not_working")))
        .otherwise(works)
    )


def _child_labour() -> pl.Expr:
    said = pl.when(pl.col("substantive") != UNKNOWN).then(pl.col("substantive") == BROKEN)
    return _unless_idle(said)


def _hazardous() -> pl.Expr:
    harmed = pl.when(~pl.col("perhaps_adult")).then(pl.lit(value=True))
    unharmed = pl.when(~pl.col("harm_unknown")).then(pl.lit(value=False))
    return _unless_idle(pl.when(pl.col("harmed")).then(harmed).otherwise(unharmed))


def _unless_idle(answer: pl.Expr) -> pl.Expr:
    """False for an adult or a child without work; null if work is not known."""
    minor = pl.col("low") < pl.col("adult")
    working = pl.when(_WORKING).then(answer).otherwise(pl.lit(value=False))
    return pl.when(minor & ~pl.col("works_known")).then(pl.lit(None)).otherwise(working)


def _sdg(day: InForce) -> pl.Expr:
    """SDG 8.7.1, as `statistics.classify`: known when all possible bands agree."""
    if not day.sdg_bands:
        return pl.lit(None, dtype=pl.Boolean)
    hours, all_known = pl.col("hours_week"), pl.col("hours_week_known")
    chores = pl.col("chores_hours_week")
    first, last = day.sdg_bands[0]["low"], day.sdg_bands[-1]["high"]
    outside = _within(0, first - 1) | _within(last + 1, UNBOUNDED)
    all_true, all_false = [~outside], [pl.lit(value=True)]
    for band in day.sdg_bands:
        reached = hours >= band["economic_from"] - TOLERANCE
        yes, no = reached, ~reached & all_known
        if band["chores_over"] is not None:
            over = (chores > band["chores_over"] + TOLERANCE).fill_null(value=False)
            yes, no = yes | over, no & ~over & chores.is_not_null()
        here = _within(band["low"], band["high"])
        all_true.append(~here | yes)
        all_false.append(~here | no)
    no_answer = pl.when(reduce(pl.Expr.and_, all_false)).then(pl.lit(value=False))
    return pl.when(reduce(pl.Expr.and_, all_true)).then(pl.lit(value=True)).otherwise(no_answer)


def _month_day(day: pl.Expr) -> pl.Expr:
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def _with_ages(children: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Possible ages and the period of the law for each child."""
    on, born = pl.col("observed_on"), pl.col("birth_date")
    later = _month_day(on) < _month_day(born)
    years = on.dt.year() - born.dt.year() - later.cast(pl.Int32)
    days = pl.Series(law.changes, dtype=pl.Date)
    return children.with_columns(
        pl.coalesce(years.cast(pl.Int64), "age_low", pl.lit(0)).alias("low"),
        pl.coalesce(years.cast(pl.Int64), "age_high", pl.lit(UNBOUNDED)).alias("high"),
        pl.col("works_known").fill_null(value=False),
        days.search_sorted(children["observed_on"], side="right").alias("period"),
    )


def _no_law(works: pl.DataFrame) -> pl.DataFrame:
    """Works on days before any labour code in our data: everything is unknown."""
    return works.select(
        "id",
        "hours_day",
        "hours_week",
        _code(UNKNOWN).alias("substantive"),
        _code(KEPT).alias("duty"),
        pl.lit([], dtype=pl.List(pl.String)).alias("broken"),
        pl.lit(value=False).alias("longer"),
        pl.lit(None, dtype=pl.Boolean).alias("job_harm"),
        pl.lit(None, dtype=pl.Boolean).alias("place_harm"),
    )


def _with_hours(frame: pl.DataFrame, day: InForce) -> pl.DataFrame:
    """The child's own questions (hours) joined to the worst answers of the works."""
    questions = [(_merged(a, day), _rule_code(a, day), a.kind) for a in _child_questions(day)]
    substantive, _, broken = _summary(questions)
    merged = frame.with_columns(substantive.alias("own"), broken.alias("own_broken"))
    hours = pl.when(_WORKING).then(pl.col("own")).otherwise(_code(KEPT))
    none: list[str] = []
    own = pl.when(_WORKING).then(pl.col("own_broken")).otherwise(pl.lit(none, pl.List(pl.String)))
    return merged.with_columns(
        pl.max_horizontal("substantive", hours).alias("substantive"),
        pl.concat_list("broken", own).alias("broken"),
    )


def _period(children: pl.DataFrame, works: pl.DataFrame, day: InForce) -> pl.DataFrame:
    """Answers for the children observed between two changes of the law."""
    perhaps = (pl.col("high") >= day.adult).alias("perhaps_adult")
    kids = children.with_columns(perhaps, pl.lit(day.adult).alias("adult"))
    mine = works.join(kids.select("id", "low", "high", "perhaps_adult"), on="id", how="inner")
    rows = _work_rows(mine, day) if day.judged else _no_law(mine)
    frame = kids.join(_per_child(rows), on="id", how="left", maintain_order="left").with_columns(
        pl.col("substantive").is_not_null().alias("has_works"),
        pl.col("substantive", "duty").fill_null(KEPT),
        pl.col("hours_day", "hours_week").fill_null(0.0),
        pl.col("hours_day_known", "hours_week_known").fill_null(pl.col("works_known")),
        pl.col("permitted_overtime", "harmed", "harm_unknown").fill_null(value=False),
        pl.col("broken").fill_null(pl.lit([], dtype=pl.List(pl.String))),
    )
    if day.judged:
        frame = _with_hours(frame, day)
    minor = pl.col("low") < day.adult
    none = pl.lit([], dtype=pl.List(pl.String))
    return frame.select(
        "id",
        pl.when(pl.col("low") == pl.col("high")).then(pl.col("low")).alias("age"),
        _outcome().alias("outcome"),
        _child_labour().cast(pl.Boolean).alias("child_labour"),
        _hazardous().cast(pl.Boolean).alias("hazardous"),
        _sdg(day).alias("sdg_child_labour"),
        pl.when(minor)
        .then(pl.col("broken").list.unique().list.sort())
        .otherwise(none)
        .alias("broken"),
    )


def assess_table(
    children: pl.DataFrame, works: pl.DataFrame, law: Law | None = None
) -> pl.DataFrame:
    """Judge many children at once: the whole table form of `assess`.

    children: columns of CHILDREN_SCHEMA, one row per id (works_known false: not known whether
    the child works); works: columns of WORKS_SCHEMA, any number of rows per id. The tables hold
    facts already read (`reading.read_facts` or the register): codes are not checked again.
    Returns id, age, outcome, child_labour, hazardous, sdg_child_labour and broken (sorted codes
    of the broken rules), in the order of `children`.
    """
    law = law or parameters.current()
    kids = _with_ages(children.with_row_index("order"), law)
    parts = [
        _period(part, works, law.on(part["observed_on"][0])) for part in kids.partition_by("period")
    ]
    if not parts:
        parts = [_period(kids, works, law.on(law.changes[-1]))]
    return kids.select("id").join(pl.concat(parts), on="id", how="left", maintain_order="left")
