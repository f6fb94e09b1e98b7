"""All answers of a round judged again at once, by the law as our data have it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from tuoitho.cases.models import Outcome
from tuoitho.law.facts import YES_NO
from tuoitho.law.table import CHILDREN_SCHEMA, WORKS_SCHEMA, assess_table
from tuoitho.rounds.models import Answer

COMPARED = ("outcome", "child_labour", "hazardous", "sdg_child_labour")


@dataclass(frozen=True)
class Difference:
    """An answer whose stored judgement is not what the law would say now."""

    answer: Answer
    now: dict[str, Any]

    @property
    def outcome(self) -> str:
        """The outcome of now, in words."""
        if self.now["child_labour"]:
            return _("Trẻ em lao động trái quy định pháp luật")
        return str(Outcome(self.now["outcome"]).label)


def judged_together(answers: Iterable[Answer]) -> pl.DataFrame:
    """The whole-table form of the law over the stored facts; one row an answer, ``id`` its key."""
    children: list[dict[str, Any]] = []
    works: list[dict[str, Any]] = []
    for answer in answers:
        facts = answer.facts
        children.append(_child(answer.pk, facts))
        works += [_work(answer.pk, work) for work in facts.get("works") or []]
    return assess_table(
        pl.DataFrame(children, schema=CHILDREN_SCHEMA), pl.DataFrame(works, schema=WORKS_SCHEMA)
    )


def _child(key: int, facts: dict[str, Any]) -> dict[str, Any]:
    low, high = facts.get("age_range") or (None, None)
    born = facts.get("birth_date")
    return {
        "id": key,
        "observed_on": date.fromisoformat(facts["observed_on"]),
        "birth_date": date.fromisoformat(born) if born else None,
        "age_low": low, "age_high": high,
        "chores_hours_week": facts.get("chores_hours_week"),
        "works_known": facts.get("works") is not None,
    }  # fmt: skip


def _work(key: int, work: dict[str, Any]) -> dict[str, Any]:
    hours = {name: work.get(name) for name in ("hours_day", "hours_week")}
    return {
        "id": key,
        **{name: work.get(name) for name in ("relation", "job", "place", *YES_NO)},
        **{name: None if value is None else float(value) for name, value in hours.items()},
    }


def differences(answers: Iterable[Answer]) -> list[Difference]:
    """Answers that the law of now would judge otherwise than they were judged when written."""
    rows = {answer.pk: answer for answer in answers}
    found = []
    for now in judged_together(rows.values()).iter_rows(named=True):
        answer = rows[now["id"]]
        if any(getattr(answer, name) != now[name] for name in COMPARED):
            found.append(Difference(answer, now))
    return found
