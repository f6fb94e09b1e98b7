"""How long a file of children takes to be read and checked, and to be written.

Prints seconds and rows a second for a generated workbook. ``--rows N`` (5,000 unless told) and
``--written M`` (1,000 unless told): how many of them are written, through the same action and in
the same pages as the job. Goal at 100,000 rows on two cores: 30 s and 3 minutes.
``--profile``: where the time of both goes.
"""

import cProfile
import io
import pstats
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import xlsxwriter

from bench.measuring import asked, district, names
from conftest import make_user
from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.interop import tables
from tuoitho.interop.actions import commit_batch, stage_file
from tuoitho.interop.jobs import TOGETHER
from tuoitho.interop.models import Batch
from tuoitho.interop.sheets import read_sheets
from tuoitho.interop.tests.make import HEADINGS
from tuoitho.lib.hanoi import today


def number_after(word: str, default: int) -> int:
    return int(sys.argv[sys.argv.index(word) + 1]) if asked(word) else default


def workbook(count: int) -> bytes:
    """``count`` invented children; every tenth row has something wrong."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    page = book.add_worksheet("Trẻ em")
    page.write_row(0, 0, HEADINGS)
    people = [name for name, _folded, _sorted in names(5_000)]
    for line in range(1, count + 1):
        child, head = people[line * 7919 % 5_000], people[line * 104_729 % 5_000]
        born = f"{line % 28 + 1:02d}/{line % 12 + 1:02d}/{2010 + line % 14}"
        page.write_row(line, 0, [
            child, "31/02/2014" if line % 10 == 0 else born, "Nam" if line % 2 else "Nữ", head,
            f"Thôn {line // 50}", "Nghèo" if line % 7 == 0 else "", "", "", line % 12 + 1,
        ])  # fmt: skip
    book.close()
    return target.getvalue()


def timed(title: str, rows: int, work: Callable[[], Any]) -> Any:
    """Do ``work`` and print how long it took."""
    profile = cProfile.Profile() if asked("--profile") else None
    began = perf_counter()
    made = profile.runcall(work) if profile else work()
    took = perf_counter() - began
    print(f"{title:<40}{rows:>9} dòng{took:>9.1f} s{rows / took:>10.0f} dòng/s", flush=True)
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    return made


def write_pages(batch: Batch, by: Any, count: int) -> None:
    """As the job does, until ``count`` rows are through."""
    for _page in range(0, count, TOGETHER):
        commit_batch(batch, by=by, on=today(), limit=TOGETHER)


def main() -> None:
    rows, written = number_after("--rows", 5_000), number_after("--written", 1_000)
    tables.MAX_TABLE_ROWS = max(rows, tables.MAX_TABLE_ROWS)
    content = workbook(rows)
    with district("imports") as place:
        with acting_as(system_actor()):
            user = make_user("nhap", "commune_worker", place.communes[0])
        timed("đọc tệp", rows, lambda: tables.find_table(read_sheets("a.xlsx", content)))
        with acting_as(user):
            stage = lambda: stage_file(  # noqa: E731
                place.communes[0], "a.xlsx", content, by=user, on=today()
            )
            batch = timed("đọc, kiểm tra, cất", rows, stage)
            timed("ghi vào sổ", written, lambda: write_pages(batch, user, written))


if __name__ == "__main__":
    main()
