"""``tuoitho jobs work|list|run-due``: the worker, what is under way, what the clock asks for."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.jobs.actions import start_recurring
from tuoitho.jobs.models import Job
from tuoitho.jobs.registry import Every
from tuoitho.jobs.worker import STALLED, work


class Command(BaseCommand):
    requires_system_checks = []  # the web server has made them
    help = "Việc chạy nền: work (chạy), list (xem), run-due (bắt đầu việc định kỳ đến giờ)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["work", "list", "run-due"])
        parser.add_argument("--until-empty", action="store_true", help="dừng khi hết việc")
        parser.add_argument(
            "--stalled", type=float, default=STALLED,
            help="sau bao nhiêu giây im lặng thì coi một tiến trình là đã chết",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "work":
            work(until_empty=options["until_empty"], stalled=options["stalled"])
        elif options["verb"] == "run-due":
            for every in (Every.DAY, Every.FIVE_MINUTES):
                for job in start_recurring(every):
                    self.stdout.write(str(job))
        else:
            self._list()

    def _list(self) -> None:
        with acting_as(system_actor()):
            for job in Job.objects.unfinished().select_related("owner").order_by("created_at"):
                self.stdout.write(
                    f"{job.created_at:%d/%m/%Y %H:%M} {job}: {job.get_state_display()} "
                    f"{job.percent}% ({job.owner})"
                )
