"""The embedded server: waited for as long as a busy machine needs."""

import subprocess

import psycopg
import pytest

from tuoitho.config import embedded


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(embedded, "PAUSE", 0.0)


def test_a_slow_start_is_waited_for():
    outcomes = [subprocess.TimeoutExpired("pg_ctl", 10), AssertionError("starting"), None]
    forgotten = []

    def attempt():
        found = outcomes.pop(0)
        if found is not None:
            raise found
        return "ready"

    assert embedded._patiently(attempt, lambda: forgotten.append(1)) == "ready"
    assert len(forgotten) == 2


def test_what_never_starts_is_told(monkeypatch):
    monkeypatch.setattr(embedded, "PATIENCE", -1.0)

    def attempt():
        raise subprocess.TimeoutExpired("pg_ctl", 10)

    with pytest.raises(subprocess.TimeoutExpired):
        embedded._patiently(attempt, lambda: None)


def test_the_server_reads_our_settings_beside_its_own(tmp_path):
    pgdata = tmp_path / "postgresql"
    with psycopg.connect(**embedded.start_embedded(pgdata), dbname="postgres") as connection:
        (memory,) = connection.execute("SHOW shared_buffers").fetchone()
        (loaded,) = connection.execute("SHOW shared_preload_libraries").fetchone()
    server = embedded.PostgresServer._instances[pgdata]
    server.ensure_pgdata_inited()  # a second start
    server._cleanup()

    assert loaded == "pg_prewarm"
    assert memory not in ("", "128MB")
    assert (pgdata / "postgresql.conf").read_text().count(embedded.SETTINGS) == 1
