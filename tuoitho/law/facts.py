"""What the law needs to know about one child's work. No names, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

RELATIONS = ("employee", "apprentice", "domestic_worker", "family", "own_account")
EMPLOYED = frozenset({"employee", "apprentice", "domestic_worker"})
OTHER = "other"  # a person looked and found the job in none of the lists
ORDINARY = "ordinary"  # a person looked and found the place in none of the lists
YES_NO = (
    "overtime",
    "night",
    "guardian_consent",
    "tracking_book",
    "written_contract",
    "health_certificate",
    "health_check_6_months",
    "study_not_affected",
    "safe_conditions",
    "provincial_consent",
    "organisation",
)


@dataclass(frozen=True, slots=True)
class Work:
    """One work of a child. None: nobody knows. Hours are all hours worked, per day and week."""

    relation: str | None = None
    job: str | None = None
    place: str | None = None
    hours_day: float | None = None
    hours_week: float | None = None
    overtime: bool | None = None
    night: bool | None = None
    guardian_consent: bool | None = None
    tracking_book: bool | None = None
    written_contract: bool | None = None
    health_certificate: bool | None = None
    health_check_6_months: bool | None = None
    study_not_affected: bool | None = None
    safe_conditions: bool | None = None
    provincial_consent: bool | None = None
    organisation: bool | None = None

    @property
    def employed(self) -> bool:
        """Whether somebody other than the child's family or the child uses the labour."""
        return self.relation in EMPLOYED


@dataclass(frozen=True, slots=True)
class Facts:
    """A child on the day observed. `works` None: not known whether the child works.

    birth_date wins over age_range (low, high: full years on observed_on, inclusive).
    chores_hours_week: household chores in the reference week.
    """

    observed_on: date
    birth_date: date | None = None
    age_range: tuple[int, int] | None = None
    works: tuple[Work, ...] | None = None
    chores_hours_week: float | None = None
    id: str | int | None = None

    def __post_init__(self) -> None:
        if self.birth_date is not None and self.birth_date > self.observed_on:
            raise ValueError(
                f"birth_date: ngày sinh {self.birth_date:%d/%m/%Y} sau ngày quan sát "
                f"{self.observed_on:%d/%m/%Y}"
            )


def full_years(birth: date, on: date) -> int:
    """Age in full years on `on`. Born on 29 February: a year is full on 1 March if common."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def ages(facts: Facts) -> tuple[int, int | None]:
    """Lowest and highest possible age, inclusive; highest None when nothing is known."""
    if facts.birth_date is not None:
        age = full_years(facts.birth_date, facts.observed_on)
        return age, age
    if facts.age_range is not None:
        return facts.age_range
    return 0, None
