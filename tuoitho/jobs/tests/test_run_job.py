"""Long work: row by row, each judged once, in the sight of whoever asked."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tuoitho.access.person import acting_as, current_person
from tuoitho.jobs.actions import enqueue, run_job, start_recurring, stop_job, take_up_lost
from tuoitho.jobs.models import Job, JobRow
from tuoitho.jobs.registry import _WORKS, Every, Work, register
from tuoitho.jobs.states import JobState, RowState
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.notices.models import Notice

DONE: list[tuple[str, str]] = []


def _one(args, key, by):
    DONE.append((key, current_person()))
    if key == "wrong":
        raise ValidationError("Dòng này sai.")
    if key == "forbidden":
        raise PermissionDenied("cases.view")
    if key == "broken":
        raise RuntimeError("Nguyễn Thị Bí Mật")
    return f"xong {key}"


@pytest.fixture(autouse=True)
def _works():
    DONE.clear()
    known = dict(_WORKS)
    register(Work("test.rows", "Việc thử", lambda args, by: args["keys"], _one))
    register(Work("test.clock", "Việc hẹn giờ", lambda args, by: ["a"], _one, Every.DAY))
    register(Work("test.refused", "Việc hỏng", lambda args, by: 1 / 0, _one))
    yield
    _WORKS.clear()
    _WORKS.update(known)


def ask(by, *keys):
    with acting_as(by):
        return enqueue("test.rows", {"keys": list(keys)}, by=by)


def test_every_row_is_done_once_as_whoever_asked(lan):
    ask(lan, "a", "b", "a")
    (job,) = run_jobs()
    assert (job.state, job.total, job.done, job.refused) == (JobState.DONE, 2, 2, 0)
    assert [("a", str(lan.pk)), ("b", str(lan.pk))] == DONE


def test_a_refused_row_says_why_and_the_others_go_on(lan):
    job = ask(lan, "a", "wrong", "forbidden", "b")
    run_jobs()
    with acting_as(lan):
        found = [(r.key, r.state, r.note) for r in job.rows.order_by("place")]
    assert found == [
        ("a", RowState.DONE, "xong a"),
        ("wrong", RowState.REFUSED, "Dòng này sai."),
        ("forbidden", RowState.REFUSED, "Không có quyền."),
        ("b", RowState.DONE, "xong b"),
    ]


def test_an_unforeseen_error_is_kept_without_its_text(lan, caplog):
    job = ask(lan, "broken")
    run_jobs()
    with acting_as(lan):
        row = job.rows.get()
    assert (row.state, "RuntimeError" in row.note) == (RowState.FAILED, True)
    assert "Bí Mật" not in row.note + caplog.text


def test_work_that_cannot_be_cut_into_rows_fails(lan):
    enqueue("test.refused", {}, by=lan)
    (job,) = run_jobs()
    assert (job.state, "ZeroDivisionError" in job.note) == (JobState.FAILED, True)


def test_running_again_does_nothing_twice(lan):
    job = ask(lan, "a", "b")
    run_job(job.pk)
    run_job(job.pk)
    assert [key for key, _by in DONE] == ["a", "b"]


def test_an_unknown_work_is_refused_at_once(lan):
    with pytest.raises(KeyError, match="register it"):
        enqueue("nothing.known", {}, by=lan)


def test_a_stopped_job_begins_no_further_row(lan):
    job = ask(lan, "a")
    with acting_as(lan):
        stop_job(job, by=lan)
    run_job(job.pk)
    assert DONE == []
    with acting_as(lan), pytest.raises(ValidationError):
        stop_job(job, by=lan)


def test_nobody_stops_or_sees_the_work_of_another(lan, thu):
    job = ask(lan, "a")
    with acting_as(thu):
        assert not Job.objects.filter(pk=job.pk).exists()
        assert not JobRow.objects.exists()
    with pytest.raises(PermissionDenied):
        stop_job(job, by=thu)


def test_the_clock_begins_a_run_once(system):
    assert [job.name for job in start_recurring(Every.DAY) if job.name == "test.clock"]
    assert start_recurring(Every.DAY) == []


def test_a_job_the_queue_lost_goes_into_it_again(lan, system):
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ask(lan, "a")
    assert take_up_lost() == 0
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert take_up_lost() == 1
    assert ProcrastinateJob.objects.get().args == {"job_id": str(job.pk)}


def test_the_page_shows_progress_and_rows(client, lan):
    job = ask(lan, "a", "wrong")
    client.force_login(lan)
    address = reverse("jobs:job_detail", args=[job.pk])
    assert "Chờ chạy" in client.get(address).content.decode()
    run_jobs()
    text = client.get(address).content.decode()
    assert "1 xong, 1 không làm được, trong 2 dòng." in text
    assert "Dòng này sai." in text
    assert "hx-trigger" not in text.split('id="progress"')[1].split(">")[0]
    assert "Việc thử" in client.get(reverse("jobs:job_list")).content.decode()


def test_htmx_gets_the_progress_alone(client, lan):
    job = ask(lan, "a")
    client.force_login(lan)
    headers = {"HX-Request": "true", "HX-Target": "progress"}
    text = client.get(reverse("jobs:job_detail", args=[job.pk]), headers=headers).content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "<html" not in text


def test_a_stranger_gets_404(client, lan, thu):
    job = ask(lan, "a")
    client.force_login(thu)
    assert client.get(reverse("jobs:job_detail", args=[job.pk])).status_code == 404
    assert client.post(reverse("jobs:job_stop", args=[job.pk])).status_code == 404


def test_the_owner_stops_it_on_the_page(client, lan):
    job = ask(lan, "a")
    client.force_login(lan)
    assert client.post(reverse("jobs:job_stop", args=[job.pk])).status_code == 303
    assert "Đã dừng" in client.get(reverse("jobs:job_detail", args=[job.pk])).content.decode()


def told(person):
    return [(notice.subject, notice.url_args) for notice in Notice.objects.filter(to=person).all()]


def test_who_asked_is_told_of_the_end_with_counts(lan, chung):
    job = ask(lan, "a", "wrong", "b")
    run_jobs()
    assert told(lan) == [("Việc thử: 2 xong, 1 không làm được, trong 3 dòng", [str(job.pk)])]
    assert not told(chung)


def test_of_a_job_that_cannot_begin_its_owner_is_told_too(lan):
    with acting_as(lan):
        enqueue("test.refused", {}, by=lan)
    run_jobs()
    assert [subject for subject, _args in told(lan)] == ["Việc hỏng: không chạy được"]


def test_a_job_is_told_once_however_often_it_is_taken_up(lan):
    job = ask(lan, "a")
    run_jobs()
    run_job(job.pk)
    assert len(told(lan)) == 1


def test_work_of_the_clock_tells_nobody(db, system):
    start_recurring(Every.DAY)
    run_jobs()
    assert not Notice.objects.filter(kind="jobs.done").exists()
