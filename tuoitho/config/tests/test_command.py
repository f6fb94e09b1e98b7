"""The command `tuoitho`: its help, a second start, a busy port, being stopped."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from tuoitho.config import cli, serve

# A lock is a process's: another must hold it.
HOLD = (
    "import fasteners, sys; lock = fasteners.InterProcessLock(sys.argv[1]); lock.acquire(); "
    "print('held', flush=True); sys.stdin.read()"
)

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TUOITHO_DATA", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("", "chạy hệ thống tại"),
        ("vi_VN.UTF-8", "chạy hệ thống"),
        ("en_US.UTF-8", "run the system"),
    ],
)
def test_help_says_each_command_in_one_line_of_ones_language(monkeypatch, capsys, language, said):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", language)
    assert cli.main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(said in line for line in lines)
    for command in cli.SUBCOMMANDS:
        assert len([line for line in lines if line.startswith(f"  {command.name} ")]) == 1


def test_an_unknown_word_is_answered_with_the_help(capsys):
    assert cli.main(["frob"]) == 2
    assert "law" in capsys.readouterr().err


def test_a_second_start_says_where_the_first_runs_and_leaves_it_alone(folder, capsys):
    (folder / "run.address").write_text("http://127.0.0.1:8131/")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder / "run.lock")], stdin=-1, stdout=-1, text=True
    )
    assert holder.stdout.readline() == "held\n"
    try:
        assert serve.main(["--port", "8132"]) == 0
    finally:
        holder.communicate("")
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8131/" in said
    assert str(folder) in said
    assert (folder / "run.address").exists()


def test_a_busy_port_is_said_before_anything_is_installed(folder, capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert serve.main(["--port", str(port)]) == 1
    assert str(port) in capsys.readouterr().err
    assert not (folder / "postgresql").exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_it_server_and_worker_end_with_it(how):
    # What is started in the background begins with the interrupt of the keyboard ignored.
    handlers = {signal.SIGTERM: serve._interrupt, signal.SIGINT: signal.default_int_handler}
    before = {sign: signal.signal(sign, handler) for sign, handler in handlers.items()}
    timer = threading.Timer(0.5, os.kill, (os.getpid(), how))
    timer.start()
    began = time.monotonic()
    try:
        code = serve._together(SLEEP, SLEEP)
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
    assert code == 0
    assert time.monotonic() - began < 30
