"""How long a file of children takes to be read and checked, and to be written.

Prints seconds and rows a second for a generated workbook. ``--rows N`` (5,000 unless told) and
``--written M`` (1,000 unless told): how many of them are written, through the same action and in
the same pages as the job. Goal at 100,000 rows on two cores: 30 s and 3 minutes.
``--profile``: where the time of both goes.

Ratios are of rows a second, in the same run: reading against ``openpyxl`` in its read-only mode
(which only hands over the cells), writing against the single verbs of the register, as the screens
call them.
"""

import cProfile
import io
import os
import pstats
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import openpyxl
import xlsxwriter
from django.db import connection
from django.db.models import Count

from bench.measuring import asked, district, names, number_after
from conftest import make_user
from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.interop import tables
from tuoitho.interop.actions import commit_batch, stage_file
from tuoitho.interop.actions.judging import LARGEST
from tuoitho.interop.models import Batch
from tuoitho.interop.sheets import read_sheets
from tuoitho.interop.states import RowFate
from tuoitho.interop.tests.make import HEADINGS
from tuoitho.lib.hanoi import today
from tuoitho.people import actions
from tuoitho.units.models import Unit

SINGLE = 100  # rows of the baseline of writing


def workbook(count: int) -> bytes:
    """``count`` invented children of one commune, as unlike each other as children are: born on any
    day of fourteen years; every tenth row has something wrong."""
    target, source = io.BytesIO(), random.Random(7)
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    page = book.add_worksheet("Trẻ em")
    page.write_row(0, 0, HEADINGS)
    people = [name for name, _folded, _sorted in names(count)]
    given = sorted({name.split()[-1] for name in people[:5_000]})
    for line in range(1, count + 1):
        family, middle, name = people[line - 1].split()
        child = f"{family} {middle} {source.choice(given)} {name}"  # four words, as now is usual
        head, mother = source.choice(people), source.choice(people)
        born = f"{date(2010, 1, 1) + timedelta(source.randrange(14 * 365)):%d/%m/%Y}"
        page.write_row(line, 0, [
            child, "31/02/2014" if line % 10 == 0 else born, "Nam" if line % 2 else "Nữ", head,
            f"Thôn {line // 200}", "Nghèo" if line % 7 == 0 else "", mother,
            f"09{line:08d}" if line % 2 else "", line % 12 + 1,
        ])  # fmt: skip
    book.close()
    return target.getvalue()


def database_seconds() -> float:
    """Seconds of processor our connection's own server process has used (Linux only, else 0)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def timed(title: str, rows: int, work: Callable[[], Any]) -> tuple[Any, float]:
    """Do ``work`` and print how long it took. Returns what it made, and rows a second."""
    profile = cProfile.Profile() if asked("--profile") else None
    asked_before, began, own = database_seconds(), perf_counter(), process_time()
    made = profile.runcall(work) if profile else work()
    took, own = perf_counter() - began, process_time() - own
    database = database_seconds() - asked_before
    print(
        f"{title:<24}{rows:>9} dòng{took:>9.1f} s{rows / took:>8.0f} dòng/s"
        f"   bộ xử lý: Python {own:.1f} s, PostgreSQL {database:.1f} s", flush=True,
    )  # fmt: skip
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    return made, rows / took


def read_with_openpyxl(content: bytes) -> None:
    """The baseline of reading: every cell, nothing understood."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    for _row in book.worksheets[0].iter_rows(values_only=True):
        pass


def write_one_by_one(unit: Unit, by: Any, count: int) -> None:
    """The baseline of writing: what a row of the file holds, by the verbs of the screens."""
    on = today()
    for place, (name, _folded, _sorted) in enumerate(names(count)):
        home = actions.register_household(unit, head_name=name, hamlet=f"Xóm {place}", by=by, on=on)
        child = actions.register_child(
            unit, full_name=name, birth_date=date(2014, 1, 1), household=home, by=by, on=on
        )
        actions.add_guardian(child, relation="mother", full_name=name, by=by, on=on)
        actions.record_enrolment(
            child, school_year="2025-2026", status="attending", grade=3, by=by, on=on
        )


def write_pages(batch: Batch, by: Any, count: int) -> None:
    """As the job does, until ``count`` rows are through."""
    for page in range(0, count, LARGEST):
        commit_batch(batch, by=by, on=today(), limit=min(LARGEST, count - page))


def main() -> None:
    rows, written = number_after("--rows", 5_000), number_after("--written", 1_000)
    tables.MAX_TABLE_ROWS = max(rows, tables.MAX_TABLE_ROWS)
    content = workbook(rows)
    with district("imports") as place:
        with acting_as(system_actor()):
            user = make_user("nhap", "commune_worker", place.communes[0])
        read = lambda: tables.find_table(read_sheets("a.xlsx", content))  # noqa: E731
        _table, ours = timed("đọc tệp", rows, read)
        _none, theirs = timed("  openpyxl, chỉ đọc ô", rows, lambda: read_with_openpyxl(content))
        print(f"  đọc: {ours / theirs:.1f} lần openpyxl")
        with acting_as(user):
            stage = lambda: stage_file(  # noqa: E731
                place.communes[0], "a.xlsx", content, at_once=True, by=user, on=today()
            )
            batch, _speed = timed("đọc, kiểm tra, cất", rows, stage)
            pages = lambda: write_pages(batch, user, written)  # noqa: E731
            _none, ours = timed("ghi vào sổ", written, pages)
            single = lambda: write_one_by_one(batch.unit, user, SINGLE)  # noqa: E731
            _none, theirs = timed("  từng dòng một", SINGLE, single)
            print(f"  ghi: {ours / theirs:.1f} lần từng dòng một")
            fates = batch.rows.order_by().values_list("fate").annotate(Count("pk"))
            print("  ".join(f"{RowFate(fate).label}: {count}" for fate, count in fates))


if __name__ == "__main__":
    main()
