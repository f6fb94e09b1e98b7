"""The queue: procrastinate's tables carry a job's key to a worker and notice when one died."""

from typing import Any
from uuid import UUID

import procrastinate
from asgiref.sync import async_to_sync
from django.conf import settings
from procrastinate.contrib.django import app

from tuoitho.jobs.registry import Every

# A worker that is alive says so this often; after ``STALLED`` seconds of silence it is dead.
HEARTBEAT = 10.0
STALLED = 30.0


@app.task(
    name="jobs.run",
    retry=procrastinate.RetryStrategy(max_attempts=10, linear_wait=10),
)
def run(job_id: str) -> None:
    """Do (what is left of) one job."""
    from django.utils.translation import override

    from tuoitho.jobs.actions import run_job

    with override(settings.LANGUAGE_CODE):
        run_job(UUID(job_id))


@app.periodic(cron="* * * * *")
@app.task(name="jobs.take_up_again", queueing_lock="jobs.take_up_again", pass_context=True)
async def take_up_again(context: procrastinate.JobContext, timestamp: int) -> None:
    """Jobs of a worker that died go back into the queue."""
    await _take_up(context.app, STALLED)


async def _take_up(working: procrastinate.App, stalled: float) -> None:
    manager = working.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=stalled):
        await manager.retry_job(job)


@app.periodic(cron="*/5 * * * *")
@app.task(name="jobs.five_minutes", queueing_lock="jobs.five_minutes")
def five_minutes(timestamp: int) -> None:
    from tuoitho.jobs.actions import start_recurring, take_up_lost

    take_up_lost()
    start_recurring(Every.FIVE_MINUTES)


@app.periodic(cron="0 23 * * *")  # in UTC: six in the morning in Hà Nội
@app.task(name="jobs.daily", queueing_lock="jobs.daily")
def daily(timestamp: int) -> None:
    from tuoitho.jobs.actions import start_recurring

    start_recurring(Every.DAY)


def work(*, until_empty: bool = False, stalled: float = STALLED) -> None:
    """Take jobs from the queue until told to stop (or until it is empty)."""
    async_to_sync(_take_up)(app, stalled)
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(
            wait=not until_empty,
            concurrency=2,  # a short job does not wait for a long one
            delete_jobs="successful",
            update_heartbeat_interval=min(HEARTBEAT, stalled / 3),
            stalled_worker_timeout=stalled,
            install_signal_handlers=True,
        )
