"""``tuoitho run``: one command from nothing to a working system on this machine."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import fasteners

from tuoitho.config.cli import connect_database
from tuoitho.lib.data_folder import data_folder
from tuoitho.lib.translations import compile_translations

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
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return 0
