"""Measures for a child in danger (Mẫu 07): decided, told to police and health, ended; the court."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.steps import allow, check_open, locked, moment_on, trace
from tuoitho.cases.coming_of_age import CHILDREN_LAW_AGE, surely_from
from tuoitho.cases.deadlines import rule
from tuoitho.cases.models import Case, CourtRequest, EmergencyMeasure, EmergencyNotice
from tuoitho.cases.models.emergency import (
    CourtAnswer,
    CourtGround,
    EmergencyKind,
    MeasureEnd,
    Party,
    Way,
)
from tuoitho.cases.separation import days_of, latest_end
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now, today
from tuoitho.people.models import Child

DETAILS = frozenset({"number", "grounds", "place_of_stay", "carer", "required_by"})


@transaction.atomic
def decide_emergency(
    case: Case,
    *,
    kind: str,
    by: Actor,
    on: date,
    until: date | None = None,
    at: datetime | None = None,
    **details: Any,
) -> EmergencyMeasure:
    """The chairperson decides an emergency measure from ``on`` to ``until`` (both included).

    ``details``: see ``DETAILS``. Separation lasts at most 15 days in total, extensions included,
    unless an authority requires more (``required_by``; Điều 32), and is not for a minor of 16 or
    17. Raises ValidationError by field, TypeError.
    """
    if unknown := set(details) - DETAILS:
        raise TypeError(f"an emergency measure has no {sorted(unknown)}")
    case = locked(case)
    check_open(case)
    allow(by, "cases.approve", case)
    if on > today():
        raise ValidationError({"on": _("Ngày này chưa tới.")})
    measure = EmergencyMeasure(
        case=case, kind=kind, decided_at=moment_on(on, at), starts_on=on, until=until,
        round=case.current_round(), decided_by=by.actor_name, **details,
    )  # fmt: skip
    _check_measure(case, measure)
    _place_in_round(case, measure)
    try:
        with transaction.atomic():
            measure.save()
    except IntegrityError as error:
        raise ValidationError(
            {"until": _("Trong những ngày này đã có một quyết định cách ly; hãy chấm dứt quyết "
                        "định đó trước hoặc gia hạn từ ngày kế tiếp.")}
        ) from error  # fmt: skip
    if case.emergency is None:
        case.emergency = True
    case.emergency_decided_at = case.emergency_decided_at or measure.decided_at
    case.emergency_pending = False
    case.save(update_fields=["emergency", "emergency_decided_at", "emergency_pending"])
    trace("cases.decide_emergency", case, by=by, on=on, after={"kind": kind, "until": str(until)})
    return measure


def _place_in_round(case: Case, measure: EmergencyMeasure) -> None:
    """The first measure of an event is bound to the 12 hours; a separation that follows another
    prolongs it."""
    earlier = list(case.emergency_measures.filter(round=measure.round).order_by("starts_on", "pk"))
    if not earlier:
        measure.due_at = case.response_due_at
    if measure.is_separation:
        measure.extends = next((m for m in reversed(earlier) if m.is_separation), None)


def _check_measure(case: Case, measure: EmergencyMeasure) -> None:
    if measure.kind not in EmergencyKind.values:
        raise ValidationError({"kind": _("Hãy chọn biện pháp.")})
    if measure.until is not None and measure.until < measure.starts_on:
        raise ValidationError({"until": _("Ngày cuối không thể trước ngày đầu.")})
    if not measure.is_separation:
        return
    if case.outside_children_law:
        raise ValidationError(
            {"kind": _("Luật Trẻ em không cho cách ly người đã đủ 16 tuổi; hãy chọn nơi tạm trú.")}
        )
    if measure.until is None:
        raise ValidationError({"until": _("Quyết định cách ly phải có ngày cuối.")})
    child = Child.objects.filter(pk=case.child_id).first()
    sixteen = surely_from(child, CHILDREN_LAW_AGE) if child else None
    if sixteen is not None and sixteen <= measure.until:
        raise ValidationError(
            {"until": _("Trẻ đủ 16 tuổi ngày %(day)s; cách ly phải chấm dứt trước ngày đó.")
             % {"day": f"{sixteen:%d/%m/%Y}"}}
        )  # fmt: skip
    if not measure.required_by:
        _check_fifteen_days(case, measure)


def _check_fifteen_days(case: Case, measure: EmergencyMeasure) -> None:
    limit = rule("separation", measure.starts_on)
    earlier = case.emergency_measures.filter(
        kind=EmergencyKind.SEPARATION, round=measure.round, until__isnull=False
    )
    spans = [(m.starts_on, m.last_day) for m in earlier if m.last_day]
    if measure.days <= limit.amount - days_of(spans):
        return
    last = latest_end(measure.starts_on, spans, limit.amount)
    words = {"days": limit.amount, "basis": limit.basis, "used": days_of(spans)}
    if last is None:
        said = _("Đã hết %(days)s ngày cách ly của vụ việc này (%(basis)s).") % words
    else:
        said = _(
            "Tổng thời gian cách ly không quá %(days)s ngày (%(basis)s), đã dùng %(used)s ngày; "
            "muộn nhất là %(last)s."
        ) % {**words, "last": f"{last:%d/%m/%Y}"}
    raise ValidationError({"until": said})


@transaction.atomic
def end_emergency(
    measure: EmergencyMeasure,
    *,
    by: Actor,
    on: date,
    reason: str = MeasureEnd.OTHER,
    note: str = "",
) -> EmergencyMeasure:
    """End a measure early (Điều 32: Mẫu 03 shows that the carers are safe); ``on`` is its last day.

    Raises ValidationError by field, PermissionDenied.
    """
    case = locked(measure.case)
    measure = EmergencyMeasure.objects.select_for_update().get(pk=measure.pk)
    if measure.cancelled_on is not None:
        raise ValidationError(_("Biện pháp này đã chấm dứt."))
    allow(by, "cases.approve", case)
    if reason not in MeasureEnd.values:
        raise ValidationError({"reason": _("Hãy chọn lý do chấm dứt.")})
    if reason == MeasureEnd.CARERS_SAFE and not _said_safe(case, measure):
        raise ValidationError(
            {"reason": _("Chưa có Mẫu 03 nào từ ngày cách ly ghi người chăm sóc bảo đảm an toàn.")}
        )
    too_late = measure.until is not None and on > measure.until
    if on < measure.starts_on or on > today() or too_late:
        raise ValidationError({"on": _("Ngày chấm dứt không hợp lệ.")})
    measure.cancelled_on, measure.end_reason = on, reason
    measure.save(update_fields=["cancelled_on", "end_reason"])
    trace("cases.end_emergency", case, by=by, on=on, note=note, after={"reason": reason})
    return measure


def _said_safe(case: Case, measure: EmergencyMeasure) -> bool:
    latest = case.assessments.filter(on__gte=measure.starts_on).order_by("-version").first()
    return latest is not None and latest.carers_safe is True


@transaction.atomic
def inform_party(
    measure: EmergencyMeasure,
    *,
    party: str,
    way: str,
    at: datetime,
    by: Actor,
    body: str = "",
    note: str = "",
) -> EmergencyNotice:
    """Write down that the police or a health facility was told of an emergency (Điều 31), or why
    that was not needed. Raises ValidationError by field, PermissionDenied."""
    case = locked(measure.case)
    allow(by, "cases.work" if by.may("cases.work") else "cases.approve", case)
    if party not in Party.values:
        raise ValidationError({"party": _("Hãy chọn cơ quan được thông báo.")})
    if way not in Way.values:
        raise ValidationError({"way": _("Hãy chọn cách thông báo.")})
    if at > now():
        raise ValidationError({"at": _("Giờ này chưa tới.")})
    if way == Way.NOT_NEEDED and not note.strip():
        raise ValidationError({"note": _("Hãy ghi vì sao không cần thông báo.")})
    if way != Way.NOT_NEEDED and not body.strip():
        raise ValidationError({"body": _("Hãy ghi cơ quan, người đã nhận thông báo.")})
    notice = EmergencyNotice.objects.create(
        case=case, measure=measure, party=party, way=way, told_at=at, body=body.strip(),
        note=note.strip(), told_by=by.actor_name,
    )  # fmt: skip
    trace("cases.inform_party", case, by=by, on=at.date(), after={"party": party, "way": way})
    return notice


@transaction.atomic
def request_court(  # noqa: PLR0913 - the facts of a request
    case: Case,
    *,
    asked: bool,
    ground: str,
    content: str,
    by: Actor,
    on: date,
    court: str = "",
    number: str = "",
) -> CourtRequest:
    """The chairperson or the labour office asks the court (khoản 3 Điều 52 Luật Trẻ em), or says
    why not. Raises ValidationError by field, PermissionDenied."""
    case = locked(case)
    check_open(case)
    allow(by, "cases.close", case)
    if on > today() or on < case.opened_on:
        raise ValidationError({"on": _("Ngày phải từ ngày mở hồ sơ đến hôm nay.")})
    if ground not in CourtGround.values:
        raise ValidationError({"ground": _("Hãy chọn căn cứ.")})
    if not content.strip():
        raise ValidationError(
            {"content": _("Hãy ghi nội dung đề nghị, hoặc vì sao không đề nghị.")}
        )
    if asked and not court.strip():
        raise ValidationError({"court": _("Hãy ghi Tòa án được đề nghị.")})
    request = CourtRequest.objects.create(
        case=case, asked=asked, on=on, ground=ground, content=content.strip(),
        court=court.strip(), number=number.strip(), asked_by=by.actor_name,
    )  # fmt: skip
    trace("cases.request_court", case, by=by, on=on, after={"asked": asked, "ground": ground})
    return request


@transaction.atomic
def record_court_answer(
    request: CourtRequest, *, answer: str, by: Actor, on: date, note: str = ""
) -> CourtRequest:
    """What the court answered on ``on``. Raises ValidationError by field, PermissionDenied."""
    case = locked(request.case)
    request = CourtRequest.objects.select_for_update().get(pk=request.pk)
    if not request.is_waiting:
        raise ValidationError(_("Đề nghị này không chờ trả lời."))
    allow(by, "cases.close", case)
    if answer not in CourtAnswer.values:
        raise ValidationError({"answer": _("Hãy chọn kết quả.")})
    if on < request.on or on > today():
        raise ValidationError({"on": _("Ngày trả lời phải từ ngày đề nghị đến hôm nay.")})
    request.answer, request.answered_on, request.answer_note = answer, on, note.strip()
    request.save(update_fields=["answer", "answered_on", "answer_note"])
    trace("cases.court_answer", case, by=by, on=on, after={"answer": answer})
    return request
