"""Works of this room: writing the rows of a long file."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.interop.actions import COMMIT, commit_batch
from tuoitho.interop.models import Batch
from tuoitho.interop.states import WAITING
from tuoitho.jobs.models import Job
from tuoitho.jobs.registry import Args, Work, register

TOGETHER = 50  # rows of one transaction


def going_on(batch: Batch, user: User) -> Job | None:
    """The job of this person that is writing the file just now."""
    jobs = Job.objects.visible_to(user).unfinished()
    return jobs.filter(name=COMMIT, args__batch=batch.pk).first()


def _pages(args: Args, by: User) -> list[str]:
    """The first and last line of each page of waiting rows."""
    batch = Batch.objects.visible_to(by).get(pk=args["batch"])
    waiting = batch.rows.filter(fate__in=WAITING).order_by("line")
    lines = list(waiting.values_list("line", flat=True))
    pages = [lines[at : at + TOGETHER] for at in range(0, len(lines), TOGETHER)]
    return [f"{page[0]}-{page[-1]}" for page in pages]


def _write(args: Args, key: str, by: User) -> str:
    batch = Batch.objects.visible_to(by).get(pk=args["batch"])
    left = commit_batch(batch, by=by, on=date.fromisoformat(args["on"]), limit=TOGETHER)
    return _("Còn %(n)s dòng.") % {"n": left}


register(Work(COMMIT, gettext_lazy("Ghi các dòng của tệp vào sổ"), _pages, _write))
