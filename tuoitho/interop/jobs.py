"""Works of this room: reading a long file, and writing its rows."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.interop import actions
from tuoitho.interop.actions.judging import portions
from tuoitho.interop.actions.staging import READ
from tuoitho.interop.actions.writing import COMMIT
from tuoitho.interop.models import Batch
from tuoitho.jobs.models import Job
from tuoitho.jobs.registry import Args, Work, register

OPENING = "tệp"  # the only row of a job whose file could not be opened


def going_on(batch: Batch, user: User) -> Job | None:
    """The job of this person that is reading or writing the file just now."""
    jobs = Job.objects.visible_to(user).unfinished()
    return jobs.filter(name__in=[READ, COMMIT], args__batch=batch.pk).first()


def _batch(args: Args, by: User) -> Batch:
    batch = Batch.objects.visible_to(by).filter(pk=args["batch"]).first()
    if batch is None:
        raise PermissionDenied("interop.import")
    return batch


def _parts(args: Args, by: User) -> list[str]:
    """The parts of the file; without any, one row that says why."""
    on = date.fromisoformat(args["on"])
    return actions.open_file(_batch(args, by), by=by, on=on) or [OPENING]


def _read(args: Args, key: str, by: User) -> str:
    batch = _batch(args, by)
    if batch.refusal:
        raise ValidationError(batch.refusal)
    count = actions.read_part(batch, key, by=by, on=date.fromisoformat(args["on"]))
    return _("%(n)s dòng") % {"n": count}


def _pages(args: Args, by: User) -> list[str]:
    """The first and last line of each portion of waiting rows. ``portion``: of how many rows."""
    lines = list(_batch(args, by).rows.waiting().values_list("line", flat=True))
    return [f"{some[0]}–{some[-1]}" for some in portions(lines, args.get("portion", 0))]


def _write(args: Args, key: str, by: User) -> str:
    on, last = date.fromisoformat(args["on"]), int(key.split("–")[1])
    left = actions.commit_batch(_batch(args, by), by=by, on=on, to_line=last)
    return _("Còn %(n)s dòng.") % {"n": left}


register(Work(READ, gettext_lazy("Đọc, kiểm tra một tệp dài"), _parts, _read))
register(Work(COMMIT, gettext_lazy("Ghi các dòng của tệp vào sổ"), _pages, _write))
