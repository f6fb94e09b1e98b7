"""A long list becomes a file in the background: whole, sealed, its asker's, gone after a week."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from tuoitho.access.models import Assignment, User
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.jobs import exporting
from tuoitho.jobs.actions import run_job, start_recurring
from tuoitho.jobs.models import Export, ExportContent, ExportPart, Job
from tuoitho.jobs.registry import Every
from tuoitho.jobs.states import JobState
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.notices.models import Notice
from tuoitho.people.tests.make import make_child
from tuoitho.ui import listing

NAMES = ["Trần Văn Anh", "Trần Văn Bình", "Trần Văn Cường", "Trần Văn Dũng", "Trần Văn Đức"]
LIST = "/people/children/"


@pytest.fixture(autouse=True)
def _short_limits(monkeypatch):
    """Five children are a long list here, read two at a time."""
    monkeypatch.setattr(listing, "AT_ONCE", 3)
    monkeypatch.setattr(exporting, "PART", 2)


@pytest.fixture
def children(here, there):
    make_child(there, "Trần Văn Ngoài")
    return [make_child(here, name) for name in NAMES]


@pytest.fixture
def asked(client, children, lan):
    """The file of all children, asked for by Lan and not made yet."""
    client.force_login(lan)
    answer = client.get(LIST, {"format": "xlsx"})
    assert answer.status_code == 303
    with acting_as(lan):
        return Job.objects.get(name="jobs.export")


def first_column(answer):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [cell.value for cell in book.active["A"]]


def file_of(job):
    return reverse("jobs:export_open", args=[job.pk])


def test_a_short_list_is_answered_at_once(client, here, lan):
    make_child(here)
    client.force_login(lan)
    answer = client.get(LIST, {"format": "xlsx"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert not Job.objects.filter(name="jobs.export").exists()


def test_a_long_list_is_a_job_with_a_row_for_each_part(client, asked, lan):
    (job,) = run_jobs()
    with acting_as(lan):
        rows = list(job.rows.order_by("place").values_list("key", "state"))
    assert rows == [("1–2", "done"), ("3–4", "done"), ("5–5", "done"), ("tệp", "done")]
    cells = first_column(client.get(file_of(job)))
    assert cells[4:9] == NAMES
    assert cells[-1] == "Tổng số dòng: 5"
    assert "Trần Văn Ngoài" not in cells


def test_the_filters_of_the_address_hold_and_are_kept_encrypted(client, children, lan):
    client.force_login(lan)
    client.get(LIST, {"format": "csv", "q": "Trần Văn", "school": "unknown", "sort": "-name"})
    (job,) = run_jobs()
    text = b"".join(client.get(file_of(job)).streaming_content).decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()[1:6]] == NAMES[::-1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT e.*::text, j.args::text FROM jobs_export e JOIN jobs_job j ON true")
        assert "Trần" not in str(cursor.fetchall())


def test_the_file_lies_encrypted_and_its_parts_are_gone(asked, lan):
    run_jobs()
    with acting_as(lan):
        content = ExportContent.objects.get()
        assert not ExportPart.objects.exists()
    assert b"PK" not in bytes(content.sealed)[:4]
    assert content.read()[:2] == b"PK"


def test_only_who_asked_has_the_file(client, asked, chung):
    run_jobs()
    client.force_login(chung)
    assert client.get(file_of(asked)).status_code == 404
    with acting_as(chung):
        assert not Export.objects.exists()
        assert not ExportContent.objects.exists()


def test_who_may_no_longer_open_the_list_no_longer_has_the_file(asked, lan):
    run_jobs()
    Assignment.objects.filter(user=lan).delete()
    gone = User.objects.get(pk=lan.pk)
    with acting_as(gone), pytest.raises(PermissionDenied):
        exporting.read_export(Export.objects.get(job=asked), by=gone)


def test_a_role_that_ends_before_the_worker_comes_gives_no_file(asked, lan):
    Assignment.objects.filter(user=lan).delete()
    (job,) = run_jobs()
    assert job.state == JobState.FAILED
    assert not ExportContent.objects.exists()


def test_a_file_taken_up_again_has_every_row_once(client, asked, lan):
    owner = User.objects.get(pk=lan.pk)
    with acting_as(owner):
        args = Job.objects.get(pk=asked.pk).args
        exporting.parts_of(args, owner)
        assert exporting.do_part(args, "1–2", owner) == "2 dòng"
    make_child(lan.home().unit, "Trần Văn Giang")
    run_job(asked.pk)
    cells = first_column(client.get(file_of(asked)))
    assert cells[4:10] == [*NAMES, "Trần Văn Giang"]
    assert cells[-1] == "Tổng số dòng: 6"


def test_looking_at_the_file_is_written_down_and_its_end_told(client, asked, lan):
    run_jobs()
    page = client.get(reverse("jobs:job_detail", args=[asked.pk])).content.decode()
    assert file_of(asked) in page
    assert "Tệp có 5 dòng" in page
    client.get(file_of(asked))
    assert Event.objects.filter(action="jobs.download", actor_key=lan.pk).count() == 1
    assert Notice.objects.filter(to=lan, kind="jobs.done").count() == 1


def test_before_it_is_ready_there_is_no_file(client, asked):
    assert client.get(file_of(asked)).status_code == 404
    assert (
        file_of(asked)
        not in client.get(reverse("jobs:job_detail", args=[asked.pk])).content.decode()
    )


def test_a_file_is_deleted_after_its_days(client, asked, lan):
    run_jobs()
    with time_machine.travel(asked.created_at + timedelta(days=6), tick=False):
        start_recurring(Every.DAY)
        run_jobs()
        assert Export.objects.count() == 1
    with time_machine.travel(asked.created_at + timedelta(days=8), tick=False):
        start_recurring(Every.DAY)
        run_jobs()
    assert not Export.objects.exists()
    assert not ExportContent.objects.exists()
    with acting_as(lan):
        assert Job.objects.get(pk=asked.pk).state == JobState.DONE
