"""Reporting periods: half-open date ranges."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``start`` (included) to ``end`` (the first day after the period).

    Raises ValueError when it would be empty.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"Period must end after it starts: {self.start}..{self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @classmethod
    def year(cls, year: int) -> "Period":
        """The calendar year, 1 January to 31 December included."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return date.fromordinal(self.end.toordinal() - 1)
