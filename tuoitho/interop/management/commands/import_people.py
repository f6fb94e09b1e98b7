"""``tuoitho import FILE --unit CODE --by USER [--commit]``: the same path as the screens."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.interop.actions import commit_batch, stage_file
from tuoitho.interop.models import Batch
from tuoitho.interop.states import RowFate
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Unit


class Command(BaseCommand):
    help = "Nhập hộ gia đình và trẻ em từ tệp .xlsx hoặc .csv; không có --commit thì chỉ đọc thử."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="mã xã, phường hiện nay, ví dụ 00640")
        parser.add_argument("--by", required=True, help="tên đăng nhập của người nhập")
        parser.add_argument("--commit", action="store_true", help="ghi vào sổ")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
            user = User.objects.get(username=options["by"], is_active=True)
            unit = Unit.objects.found(options["unit"], today())
            with acting_as(user):
                self._run(unit, options["file"].name, content, user, options["commit"])
        except OSError as error:
            raise CommandError(f"Không đọc được tệp: {error.strerror}") from error
        except User.DoesNotExist as error:
            raise CommandError(f"Không có người dùng {options['by']}") from error
        except Unit.DoesNotExist as error:
            raise CommandError(f"Không có xã, phường mang mã {options['unit']}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except PermissionDenied as error:
            raise CommandError(f"Không có quyền: {error}") from error

    def _run(self, unit: Unit, name: str, content: bytes, user: User, commit: bool) -> None:
        batch = stage_file(unit, name, content, at_once=True, by=user, on=today())
        if batch.same_as:
            self.stdout.write(f"Tệp này đã nộp lúc {batch.same_as.staged_at:%d/%m/%Y %H:%M}.")
        if commit:
            commit_batch(batch, by=user, on=today(), limit=None)
        self._report(batch)

    def _report(self, batch: Batch) -> None:
        counts = dict(batch.rows.order_by().values_list("fate").annotate(Count("pk")))
        for fate in RowFate:
            if counts.get(fate):
                self.stdout.write(f"{fate.label}: {counts[fate]}")
        for row in batch.rows.filter(fate=RowFate.REJECTED):
            self.stdout.write(f"  dòng {row.line}: {row.problem_text}")
