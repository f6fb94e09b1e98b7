"""Writing: what is saved, and two people who save at once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.audit.models import Event
from tuoitho.lib.hanoi import today
from tuoitho.reports.actions import write_report
from tuoitho.reports.sections import MAX_LETTERS
from tuoitho.reports.tests.make import DAY, make_consolidation, make_report


def test_what_is_written_is_kept_and_the_rest_stays(here, lan):
    report = make_report(here)
    saved = write_report(report, {"budget": " Đủ.\r\nKịp. "}, revision=0, by=lan, on=DAY)
    assert (saved.revision, saved.text("budget")) == (1, "Đủ.\nKịp.")
    assert saved.text("situation").startswith("Toàn xã")
    assert saved.moves.get().note == "budget"
    event = Event.objects.get(action="reports.write")
    assert (event.before["revision"], event.after["revision"]) == (0, 1)


def test_who_saves_second_loses_nothing_and_is_told_who_was_first(here, lan, chung):
    report = make_report(here)
    write_report(report, {"budget": "Của Lan"}, revision=0, by=lan, on=DAY)
    with pytest.raises(ValidationError, match=r"Nguyễn Thị Lan .* đã lưu") as error:
        write_report(report, {"budget": "Của Chung"}, revision=0, by=chung, on=DAY)
    assert error.value.code == "overtaken"
    report.refresh_from_db()
    assert (report.revision, report.text("budget")) == (1, "Của Lan")
    assert write_report(report, {"budget": "Cả hai"}, revision=1, by=chung, on=DAY).revision == 2


def test_saving_the_same_again_leaves_no_trace(here, lan):
    report = make_report(here)
    text = report.text("situation")
    assert write_report(report, {"situation": text}, revision=0, by=lan, on=DAY).revision == 0
    assert not report.moves.exists()


def test_a_text_too_long_and_a_heading_unknown_are_refused(here, lan):
    report = make_report(here)
    with pytest.raises(ValidationError) as error:
        write_report(report, {"budget": "x" * (MAX_LETTERS + 1)}, revision=0, by=lan, on=DAY)
    assert "budget" in error.value.message_dict
    with pytest.raises(KeyError):
        write_report(report, {"secret": "x"}, revision=0, by=lan, on=DAY)


def test_nothing_is_written_in_the_future(here, lan):
    tomorrow = date.fromordinal(today().toordinal() + 1)
    with pytest.raises(ValidationError, match="tương lai"):
        write_report(make_report(here), {"budget": "x"}, revision=0, by=lan, on=tomorrow)


def test_only_its_own_people_write(area, here, thu, hanh, duc, lan):
    report = make_report(here)
    for person in (thu, hanh, duc):
        with pytest.raises(PermissionDenied):
            write_report(report, {"budget": "x"}, revision=0, by=person, on=DAY)
    whole = make_consolidation(area)
    for person in (lan, duc):
        with pytest.raises(PermissionDenied):
            write_report(whole, {"budget": "x"}, revision=0, by=person, on=DAY)
    assert write_report(whole, {"budget": "x"}, revision=0, by=hanh, on=DAY).revision == 1
