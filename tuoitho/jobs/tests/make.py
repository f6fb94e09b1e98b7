"""What tests of other rooms need: do now what would wait for the worker."""

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.jobs.actions import run_job
from tuoitho.jobs.models import Job


def run_jobs() -> list[Job]:
    """Do every unfinished job here and now, in this transaction. Returns them as they are after."""
    with acting_as(system_actor()):
        waiting = list(Job.objects.unfinished().order_by("created_at").values_list("pk", flat=True))
    for pk in waiting:
        run_job(pk)
    with acting_as(system_actor()):
        return list(Job.objects.filter(pk__in=waiting).order_by("created_at"))
