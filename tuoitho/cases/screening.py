"""From what a screen knows of a child's work to the facts the law asks for, and its answer back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from tuoitho.law import LAW_VERSION, FactsError, assess, read_facts
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child

# What a work may say beside the facts of the law; kept with the screening, unknown to the law.
BESIDE = ("description", "workplace", "establishment")


@dataclass(frozen=True)
class Judgement:
    """The facts as the law read them and its answer, ready to be stored."""

    facts: dict[str, Any]
    findings: dict[str, Any]
    law_version: str
    outcome: str
    age: int | None
    child_labour: bool | None
    hazardous: bool | None
    sdg_child_labour: bool | None

    def as_fields(self) -> dict[str, Any]:
        """The fields of ``models.screening.Judged``."""
        return {
            "facts": self.facts, "findings": self.findings, "law_version": self.law_version,
            "outcome": self.outcome, "child_labour": self.child_labour,
            "hazardous": self.hazardous, "sdg_child_labour": self.sdg_child_labour,
        }  # fmt: skip


def facts_of(child: Child, facts: Mapping[str, Any], observed_on: date) -> dict[str, Any]:
    """The JSON contract of the law for this child on that day.

    ``facts`` has ``works`` (a list, or None: nobody knows whether the child works) and
    ``chores_hours_week``; age comes from the register, never from a form.
    """
    works = facts.get("works")
    if works is not None:
        works = [{k: v for k, v in work.items() if k not in BESIDE} for work in works]
    ages = child.age_range_on(observed_on) if child.birth_date is None else None
    return {
        "birth_date": child.birth_date.isoformat() if child.birth_date else None,
        "age_range": list(ages) if ages else None,
        "observed_on": observed_on.isoformat(),
        "chores_hours_week": facts.get("chores_hours_week"),
        "works": works,
    }


def judge(child: Child, facts: Mapping[str, Any], observed_on: date) -> Judgement:
    """Ask the law of ``observed_on`` about this child's work.

    Raises ValidationError when the facts cannot be read (an unknown code, a day to come).
    """
    asked = facts_of(child, facts, observed_on)
    try:
        answer = assess(read_facts(asked, today=today())).to_json()
    except FactsError as error:
        raise ValidationError(str(error)) from error
    return Judgement(
        facts=asked,
        findings=answer,
        law_version=str(answer.get("law_version", LAW_VERSION)),
        outcome=answer["labour_law"]["outcome"],
        age=answer["age"],
        child_labour=answer["child_labour"],
        hazardous=answer["hazardous"],
        sdg_child_labour=answer["sdg_8_7_1"]["child_labour"],
    )
