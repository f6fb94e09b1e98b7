"""Random children for the tests and the benchmark: every fact may be missing."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl

from tuoitho.law import Facts, Work, parameters
from tuoitho.law.facts import RELATIONS, YES_NO
from tuoitho.law.reading import JOB_LISTS, PLACE_LISTS
from tuoitho.law.table import CHILDREN_SCHEMA, WORKS_SCHEMA

JOBS = (*sorted(parameters.current().every_code(*JOB_LISTS)), "other", "other", "other")
PLACES = (
    *sorted(parameters.current().every_code(*PLACE_LISTS)),
    *("ordinary",) * 30,
)
DAYS = (date(2015, 6, 1), *parameters.current().changes)


def random_work(rng: random.Random, known: float) -> Work:
    def maybe(value):
        return value if rng.random() < known else None

    good = rng.random() < 0.5
    yes_no = {name: maybe(good or rng.random() < 0.6) for name in YES_NO}
    yes_no |= {n: maybe(rng.random() < 0.2) for n in ("overtime", "night", "organisation")}
    return Work(
        relation=maybe(rng.choice(RELATIONS)),
        job=maybe(rng.choice(JOBS)),
        place=maybe(rng.choice(PLACES)),
        hours_day=maybe(rng.choice([0, 1, 2, 3.9, 4, 4.1, 8, 8.5, 12, 12.5])),
        hours_week=maybe(rng.choice([0, 0.9, 1, 13.9, 14, 20, 20.1, 40, 41, 43, 80, 81])),
        **yes_no,
    )


def random_facts(seed: int) -> Facts:
    rng = random.Random(seed)
    known = rng.choice([0.5, 0.9, 1.0, 1.0])
    on = rng.choice(DAYS) + timedelta(days=rng.choice([-1, 0, 1, 30]))
    birth = on - timedelta(days=rng.randrange(0, 20 * 365))
    low = rng.randrange(0, 19)
    works = tuple(random_work(rng, known) for _ in range(rng.choice([0, 1, 1, 1, 2, 3])))
    return Facts(
        observed_on=on,
        birth_date=birth if rng.random() < 0.7 else None,
        age_range=(low, low + rng.randrange(0, 5)) if rng.random() < 0.7 else None,
        works=works if rng.random() < 0.95 else None,
        chores_hours_week=rng.choice([None, 0, 21, 21.5]),
        id=seed,
    )


def as_tables(many: list[Facts]) -> tuple[pl.DataFrame, pl.DataFrame]:
    children = [
        (
            f.id,
            f.observed_on,
            f.birth_date,
            *(f.age_range or (None, None)),
            f.chores_hours_week,
            f.works is not None,
        )
        for f in many
    ]
    works = [
        (f.id, *(getattr(work, name) for name in WORKS_SCHEMA if name != "id"))
        for f in many
        for work in f.works or ()
    ]
    return (
        pl.DataFrame(children, schema=CHILDREN_SCHEMA, orient="row"),
        pl.DataFrame(works, schema=WORKS_SCHEMA, orient="row"),
    )
