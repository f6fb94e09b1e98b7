"""The head of a paper of a commune's People's Committee (NĐ 30/2020, Phụ lục I, mục II.1-4)."""

from datetime import date
from typing import Any

from tuoitho.lib.official_document import add_letterhead
from tuoitho.lib.official_text import clean, long_date
from tuoitho.units.models import Unit


def add_committee_head(doc: Any, unit: Unit, number: str, on: date) -> None:
    """Issuer, nation, ``number`` (with room to write when there is none yet), place and day."""
    place = f"{unit.name}, {long_date(on, on.year)}"
    add_letterhead(doc, ["ỦY BAN NHÂN DÂN"], unit.name.upper(), clean(number), place)
