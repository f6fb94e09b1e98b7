"""What the benchmarks share: a district of any size, a page measured, the plan of its questions.

Import this first: it settles Django.
"""

import os
import random
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoitho.config.settings")

import tuoitho.config.test_environment  # noqa: E402, F401  isort: skip
import django  # noqa: E402

django.setup()

import psycopg  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from psycopg import sql  # noqa: E402

from tuoitho.access.models import User  # noqa: E402
from tuoitho.access.person import acting_as  # noqa: E402
from tuoitho.config.postgres import Server  # noqa: E402
from tuoitho.config.test_database import cloned, start_server  # noqa: E402
from tuoitho.demo.names import man, woman  # noqa: E402
from tuoitho.lib.text import fold  # noqa: E402
from tuoitho.ui.alphabet import alphabetical_key  # noqa: E402
from tuoitho.units.models import Level, Unit  # noqa: E402

RUNS = 9
# What opens and closes the transaction of a page and says who acts.
NO_QUESTION = ("SAVEPOINT", "set_config", "current_setting", "BEGIN", "COMMIT")


@dataclass(frozen=True)
class Measured:
    """Median milliseconds of a page, and how many questions it asks the database."""

    ms: float
    questions: int


@dataclass
class District:
    """An empty installed system: the programme area, its communes, and a way in as the owner."""

    area: Unit
    communes: list[Unit]
    owner: psycopg.Connection

    def multiply(self, row: models.Model, count: int, **changed: str) -> None:
        """Write ``count`` copies of ``row`` (not saved itself). ``changed``: column → SQL over
        ``n``, the number of the copy from 1. As the owner: a hundred thousand rows in seconds."""
        fields = [f for f in row._meta.concrete_fields if f.column in changed or not f.primary_key]
        values = [
            sql.SQL(changed[str(field.column)])
            if field.column in changed
            else sql.Literal(field.get_db_prep_save(getattr(row, field.attname), connection))
            for field in fields
        ]
        self.owner.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM generate_series(1, {}) n").format(
                sql.Identifier(row._meta.db_table),
                sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields]),
                sql.SQL(", ").join(values),
                sql.Literal(count),
            )
        )

    def settle(self) -> None:
        """As after a night of autovacuum: statistics are true, pages visible."""
        self.owner.execute("VACUUM (ANALYZE)")


@contextmanager
def district(name: str) -> Iterator[District]:
    """The area that continues huyện Thanh Trì, without a single child; dropped afterwards."""
    server: Server = start_server()
    with (
        cloned(server, f"tuoitho_bench_{name}") as database,
        psycopg.connect(**server.as_owner(database), autocommit=True) as owner,
    ):
        area = Unit.objects.get(code="020", level=Level.AREA)
        yield District(area, list(Unit.objects.communes().filter(area=area)), owner)


def measure(user: User, path: str, query: dict[str, str] | None = None) -> Measured:
    """One page as ``user`` sees it, the whole way through the application."""
    client = Client()
    client.force_login(user)
    times = []
    for _number in range(RUNS):
        began = perf_counter()
        answer = client.get(path, query)
        times.append((perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(path, query)
    questions = [q for q in asked if not any(word in q["sql"] for word in NO_QUESTION)]
    return Measured(statistics.median(times), len(questions))


def plans(user: User, path: str, containing: str) -> str:
    """EXPLAIN ANALYZE, in Markdown, of the page's questions that contain a word, as ``user`` asks
    them: row-level security is on."""
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    parts = []
    for query in asked:
        if containing not in query["sql"]:
            continue
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, SUMMARY ON) {query['sql']}")
            parts.append("```\n" + "\n".join(row[0] for row in cursor.fetchall()) + "\n```\n")
    return "\n".join(parts)


def table(title: str, sizes: tuple[int, int], rows: list[tuple[str, Measured, Measured]]) -> None:
    """Each page at both sizes; the ratio says how flat it stays (the smaller is the baseline)."""
    small, large = (f"{size:,}".replace(",", ".") for size in sizes)
    print(f"{title:<44}{small:>12}{large:>12}{'tỷ số':>8}{'câu hỏi':>9}")
    for name, before, after in rows:
        print(
            f"{name:<44}{before.ms:>9.0f} ms{after.ms:>9.0f} ms{after.ms / before.ms:>8.2f}"
            f"{after.questions:>9}"
        )


def asked(argument: str) -> bool:
    """Whether the benchmark was started with this argument."""
    return argument in sys.argv


def number_after(word: str, default: int) -> int:
    """The number that follows ``word`` on the command line."""
    return int(sys.argv[sys.argv.index(word) + 1]) if asked(word) else default


def names(count: int) -> list[tuple[str, str, str]]:
    """Invented names, always the same: as written, folded, and as sorted by."""
    source = random.Random(1)
    written = [(man if number % 2 else woman)(source) for number in range(count)]
    return [(name, fold(name), str(alphabetical_key(name))) for name in written]


def name_table(place: District, count: int = 5_000) -> dict[str, str]:
    """Names to draw from in the database: column of ``people_child`` → SQL over ``n``."""
    place.owner.execute(
        "CREATE TABLE bench_name (id int PRIMARY KEY, full_name text, folded_name text,"
        " sort_name text)"
    )
    with place.owner.cursor().copy("COPY bench_name FROM STDIN") as copy:
        for number, row in enumerate(names(count)):
            copy.write_row((number, *row))
    columns = ("full_name", "folded_name", "sort_name")
    return {
        column: f"(SELECT {column} FROM bench_name WHERE id = (n * 7919) % {count})"
        for column in columns
    }
