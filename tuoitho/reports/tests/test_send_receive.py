"""Sending, accepting, returning, replacing: days, reasons, who may."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.reports.actions import accept_report, amend_report, return_report, send_report
from tuoitho.reports.models import UnitReport
from tuoitho.reports.tests.make import DAY, DUE, make_report, make_sent, sign


def test_sent_in_time(here, lan, chung):
    report = make_report(here)
    sign(report, chung)
    sent = send_report(report, by=lan, on=DAY)
    assert (sent.state, sent.sent_on, sent.days_late(DUE)) == ("sent", DAY, 0)
    assert list(UnitReport.objects.waiting()) == [report]


def test_not_before_it_was_signed(here, lan, chung):
    report = make_report(here)
    sign(report, chung)
    with pytest.raises(ValidationError, match="trước ngày ký"):
        send_report(report, by=lan, on=DAY - timedelta(days=1))


def test_only_its_own_people_send(here, thu, hanh, chung):
    report = make_report(here)
    sign(report, chung)
    for person in (thu, hanh):
        with pytest.raises(PermissionDenied):
            send_report(report, by=person, on=DAY)


def test_the_standing_body_accepts(here, lan, hanh, chung):
    report = make_report(here)
    make_sent(report, chung)
    for person in (lan, chung):
        with pytest.raises(PermissionDenied):
            accept_report(report, by=person, on=DAY)
    with pytest.raises(ValidationError, match="trước ngày gửi"):
        accept_report(report, by=hanh, on=DAY - timedelta(days=1))
    assert accept_report(report, by=hanh, on=DAY).state == "accepted"


def test_a_returned_report_is_missing_until_it_comes_back(here, lan, hanh, chung):
    report = make_report(here)
    make_sent(report, chung)
    with pytest.raises(ValidationError, match="lý do"):
        return_report(report, reason=" ", by=hanh, on=DAY)
    back = return_report(report, reason="Thiếu kinh phí", by=hanh, on=DAY)
    late = DUE + timedelta(days=3)
    assert (back.state, back.days_late(late)) == ("returned", 3)
    assert list(UnitReport.objects.late(late)) == [report]
    amend_report(report, reason="Bổ sung kinh phí", by=lan, on=late)
    sign(report, chung, on=late)
    sent = send_report(report, by=lan, on=late)
    assert (sent.sent_on, sent.return_reason, sent.days_late(late)) == (DAY, "", 0)
    assert not UnitReport.objects.late(late).exists()


def test_replacing_needs_a_reason_and_leaves_what_was_signed(here, lan, chung):
    report = make_report(here)
    first = make_sent(report, chung)
    with pytest.raises(ValidationError, match="lý do"):
        amend_report(report, reason="", by=lan, on=DAY)
    again = amend_report(report, reason="Sửa số liệu", by=lan, on=DAY)
    assert (again.state, again.latest_edition) == ("draft", first)
    assert again.is_delivered  # what was sent stands until it is replaced


def test_late_are_those_missing_and_those_sent_too_late(here, there, area):
    make_report(here, "sent", sent_on=DUE + timedelta(days=1))
    missing = make_report(there, "draft")
    make_report(area, "accepted", office="gddt")
    assert UnitReport.objects.late(DUE).count() == 1
    day = DUE + timedelta(days=2)
    assert set(UnitReport.objects.late(day).values_list("unit", flat=True)) == {here.pk, there.pk}
    assert missing.days_late(day) == 2
    assert missing.days_late(date(2025, 11, 1)) == 0
