"""The one command: ``tuoitho SUBCOMMAND``. Starts the database, then asks the room that knows."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Subcommand:
    """One line of ``tuoitho --help``: in Vietnamese, and in English for an English locale."""

    name: str
    vi: str
    en: str
    run: Callable[[list[str]], int]


def _english() -> bool:
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return chosen.lower().startswith("en")


def said(vi: str, en: str) -> str:
    """What the command says before there are translations: by the language of the terminal."""
    return en if _english() else vi


def _law(arguments: list[str]) -> int:
    from tuoitho.law.stream import main as law

    return law(arguments)


def _plan_check(arguments: list[str]) -> int:
    """``plan check`` needs no database; every other word of ``plan`` does."""
    if arguments[:1] == ["check"] and len(arguments) == 2:
        from tuoitho.plan.check import main_check

        return main_check(arguments[1], sys.stdout)
    return _django("plan")(arguments)


def connect_database() -> bool:
    """Start the database and tell Django where it is. The settings may be read after this.

    Returns whether the application can use it: False before the first installation.
    """
    from tuoitho.config.postgres import is_installed, start

    server, database = start()
    os.environ["TUOITHO_DATABASE"] = json.dumps(server.as_app(database))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoitho.config.settings")
    return is_installed(server, database)


def _install_quietly() -> None:
    """Before the first command: nothing but the command's own answer goes to standard output."""
    from tuoitho.config.serve import install_only

    install_only(verbosity=0)


def _django(command: str) -> Callable[[list[str]], int]:
    def run(arguments: list[str]) -> int:
        if not connect_database():
            _install_quietly()
        from django.core.management import ManagementUtility

        ManagementUtility(["tuoitho", command, *arguments]).execute()
        return 0

    return run


def _demo(arguments: list[str]) -> int:
    """``demo``: as every command, and a load that was broken off is begun anew."""
    if not set(arguments) & {"-h", "--help"}:
        if not connect_database():
            _install_quietly()
        import django

        django.setup()
        from tuoitho.config.serve import start_demo_over

        start_demo_over()
    return _django("demo")(arguments)


def _run(arguments: list[str]) -> int:
    from tuoitho.config.serve import main

    return main(arguments)


def _install(arguments: list[str]) -> int:
    from tuoitho.config.serve import install_only

    return install_only()


SUBCOMMANDS = (
    Subcommand("run", "chạy hệ thống tại 127.0.0.1:8000", "run the system at 127.0.0.1:8000", _run),
    Subcommand("migrate", "tạo hoặc nâng cấp cơ sở dữ liệu",
               "create or upgrade the database", _install),
    Subcommand("demo", "nạp địa bàn trình diễn (số liệu giả định)",
               "load the demo district (invented data)", _demo),
    Subcommand("plan", "kiểm tra, nạp một kế hoạch: plan check|load TỆP",
               "check or load a plan: plan check|load FILE", _plan_check),
    Subcommand("law", "đánh giá công việc của trẻ theo luật: law assess < tệp.jsonl",
               "judge a child's work by the law: law assess < file.jsonl", _law),
    Subcommand("indicators", "tính các chỉ tiêu của một địa bàn, một năm",
               "compute the targets of a unit and year", _django("indicators")),
    Subcommand("report", "lập báo cáo năm ra Word và Excel",
               "write the annual report as Word and Excel", _django("report")),
    Subcommand("import", "nhập hộ gia đình và trẻ em từ Excel",
               "import households and children from Excel", _django("import_people")),
    Subcommand("link", "tìm trẻ có thể bị trùng trong sổ: link [--engine spark]",
               "look for children registered twice: link [--engine spark]", _django("link")),
    Subcommand("jobs", "việc chạy nền: jobs work|list|run-due",
               "work in the background: jobs work|list|run-due", _django("jobs")),
    Subcommand("docs", "viết lại các trang tài liệu sinh từ mã",
               "write the generated pages of docs/ anew", _django("docs")),
    Subcommand("django", "lệnh quản trị của Django", "Django's own commands",
               lambda words: _django(words[0])(words[1:]) if words else 2),
)  # fmt: skip


def _help() -> str:
    english = _english()
    usage = "usage: tuoitho SUBCOMMAND …" if english else "cách dùng: tuoitho LỆNH …"
    lines = [f"Tuổi Thơ {version('tuoitho')}", usage, ""]
    width = max(len(s.name) for s in SUBCOMMANDS)
    lines += [f"  {s.name:<{width}}  {s.en if english else s.vi}" for s in SUBCOMMANDS]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point. Returns the exit code: 2 for a word it does not know."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_help())
        return 0
    if arguments[0] in ("-V", "--version"):
        print(version("tuoitho"))
        return 0
    for subcommand in SUBCOMMANDS:
        if subcommand.name == arguments[0]:
            return subcommand.run(arguments[1:])
    print(_help(), file=sys.stderr)
    return 2
