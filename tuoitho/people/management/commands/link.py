"""``tuoitho link [--engine duckdb|spark] [--by USER] [--train]``: look for doubles."""

from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.lib.hanoi import today
from tuoitho.people.actions.linking import forget_old_pairs, link_register, waiting_words
from tuoitho.people.matching.engines import Engine
from tuoitho.people.matching.model import Model, stored
from tuoitho.people.matching.reading import facts_seen_by
from tuoitho.people.matching.records import records_of
from tuoitho.people.matching.training import NotLearntError, learn


class Command(BaseCommand):
    help = "Tìm trẻ có thể bị trùng trong cả sổ; kết quả ở trang “Trẻ có thể bị trùng”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--engine", choices=[engine.value for engine in Engine], default=Engine.DUCKDB.value,
            help="duckdb: có sẵn; spark: cần Java 17 và pip install 'tuoitho[spark]'",
        )  # fmt: skip
        parser.add_argument("--by", help="tên đăng nhập; bỏ trống thì so cả sổ")
        parser.add_argument(
            "--train", action="store_true",
            help="học trọng số từ chính sổ này (cần từ 20.000 trẻ)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(username=options["by"]) if options["by"] else system_actor()
            with acting_as(user):
                self._link(user, Engine(options["engine"]), options["train"])
        except User.DoesNotExist as error:
            raise CommandError(f"Không có người dùng {options['by']}") from error
        except PermissionDenied as error:
            raise CommandError(f"Không có quyền: {error}") from error
        except ImportError as error:
            raise CommandError(
                "Chưa cài PySpark: pip install 'tuoitho[spark]' (cần Java 17)."
            ) from error

    def _link(self, user: User, engine: Engine, train: bool) -> None:
        model = self._learnt(user) if train else stored()
        run = uuid4()
        found = link_register(by=user, on=today(), run=run, engine=engine, model=model)
        waiting = forget_old_pairs(by=user, on=today(), run=run)
        self.stdout.write(f"Trọng số: {model.origin}. Tìm thấy {found} cặp.")
        self.stdout.write(waiting_words(waiting))

    def _learnt(self, user: User) -> Model:
        try:
            return learn(records_of(facts_seen_by(user)), f"học từ sổ này {today():%d/%m/%Y}")
        except NotLearntError as why:
            self.stdout.write(f"Sổ chưa đủ để học trọng số ({why}); dùng trọng số có sẵn.")
            return stored()
