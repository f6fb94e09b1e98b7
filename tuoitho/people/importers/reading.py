"""A row of the sheet read: its facts, and everything that is wrong with them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.lib.text import fold
from tuoitho.people import cells, values
from tuoitho.people.importers.columns import BY_SEX, COLUMNS, LABELS, SheetColumn
from tuoitho.people.school_years import parse_school_year
from tuoitho.people.states import Sex
from tuoitho.units.models import Unit


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: the column's heading ("" for the whole row) and a sentence."""

    column: str
    message: str


@dataclass
class SheetRow:
    """A row read: the facts, and everything that is wrong with them."""

    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, error: ValidationError) -> None:
        self.problems += [Problem(LABELS.get(name, ""), message) for message in error.messages]

    @cached_property
    def number(self) -> str:
        """The identity number as it is stored. Raises ValidationError."""
        return values.number_of(self.facts["national_id"] or "")

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """By what a row is known again when it has no identity number."""
        facts = self.facts
        return (
            fold(facts["full_name"] or ""), facts["birth_date"], fold(facts["head_name"] or ""),
            fold(facts["hamlet"] or ""),
        )  # fmt: skip


EMPTY = {column.name: None for column in COLUMNS}


def read_row(
    row: Sequence[Any],
    places: dict[int, SheetColumn],
    unit: Unit,
    on: date,
    *,
    capitals_kept: bool = False,
) -> SheetRow:
    """Read one row; every wrong cell is named, not only the first.

    ``capitals_kept``: names typed in capitals only stay so.
    """
    read = SheetRow(dict(EMPTY))
    for place, column in places.items():
        cell = row[place] if place < len(row) else None
        if cell is None or cell == "":
            continue
        parse = cells.text if capitals_kept and column.parse is cells.name else column.parse
        try:
            if cells.is_broken(cell):
                raise ValidationError(_("Ô chứa công thức không có giá trị đọc được."))
            read.facts[column.name] = parse(cell)
        except ValidationError as error:
            read.wrong(column.name, error)
    _settle_birth(read, on)
    _check(read, unit, on)
    return read


def _settle_birth(read: SheetRow, on: date) -> None:
    """Birth date or estimated ages, and the sex, from the columns that tell of them."""
    facts = read.facts
    born, year = facts.pop("birth") or (None, None)
    ages = facts.pop("ages")
    told = {name: facts.pop(name) for name in BY_SEX}
    marked = [name for name, cell in told.items() if cell is not None]
    if len(marked) > 1:
        message = _("Cả hai cột Nam và Nữ đều có ghi.")
        read.problems += [Problem(LABELS[name], message) for name in marked]
    elif marked:
        born, year = (born, year) if born or year else told[marked[0]]
        if facts["sex"] not in (None, Sex.UNKNOWN, BY_SEX[marked[0]]):
            message = _("Khác với cột giới tính.")
            read.problems.append(Problem(LABELS[marked[0]], message))
        facts["sex"] = BY_SEX[marked[0]].value
    if year is not None:
        ages = (max(0, on.year - year - 1), on.year - year)
    facts["birth_date"], facts["age_range"] = born, None if born else ages
    facts["birth_year"] = year


Check = Callable[[Any, Unit, date], Any]


def _line(name: str, longest: int) -> tuple[str, Check]:
    return name, lambda text, _unit, _on: values.line_of(text, name, longest)


def _name(name: str) -> tuple[str, Check]:
    return name, lambda text, _unit, _on: values.name_of(text, name)


# The same checks as the screens', each beside its column; a fact that is missing needs none.
CHECKS: tuple[tuple[str, Check], ...] = (
    ("birth_date", lambda day, _unit, on: values.check_birth_date(day, on)),
    ("age_range", lambda ages, _unit, _on: values.check_age_range(None, ages)),
    ("national_id", lambda number, _unit, _on: values.number_of(number)),
    ("phone", lambda number, _unit, _on: values.phone_of(number)),
    ("commune", lambda typed, unit, _on: _check_commune(typed, unit)),
    ("grade", lambda grade, _unit, _on: _check_grade(grade)),
    ("school_year", lambda year, _unit, _on: parse_school_year(year)),
    ("poverty_year", lambda year, _unit, _on: _check_year(year)),
    ("since", lambda day, _unit, on: _check_since(day, on)),
    _name("head_name"), _name("father"), _name("mother"),
    _line("hamlet", 120), _line("address", 200), _line("school_name", 200), _line("note", 2000),
)  # fmt: skip


def _check(read: SheetRow, unit: Unit, on: date) -> None:
    facts = read.facts
    try:
        values.name_of(facts["full_name"] or "", "full_name")
    except ValidationError as error:
        read.wrong("full_name", error)
    for name, check in CHECKS:
        fact = facts[name]
        if not fact and fact != 0:
            continue
        try:
            check(fact, unit, on)
        except ValidationError as error:
            read.wrong(_beside(name, facts), error)
    if facts["phone"] and not (facts["mother"] or facts["father"]):
        message = _("Có số điện thoại nhưng không có tên cha hoặc mẹ.")
        read.problems.append(Problem(LABELS["phone"], message))


def _beside(name: str, facts: dict[str, Any]) -> str:
    """The column a wrong fact was read from."""
    if name == "age_range":
        return "ages" if facts["birth_year"] is None else "birth"
    return "birth" if name == "birth_date" else name


def _check_commune(typed: str, unit: Unit) -> None:
    bare = re.sub(r"^(xa|phuong|thi tran) ", "", fold(typed))
    if bare and bare != re.sub(r"^(xa|phuong|thi tran) ", "", unit.folded_name):
        raise ValidationError(
            _("Dòng này thuộc “%(typed)s”, tệp được nộp cho %(unit)s.")
            % {"typed": typed, "unit": unit}
        )


def _check_grade(grade: int) -> None:
    if not 1 <= grade <= 12:
        raise ValidationError(_("Lớp từ 1 đến 12."))


def _check_year(year: int) -> None:
    if not 1990 <= year <= 2100:
        raise ValidationError(_("Năm không hợp lệ."))


def _check_since(since: date, on: date) -> None:
    if since > on:
        raise ValidationError(_("Ngày bắt đầu không thể ở tương lai."))
