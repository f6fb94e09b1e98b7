"""Receiving a report, sending it on, saying whom it concerns (NĐ 56/2017 Điều 25, 26)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases import receipts
from tuoitho.cases.actions.clocks import start_report_clock, stop_report_clock
from tuoitho.cases.deadlines import due_moment
from tuoitho.cases.models import Receipt, Report, ReportState
from tuoitho.cases.models.report import ReceiptState
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import day_of, now
from tuoitho.lib.text import tidy
from tuoitho.people.models import Child
from tuoitho.units.models import Level as UnitLevel
from tuoitho.units.models import Unit

FIELDS = frozenset({
    "number", "child_name", "birth_date", "age_estimate", "sex", "place", "child_condition",
    "consequences", "father", "mother", "family", "carer", "done_already", "reporter_name",
    "reporter_phone", "reporter_address", "crime_suspected", "form_token",
})  # fmt: skip
FOREIGN = ("unit", "happened_unit", "child", "case", "forwarded_from")


@transaction.atomic
def receive_report(
    unit: Unit, *, channel: str, received_at: datetime, happening: str, by: Actor, **fields: Any
) -> tuple[Report, str]:
    """Write down a report about a child in the commune ``unit`` (Mẫu 01) and give its receipt code.

    Any receiver may write one for any commune: it is that commune's at once (Điều 26.1), even if
    the writer cannot read it there. ``fields``: see ``FIELDS``; ``form_token`` makes a form sent
    twice one report with one code. Raises ValidationError (by field), PermissionDenied, TypeError
    for a field a report does not have.
    """
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"a report has no {sorted(unknown)}")
    by.require("cases.receive")
    code = receipts.new_code(fields.get("form_token", ""))
    if again := _sent_before(code):
        return again, code
    report = Report(
        unit=unit, happened_unit=unit, channel=channel, received_at=received_at,
        first_response_due_at=due_moment("first_response", received_at),
        happening=happening.strip(), receiver=by.actor_name,
        **{k: tidy(v) if k in ("child_name", "place") else v for k, v in fields.items()},
    )  # fmt: skip
    _check(report)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:  # the same form, sent at the same moment
        if again := _sent_before(code):
            return again, code
        raise
    start_report_clock(report)
    day = day_of(received_at)
    Receipt.objects.create(
        code_hash=receipts.hash_of(code), report_id=report.pk, received_on=day, changed_on=day
    )
    record("cases.receive", report, by=by, on=day, after={"channel": channel})
    return report, code


def _sent_before(code: str) -> Report | None:
    receipt = Receipt.objects.filter(code_hash=receipts.hash_of(code)).first()
    if receipt is None:
        return None
    # Who may write but not read gets the bare key.
    return Report.objects.filter(pk=receipt.report_id).first() or Report(pk=receipt.report_id)


def _check(report: Report) -> None:
    if report.received_at > now() + timedelta(minutes=5):
        raise ValidationError({"received_at": _("Giờ nhận tin chưa tới.")})
    if not report.happening:
        raise ValidationError({"happening": _("Hãy ghi sự việc, dù chỉ một câu.")})
    if report.unit.level != UnitLevel.COMMUNE:
        raise ValidationError({"unit": _("Hãy chọn xã, phường, thị trấn nơi xảy ra vụ việc.")})
    report.clean_fields(exclude=FOREIGN)


def tell_reporter(report: Report, state: str, on: date) -> None:
    """Move the public word of a report forward."""
    Receipt.objects.filter(report_id=report.pk).exclude(state=ReceiptState.HANDLED).update(
        state=state, changed_on=on
    )


def locked_report(report: Report) -> Report:
    """The row as it is now, held until the end of the transaction."""
    return Report.objects.select_for_update().get(pk=report.pk)


@transaction.atomic
def forward_report(report: Report, to_unit: Unit, *, by: Actor, on: date, note: str = "") -> Report:
    """Send a waiting report to the commune where it happened (Điều 26.1); it leaves the sight of
    who sends it. The 12 hours run on. Raises ValidationError, PermissionDenied."""
    report = locked_report(report)
    by.require("cases.receive", report)
    if report.state != ReportState.WAITING:
        raise ValidationError(_("Tin này đã được xử lý nên không chuyển đi nữa."))
    if to_unit.pk == report.unit_id or to_unit.level != UnitLevel.COMMUNE:
        raise ValidationError({"to_unit": _("Hãy chọn xã, phường, thị trấn khác.")})
    record("cases.forward", report, by=by, on=on, note=note,
           before={"unit": report.unit_id}, after={"unit": to_unit.pk})  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_forward_report(%s, %s)", [report.pk, to_unit.pk])
        if not cursor.fetchone()[0]:
            raise ValidationError(_("Không chuyển được tin này."))
    report.forwarded_from_id, report.unit, report.happened_unit = report.unit_id, to_unit, to_unit
    return report


@transaction.atomic
def link_report(report: Report, child: Child, *, by: Actor, on: date) -> Report:
    """Say which child of the register the report concerns. Several reports may concern one child.

    Raises ValidationError when the report was dismissed or belongs to a case.
    """
    report = locked_report(report)
    if report.state == ReportState.DISMISSED or report.case_id is not None:
        raise ValidationError(_("Tin này đã được xử lý nên không gắn với trẻ khác được."))
    by.require("cases.screen", report)
    before, report.child = report.child_id, child
    report.save(update_fields=["child"])
    tell_reporter(report, ReceiptState.VERIFYING, on)
    record("cases.link_report", report, by=by, on=on, before={"child": before},
           after={"child": child.pk})  # fmt: skip
    return report


@transaction.atomic
def dismiss_report(report: Report, reason: str, *, by: Actor, on: date) -> Report:
    """Nothing to do after verification (a mistake, a repetition); the reason is kept.

    Raises ValidationError without a reason or when it is in a case.
    """
    report = locked_report(report)
    if report.state in (ReportState.DISMISSED, ReportState.IN_CASE):
        raise ValidationError(_("Tin này đã được xử lý."))
    by.require("cases.screen", report)
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do.")})
    before, report.state = report.state, ReportState.DISMISSED
    report.dismissed_because = reason.strip()
    report.save(update_fields=["state", "dismissed_because"])
    stop_report_clock(report)
    tell_reporter(report, ReceiptState.HANDLED, on)
    record("cases.dismiss_report", report, by=by, on=on, before={"state": before},
           after={"state": report.state})  # fmt: skip
    return report
