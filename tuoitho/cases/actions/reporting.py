"""Receiving a report, sending it on, saying whom it concerns (NĐ 56/2017 Điều 25, 26)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.audit.actions import record
from tuoitho.cases import receipts
from tuoitho.cases.actions.clocks import start_report_clock, stop_report_clock
from tuoitho.cases.actions.report_steps import locked_report, tell_reporter
from tuoitho.cases.actions.sending import sent_at_receipt
from tuoitho.cases.deadlines import due_moment
from tuoitho.cases.models import Informant, Receipt, Report, ReportState
from tuoitho.cases.models.report import ReceiptState
from tuoitho.cases.routing import Where, area_of, heirs, overridden, route
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import day_of, now
from tuoitho.lib.text import tidy
from tuoitho.people.models import Child
from tuoitho.units.models import Level as UnitLevel
from tuoitho.units.models import Unit

FIELDS = frozenset({
    "number", "child_name", "birth_date", "age_estimate", "sex", "place", "hamlet", "home_unit",
    "child_condition", "consequences", "father", "mother", "family", "carer", "done_already",
    "crime_suspected", "form_token",
})  # fmt: skip
INFORMANT = {"reporter_name": "name", "reporter_phone": "phone", "reporter_address": "address"}
FOREIGN = ("unit", "happened_unit", "home_unit", "child", "case", "forwarded_from", "routing")
TIDIED = ("child_name", "place", "hamlet", "number")
SHORTEST, OLDEST = 5, 25  # signs of a happening; years of who may be reported
LONGEST_HAPPENING = 20_000
NO_HAPPENING = gettext_lazy("Hãy kể chuyện gì đang xảy ra, dù chỉ một câu.")


@transaction.atomic
def receive_report(
    unit: Unit | None,
    *,
    channel: str,
    received_at: datetime,
    happening: str,
    by: Actor,
    send_to: Unit | None = None,
    send_reason: str = "",
    **fields: Any,
) -> tuple[Report, str]:
    """Write down a report about a child (Mẫu 01) and give its receipt code. Every door comes here.

    ``unit``: the commune where it happened, as told; one that has ended, or None, will do. The
    table of ``cases.routing`` finds who acts: it is that commune's at once (Điều 26.1), even if the
    writer cannot read it there. ``send_to`` overrides the table and needs ``send_reason``.
    ``fields``: ``FIELDS`` and ``INFORMANT``; ``form_token`` makes a form sent twice one report with
    one code. Raises ValidationError (by field), PermissionDenied, TypeError for an unknown field.
    """
    if unknown := set(fields) - FIELDS - set(INFORMANT):
        raise TypeError(f"a report has no {sorted(unknown)}")
    by.require("cases.receive")
    code = receipts.new_code(fields.get("form_token", ""))
    if again := _sent_before(code):
        return again, code
    told = {new: tidy(fields.pop(old, "") or "") for old, new in INFORMANT.items()}
    fields = {k: tidy(v or "") if k in TIDIED else v for k, v in fields.items()}
    report = Report(
        channel=channel, received_at=received_at, happening=happening.strip(),
        first_response_due_at=due_moment("first_response", received_at), receiver=by.actor_name,
        informant_named=any(told.values()), **fields,
    )  # fmt: skip
    check_report(report, unit)
    _check_informant(told)
    _send_where_it_belongs(report, unit, send_to, send_reason, by)
    try:
        with transaction.atomic():
            _keep(report, told, code)
    except IntegrityError:  # the same form, sent at the same moment
        if again := _sent_before(code):
            return again, code
        raise
    record("cases.receive", report, by=by, on=day_of(received_at), after={"channel": channel})
    sent_at_receipt(report, by=by)
    return report, code


def _keep(report: Report, told: dict[str, str], code: str) -> None:
    report.save(force_insert=True)
    if report.informant_named:
        Informant(report_id=report.pk, **told).save(force_insert=True)
    start_report_clock(report)
    day = day_of(report.received_at)
    Receipt.objects.create(
        code_hash=receipts.hash_of(code), report_id=report.pk, received_on=day, changed_on=day
    )


def _send_where_it_belongs(
    report: Report, happened: Unit | None, send_to: Unit | None, reason: str, by: Actor
) -> None:
    on = day_of(report.received_at)
    where = Where(on, happened, report.hamlet, report.home_unit)
    found = route(where, fallback=area_of(by, on))
    if send_to is not None and send_to != found.unit:
        if not reason.strip():
            raise ValidationError({"send_reason": _("Hãy ghi lý do chọn nơi khác với bảng.")})
        found = overridden(found, send_to)
        report.routing_reason = reason.strip()
    report.unit, report.routing = found.unit, found.told
    report.happened_unit = _where_it_counts(found.unit, happened, on)


def _where_it_counts(sent_to: Unit, happened: Unit | None, on: date) -> Unit:
    """The commune of that day where it happened, if one is known; else who looks for it."""
    if happened is not None and heirs(happened, on) == [happened]:
        return happened
    return sent_to


def _sent_before(code: str) -> Report | None:
    receipt = Receipt.objects.filter(code_hash=receipts.hash_of(code)).first()
    if receipt is None:
        return None
    # Who may write but not read gets the bare key.
    return Report.objects.filter(pk=receipt.report_id).first() or Report(pk=receipt.report_id)


def check_report(report: Report, happened: Unit | None) -> None:
    """What every door asks of a report, in the same words. Raises ValidationError by field."""
    wrong: dict[str, Any] = {}
    if report.received_at > now() + timedelta(minutes=5):
        wrong["received_at"] = _("Giờ nhận tin chưa tới.")
    if len(tidy(report.happening)) < SHORTEST:
        wrong["happening"] = NO_HAPPENING
    elif len(report.happening) > LONGEST_HAPPENING:
        wrong["happening"] = _("Dài quá; hãy kể gọn trong 20.000 chữ.")
    if report.age_estimate is not None and not 0 <= report.age_estimate <= OLDEST:
        wrong["age_estimate"] = _("Tuổi ước lượng từ 0 đến 25.")
    if report.birth_date is not None and not _is_a_minors(report.birth_date, report.received_at):
        wrong["birth_date"] = _("Ngày sinh không thể là ngày chưa tới hay quá 25 năm trước.")
    wrong |= _wrong_places(happened, report.home_unit)
    try:
        report.clean_fields(exclude=[*FOREIGN, *wrong])
    except ValidationError as error:
        wrong = {**error.message_dict, **wrong}
    if wrong:
        raise ValidationError(wrong)


def _wrong_places(happened: Unit | None, home: Unit | None) -> dict[str, Any]:
    wrong = {}
    if happened is not None and happened.level != UnitLevel.COMMUNE:
        wrong["unit"] = _("Hãy chọn xã, phường, thị trấn nơi xảy ra vụ việc.")
    if home is not None and home.level != UnitLevel.COMMUNE:
        wrong["home_unit"] = _("Hãy chọn xã, phường, thị trấn trẻ ở.")
    return wrong


def _is_a_minors(born: date, received_at: datetime) -> bool:
    day = day_of(received_at)
    return born <= day and (day - born).days < (OLDEST + 1) * 366


def _check_informant(told: dict[str, str]) -> None:
    longest = {"name": 120, "phone": 30, "address": 200}
    wrong = {
        old: _("Dài quá; hãy ghi gọn trong %(n)s chữ.") % {"n": longest[new]}
        for old, new in INFORMANT.items()
        if len(told[new]) > longest[new]
    }
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def reveal_informant(report: Report, reason: str, *, by: Actor) -> Informant | None:
    """Who told, for a holder of ``cases.informant`` there who says why; each look is written down.

    None when nobody was named. Raises ValidationError without a reason, PermissionDenied.
    """
    by.require("cases.informant", report)
    if len(tidy(reason)) < SHORTEST:
        raise ValidationError({"reason": _("Hãy ghi vì sao cần biết ai báo tin.")})
    keys: dict[str, Any] = {"unit_key": None, "child_key": None} if report.sealed else {}
    record("cases.informant.view", report, by=by, note=tidy(reason), **keys)
    return Informant.objects.filter(report_id=report.pk).first()


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
