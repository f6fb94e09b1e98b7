"""A worker is killed in the middle; another goes on: everything is done, nothing twice."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from conftest import cloned, make_user, thanh_tri  # type: ignore[attr-defined]
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.interop.actions import stage_file
from tuoitho.interop.actions.writing import COMMIT
from tuoitho.interop.models import Batch, BatchRow
from tuoitho.interop.tests.make import HEADINGS, make_xlsx
from tuoitho.jobs.actions import enqueue, run_job
from tuoitho.jobs.models import Job
from tuoitho.jobs.states import JobState
from tuoitho.people.models import Child

FIRST = ("Nguyễn", "Trần", "Lê", "Phạm")
MIDDLE = ("Văn", "Đức", "Minh", "Quang", "Hữu", "Gia", "Bảo", "Tuấn", "Xuân", "Mạnh")
LAST = ("An", "Bình", "Cường", "Dũng", "Phúc")
ROWS = len(FIRST) * len(MIDDLE) * len(LAST)
STALLED = 3.0


@pytest.fixture
def stage(server, django_db_setup, django_db_blocker):
    """A committed database of its own, and the environment by which a process finds it."""
    name = f"tuoitho_jobs_crash_{os.getpid()}"
    with django_db_blocker.unblock(), cloned(server, name):
        with acting_as(User.objects.get(username="system")):
            lan = make_user("lan", "commune_worker", thanh_tri("00640"))
        environment = {**os.environ, "TUOITHO_DATABASE": json.dumps(server.as_app(name)),
                       "DJANGO_SETTINGS_MODULE": "tuoitho.config.settings"}  # fmt: skip
        yield lan, environment


def staged(lan):
    """A file of many children, and the job that writes it."""
    names = [" ".join(three) for three in product(FIRST, MIDDLE, LAST)]
    born = [date(2010, 1, 1) + timedelta(days=9 * n) for n in range(ROWS)]
    rows = [[name, f"{day:%d/%m/%Y}", "Nam", f"{name} Cha", "Thôn Nội"]
            for name, day in zip(names, born, strict=True)]  # fmt: skip
    with acting_as(lan):
        content = make_xlsx([HEADINGS, *rows])
        batch = stage_file(thanh_tri("00640"), "a.xlsx", content, by=lan, on=date(2026, 6, 1))
        args = {"batch": batch.pk, "on": "2026-06-01", "portion": 20}
        return enqueue(COMMIT, args, by=lan)


@contextmanager
def worker(environment, *more):
    command = [sys.executable, "-m", "django", "jobs", "work", "--stalled", str(STALLED), *more]
    process = subprocess.Popen(command, cwd=Path(settings.BASE_DIR), env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def now_of(job, lan):
    with acting_as(lan):
        return Job.objects.get(pk=job.pk)


def wait_until(condition, seconds=240.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def children(lan):
    with acting_as(lan):
        return Counter(Child.objects.values_list("full_name", flat=True))


def fates(lan):
    """What became of each row of the file; a row that resembles another waits for a person."""
    with acting_as(lan):
        counted = Counter(BatchRow.objects.values_list("fate", flat=True))
    assert set(counted) <= {"created", "review"}
    assert counted.total() == ROWS
    return counted


def test_killed_in_the_middle_it_is_taken_up_and_nothing_is_done_twice(stage):
    lan, environment = stage
    job = staged(lan)
    with worker(environment) as process:
        wait_until(lambda: now_of(job, lan).done >= 2)
        process.send_signal(signal.SIGKILL)
        process.wait()
    half = now_of(job, lan)
    assert half.state == JobState.RUNNING
    assert 0 < len(children(lan)) < ROWS
    time.sleep(STALLED + 1)
    with worker(environment, "--until-empty") as process:
        assert process.wait(120) == 0
    whole = now_of(job, lan)
    assert (whole.state, whole.done, whole.refused) == (JobState.DONE, whole.total, 0)
    found = children(lan)
    assert (len(found), set(found.values())) == (fates(lan)["created"], {1})
    with acting_as(lan):
        assert Batch.objects.get().state == "committed"


def test_two_workers_at_one_job_do_each_row_once(stage):
    lan, _environment = stage
    job = staged(lan)

    def run():
        try:
            run_job(job.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert now_of(job, lan).state == JobState.DONE
    found = children(lan)
    assert (len(found), set(found.values())) == (fates(lan)["created"], {1})
