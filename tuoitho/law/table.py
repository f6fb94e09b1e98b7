"""The same law over whole tables: vectorised in Polars, same answers as `assess`.

`columns` turns every rule into columns; here they are merged over the ages a child may have,
as `merging.merge` does, and summed up per child. `tests/test_table.py` compares both forms.
"""

from __future__ import annotations

from datetime import date
from functools import reduce

import polars as pl

from tuoitho.law import parameters
from tuoitho.law.columns import (
    BROKEN,
    KEPT,
    NO_BITS,
    UNKNOWN,
    Asked,
    bit,
    child_questions,
    code,
    if_unknown_relation,
    job_harm,
    named_bits,
    permitted,
    place_harm,
    work_questions,
)
from tuoitho.law.facts import YES_NO
from tuoitho.law.findings import Kind
from tuoitho.law.parameters import Law
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules import article_061
from tuoitho.law.rules.article_146 import TOLERANCE

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
    calm = pl.when(reduce(pl.Expr.and_, quiet)).then(code(KEPT)).otherwise(code(UNKNOWN))
    answer = pl.when(everywhere).then(code(BROKEN)).otherwise(calm)
    return pl.when(reduce(pl.Expr.or_, asked_at)).then(answer)


def _apprentice_age(day: InForce) -> pl.Expr:
    """Điều 61: at least 14, merged over the possible ages."""
    least = day.number("ages.apprentice")
    some = pl.when(pl.col("low") < least).then(code(UNKNOWN)).otherwise(code(KEPT))
    answer = pl.when(pl.col("high") < least).then(code(BROKEN)).otherwise(some)
    return if_unknown_relation(pl.col("relation") == "apprentice", answer)


def _rule_bit(asked: Asked, day: InForce) -> pl.Expr:
    """The bit of the rule at the youngest possible age."""
    bits = [bit(rule) for rule in asked.rules]
    (_, young), (_, middle), _ = _groups(day)
    older = pl.when(pl.col("low") <= middle).then(bits[1]).otherwise(bits[2])
    return pl.when(pl.col("low") <= young).then(bits[0]).otherwise(older)


def _summary(questions: list[tuple[pl.Expr, pl.Expr, Kind]]) -> list[pl.Expr]:
    """Per row: the worst substantive answer, the worst duty, and the broken rules' bits."""
    substantive = [answer for answer, _, kind in questions if kind is Kind.SUBSTANTIVE]
    duties = [answer for answer, _, kind in questions if kind is Kind.EMPLOYER_DUTY]
    bits = [pl.when(answer == BROKEN).then(b).otherwise(NO_BITS) for answer, b, _ in questions]
    return [
        pl.max_horizontal(substantive).fill_null(KEPT).alias("substantive"),
        (pl.max_horizontal(duties).fill_null(KEPT) if duties else code(KEPT)).alias("duty"),
        reduce(pl.Expr.or_, bits).alias("broken"),
    ]


def _work_rows(works: pl.DataFrame, day: InForce) -> pl.DataFrame:
    """Each work with its worst answers and what the child's totals need."""
    questions = [(_merged(a, day), _rule_bit(a, day), a.kind) for a in work_questions(day)]
    questions.append((_apprentice_age(day), bit(article_061.AGE), Kind.SUBSTANTIVE))
    allowed = permitted("overtime", day).fill_null(value=True)
    chosen = works.lazy().select(
        "id",
        "hours_day",
        "hours_week",
        *_summary(questions),
        (pl.col("overtime").fill_null(value=False) & allowed).alias("longer"),
        job_harm(day).alias("job_harm"),
        place_harm(day).alias("place_harm"),
    )
    return chosen.collect()  # lazy: Polars then computes what several rules share only once


def _per_child(rows: pl.DataFrame) -> pl.DataFrame:
    harm = [pl.col("job_harm"), pl.col("place_harm")]
    return rows.group_by("id").agg(
        *(pl.col(hours).sum() for hours in ("hours_day", "hours_week")),
        *(pl.col(h).is_not_null().all().alias(f"{h}_known") for h in ("hours_day", "hours_week")),
        pl.col("substantive").max(),
        pl.col("duty").max(),
        pl.col("broken").bitwise_or(),
        pl.col("longer").any().alias("perhaps_overtime"),
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


def _periods(days: pl.Series, law: Law) -> pl.Series:
    """A number for each day: days with one number are judged alike (fines are not asked here)."""
    edges = (date.min, *law.changes)
    readings = [law.on(edge).reading for edge in edges]
    first = pl.Series([readings.index(reading) for reading in readings], dtype=pl.UInt32)
    return first.gather(pl.Series(law.changes, dtype=pl.Date).search_sorted(days, side="right"))


def _with_ages(children: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Possible ages and the period of the law for each child."""
    on, born = pl.col("observed_on"), pl.col("birth_date")
    later = _month_day(on) < _month_day(born)
    years = on.dt.year() - born.dt.year() - later.cast(pl.Int32)
    return children.with_columns(
        pl.coalesce(years.cast(pl.Int64), "age_low", pl.lit(0)).alias("low"),
        pl.coalesce(years.cast(pl.Int64), "age_high", pl.lit(UNBOUNDED)).alias("high"),
        pl.col("works_known").fill_null(value=False),
        _periods(children["observed_on"], law).alias("period"),
    )


def _no_law(works: pl.DataFrame) -> pl.DataFrame:
    """Works on days before any labour code in our data: everything is unknown."""
    return works.select(
        "id",
        "hours_day",
        "hours_week",
        code(UNKNOWN).alias("substantive"),
        code(KEPT).alias("duty"),
        NO_BITS.alias("broken"),
        pl.lit(value=False).alias("longer"),
        pl.lit(None, dtype=pl.Boolean).alias("job_harm"),
        pl.lit(None, dtype=pl.Boolean).alias("place_harm"),
    )


def _with_hours(frame: pl.DataFrame, day: InForce) -> pl.DataFrame:
    """The child's own questions (hours) joined to the worst answers of the works."""
    questions = [(_merged(a, day), _rule_bit(a, day), a.kind) for a in child_questions(day)]
    substantive, _, broken = _summary(questions)
    merged = frame.with_columns(substantive.alias("own"), broken.alias("own_broken"))
    hours = pl.when(_WORKING).then(pl.col("own")).otherwise(code(KEPT))
    own = pl.when(_WORKING).then(pl.col("own_broken")).otherwise(NO_BITS)
    return merged.with_columns(
        pl.max_horizontal("substantive", hours).alias("substantive"),
        (pl.col("broken") | own).alias("broken"),
    )


def _period(children: pl.DataFrame, works: pl.DataFrame, day: InForce) -> pl.DataFrame:
    """Answers for the children observed between two changes of the law."""
    perhaps = (pl.col("high") >= day.adult).alias("perhaps_adult")
    kids = children.with_columns(perhaps, pl.lit(day.adult).alias("adult"))
    mine = works.with_columns((pl.col("high") >= day.adult).alias("perhaps_adult"))
    rows = _work_rows(mine, day) if day.judged else _no_law(mine)
    frame = kids.join(_per_child(rows), on="id", how="left", maintain_order="left").with_columns(
        pl.col("substantive").is_not_null().alias("has_works"),
        pl.col("substantive", "duty").fill_null(KEPT),
        pl.col("hours_day", "hours_week").fill_null(0.0),
        pl.col("hours_day_known", "hours_week_known").fill_null(pl.col("works_known")),
        pl.col("perhaps_overtime", "harmed", "harm_unknown").fill_null(value=False),
        pl.col("broken").fill_null(0),
    )
    if day.judged:
        frame = _with_hours(frame, day)
    minor = pl.col("low") < day.adult
    return frame.select(
        "id",
        pl.when(pl.col("low") == pl.col("high")).then(pl.col("low")).alias("age"),
        _outcome().alias("outcome"),
        _child_labour().cast(pl.Boolean).alias("child_labour"),
        _hazardous().cast(pl.Boolean).alias("hazardous"),
        _sdg(day).alias("sdg_child_labour"),
        pl.when(minor).then(pl.col("broken")).otherwise(NO_BITS).alias("bits"),
    )


def _of_period(works: pl.DataFrame, period: int) -> pl.DataFrame:
    return works.filter(pl.col("period") == period)


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
    kids = _with_ages(children, law)
    theirs = works.join(kids.select("id", "low", "high", "period"), on="id", how="inner")
    parts = []
    for part in kids.partition_by("period") or [kids]:
        day = law.on(part["observed_on"][0] if part.height else law.changes[-1])
        mine = theirs if part.height == kids.height else _of_period(theirs, part["period"][0])
        parts.append(_period(part, mine, day))
    answers = pl.concat(parts)
    answers = answers.join(named_bits(answers["bits"]), on="bits").drop("bits")
    return kids.select("id").join(answers, on="id", how="left", maintain_order="left")
