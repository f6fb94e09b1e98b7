"""Sending a report on (NĐ 56/2017 Điều 25.3, 26.1), and the receiver's acknowledgement.

The limit of the first assessment runs on from the first receipt, wherever the report goes.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases.actions.report_steps import locked_report, tell_reporter
from tuoitho.cases.actions.steps import allow
from tuoitho.cases.models import Report, ReportSending, ReportState, SendingKind
from tuoitho.cases.models.report import ReceiptState
from tuoitho.cases.models.sending import ANSWER_WITHIN
from tuoitho.cases.need_to_know import who_steps
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now, today
from tuoitho.lib.text import tidy
from tuoitho.notices.actions import notify
from tuoitho.notices.people import holders_of
from tuoitho.units.models import Level as UnitLevel
from tuoitho.units.models import Unit

POLICE = "Công an"
NEWS = timedelta(days=2)  # who types in old reports does not set off an alarm


def home_of(by: Any) -> Unit | None:
    """The unit this person works in; None for the public and other actors of the system."""
    if not isinstance(by, User) or by.is_system:
        return None
    held = by.home()
    return held.unit if held else None


def _sending(report: Report, kind: str, *, by: Actor, **fields: Any) -> ReportSending:
    at = now()
    sending = ReportSending(
        report_id=report.pk, kind=kind, sent_at=at, sent_by=by.actor_name,
        sent_by_key=by.pk if home_of(by) else None,
        answer_due_at=at + ANSWER_WITHIN, **fields,
    )  # fmt: skip
    sending.save(force_insert=True)
    return sending


def sent_at_receipt(report: Report, *, by: Actor) -> None:
    """What happens to a report as it comes in: handed to another unit than the receiver's, to the
    police when a crime is suspected; those who must act are told."""
    sender = home_of(by)
    # A commune that has ended by now answers nothing: an old report typed in later.
    if sender is not None and sender.pk != report.unit_id and not report.unit.ended:
        _sending(report, SendingKind.COMMUNE, by=by, from_unit=sender, to_unit=report.unit)
    if report.crime_suspected:
        _sending(report, SendingKind.POLICE, by=by, from_unit=sender or report.unit,
                 to_unit=report.unit, to_body=POLICE)  # fmt: skip
    if now() - report.received_at < NEWS:
        _tell(report, "report.received", "cases.screen", report.unit, by)
        if report.crime_suspected:
            _tell(report, "report.forwarded", "cases.sealed", report.unit, by)


def _whom(permission: str, unit: Unit, sealed: Report | None) -> list[User]:
    """Who is told at ``unit``; of a ``sealed`` report only those who may step there."""
    if sealed is not None:
        return who_steps(permission, sealed)
    at_home = unit.level == UnitLevel.COMMUNE and permission != "cases.sealed"
    return holders_of(permission, unit, at_home=at_home)


def _tell(report: Report, kind: str, permission: str, unit: Unit, by: Actor) -> None:
    notify(
        _whom(permission, unit, report if report.sealed else None), kind, subject=str(report),
        url_name="cases:report_detail", url_args=(report.pk,), unit=unit, by=by,
    )  # fmt: skip


@transaction.atomic
def forward_report(report: Report, to_unit: Unit, *, by: Actor, on: date, note: str = "") -> Report:
    """Send a waiting report to the commune where it happened (Điều 26.1); it leaves the sight of
    who sends it, whose office keeps the sending and sees the answer.

    Raises ValidationError (no reason; handled already), PermissionDenied.
    """
    report = locked_report(report)
    by.require("cases.receive", report)
    if report.state != ReportState.WAITING:
        raise ValidationError(_("Tin này đã được xử lý nên không chuyển đi nữa."))
    if to_unit.pk == report.unit_id or to_unit.level != UnitLevel.COMMUNE:
        raise ValidationError({"to_unit": _("Hãy chọn xã, phường, thị trấn khác.")})
    _check_why(note, "note")
    record("cases.forward", report, by=by, on=on, note=note,
           before={"unit": report.unit_id}, after={"unit": to_unit.pk})  # fmt: skip
    sender = report.unit
    _sending(report, SendingKind.COMMUNE, by=by, from_unit=sender, to_unit=to_unit, why=tidy(note))
    report.routing = {"rule": "forward", "to": to_unit.name, "sender": sender.name}
    report.routing_reason = tidy(note)
    report.save(update_fields=["routing", "routing_reason"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_forward_report(%s, %s)", [report.pk, to_unit.pk])
        if not cursor.fetchone()[0]:
            raise ValidationError(_("Không chuyển được tin này."))
    report.forwarded_from, report.unit, report.happened_unit = sender, to_unit, to_unit
    _tell(report, "report.forwarded", "cases.screen", to_unit, by)
    return report


def _check_why(why: str, field: str) -> None:
    if not tidy(why):
        raise ValidationError({field: _("Hãy ghi vì sao chuyển đi.")})


@transaction.atomic
def send_to_police(
    report: Report, *, why: str, by: Actor, on: date, body: str = ""
) -> ReportSending:
    """A sign of crime goes to the police (Điều 25.3); the child's file runs on here.

    Raises ValidationError (no reason; sent and not answered yet), PermissionDenied.
    """
    report = locked_report(report)
    allow(by, "cases.screen", report)
    _check_why(why, "why")
    if report.sendings.unanswered().filter(kind=SendingKind.POLICE).exists():
        raise ValidationError(_("Tin này đã chuyển công an và đang chờ xác nhận."))
    report.crime_suspected = True
    report.save(update_fields=["crime_suspected"])
    sending = _sending(report, SendingKind.POLICE, by=by, from_unit=report.unit,
                       to_unit=report.unit, to_body=tidy(body) or POLICE,
                       why=tidy(why), sealed=report.sealed)  # fmt: skip
    _trace("cases.send_to_police", report, sending, by=by, on=on)
    _tell(report, "report.forwarded", "cases.sealed", report.unit, by)
    return sending


@transaction.atomic
def send_elsewhere(report: Report, body: str, *, why: str, by: Actor, on: date) -> ReportSending:
    """To another district, province or body that does not work in this system. The report stays
    here, with its clock, until they say that they have it.

    Raises ValidationError (no body, no reason, handled), PermissionDenied.
    """
    report = locked_report(report)
    allow(by, "cases.screen", report)
    if report.state not in (ReportState.WAITING, ReportState.SCREENED):
        raise ValidationError(_("Tin này đã được xử lý nên không chuyển đi nữa."))
    if not tidy(body):
        raise ValidationError({"body": _("Hãy ghi cơ quan nhận.")})
    _check_why(why, "why")
    sending = _sending(report, SendingKind.ELSEWHERE, by=by, from_unit=report.unit,
                       to_body=tidy(body), why=tidy(why), sealed=report.sealed)  # fmt: skip
    tell_reporter(report, ReceiptState.SENT_ON, on)
    _trace("cases.send_elsewhere", report, sending, by=by, on=on)
    return sending


@transaction.atomic
def acknowledge_sending(
    sending: ReportSending, *, by: Actor, at: datetime | None = None, who: str = ""
) -> ReportSending:
    """The receiver has the report: who said so, when. In the system the receiver says it; of a
    body outside, or by telephone, whoever has the report writes it down and names who said so.

    Once another body has it, the report is done with here. Raises ValidationError,
    PermissionDenied.
    """
    report = locked_report(sending.report)
    sending = ReportSending.objects.select_for_update().get(pk=sending.pk)
    allow(by, "cases.receive", report)
    if sending.acknowledged_at is not None:
        raise ValidationError(_("Lần chuyển này đã được xác nhận."))
    moment = at or now()
    if not sending.sent_at <= moment <= now() + timedelta(minutes=5):
        raise ValidationError({"at": _("Giờ xác nhận phải sau lúc chuyển và không ở tương lai.")})
    who = tidy(who)
    if not who and sending.kind == SendingKind.ELSEWHERE:
        raise ValidationError({"who": _("Hãy ghi ai của nơi nhận đã xác nhận.")})
    sending.acknowledged_at, sending.acknowledged_by = moment, who or by.actor_name
    sending.recorded_by = by.actor_name
    sending.save(update_fields=["acknowledged_at", "acknowledged_by", "recorded_by"])
    if sending.kind == SendingKind.ELSEWHERE:
        _done_with(report, sending)
    _trace("cases.acknowledge", report, sending, by=by, on=today())
    if sending.from_unit is not None and not report.sealed:
        notify(
            holders_of("cases.receive", sending.from_unit, at_home=True), "report.acknowledged",
            subject=str(sending), url_name="cases:sending_detail", url_args=(sending.pk,),
            unit=sending.from_unit, by=by,
        )  # fmt: skip
    return sending


def _done_with(report: Report, sending: ReportSending) -> None:
    if report.state in (ReportState.WAITING, ReportState.SCREENED):
        report.state = ReportState.DISMISSED
        report.dismissed_because = (
            f"Đã chuyển đến {sending.to_body}; {sending.acknowledged_by} xác nhận đã nhận."
        )
        report.save(update_fields=["state", "dismissed_because"])


@transaction.atomic
def remind_of_sending(sending: ReportSending, *, by: Actor, on: date) -> ReportSending:
    """Ask again for an acknowledgement that is late. Raises ValidationError, PermissionDenied."""
    sending = ReportSending.objects.select_for_update().get(pk=sending.pk)
    if sending.sealed:
        allow(by, "cases.receive", locked_report(sending.report))
    else:
        by.require("cases.receive", sending.from_unit)
    if not sending.is_late:
        raise ValidationError(_("Lần chuyển này chưa quá hạn xác nhận."))
    sending.reminded_at = now()
    sending.save(update_fields=["reminded_at"])
    if sending.to_unit is not None:
        wanted = "cases.sealed" if sending.kind == SendingKind.POLICE else "cases.screen"
        people = _whom(wanted, sending.to_unit, sending.report if sending.sealed else None)
        notify(
            people, "report.forwarded", subject=str(sending), url_name="cases:report_detail",
            url_args=(sending.report_id,), unit=sending.to_unit, by=by,
        )  # fmt: skip
    record("cases.remind", sending, by=by, on=on, unit_key=sending.from_unit_id)
    return sending


def _trace(action: str, report: Report, sending: ReportSending, *, by: Actor, on: date) -> None:
    keys: dict[str, Any] = {"unit_key": None, "child_key": None} if report.sealed else {}
    record(action, report, by=by, on=on, after={"kind": sending.kind}, **keys)
