"""A whole register compared with itself, on the embedded DuckDB or on Spark, with equal results."""

import logging
import signal
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from typing import Any

from tuoitho.people.matching.levels import COMPARISONS
from tuoitho.people.matching.linkage import linkage_settings
from tuoitho.people.matching.model import Model
from tuoitho.people.matching.records import COLUMNS, Record

CHUNK = 50_000
THREADS = 2
LISTS = ("carers", "carer_ends")
WHOLE_NUMBERS = ("unique_id", "marked", "known", "whole", "year_low", "year_high")
_BETWEEN = "|"  # stands in no name: names keep only letters


class Engine(StrEnum):
    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True)
class Found:
    """Two records that may be one child: the smaller key first; level and bits by comparison."""

    first: int
    second: int
    weight: float
    levels: dict[str, tuple[str, float]]


def link(
    records: Sequence[Record],
    model: Model,
    *,
    least: float,
    engine: Engine = Engine.DUCKDB,
    blocks: Sequence[str] = (),
) -> Iterator[Found]:
    """Every pair of the register whose weight is at least ``least``, each once, in no order.

    ``blocks``: only pairs alike in one of these ways (names of ``levels.BLOCKS``; none: in any).
    """
    if len(records) < 2:
        return
    with linker_over(records, model, engine=engine, blocks=blocks) as linker:
        yield from _found(linker, least)


@contextmanager
def linker_over(
    records: Sequence[Record],
    model: Model | None,
    *,
    engine: Engine = Engine.DUCKDB,
    blocks: Sequence[str] = (),
) -> Iterator[Any]:
    """splink's linker over the table. What it must put aside lies in a folder of its own, which
    only this account can read and which is gone afterwards."""
    from splink import Linker

    for noisy in ("splink", "py4j"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    opened = _spark if engine == Engine.SPARK else _duckdb
    with tempfile.TemporaryDirectory(prefix="tuoitho-link-") as aside, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, about each other
        with _interrupt_kept(), opened(records, aside) as (table, api):
            settings = linkage_settings(len(records), model, blocks)
            yield Linker(table, settings, api, set_up_basic_logging=False)


def _frames(records: Sequence[Record]) -> Iterator[Any]:
    """The table in pieces; lists as one text, which both engines take apart again."""
    import pandas as pd

    places = [COLUMNS.index(name) for name in LISTS]
    for start in range(0, len(records), CHUNK):
        rows: list[list[Any]] = [list(record) for record in records[start : start + CHUNK]]
        for row in rows:
            for place in places:
                row[place] = None if row[place] is None else _BETWEEN.join(row[place])
        yield pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _kind(column: str) -> str:
    return "BIGINT" if column in WHOLE_NUMBERS else "VARCHAR"


@contextmanager
def _duckdb(records: Sequence[Record], aside: str) -> Iterator[tuple[str, Any]]:
    import duckdb
    from splink import DuckDBAPI

    settings: dict[str, Any] = {
        "threads": THREADS,
        "temp_directory": aside,
        # Nothing is fetched from anywhere while people's data are at hand.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        typed = ", ".join(
            f"string_split({name}, '{_BETWEEN}') AS {name}"
            if name in LISTS
            else f"CAST({name} AS {_kind(name)}) AS {name}"
            for name in COLUMNS
        )
        columns = ", ".join(
            f"{name} {'VARCHAR[]' if name in LISTS else _kind(name)}" for name in COLUMNS
        )
        connection.execute(f"CREATE TABLE register ({columns})")
        for frame in _frames(records):
            connection.register("piece", frame)
            connection.execute(f"INSERT INTO register SELECT {typed} FROM piece")  # noqa: S608 - columns of ours
            connection.unregister("piece")
        yield "register", DuckDBAPI(connection)
    finally:
        connection.close()


@contextmanager
def _interrupt_kept() -> Iterator[None]:
    """Spark answers Ctrl+C in the main thread, and would still after it has stopped."""
    interrupt = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, interrupt)


@contextmanager
def _spark(records: Sequence[Record], aside: str) -> Iterator[tuple[Any, Any]]:
    from pyspark.sql import SparkSession
    from pyspark.sql.types import LongType, StringType, StructField, StructType
    from splink.backends.spark import SparkAPI

    small = len(records) <= CHUNK  # then most of the time would go into compiling for speed
    java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" if small else ""
    session = (
        SparkSession.builder.master(f"local[{THREADS}]")
        .appName("tuoitho-link")
        .config("spark.ui.enabled", "false")
        .config("spark.local.dir", aside)
        .config("spark.sql.warehouse.dir", f"{aside}/warehouse")
        .config("spark.sql.shuffle.partitions", str(2 * THREADS))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.adaptive.enabled", "true")
        .config("spark.sql.codegen.wholeStage", str(not small).lower())
        .config("spark.driver.extraJavaOptions", java)
        .getOrCreate()
    )
    try:
        session.sparkContext.setCheckpointDir(f"{aside}/checkpoints")
        kinds = [LongType() if _kind(name) == "BIGINT" else StringType() for name in COLUMNS]
        schema = StructType([StructField(n, k) for n, k in zip(COLUMNS, kinds, strict=True)])
        rows = [row for frame in _frames(records) for row in frame.itertuples(index=False)]
        split = [
            f"split({name}, '[{_BETWEEN}]') AS {name}" if name in LISTS else name
            for name in COLUMNS
        ]
        table = session.createDataFrame([tuple(row) for row in rows], schema).selectExpr(*split)
        table = table.coalesce(1 + len(records) // CHUNK).persist()  # it is read for each rarity
        # The levels need no function that Spark does not have itself.
        api: Any = SparkAPI
        yield table, api(spark_session=session, register_udfs_automatically=False)
    finally:
        session.stop()


def _found(linker: Any, least: float) -> Iterator[Found]:
    frame = linker.inference.predict(threshold_match_weight=least)
    names = [comparison.name for comparison in COMPARISONS]
    have = {column.unquote().name for column in frame.columns}
    wanted = ["unique_id_l", "unique_id_r", "match_weight"]
    for name in names:
        wanted.append(f"gamma_{name}")
        wanted.append(f"bf_{name}")
        adjusted = f"bf_tf_adj_{name}"
        wanted.append(adjusted if adjusted in have else f"1.0 AS {adjusted}")
    columns = ", ".join(wanted)
    # Two rules that lay a list out may both find a pair.
    rows = f"SELECT DISTINCT {columns} FROM {frame.physical_name}"  # noqa: S608 - names of ours
    for row in _rows(linker, rows):
        yield _pair(names, row)


def _rows(linker: Any, query: str) -> Iterator[tuple[Any, ...]]:
    api = linker._db_api
    if hasattr(api, "spark"):
        yield from (tuple(row) for row in api.spark.sql(query).toLocalIterator())
        return
    cursor = api._con.execute(query)
    while chunk := cursor.fetchmany(CHUNK):
        yield from chunk


_CODES = {
    comparison.name: [level.code for level in reversed(comparison.levels)]
    for comparison in COMPARISONS
}


def _pair(names: Sequence[str], row: tuple[Any, ...]) -> Found:
    levels = {}
    for number, name in enumerate(names):
        gamma, factor, adjusted = row[3 + 3 * number : 6 + 3 * number]
        if gamma >= 0:  # below: not known on one side
            levels[name] = (_CODES[name][gamma], log2(float(factor) * float(adjusted)))
    first, second = sorted((int(row[0]), int(row[1])))
    return Found(first, second, float(row[2]), levels)
