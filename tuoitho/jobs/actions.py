"""Asking for long work, doing it row by row, stopping it."""

import logging
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record
from tuoitho.jobs.models import Job, JobRow
from tuoitho.jobs.registry import Every, Work, find, recurring, tell_ended
from tuoitho.jobs.states import ENDED, JobState, RowState
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now

log = logging.getLogger(__name__)


@transaction.atomic
def enqueue(job_name: str, args: dict[str, Any], *, by: Actor) -> Job:
    """Ask for a work: it begins after this transaction, in the sight of ``by``.

    ``args`` are keys of rows and plain words, never a name or a text about a child.
    Raises KeyError for a work nobody registered.
    """
    find(job_name)
    job = Job(name=job_name, args=args, owner_id=by.pk)
    job.save(force_insert=True)
    _hand_over(job)
    return job


def _hand_over(job: Job) -> None:
    """Into the queue, in the same transaction as the row: both or neither."""
    from tuoitho.jobs.worker import run

    run.defer(job_id=str(job.pk))


def start_recurring(every: Every) -> list[Job]:
    """Begin what the clock asks for now; a second call for the same moment begins nothing."""
    moment = f"{now():%Y-%m-%d}"
    if every == Every.FIVE_MINUTES:
        moment = f"{now():%Y-%m-%d %H}:{now().minute // 5 * 5:02d}"
    begun = []
    system = system_actor()
    for work in recurring(every):
        with acting_as(system):
            job = Job(name=work.name, owner=system, once=f"{work.name} {moment}")
            Job.objects.bulk_create([job], ignore_conflicts=True)
            if Job.objects.filter(pk=job.pk).exists():
                _hand_over(job)
                begun.append(job)
    return begun


def take_up_lost() -> int:
    """Jobs the queue gave up (the database was away too long) go into it again.

    Returns how many.
    """
    from procrastinate.contrib.django.models import ProcrastinateJob

    key = KeyTextTransform("job_id", "args")
    queued = ProcrastinateJob.objects.alias(key=key).filter(
        task_name="jobs.run",
        status__in=["todo", "doing"],
        key=Cast(OuterRef("pk"), TextField()),
    )
    with acting_as(system_actor()):
        lost = list(Job.objects.unfinished().exclude(Exists(queued)))
        for job in lost:
            _hand_over(job)
    return len(lost)


def run_job(job_id: UUID) -> None:
    """Do what is left of a job, each row in a transaction of its own.

    Safe to call again after a crash and by two workers at once: the job's row is locked while one
    of its rows is done. Raises OperationalError when the database is away (the queue tries again).
    """
    with acting_as(system_actor()):
        job = Job.objects.select_for_update().select_related("owner").filter(pk=job_id).first()
        if job is None or job.ended:
            return
        work, owner = find(job.name), job.owner
        if job.total is None and not _cut_into_rows(job, work, owner):
            return
    while _next_row(job_id, work, owner):
        pass


def _cut_into_rows(job: Job, work: Work, owner: User) -> bool:
    """Name the rows of a job that begins. Returns False when that is refused."""
    job.started_at, job.state = now(), JobState.RUNNING
    try:
        with acting_as(owner):
            keys = list(dict.fromkeys(work.rows(job.args, owner)))
    except OperationalError:
        raise
    except Exception as error:
        job.state, job.ended_at, job.note = JobState.FAILED, now(), _reason(job, error)
        job.save()
        _tell(job, owner)
        return False
    rows = [JobRow(job=job, place=place, key=key) for place, key in enumerate(keys)]
    JobRow.objects.bulk_create(rows, batch_size=1000)
    job.total = len(rows)
    job.save()
    return True


def _next_row(job_id: UUID, work: Work, owner: User) -> bool:
    """Do the next waiting row. Returns False when none is left or the job was stopped."""
    owner.forget_scopes()  # a role may have ended meanwhile
    with acting_as(owner):
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.ended:
            return False
        row = job.rows.filter(state=RowState.WAITING).order_by("place").first()
        if row is None:
            job.state, job.ended_at = JobState.DONE, now()
            job.save(update_fields=["state", "ended_at"])
            _tell(job, owner)
            return False
        _judge(row, job, work, owner)
        row.save()
        job.done += row.state == RowState.DONE
        job.refused += row.state != RowState.DONE
        job.save(update_fields=["done", "refused"])
    return True


def _tell(job: Job, owner: User) -> None:
    """Who asked hears of the end, with the counts; the system has nobody to tell."""
    if not owner.is_system:
        with acting_as(owner):
            tell_ended(job, owner)


def _judge(row: JobRow, job: Job, work: Work, owner: User) -> None:
    try:
        with transaction.atomic():
            row.note = work.one(job.args, row.key, owner)
        row.state = RowState.DONE
    except OperationalError:
        raise
    except Exception as error:
        refused = isinstance(error, ValidationError | PermissionDenied)
        row.state = RowState.REFUSED if refused else RowState.FAILED
        row.note = _reason(job, error)


def _reason(job: Job, error: Exception) -> str:
    """What the person reads. The text of an unforeseen error may quote a row: only its kind."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, PermissionDenied):
        return _("Không có quyền.")
    log.error("job %s (%s): %s", job.pk, job.name, type(error).__name__)
    return _("Lỗi của hệ thống (%(kind)s).") % {"kind": type(error).__name__}


@transaction.atomic
def stop_job(job: Job, *, by: Actor) -> Job:
    """No further row is begun; what is done stays done.

    Raises ValidationError, PermissionDenied.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.owner_id != by.pk:
        raise PermissionDenied("jobs.view")
    if job.state in ENDED:
        raise ValidationError(_("Việc này đã kết thúc."))
    job.state, job.ended_at = JobState.STOPPED, now()
    job.save(update_fields=["state", "ended_at"])
    record("jobs.stop", job, by=by, after={"name": job.name, "done": job.done})
    return job
