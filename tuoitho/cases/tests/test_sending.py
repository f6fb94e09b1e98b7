"""A report sent on: to the commune, the police, a body outside; who has it, since when, and who
has not said so; the clock runs on from the first receipt."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from conftest import make_user, thanh_tri
from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.cases import receipts
from tuoitho.cases.actions import (
    acknowledge_sending,
    forward_report,
    receive_report,
    remind_of_sending,
    send_elsewhere,
    send_to_police,
)
from tuoitho.cases.due import due_items
from tuoitho.cases.models import Report, ReportSending
from tuoitho.cases.routing import words_of
from tuoitho.cases.sending_jobs import SENDINGS_LATE
from tuoitho.cases.tests.make import OPENED, RECEIVED, make_case, make_report, seal
from tuoitho.jobs.actions import enqueue, run_job
from tuoitho.lib.hanoi import now
from tuoitho.notices.models import Notice

TOLD = {"channel": "phone", "happening": "Cháu bé rửa bát thuê."}
LATER = "2026-03-04 09:00+07:00"


@pytest.fixture(autouse=True)
def _that_monday():
    with time_machine.travel(RECEIVED + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def forwarded(here, there, lan, thu):
    report = make_report(here)
    with acting_as(lan):
        return forward_report(report, there, by=lan, on=OPENED, note="Quán ở bên Đại Thanh")


def sending_of(report, person):
    with acting_as(person):
        return ReportSending.objects.get(report_id=report.pk)


def test_the_receiver_says_that_they_have_it(forwarded, there, lan, thu):
    sending = sending_of(forwarded, thu)
    with acting_as(thu):
        acknowledge_sending(sending, by=thu)
    seen = sending_of(forwarded, lan)
    assert (seen.acknowledged_by, seen.acknowledged_at) == (thu.actor_name, now())
    assert (seen.to_unit, seen.why) == (there, "Quán ở bên Đại Thanh")
    assert Notice.objects.filter(to=lan, kind="report.acknowledged").exists()


def test_the_sender_sees_the_answer_and_not_the_report(forwarded, lan, thu):
    with acting_as(lan):
        assert not Report.objects.exists()
        assert ReportSending.objects.visible_to(lan).count() == 1
    assert words_of(forwarded.routing) == "Chuyển đến Xã Đại Thanh vì Xã Thanh Trì chuyển đến."
    assert Notice.objects.filter(to=thu, kind="report.forwarded").exists()


def test_the_clock_runs_on_from_the_first_receipt(forwarded, thu):
    with acting_as(thu):
        seen = Report.objects.get(pk=forwarded.pk)
    assert seen.first_response_due_at == RECEIVED + timedelta(hours=12)


def test_the_sender_cannot_answer_for_the_receiver(forwarded, lan):
    with pytest.raises((PermissionDenied, Report.DoesNotExist)), acting_as(lan):
        acknowledge_sending(sending_of(forwarded, lan), by=lan)


def test_it_is_answered_once_and_not_before_it_was_sent(forwarded, thu):
    sending = sending_of(forwarded, thu)
    with acting_as(thu):
        for at in (now() - timedelta(hours=3), now() + timedelta(hours=1)):
            with pytest.raises(ValidationError):
                acknowledge_sending(sending, by=thu, at=at)
        acknowledge_sending(sending, by=thu)
        with pytest.raises(ValidationError):
            acknowledge_sending(sending, by=thu)


def test_a_late_answer_is_asked_for_again(forwarded, lan, thu):
    sending = sending_of(forwarded, lan)
    with acting_as(lan), pytest.raises(ValidationError):
        remind_of_sending(sending, by=lan, on=OPENED)
    with time_machine.travel(LATER, tick=False), acting_as(lan):
        assert ReportSending.objects.late().exists()
        remind_of_sending(sending, by=lan, on=OPENED)
    assert Notice.objects.filter(to=thu, kind="report.forwarded").count() == 2


def test_the_clock_reminds_of_a_late_answer_once(forwarded, thu):
    for moment, told in ((RECEIVED + timedelta(hours=2), 1), (LATER, 2), (LATER, 2)):
        with time_machine.travel(moment, tick=False):
            run_job(enqueue(SENDINGS_LATE.name, {}, by=system_actor()).pk)
        assert Notice.objects.filter(to=thu, kind="report.forwarded").count() == told


def test_the_clock_reminds_of_no_answer_that_came(forwarded, thu):
    sending = sending_of(forwarded, thu)
    with acting_as(thu):
        acknowledge_sending(sending, by=thu)
    with time_machine.travel(LATER, tick=False):
        assert not SENDINGS_LATE.rows({}, system_actor())


def test_a_receiver_elsewhere_hands_over_and_waits_for_the_answer(here, thu, lan):
    with acting_as(thu):
        report, _code = receive_report(here, received_at=now(), **TOLD, by=thu)
    sending = sending_of(report, thu)
    assert (sending.kind, sending.from_unit.name, sending.to_unit) == (
        "commune", "Xã Đại Thanh", here,
    )  # fmt: skip
    assert Notice.objects.filter(to=lan, kind="report.received").exists()


def test_who_writes_for_the_own_commune_and_the_public_hand_over_to_nobody(here, lan):
    for person in (lan, system_actor("public")):
        with acting_as(person):
            receive_report(here, received_at=now(), **TOLD, by=person)
    assert not ReportSending.objects.exists()


def test_an_old_report_of_a_commune_that_ended_waits_for_nobody(lan):
    old = RECEIVED.replace(year=2024)
    receive_report(thanh_tri("00640", before=True), received_at=old, **TOLD, by=lan)
    assert not ReportSending.objects.exists()
    assert not Notice.objects.exists()


def test_a_sign_of_crime_goes_to_the_police_at_once_from_every_door(here, cast_member):
    police = cast_member("police")
    public = system_actor("public")
    with acting_as(public):
        report, _code = receive_report(
            here, received_at=now(), **TOLD, by=public, crime_suspected=True
        )
    sending = sending_of(report, police)
    assert (sending.kind, sending.to_body) == ("police", "Công an")
    assert Notice.objects.filter(to=police, kind="report.forwarded").exists()
    with acting_as(police):
        acknowledge_sending(sending, by=police, who="Đại úy Hoàng Văn Nam")
    assert sending_of(report, police).acknowledged_by == "Đại úy Hoàng Văn Nam"


def test_later_signs_go_to_the_police_and_the_childs_file_stays(here, lan, cast_member):
    police, report = cast_member("police"), make_report(here)
    with pytest.raises(ValidationError):
        send_to_police(report, why=" ", by=lan, on=OPENED)
    send_to_police(report, why="Bị giữ giấy tờ, không cho về", by=lan, on=OPENED)
    with pytest.raises(ValidationError):
        send_to_police(report, why="Lần nữa", by=lan, on=OPENED)
    report.refresh_from_db()
    assert (report.crime_suspected, report.unit, report.state) == (True, here, "waiting")
    assert sending_of(report, police).why == "Bị giữ giấy tờ, không cho về"


def test_a_body_outside_is_named_and_the_report_stays_until_it_has_it(here, lan):
    report, code = receive_report(here, received_at=now(), **TOLD, by=lan)
    sending = send_elsewhere(report, "UBND xã Ninh Sở", why="Xảy ra ở đó", by=lan, on=OPENED)
    report.refresh_from_db()
    assert (report.state, receipts.status(code).state) == ("waiting", "sent_on")
    with pytest.raises(ValidationError) as refused:
        acknowledge_sending(sending, by=lan)
    assert "who" in refused.value.message_dict
    acknowledge_sending(sending, by=lan, who="Bà Hà, văn phòng")
    report.refresh_from_db()
    assert report.state == "dismissed"
    assert "Bà Hà, văn phòng xác nhận" in report.dismissed_because
    assert receipts.status(code).label == "Đã chuyển đến cơ quan có thẩm quyền"


def test_what_became_a_case_is_not_sent_elsewhere(here, lan):
    report = make_report(here, state="in_case", case=make_case(here))
    with pytest.raises(ValidationError):
        send_elsewhere(report, "Nơi khác", why="x", by=lan, on=OPENED)


def test_sealed_it_vanishes_for_the_sender_too(forwarded, there, lan, cast_member):
    case = make_case(there)
    Report.objects.filter(pk=forwarded.pk).update(case=case, state="in_case")
    seal(case)
    for person, seen in ((lan, 0), (cast_member("police"), 1)):
        with acting_as(person):
            assert ReportSending.objects.count() == seen
            assert ReportSending.objects.visible_to(person).count() == seen


def test_strangers_see_no_sending(forwarded, duc):
    stranger = make_user("an", "commune_worker", forwarded.unit.__class__.objects.get(
        code="00679", valid__contains=OPENED))  # fmt: skip
    for person in (duc, stranger, system_actor("public")):
        with acting_as(person):
            assert not ReportSending.objects.exists()
            assert not ReportSending.objects.visible_to(person).exists()


def test_every_word_for_the_reporter_is_told_and_none_says_anything_of_a_child():
    from tuoitho.cases.models.report import ReceiptState

    labels = [str(label) for label in ReceiptState.labels]
    assert len(set(labels)) == len(ReceiptState.values) == 4
    assert not any(word in label for label in labels for word in ("trẻ", "xã", "hồ sơ"))


def test_the_pages_send_remind_and_answer(client, forwarded, lan, thu):
    sending = sending_of(forwarded, thu)
    detail = reverse("cases:sending_detail", args=[sending.pk])
    with time_machine.travel(LATER, tick=False):
        client.force_login(lan)
        assert "Xã Đại Thanh" in client.get(reverse("cases:sending_list")).content.decode()
        assert "Nhắc nơi nhận" in client.get(detail).content.decode()
        assert client.post(reverse("cases:sending_remind", args=[sending.pk])).status_code == 303
        url = reverse("cases:sending_acknowledge", args=[sending.pk])
        assert client.get(url).status_code == 404
        client.force_login(thu)
        page = reverse("cases:report_detail", args=[forwarded.pk])
        assert "quá hạn xác nhận" in client.get(page).content.decode()
        assert client.post(url, {"at": "x"}).status_code == 422
        assert client.post(url, {"at": "04/03/2026 08:30"}).status_code == 303
        assert client.get(detail).headers["Location"] == page
    assert sending_of(forwarded, lan).acknowledged_by == thu.actor_name


@pytest.mark.parametrize("name", ["report_police", "report_elsewhere"])
def test_sending_on_by_page(client, here, lan, thu, name):
    report = make_report(here)
    url = reverse(f"cases:{name}", args=[report.pk])
    client.force_login(thu)
    assert client.get(url).status_code == 404
    client.force_login(lan)
    assert client.post(url, {"on": "02/03/2026", "body": "CA xã", "why": ""}).status_code == 422
    assert client.post(url, {"on": "02/03/2026", "body": "CA xã", "why": "Vì"}).status_code == 303
    assert ReportSending.objects.get().to_body == "CA xã"


def test_the_receiver_has_it_to_do_and_the_sender_when_it_is_late(forwarded, lan, thu, chung):
    def waiting(person):
        with acting_as(person):
            return [item.what for item in due_items(person) if "nhận tin" in item.what]

    assert waiting(thu) == ["Xác nhận đã nhận tin báo"]
    assert waiting(lan) == []
    with time_machine.travel(LATER, tick=False):
        assert waiting(lan) == waiting(chung) == ["Nhắc xác nhận đã nhận tin"]
        with acting_as(thu):
            acknowledge_sending(ReportSending.objects.get(), by=thu)
        assert waiting(thu) == waiting(lan) == []
