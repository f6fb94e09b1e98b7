"""School years: "2024-2025", from 1 September to 31 August."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.people.states import Term

FIRST_MONTH = 9
# The last days of the two terms. Each province fixes them in its plan of the school year, at most
# a few days from these; here they only say which term a question is about.
FIRST_TERM_ENDS = (1, 17)
SECOND_TERM_ENDS = (5, 31)
_FORM = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})", re.ASCII)


def school_year_of(day: date) -> str:
    """The school year a day falls in."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{first + 1}"


def parse_school_year(text: str) -> str:
    """ "2024-2025" from "2024 – 2025" and the like. Raises ValidationError."""
    match = _FORM.fullmatch(text.strip())
    if not match or int(match[2]) != int(match[1]) + 1:
        raise ValidationError(_("Năm học viết dạng 2024-2025."), code="school_year")
    return f"{match[1]}-{match[2]}"


def recent_school_years(day: date, count: int = 6) -> list[str]:
    """The school year of ``day`` and the ones before it, latest first."""
    first = int(school_year_of(day)[:4])
    return [f"{year}-{year + 1}" for year in range(first, first - count, -1)]


@dataclass(frozen=True, order=True)
class SchoolTerm:
    """One term: "2025-2026" and "1" or "2"."""

    year: str
    number: str

    def __str__(self) -> str:
        return _("%(term)s năm học %(year)s") % {
            "term": Term(self.number).label, "year": self.year,
        }  # fmt: skip

    @property
    def begins(self) -> date:
        first = int(self.year[:4])
        if self.number == Term.FIRST:
            return date(first, FIRST_MONTH, 1)
        return date(first + 1, *FIRST_TERM_ENDS)


def term_to_write(year: str, day: date) -> str:
    """The term of a school year one is likely to write of on ``day``: the one that ended last, of
    the present year the first while it lasts."""
    ended = term_ended_by(day)
    if year == ended.year:
        return ended.number
    return Term.FIRST if year > ended.year else Term.SECOND


def term_ended_by(day: date) -> SchoolTerm:
    """The latest term that is over on ``day``."""
    year = day.year
    if day > date(year, *SECOND_TERM_ENDS):
        return SchoolTerm(f"{year - 1}-{year}", Term.SECOND)
    if day > date(year, *FIRST_TERM_ENDS):
        return SchoolTerm(f"{year - 1}-{year}", Term.FIRST)
    return SchoolTerm(f"{year - 2}-{year - 1}", Term.SECOND)
