"""Taking down a report, with or without an account, and its receipt."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases import receipts
from tuoitho.cases.actions import dismiss_report, forward_report, link_report, receive_report
from tuoitho.cases.models import Receipt, Report
from tuoitho.cases.tests.make import OPENED, RECEIVED, make_child, make_report

TELLS = {
    "channel": "phone",
    "received_at": RECEIVED,
    "happening": "Cháu bé rửa bát thuê đến khuya.",
}


def test_a_report_is_kept_with_its_limit_of_twelve_hours(here, lan):
    report, code = receive_report(here, **TELLS, by=lan, child_name=" Bé   Na ", age_estimate=11)
    report.refresh_from_db()
    assert (report.child_name, report.state, report.unit) == ("Bé Na", "waiting", here)
    assert report.first_response_due_at == RECEIVED + timedelta(hours=12)
    assert receipts.status(code).state == "received"


def test_it_leaves_a_trace(here, lan):
    report, _code = receive_report(here, **TELLS, by=lan)
    event = Event.objects.get(action="cases.receive")
    assert (event.subject_key, event.actor_key, event.on) == (str(report.pk), lan.pk, OPENED)


def test_the_public_writes_without_reading(here):
    public = system_actor("public")
    with acting_as(public):
        report, code = receive_report(
            here, **{**TELLS, "channel": "public"}, by=public, reporter_phone="0912345678"
        )
        assert not Report.objects.exists()
    with acting_as(None):
        assert receipts.status(code).label
    assert Report.objects.get(pk=report.pk).informant_named


def test_a_receiver_elsewhere_reports_to_the_commune_where_it_happened(here, thu):
    with acting_as(thu):
        report, _code = receive_report(here, **TELLS, by=thu)
        assert not Report.objects.exists()
    assert Report.objects.get(pk=report.pk).unit == here


@pytest.mark.parametrize("who", ["public", "lan"])
def test_the_same_form_sent_twice_is_one_report_with_one_code(here, lan, who):
    person = lan if who == "lan" else system_actor("public")
    with acting_as(person):
        first, code = receive_report(here, **TELLS, by=person, form_token="t-1")
        second, again = receive_report(here, **TELLS, by=person, form_token="t-1")
    assert (first.pk, code) == (second.pk, again)
    assert Report.objects.count() == Receipt.objects.count() == 1


def test_what_cannot_be_is_refused_by_field(here, area, lan):
    for wrong, field in (
        ({"happening": "  "}, "happening"),
        ({"received_at": RECEIVED + timedelta(days=9000)}, "received_at"),
        ({"channel": "pigeon"}, "channel"),
        ({"sex": "x"}, "sex"),
    ):
        with pytest.raises(ValidationError) as error:
            receive_report(here, **{**TELLS, **wrong}, by=lan)
        assert field in error.value.message_dict
    with pytest.raises(ValidationError):
        receive_report(area, **TELLS, by=lan)
    assert not Report.objects.exists()


def test_who_may_not_receive_may_not(here, cast_member):
    with pytest.raises(PermissionDenied):
        receive_report(here, **TELLS, by=cast_member("finance_office"))


def test_a_code_says_nothing_when_it_is_wrong_and_is_read_kindly(here, lan):
    _report, code = receive_report(here, **TELLS, by=lan)
    assert receipts.status("AAAAAAAAAA") is receipts.status("x") is receipts.status("") is None
    assert receipts.status(f" {receipts.spaced(code).lower()} ")
    assert not set(code) & set("01ILO")
    assert code not in str(Receipt.objects.values_list())


def test_a_report_sent_on_leaves_the_sender(here, there, lan, thu):
    report = make_report(here)
    with acting_as(lan):
        forward_report(report, there, by=lan, on=OPENED, note="Xảy ra ở bên đó")
        assert not Report.objects.exists()
    with acting_as(thu):
        seen = Report.objects.get()
    assert (seen.unit, seen.happened_unit, seen.forwarded_from) == (there, there, here)
    assert seen.first_response_due_at == report.first_response_due_at


def test_nobody_sends_on_what_is_not_his(here, there, thu):
    with pytest.raises(PermissionDenied):
        forward_report(make_report(here), there, by=thu, on=OPENED)


def test_a_screened_report_is_not_sent_on(here, there, lan):
    with pytest.raises(ValidationError):
        forward_report(make_report(here, state="screened"), there, by=lan, on=OPENED)


@time_machine.travel("2026-03-03 09:00+07:00", tick=False)
def test_a_dismissed_report_keeps_its_reason_and_tells_the_public(here, lan):
    report, code = receive_report(here, **TELLS, by=lan)
    with pytest.raises(ValidationError):
        dismiss_report(report, " ", by=lan, on=OPENED)
    dismiss_report(report, "Trùng tin", by=lan, on=OPENED)
    report.refresh_from_db()
    assert (report.state, report.dismissed_because) == ("dismissed", "Trùng tin")
    assert receipts.status(code).state == "handled"


def test_two_reports_may_concern_one_child(here, lan):
    child = make_child(here)
    for report in (make_report(here), make_report(here)):
        link_report(report, child, by=lan, on=OPENED)
    assert child.reports.count() == 2
