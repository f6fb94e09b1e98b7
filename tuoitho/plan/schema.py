"""What a plan file may say: the rows of a programme such as 365/KH-UBND (Thanh Trì, 18/10/2021).

Pure data. The file is checked here field by field and row against row; `tuoitho.plan.check` reads
the YAML and finds the line of each fault. Messages are for the office that wrote the file.
"""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from tuoitho.plan.cross_check import cross_check

ROOMS = (
    "plan", "people", "cases", "activities", "establishments", "inspections", "rounds", "budget",
    "indicators", "reports", "portal", "dashboard", "access", "interop",
)  # fmt: skip

Row = TypeVar("Row")
# YAML knows lists, not tuples: the rows are read loosely as tuples, what is in them strictly.
Rows = Annotated[tuple[Row, ...], Field(strict=False)]
Some = Annotated[tuple[Row, ...], Field(strict=False, min_length=1)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Year = Annotated[int, Field(ge=2000, le=2100)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
MonthDay = Annotated[
    str,
    Field(
        pattern=r"^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])"
        r"|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))$"
    ),
]
ServedBy = Annotated[str, Field(pattern=rf"^({'|'.join(ROOMS)}):[a-z][a-z0-9_]*$")]


class Direction(StrEnum):
    """On which side of the threshold a result is good."""

    AT_LEAST = "at_least"
    AT_MOST_BELOW = "at_most_below"
    """Strictly below: I.2.a target 1 says "dưới 1%", so exactly 1 % has not met it."""
    MINIMISE = "minimise"
    """The less the better, without a figure (I.3)."""

    def met(self, value: float, threshold: float) -> bool:
        """Whether ``value`` meets ``threshold``. Raises ValueError for MINIMISE: it has none."""
        if self is Direction.MINIMISE:
            raise ValueError("Hướng 'minimise' không có ngưỡng nên không kết luận đạt hay không.")
        return value >= threshold if self is Direction.AT_LEAST else value < threshold


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class LegalBasis(_Part):
    """A document the plan rests on (its first paragraph: 195/KH-UBND of Hà Nội)."""

    number: Text
    date: dt.date
    issuer: Text
    title: Text
    relation: Literal["parent_plan", "law", "other"]


class Definition(_Part):
    """A word the plan defines: "sau đây gọi tắt là …"."""

    term: Text
    meaning: Text
    paragraph: Text


class Header(_Part):
    """The head and foot of the document, and the years and the area it governs."""

    code: Code
    number: Text
    date: dt.date
    place: Text
    issuer: Text
    signer: Text
    signer_position: Text
    signed_on_behalf: str = ""
    kind: Text
    title: Text
    period_start: Year
    period_end: Year
    outlook_year: Year
    area_code: Annotated[str, Field(pattern=r"^\d{2,5}$")]
    area_name: Text
    standing_body: Code
    source: Text
    legal_bases: Some[LegalBasis]
    definitions: Rows[Definition] = ()
    recipients: Some[Text]
    archive: str = ""


class Correction(_Part):
    """A slip of the original text put right in this file."""

    paragraph: Text
    wrong: Text
    right: Text


class Office(_Part):
    """An office as a role in the plan (part IV); who holds it on a day is known by `units`."""

    code: Code
    name: Text
    short_name: Text
    level: Literal["province", "district", "commune"]
    paragraph: Text


class Objective(_Part):
    """Part I: the general objective, the specific ones, the outlook."""

    code: Code
    kind: Literal["general", "specific", "outlook"]
    paragraph: Text
    title: Text
    text: Text


class ThresholdRule(_Part):
    """What a year without a figure of its own shows: the plan gives only the end of its period."""

    years_before: Literal["show_end_target"]
    years_after: Literal["keep_for_comparison"]
    note: Text


@dataclass(frozen=True)
class Threshold:
    """The figure to show for a year, and why. Only a ``stated`` one decides met or not met."""

    value: float
    year: int
    basis: Literal["stated", "before_end", "after_end"]


def threshold_for(thresholds: dict[int, float], year: int) -> Threshold | None:
    """The next stated figure from ``year`` on, else the last one; None when there is none."""
    if not thresholds:
        return None
    if year in thresholds:
        return Threshold(thresholds[year], year, "stated")
    later = [y for y in thresholds if y > year]
    chosen = min(later) if later else max(thresholds)
    return Threshold(thresholds[chosen], chosen, "before_end" if later else "after_end")


class _Measure(_Part):
    indicator: Code
    numerator: Text
    denominator: Text
    unit: Literal["percent"]
    thresholds: dict[Year, Percent]
    owners: Some[Code]

    def threshold(self, year: int) -> Threshold | None:
        """See `threshold_for`."""
        return threshold_for(self.thresholds, year)


class TargetPart(_Measure):
    """A figure of a target: one that decides, or a breakdown of it by owner or kind."""

    part: Annotated[str, Field(pattern=r"^[a-z_]*$")]
    name: Text
    role: Literal["deciding", "breakdown"]
    within: str = ""
    direction: Annotated[Direction, Field(strict=False)]
    only_end_value: bool
    note: str = ""


class Target(_Part):
    """A "chỉ tiêu" of I.2, in the words of the document."""

    code: Code
    objective: Code
    number: int
    paragraph: Text
    short_title: Text
    title: Text
    parts: Some[TargetPart]


class Outlook(_Measure):
    """A series followed until the outlook year (I.3)."""

    code: Code
    paragraph: Text
    title: Text
    direction: Annotated[Direction, Field(strict=False)]


class Group(_Part):
    """A numbered item of parts II, III or IV."""

    code: Code
    title: Text


class Task(_Part):
    """One bullet or paragraph of parts II, III and IV."""

    code: Code
    group: Code
    paragraph: Text
    title: Text
    text: Text
    owners: Some[Code]
    owners_from: Rows[Code] = ()
    """The tasks of part IV that give this task of part II or III to its owners."""
    partners: Rows[Code] = ()
    kind: Literal["lead", "coordinate"]
    recurrence: Literal["yearly", "once", "continuous"]
    before: MonthDay | None = None
    served_by: Some[ServedBy]
    note: str = ""

    def due_on(self, year: int) -> dt.date | None:
        """The last day in time in ``year``; None for a task without a date."""
        return last_day_before(self.before, year) if self.before else None


def last_day_before(before: str, year: int) -> dt.date:
    """The last day in time: "trước ngày 25/11" (``before="11-25"``) ends on 24/11."""
    month, day = (int(piece) for piece in before.split("-"))
    # A 29 February of a common year stands for its 1 March.
    day_exists = day <= calendar.monthrange(year, month)[1]
    limit = dt.date(year, month, day) if day_exists else dt.date(year, month + 1, 1)
    return limit - dt.timedelta(days=1)


class AnnualReportRule(_Part):
    """Part IV, last paragraph: who reports to whom, before which day."""

    paragraph: Text
    task: Code
    before: MonthDay
    reminders_days: Some[Annotated[int, Field(ge=1, le=365)]]
    reporters: Some[Code]
    receiver: Code
    consolidated_to: Some[Code]

    def due_on(self, year: int) -> dt.date:
        """The last day on which the report of ``year`` is in time."""
        return last_day_before(self.before, year)

    def reminders_on(self, year: int) -> tuple[dt.date, ...]:
        """The days of reminding, earliest first."""
        due = self.due_on(year)
        return tuple(due - dt.timedelta(days=n) for n in sorted(self.reminders_days, reverse=True))


class Kind(_Part):
    """A kind of model (II.5) or of communication product (II.2, IV.5)."""

    code: Code
    name: Text
    paragraph: Text


class Contact(_Part):
    """A telephone number the plan wants everybody to know (II.2)."""

    code: Code
    name: Text
    phone: Annotated[str, Field(pattern=r"^[\d .]{3,}$")]
    paragraph: Text


class BudgetSource(_Part):
    """Where money comes from (III)."""

    code: Code
    name: Text
    paragraph: Text
    tasks: Some[Code]
    text: Text


class BudgetStep(_Part):
    """A step money takes from estimate to settlement (III, IV.6)."""

    code: Code
    name: Text
    task: Code


class Budget(_Part):
    """Part III."""

    paragraph: Text
    sources: Some[BudgetSource]
    steps: Rows[BudgetStep] = ()


class Plan(_Part):
    """A whole plan. Raises ValidationError of type ``plan_rows`` when rows contradict each other;
    its context lists every `Finding`."""

    schema_version: Literal[1]
    header: Header
    corrections: Rows[Correction] = ()
    offices: Some[Office]
    objectives: Some[Objective]
    threshold_rule: ThresholdRule
    targets: Some[Target]
    outlook: Rows[Outlook] = ()
    groups: Some[Group]
    tasks: Some[Task]
    annual_report: AnnualReportRule
    models: Rows[Kind] = ()
    products: Rows[Kind] = ()
    contacts: Rows[Contact] = ()
    budget: Budget

    @model_validator(mode="after")
    def _rows_agree(self) -> Self:
        findings = list(cross_check(self))
        if findings:
            summary = "; ".join(f.message for f in findings).replace("{", "(").replace("}", ")")
            raise PydanticCustomError("plan_rows", summary, {"findings": findings})
        return self

    def parts(self) -> Iterator[tuple[Target, TargetPart]]:
        """Every part with its target, in the order of the file."""
        return ((target, part) for target in self.targets for part in target.parts)

    def owned_by(self, office: str) -> tuple[TargetPart, ...]:
        """The parts an office answers for (IV.1 paragraph 10, IV.2 paragraph 5)."""
        return tuple(part for _, part in self.parts() if office in part.owners)
