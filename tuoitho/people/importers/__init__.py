"""How a row of a sheet of households and children becomes calls to actions."""

from tuoitho.people.importers.columns import (
    BY_NAME,
    BY_SEX,
    COLUMNS,
    SheetColumn,
    column_of,
    recognised,
)
from tuoitho.people.importers.reading import Problem, SheetRow, read_row
from tuoitho.people.importers.writing import Fate, Outcome, foresee_rows, write_rows

__all__ = [
    "BY_NAME",
    "BY_SEX",
    "COLUMNS",
    "Fate",
    "Outcome",
    "Problem",
    "SheetColumn",
    "SheetRow",
    "column_of",
    "foresee_rows",
    "read_row",
    "recognised",
    "write_rows",
]
