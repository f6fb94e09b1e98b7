"""What a child needs (Mẫu 03), the level of risk, and the meeting that settles it (Điều 27)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.steps import (
    allow,
    check_open,
    is_visited_by_schedule,
    locked,
    trace,
    visit_due,
)
from tuoitho.cases.levels import Level
from tuoitho.cases.models import Assessment, Attendance, Case, Need, NeedsMeeting
from tuoitho.cases.models.needs import TEXTS, NeedKind, Part, SaidBy
from tuoitho.cases.risk import Suggestion, suggest
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today

RATINGS = ("harm_now", "harm_reach", "harm_place", "self_protection", "carer_protection")
NEED_FIELDS = frozenset({"kind", "what", "severity", "said_by"})


def suggested_risk(
    case: Case, severities: Sequence[str] = (), carer_is_abuser: bool | None = None
) -> Suggestion:
    """What the latest Mẫu 02 and the needs of a Mẫu 03 suggest."""
    first = case.first_assessments.order_by("-at", "-pk").first()
    decisive = ["carer_is_abuser"] if carer_is_abuser else []
    if first is None:
        return suggest({}, severities, decisive)
    decisive += ["emergency"] if first.emergency else []
    decisive += ["carer_is_abuser"] if first.carer_is_abuser and carer_is_abuser is None else []
    return suggest({name: getattr(first, name) for name in RATINGS}, severities, decisive)


@transaction.atomic
def assess_needs(  # noqa: PLR0913 - the facts of Mẫu 03
    case: Case,
    *,
    by: Actor,
    on: date,
    needs: Sequence[Mapping[str, Any]],
    risk_level: str,
    risk_why: str = "",
    carer_is_abuser: bool | None = None,
    carers_safe: bool | None = None,
    **texts: str,
) -> Assessment:
    """Write a Mẫu 03: seven blocks of text (``models.needs.TEXTS``), the needs, the level of risk.

    ``needs``: rows of kind, what, severity, said_by. A level other than the suggested one says why;
    the parents' wishes are left out when they are the abusers (điểm h khoản 1 Điều 27). Each time a
    new version; the latest counts. Raises ValidationError by field, TypeError, PermissionDenied.
    """
    if unknown := set(texts) - set(TEXTS):
        raise TypeError(f"an assessment has no {sorted(unknown)}")
    case = locked(case)
    check_open(case)
    allow(by, "cases.work", case)
    if on > today() or on < case.opened_on:
        raise ValidationError({"on": _("Ngày phải từ ngày mở hồ sơ đến hôm nay.")})
    if not needs:
        raise ValidationError({"needs": _("Hãy ghi ít nhất một nhu cầu của trẻ.")})
    rows = [_need(number, row) for number, row in enumerate(needs, start=1)]
    _check_wishes(carer_is_abuser, texts)
    found = suggested_risk(case, [row.severity for row in rows], carer_is_abuser)
    _check_level(risk_level, found.level, risk_why)
    assessment = _write(
        case, on, by, texts, suggested=found.level, counted=found.as_json(),
        risk_level=risk_level, risk_why=risk_why.strip(), carer_is_abuser=carer_is_abuser,
        carers_safe=carers_safe,
    )  # fmt: skip
    for row in rows:
        row.assessment = assessment
    Need.objects.bulk_create(rows)
    case.risk_level = risk_level
    if is_visited_by_schedule(case):
        case.step_due_on = visit_due(case)
    case.save(update_fields=["risk_level", "step_due_on"])
    trace("cases.assess_needs", case, by=by, on=on,
          after={"version": assessment.version, "risk_level": risk_level})  # fmt: skip
    return assessment


def _check_wishes(carer_is_abuser: bool | None, texts: Mapping[str, str]) -> None:
    if carer_is_abuser and texts.get("wishes_of_carers", "").strip():
        raise ValidationError(
            {"wishes_of_carers": _("Không ghi nguyện vọng của cha mẹ, người chăm sóc khi họ là "
                                   "người xâm hại trẻ (điểm h khoản 1 Điều 27).")}
        )  # fmt: skip


def _need(number: int, row: Mapping[str, Any]) -> Need:
    if unknown := set(row) - NEED_FIELDS:
        raise TypeError(f"a need has no {sorted(unknown)}")
    known = (
        row.get("kind") in NeedKind.values
        and row.get("severity") in Level.values
        and row.get("said_by") in SaidBy.values
        and str(row.get("what", "")).strip()
    )
    if not known:
        raise ValidationError(
            {"needs": _("Nhu cầu %(n)s: hãy ghi loại, nội dung, mức độ và ai nêu.")
             % {"n": number}}
        )  # fmt: skip
    return Need(**{**row, "what": str(row["what"]).strip()})


def _check_level(level: str, suggested: str, why: str) -> None:
    if level not in Level.values:
        raise ValidationError({"risk_level": _("Hãy chọn mức độ nguy cơ.")})
    if level != suggested and not why.strip():
        raise ValidationError(
            {"risk_why": _("Mức gợi ý là “%(level)s”; hãy ghi vì sao chọn mức khác.")
             % {"level": Level(suggested).label}}
        )  # fmt: skip


def _write(case: Case, on: date, by: Actor, texts: Mapping[str, str], **facts: Any) -> Assessment:
    version = case.assessments.count() + 1
    return Assessment.objects.create(
        case=case, version=version, on=on, assessed_by=by.actor_name, **texts, **facts
    )


@transaction.atomic
def hold_meeting(  # noqa: PLR0913 - the facts of a meeting
    case: Case,
    *,
    chair: str,
    minutes: str,
    attendance: Sequence[Mapping[str, Any]],
    by: Actor,
    on: date,
    place: str = "",
    number: str = "",
) -> NeedsMeeting:
    """The meeting that settles what the child needs, with its minutes (khoản 2 Điều 27).

    ``attendance``: rows of part, name, present, of everybody asked. Raises ValidationError by
    field, also for a second meeting of that day, and PermissionDenied.
    """
    case = locked(case)
    check_open(case)
    allow(by, "cases.work", case)
    if on > today() or on < case.opened_on:
        raise ValidationError({"on": _("Ngày phải từ ngày mở hồ sơ đến hôm nay.")})
    if not chair.strip():
        raise ValidationError({"chair": _("Hãy ghi người chủ trì.")})
    if not minutes.strip():
        raise ValidationError({"minutes": _("Hãy ghi nội dung, kết luận của cuộc họp.")})
    people = [_attendance(number_, row) for number_, row in enumerate(attendance, start=1)]
    if not any(person.present for person in people):
        raise ValidationError({"attendance": _("Hãy ghi ít nhất một thành phần có mặt.")})
    try:
        with transaction.atomic():
            meeting = NeedsMeeting.objects.create(
                case=case, on=on, place=place.strip(), chair=chair.strip(),
                number=number.strip(), minutes=minutes.strip(), recorded_by=by.actor_name,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError({"on": _("Ngày này đã ghi một cuộc họp.")}) from error
    for person in people:
        person.meeting = meeting
    Attendance.objects.bulk_create(people)
    trace("cases.hold_meeting", case, by=by, on=on, after={"people": len(people)})
    return meeting


def _attendance(number: int, row: Mapping[str, Any]) -> Attendance:
    name = str(row.get("name", "")).strip()
    if row.get("part") not in Part.values or not name:
        raise ValidationError(
            {"attendance": _("Thành phần %(n)s: hãy chọn thành phần và ghi tên.") % {"n": number}}
        )
    return Attendance(part=row["part"], name=name, present=bool(row.get("present")))
