"""Two people write files at once, in a committed database with two connections."""

import os
import threading
from datetime import date

import pytest
from django.db import connection

from conftest import cloned, make_user, thanh_tri  # type: ignore[attr-defined]
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.interop.actions import commit_batch, stage_file
from tuoitho.interop.tests.make import AN, BINH, HEADINGS, make_xlsx
from tuoitho.people.models import Child, Household

ON = date(2026, 6, 1)


@pytest.fixture
def stage(server, django_db_setup, django_db_blocker):
    """A database of its own, in which what is done stays done."""
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_import_race_{os.getpid()}"):
        with acting_as(User.objects.get(username="system")):
            here = thanh_tri("00640")
            people = [make_user(name, "commune_worker", here) for name in ("lan", "liên")]
        yield here, people


@pytest.mark.parametrize("same_batch", [True, False])
def test_no_child_and_no_household_is_written_twice(stage, same_batch):
    here, people = stage
    batches = []
    for person in people:
        with acting_as(person):
            content = make_xlsx([HEADINGS, AN, BINH])
            batches.append(stage_file(here, "a.xlsx", content, by=person, on=ON))
    if same_batch:
        batches[1] = batches[0]
    gate, left = threading.Barrier(2), []

    def run(person, batch):
        try:
            with acting_as(person):
                gate.wait(timeout=10)
                left.append(commit_batch(batch, by=person, on=ON))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=pair) for pair in zip(people, batches, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert left == [0, 0]
    with acting_as(people[0]):
        assert (Child.objects.count(), Household.objects.count()) == (2, 2)
