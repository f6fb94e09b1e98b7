"""Everything that is done with a file: handing in, reading, writing its rows, settling doubts."""

from tuoitho.interop.actions.staging import (
    open_file,
    read_on,
    read_part,
    set_columns,
    stage_file,
)
from tuoitho.interop.actions.writing import commit_batch, settle_row, write_rows

__all__ = [
    "commit_batch",
    "open_file",
    "read_on",
    "read_part",
    "set_columns",
    "settle_row",
    "stage_file",
    "write_rows",
]
