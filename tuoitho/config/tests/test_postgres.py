"""The embedded server: waited for as long as a busy machine needs."""

import subprocess

import pytest

from tuoitho.config import postgres


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(postgres, "PAUSE", 0.0)


def test_a_slow_start_is_waited_for():
    outcomes = [subprocess.TimeoutExpired("pg_ctl", 10), AssertionError("starting"), None]
    forgotten = []

    def attempt():
        found = outcomes.pop(0)
        if found is not None:
            raise found
        return "ready"

    assert postgres._patiently(attempt, lambda: forgotten.append(1)) == "ready"
    assert len(forgotten) == 2


def test_what_never_starts_is_told(monkeypatch):
    monkeypatch.setattr(postgres, "PATIENCE", -1.0)

    def attempt():
        raise subprocess.TimeoutExpired("pg_ctl", 10)

    with pytest.raises(subprocess.TimeoutExpired):
        postgres._patiently(attempt, lambda: None)
