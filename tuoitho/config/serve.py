"""``tuoitho run``: one command from nothing to a working system on this machine."""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import fasteners

from tuoitho.config.cli import connect_database
from tuoitho.lib.data_folder import data_folder
from tuoitho.lib.translations import compile_translations

PAUSE = 2.0  # seconds between looks at whether server and worker are alive

# The plan this system was built for; another is loaded with `tuoitho plan load FILE`.
PLAN = Path(__file__).resolve().parents[2] / "plans" / "365-kh-ubnd-2021.yaml"


def install_only() -> int:
    """Bring the database to the present version. Returns the exit code."""
    connect_database()
    import django

    django.setup()
    from tuoitho.config.install import install
    from tuoitho.config.postgres import start

    install(*start())
    return 0


def main(arguments: list[str]) -> int:
    """Install, load plan and demo data where missing, serve. Returns the exit code.

    A second start while one runs says so and does no harm.
    """
    parser = argparse.ArgumentParser(prog="tuoitho run")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--demo", action="store_true", help="nạp địa bàn trình diễn nếu chưa có")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    lock = fasteners.InterProcessLock(data_folder() / "run.lock")
    if not lock.acquire(blocking=False):
        print(f"Tuổi Thơ đang chạy với dữ liệu ở {data_folder()}; không khởi động lần nữa.")
        return 0
    try:
        return _serve(options)
    finally:
        lock.release()


def _serve(options: argparse.Namespace) -> int:
    if options.demo:
        os.environ["TUOITHO_DEMO"] = "1"
    install_only()
    from django.core.management import call_command

    compile_translations()
    call_command("plan", "load", str(PLAN), "--yes")
    if options.demo:
        call_command("demo")
    from django.db import connections

    connections.close_all()
    print(f"\nTuổi Thơ: http://{options.host}:{options.port}/  (Ctrl+C để dừng)\n", flush=True)
    command = [
        sys.executable, "-m", "gunicorn", "tuoitho.config.wsgi:application",
        "--bind", f"{options.host}:{options.port}", "--workers", str(options.workers),
        "--threads", "4", "--timeout", "120", "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "tuoitho", "jobs", "work"]
    return _together(command, worker)


def _together(server: list[str], worker: list[str]) -> int:
    """Run the web server with a worker beside it; a worker that dies is started again.

    Both end when the web server does, or with Ctrl+C or a request to stop. Returns the exit code.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    serving = subprocess.Popen(server)  # noqa: S603
    working = subprocess.Popen(worker)  # noqa: S603
    try:
        while (code := serving.poll()) is None:
            if working.poll() is not None:
                working = subprocess.Popen(worker)  # noqa: S603
            time.sleep(PAUSE)
        return code
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (serving, working):
            process.terminate()
        for process in (serving, working):
            process.wait()
