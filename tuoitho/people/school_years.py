"""School years: "2024-2025", from 1 September to 31 August."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_MONTH = 9
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
