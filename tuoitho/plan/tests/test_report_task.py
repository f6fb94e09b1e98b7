import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.audit.models import Event
from tuoitho.plan.actions import report_task
from tuoitho.plan.models import TaskReport
from tuoitho.plan.tests.make import DAY, make_programme, make_report, packaged, task


@pytest.fixture(autouse=True)
def programme(db):
    return make_programme()


def test_a_commune_reports_its_task(lan, here):
    report = report_task(task("IV.10.1"), here, 2025, "done", by=lan, on=DAY,
                         result="Đã ban hành  kế hoạch.\n\n\nĐã triển khai.",
                         figures=[["Số kế hoạch", "1"]])  # fmt: skip
    assert report.result == "Đã ban hành kế hoạch.\n\nĐã triển khai."
    event = Event.objects.latest("pk")
    assert (event.action, event.unit_key, event.after["figures"]) == (
        "plan.report_task", here.pk, [["Số kế hoạch", "1"]])  # fmt: skip


def test_a_second_report_of_the_year_corrects_the_first(lan, here):
    make_report("IV.10.1", here)
    report_task(task("IV.10.1"), here, 2025, "done", by=lan, on=DAY, result="Xong.")
    assert TaskReport.objects.get().state == "done"
    assert Event.objects.latest("pk").before["state"] == "in_progress"


def test_done_needs_a_result(lan, here):
    with pytest.raises(ValidationError) as error:
        report_task(task("IV.10.1"), here, 2025, "done", by=lan, on=DAY, result="  ")
    assert "result" in error.value.message_dict


@pytest.mark.parametrize("year", [2020, 2031])
def test_a_year_outside_the_programme_is_refused(lan, here, year):
    with pytest.raises(ValidationError, match="2021"):
        report_task(task("IV.10.1"), here, year, "in_progress", by=lan, on=DAY)


def test_a_task_that_left_the_plan_takes_no_report(lan, here):
    plan = packaged()
    make_programme(plan.model_copy(update={"tasks": plan.tasks[:-2] + plan.tasks[-1:]}))
    gone = task("IV.10.6")
    with pytest.raises(ValidationError, match="không còn"):
        report_task(gone, here, 2025, "in_progress", by=lan, on=DAY)


def test_nobody_reports_for_another_commune(thu, here):
    with pytest.raises(PermissionDenied):
        report_task(task("IV.10.1"), here, 2025, "in_progress", by=thu, on=DAY)


def test_a_chairman_looks_but_does_not_report(chung, here):
    with pytest.raises(PermissionDenied):
        report_task(task("IV.10.1"), here, 2025, "in_progress", by=chung, on=DAY)


def test_each_sees_the_reports_of_their_units(lan, thu, hanh, here, there):
    make_report("IV.10.1", here)
    make_report("IV.10.1", there)
    assert TaskReport.objects.visible_to(lan).count() == 1
    assert TaskReport.objects.visible_to(thu).get().unit == there
    assert TaskReport.objects.visible_to(hanh).count() == 2
