"""The system as it runs for its users: gunicorn over a clone of the installed database."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuoitho.config.postgres import Server

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def served(server: Server, database: str, log: Path) -> Iterator[str]:
    """Address of a web server for ``database`` at a free port; what it says goes to ``log``.

    It is given a socket that already listens, so nobody can take the port in between and the first
    request waits by itself until the server is ready.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening, log.open("w") as written:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        command = [
            sys.executable, "-m", "gunicorn", "tuoitho.config.wsgi:application",
            "--bind", f"fd://{listening.fileno()}", "--workers", "1", "--threads", "4",
            "--timeout", "60", "--log-level", "warning",
        ]  # fmt: skip
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=written, stderr=subprocess.STDOUT,
            env=_environment(server, database),
            pass_fds=[listening.fileno()],
        )  # fmt: skip
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=60) as answer:
                assert answer.status == 200
            yield address
        finally:
            process.terminate()
            process.wait(60)


def _environment(server: Server, database: str) -> dict[str, str]:
    return {**os.environ, "TUOITHO_DATABASE": json.dumps(server.as_app(database))}


def do_jobs(server: Server, database: str) -> None:
    """All work that waits for the worker, done by one; returns when nothing is left."""
    subprocess.run(
        [sys.executable, "-m", "django", "jobs", "work", "--until-empty"], cwd=ROOT, check=True,
        env={**_environment(server, database), "DJANGO_SETTINGS_MODULE": "tuoitho.config.settings"},
        timeout=180,
    )  # fmt: skip
