"""Where a number or a rule comes from, precise enough to open the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one instrument.

    instrument: official name and number ("Bộ luật Lao động 45/2019/QH14").
    article: point, clause and article as officials write it ("khoản 1 Điều 146").
    issued: the day the instrument was issued (its validity is kept with each value).
    """

    instrument: str
    article: str
    issued: date

    def __str__(self) -> str:
        return f"{self.article} {self.instrument}"
