"""A file that is too long to be read while a person waits: a job reads it, part by part."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tuoitho.access.person import acting_as
from tuoitho.interop.actions import (
    commit_batch,
    judging,
    open_file,
    read_on,
    read_part,
    set_columns,
    stage_file,
    staging,
)
from tuoitho.interop.models import Batch, BatchFile, BatchPart
from tuoitho.interop.tests.make import AN, BINH, HEADINGS, make_xlsx
from tuoitho.interop.tests.test_import import ON, fates
from tuoitho.jobs.actions import stop_job
from tuoitho.jobs.models import Job
from tuoitho.jobs.states import JobState
from tuoitho.jobs.tests.make import run_jobs

CHI = ["Lê Thị Chi", "7/8/2011", "Nữ", "Lê Văn Tám", "Thôn Nội"]
WRONG = ["Phạm Sai", "31/02/2014", "Nam", "Phạm Văn Chín", "Thôn Nội"]
ROWS = [HEADINGS, AN, BINH, CHI, WRONG, AN]


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Everything is a long file here, read two rows at a time."""
    monkeypatch.setattr(staging, "NOW_BYTES", 10)
    monkeypatch.setattr(staging, "NOW_ROWS", 1)
    monkeypatch.setattr(judging, "SMALLEST", 2)


def handed_in(unit, by, content=None, **facts):
    with acting_as(by):
        return stage_file(unit, "dài.xlsx", content or make_xlsx(ROWS), by=by, on=ON, **facts)


def test_it_is_kept_sealed_until_the_job_has_read_it(here, lan):
    batch = handed_in(here, lan)
    assert (batch.state, batch.row_count) == ("reading", 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(sealed, 'escape') FROM interop_batchfile")
        assert "PK" not in cursor.fetchone()[0][:4]
    (job,) = run_jobs()
    assert (job.state, job.total, job.done) == (JobState.DONE, 3, 3)
    batch.refresh_from_db()
    assert (batch.state, batch.row_count) == ("staged", 5)
    assert not BatchFile.objects.exists()
    assert not BatchPart.objects.exists()


def test_its_rows_are_judged_as_those_of_a_short_one(here, lan, monkeypatch):
    long = handed_in(here, lan)
    run_jobs()
    monkeypatch.setattr(staging, "NOW_BYTES", 10**6)
    monkeypatch.setattr(staging, "NOW_ROWS", 100)
    short = handed_in(here, lan)
    rows = [[(r.line, r.fate, r.cells, r.problems) for r in b.rows.all()] for b in (long, short)]
    assert rows[0] == rows[1]
    assert fates(long) == ["ready", "ready", "ready", "rejected", "rejected"]


def test_the_same_child_is_seen_across_parts(here, lan):
    batch = handed_in(here, lan)
    run_jobs()
    assert "Trùng với dòng 2" in batch.rows.get(line=6).problem_text


def test_many_rows_in_a_small_file_are_a_long_file_too(here, lan, monkeypatch):
    monkeypatch.setattr(staging, "NOW_BYTES", 10**6)
    batch = handed_in(here, lan)
    assert (batch.state, batch.row_count, batch.parts.count()) == ("reading", 5, 3)


def test_a_file_that_cannot_be_read_says_so_in_its_place(client, here, lan):
    batch = handed_in(here, lan, b"PK\x03\x04 this is no workbook")
    (job,) = run_jobs()
    assert (job.done, job.refused) == (0, 1)
    batch.refresh_from_db()
    assert batch.state == "refused"
    client.force_login(lan)
    page = client.get(f"/interop/imports/{batch.pk}/").content.decode()
    assert "Không mở được tệp" in page
    assert "Nộp lại tệp đã sửa" in page
    assert not BatchFile.objects.exists()


def test_nothing_is_written_before_all_is_read(here, lan):
    batch = handed_in(here, lan)
    with acting_as(lan):
        part, *_others = open_file(batch, by=lan, on=ON)
        read_part(batch, part, by=lan, on=ON)
        assert batch.rows.count() == 2
        with pytest.raises(ValidationError, match="chưa đọc xong"):
            commit_batch(batch, by=lan, on=ON)


def test_a_part_that_was_read_is_not_read_again(here, lan):
    batch = handed_in(here, lan)
    with acting_as(lan):
        part, *_others = open_file(batch, by=lan, on=ON)
        assert read_part(batch, part, by=lan, on=ON) == 2
        assert read_part(batch, part, by=lan, on=ON) == 0
    run_jobs()
    assert [row.line for row in batch.rows.all()] == [2, 3, 4, 5, 6]


def test_reading_that_was_stopped_is_gone_on_with(client, here, lan):
    batch = handed_in(here, lan)
    with acting_as(lan):
        part, *_others = open_file(batch, by=lan, on=ON)
        read_part(batch, part, by=lan, on=ON)
        stop_job(Job.objects.get(), by=lan)
    client.force_login(lan)
    url = f"/interop/imports/{batch.pk}/"
    assert "Đọc tiếp" in client.get(url).content.decode()
    assert client.post(f"{url}read/").url == url
    run_jobs()
    assert [row.line for row in batch.rows.all()] == [2, 3, 4, 5, 6]
    with pytest.raises(ValidationError), acting_as(lan):
        read_on(batch, by=lan, on=ON)


def test_columns_chosen_for_a_long_file_are_judged_by_a_job(here, lan):
    batch = handed_in(here, lan)
    run_jobs()
    with acting_as(lan):
        assert set_columns(batch, {0: "full_name"}, by=lan, on=ON) is not None
        batch.refresh_from_db()
        assert (batch.state, batch.rows.count()) == ("reading", 0)
        with pytest.raises(ValidationError, match="đang được đọc"):
            set_columns(batch, {0: "full_name", 1: "birth"}, by=lan, on=ON)
    run_jobs()
    assert fates(batch) == ["ready", "ready", "ready", "ready", "rejected"]


def test_strangers_do_not_read_on(client, here, lan, thu, duc):
    batch = handed_in(here, lan)
    for stranger in (thu, duc):
        client.force_login(stranger)
        assert client.post(f"/interop/imports/{batch.pk}/read/").status_code == 404
        with pytest.raises((PermissionDenied, Batch.DoesNotExist)), acting_as(stranger):
            read_on(batch, by=stranger, on=ON)
        with acting_as(stranger):
            assert not BatchFile.objects.exists()
            assert not BatchPart.objects.exists()


def test_the_page_tells_how_far_it_is_until_it_is_read(client, here, lan):
    client.force_login(lan)
    file = SimpleUploadedFile("a.xlsx", make_xlsx(ROWS))
    url = client.post("/interop/imports/new/", {"unit": here.pk, "file": file}).url
    assert "Đang mở tệp" in client.get(url).content.decode()
    asked = {"HX-Request": "true", "HX-Target": "progress"}
    assert 'hx-trigger="every 2s"' in client.get(url, headers=asked).content.decode()
    run_jobs()
    assert client.get(url, headers=asked)["HX-Refresh"] == "true"
    page = client.get(url).content.decode()
    assert 'hx-trigger="every 2s"' not in page
    assert "Ghi 3 dòng vào sổ" in page
