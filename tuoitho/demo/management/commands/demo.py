"""``tuoitho demo``: load the demonstration district once; everything in it is invented."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tuoitho.demo.cast import accounts
from tuoitho.demo.play import Beginning, beginning, play
from tuoitho.lib.hanoi import today


class Command(BaseCommand):
    help = "Nạp địa bàn trình diễn (số liệu giả định)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, default=None,
            help="ngày mà câu chuyện đã đi tới (mặc định: hôm nay)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        found = beginning()
        if found is Beginning.LOADED:
            self.stdout.write("Địa bàn trình diễn đã có; không nạp lần nữa.")
        elif found is not Beginning.EMPTY:
            raise CommandError(
                "Ở đây đã có người dùng hoặc hồ sơ: số liệu giả định không được trộn vào. "
                "Hãy dùng một thư mục dữ liệu mới (TUOITHO_DATA) hoặc cơ sở dữ liệu khác."
            )
        else:
            play(options["today"] or today(), self.stdout.write)
        self.stdout.write("\nMỌI SỐ LIỆU, TÊN NGƯỜI, CƠ SỞ Ở ĐÂY ĐỀU LÀ GIẢ ĐỊNH.\n")
        self.stdout.write(accounts())
