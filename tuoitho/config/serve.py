"""``tuoitho run``: one command from nothing to a working system on this machine."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import fasteners

from tuoitho.config.cli import connect_database, said
from tuoitho.lib.data_folder import data_folder
from tuoitho.lib.translations import compile_translations

PAUSE = 2.0  # seconds between looks at whether server and worker are alive

# The plan this system was built for; another is loaded with `tuoitho plan load FILE`.
PLAN = Path(__file__).resolve().parents[2] / "plans" / "365-kh-ubnd-2021.yaml"
STOPPED = 130


def install_only(*, verbosity: int = 1) -> int:
    """Bring the database to the present version. Returns the exit code.

    Raises SystemExit with a word to the person where no way leads from its data to this version.
    """
    connect_database()
    import django

    django.setup()
    from tuoitho.config.install import TooOldError, install
    from tuoitho.config.postgres import start

    try:
        install(*start(), verbosity=verbosity)
    except TooOldError as error:
        raise SystemExit(
            said(
                f"Dữ liệu ở {data_folder()} do một bản thử nghiệm cũ lập, bản này không đọc được. "
                "Hãy đặt TUOITHO_DATA sang thư mục khác để bắt đầu dữ liệu mới.",
                f"The data in {data_folder()} was made by an old trial version and cannot be read "
                "by this one. Set TUOITHO_DATA to another folder to begin with new data.",
            )
        ) from error
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
        lock.lockfile.close()  # the library leaves it open
        print(_already_running())
        return 0
    # Whoever ends us, the database is stopped with us.
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _serve(options) if _free(options.host, options.port) else _busy(options.port)
    except KeyboardInterrupt:
        print(said("\nĐã dừng.", "\nStopped."))
        return STOPPED
    finally:
        _address_file().unlink(missing_ok=True)
        lock.release()
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _address_file() -> Path:
    return data_folder() / "run.address"


def _already_running() -> str:
    where, file = data_folder(), _address_file()
    address = file.read_text() if file.exists() else ""
    return said(
        f"Tuổi Thơ đang chạy{f' tại {address}' if address else ''} với dữ liệu ở {where}; "
        "không khởi động lần nữa.",
        f"Tuổi Thơ is running{f' at {address}' if address else ''} on the data in {where}; "
        "not started again.",
    )


def _free(host: str, port: int) -> bool:
    """Whether nobody listens there (asked before minutes of set-up, not after)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _busy(port: int) -> int:
    """Say that somebody else listens there. Returns the exit code."""
    print(said(f"Cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác (make run PORT=…).",
               f"Port {port} is in use by another program; choose another (make run PORT=…)."),
          file=sys.stderr)  # fmt: skip
    return 1


def _serve(options: argparse.Namespace) -> int:
    install_only()
    from django.core.management import call_command

    compile_translations()
    call_command("plan", "load", str(PLAN), "--yes")
    if options.demo:
        _load_demo()
    from tuoitho.demo.play import Beginning, beginning

    if beginning() is Beginning.LOADED:
        os.environ["TUOITHO_DEMO"] = "1"  # every page says that all of it is invented
    from django.db import connections

    connections.close_all()
    address = f"http://{options.host}:{options.port}/"
    _address_file().write_text(address)
    print(said(f"\nTuổi Thơ: {address}  (Ctrl+C để dừng)\n",
               f"\nTuổi Thơ: {address}  (Ctrl+C to stop)\n"), flush=True)  # fmt: skip
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


def start_demo_over() -> None:
    """Throw away a demonstration whose load was broken off: nobody can have worked in it."""
    from django.core.management import call_command

    from tuoitho.config.install import start_over
    from tuoitho.config.postgres import start
    from tuoitho.demo.play import Beginning, beginning

    if beginning() is not Beginning.BROKEN_OFF:
        return
    print(said("Lần nạp trình diễn trước bị dở dang: xóa và nạp lại từ đầu.",
               "The last load of the demonstration was broken off: it begins anew."))  # fmt: skip
    start_over(*start())
    call_command("plan", "load", str(PLAN), "--yes")


def _load_demo() -> None:
    """The demonstration where it may be loaded; an installation in use is left alone."""
    from django.core.management import call_command

    from tuoitho.demo.play import Beginning, beginning

    start_demo_over()
    if beginning() is Beginning.IN_USE:
        print(said("Ở đây đã có dữ liệu thật; không nạp địa bàn trình diễn.",
                   "There are real records here; the demonstration is not loaded."))  # fmt: skip
        return
    call_command("demo")
