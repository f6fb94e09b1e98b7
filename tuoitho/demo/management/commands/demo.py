"""``tuoitho demo``: load the demonstration district once; everything in it is invented."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from tuoitho.demo.cast import accounts
from tuoitho.demo.play import is_loaded, play
from tuoitho.lib.hanoi import today


class Command(BaseCommand):
    help = "Nạp địa bàn trình diễn (số liệu giả định)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, default=None,
            help="ngày mà câu chuyện đã đi tới (mặc định: hôm nay)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("Địa bàn trình diễn đã có; không nạp lần nữa.")
        else:
            play(options["today"] or today(), self.stdout.write)
        self.stdout.write("\nMỌI SỐ LIỆU, TÊN NGƯỜI, CƠ SỞ Ở ĐÂY ĐỀU LÀ GIẢ ĐỊNH.\n")
        self.stdout.write(accounts())
