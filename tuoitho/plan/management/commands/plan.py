"""``tuoitho plan check FILE`` and ``tuoitho plan load FILE [--yes]``."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.lib.hanoi import today
from tuoitho.plan.actions import load_programme
from tuoitho.plan.actions.load import what_changes
from tuoitho.plan.check import PlanError, load, main_check
from tuoitho.plan.schema import Plan


class Command(BaseCommand):
    help = "Kiểm tra hoặc nạp một tệp kế hoạch / check or load a plan file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        words.add_parser("check", help="kiểm tra tệp").add_argument("file")
        loading = words.add_parser("load", help="nạp tệp; hiện thay đổi trước khi nạp")
        loading.add_argument("file")
        loading.add_argument("--yes", action="store_true", help="nạp mà không hỏi")

    def handle(self, *args: Any, **options: Any) -> None:
        path = located(options["file"])
        if options["word"] == "check":
            if main_check(path, cast(TextIO, self.stdout)):
                raise CommandError(_("Tệp chưa đúng."))
            return
        try:
            plan = load(path)
        except PlanError as error:
            raise CommandError(str(error)) from error
        with acting_as(system_actor()):
            self._load(plan, sure=options["yes"])

    def _load(self, plan: Plan, *, sure: bool) -> None:
        changes = what_changes(plan)
        if not changes:
            self.stdout.write(_("%(number)s: không có gì thay đổi.") % {
                "number": plan.header.number})  # fmt: skip
            return
        for line in changes:
            self.stdout.write(f"  {line}")
        if not sure and not self._agreed():
            raise CommandError(_("Chưa nạp gì. Thêm --yes để nạp các thay đổi trên."))
        try:
            load_programme(plan, by=system_actor(), on=today())
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(_("Đã nạp kế hoạch %(number)s.") % {"number": plan.header.number})

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        return input(_("Nạp các thay đổi này? [y/N] ")).strip().lower() in ("y", "yes", "c", "có")


def located(given: str) -> Path:
    """The file as given, or as named from the root of the installation."""
    path = Path(given)
    return path if path.exists() or path.is_absolute() else Path(settings.BASE_DIR) / path
