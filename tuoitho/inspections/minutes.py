"""The number of the next minutes of a unit in a year."""

import re

from tuoitho.inspections.models import InspectionQuerySet


def suggested_number(inspections: InspectionQuerySet, unit_id: int, year: int) -> str:
    """The next free number, as "07/BB-KT": one above the highest that begins with digits."""
    given = inspections.filter(unit_id=unit_id, done_on__year=year)
    begun = (re.match(r"\d+", n) for n in given.values_list("minutes_number", flat=True))
    highest = max((int(match.group()) for match in begun if match), default=0)
    return f"{highest + 1:02}/BB-KT"
