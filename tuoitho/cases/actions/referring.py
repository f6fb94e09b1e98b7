"""Sending a child to another body for help, reminding it, taking the request back."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tuoitho.cases import telling
from tuoitho.cases.actions.consenting import rest_on
from tuoitho.cases.actions.referral_steps import (
    add_move,
    check_day,
    end_running,
    find_step,
    locked_referral,
)
from tuoitho.cases.actions.steps import allow, check_open, locked, trace
from tuoitho.cases.deadlines import due_day
from tuoitho.cases.measures import check_measure
from tuoitho.cases.models import (
    Case,
    Purpose,
    Referral,
    ReferralConsent,
    ServiceKind,
)
from tuoitho.cases.sharing import Claim, Standing
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.units.models import Organisation

REFERRAL_FIELDS = frozenset({
    "policy_code", "contact", "answer_due_on", "child_facts", "measure",
})  # fmt: skip
LONGEST_WAIT = timedelta(days=60)


@transaction.atomic
def offer_referral(
    case: Case,
    receiver: Organisation,
    *,
    kind: str,
    request: str,
    by: Actor,
    on: date,
    claim: Claim | None = None,
    **details: Any,
) -> Referral:
    """Ask ``receiver`` to help; it owes an answer by the day of the programme's rule or an earlier
    or later one (``answer_due_on``).

    Rests on the consents in force, an agreed exception, or a ``claim`` (``consenting.rest_on``).
    A sealed case is not sent anywhere through the system. ``details``: ``REFERRAL_FIELDS``. Raises
    ValidationError by field, PermissionDenied, TypeError.
    """
    if unknown := set(details) - REFERRAL_FIELDS:
        raise TypeError(f"a referral has no {sorted(unknown)}")
    case = locked(case)
    check_open(case)
    allow(by, "cases.work", case)
    details["answer_due_on"] = details.get("answer_due_on") or due_day("referral_answer", on)
    check_measure(case, details.get("measure"))
    _check(case, kind, request, on, details["answer_due_on"])
    rests = rest_on(case, Purpose.REFERRAL, by=by, on=on, receiver=receiver,
                    claim=claim)  # fmt: skip
    details.setdefault("child_facts", facts_for_receiver(case.child, on))
    try:
        with transaction.atomic():
            referral = Referral.objects.create(
                case=case, unit_id=case.unit_id, receiver=receiver, kind=kind,
                request=request.strip(), child_name=case.child.full_name, offered_on=on,
                offered_by=by.actor_name, basis=rests.basis, **details,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(
            {"receiver": _("Đã đề nghị cơ quan này việc ấy và chưa xong.")}
        ) from error
    _note_consents(referral, rests)
    add_move(referral, "offer", source="", by=by, on=on)
    trace("cases.offer_referral", case, by=by, on=on,
          after={"referral": referral.pk, "receiver": receiver.pk, "kind": kind,
                 "measure": referral.measure_id})  # fmt: skip
    telling.to_receiver(referral, "referral.asked", by=by)
    return referral


def _note_consents(referral: Referral, rests: Standing) -> None:
    """What each consent carried, so that taking it back reaches this body."""
    ReferralConsent.objects.bulk_create(
        ReferralConsent(referral=referral, consent=consent) for consent in rests.consents
    )


def _check(case: Case, kind: str, request: str, on: date, due: date) -> None:
    wrong: dict[str, str] = {}
    if case.sealed:
        raise ValidationError(
            _("Hồ sơ niêm phong không gửi đi qua hệ thống; hãy liên hệ trực tiếp.")
        )
    if on > today():
        wrong["on"] = _("Ngày này chưa tới.")
    elif on < case.opened_on:
        wrong["on"] = _("Ngày này trước ngày mở hồ sơ.")
    if kind not in ServiceKind.values:
        wrong["kind"] = _("Hãy chọn loại dịch vụ.")
    if not request.strip():
        wrong["request"] = _("Hãy ghi việc đề nghị.")
    if not on <= due <= on + LONGEST_WAIT:
        wrong["answer_due_on"] = _("Hạn trả lời phải trong 60 ngày từ ngày gửi.")
    if wrong:
        raise ValidationError(wrong)


def facts_for_receiver(child: Child, on: date) -> str:
    """The least a helper must know besides the name: sex, age, where the child lives."""
    parts = [str(child.get_sex_display())]
    if age := child.age_text(on):
        parts.append(_("%(age)s tuổi") % {"age": age})
    parts.append(", ".join(p for p in (child.hamlet, str(child.unit)) if p))
    return "; ".join(parts)


@transaction.atomic
def take_back_referral(referral: Referral, *, by: Actor, on: date, note: str) -> Referral:
    """The request is withdrawn, for a reason; a service begun by it stops. Raises ValidationError,
    PermissionDenied."""
    case = locked(referral.case)
    referral = locked_referral(referral)
    find_step(referral, "take_back")
    allow(by, "cases.work", case)
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi lý do.")})
    end_running(referral, "take_back", by=by, on=on, note=note.strip())
    trace("cases.take_back_referral", case, by=by, on=on, after={"referral": referral.pk})
    telling.to_receiver(referral, "referral.taken_back", by=by)
    return referral


@transaction.atomic
def remind_receiver(referral: Referral, *, by: Actor, on: date, note: str = "") -> Referral:
    """Ask again for the answer, or for the result. At most once a day. Raises ValidationError."""
    referral = locked_referral(referral)
    case = Case.objects.get(pk=referral.case_id)
    if not referral.is_running:
        raise ValidationError(_("Đề nghị này đã xong, không cần nhắc."))
    allow(by, "cases.work", case)
    check_day(referral, on)
    if referral.reminded_on == on:
        raise ValidationError({"on": _("Hôm nay đã nhắc.")})
    referral.reminded_on = on
    referral.save(update_fields=["reminded_on"])
    add_move(referral, "remind", source=referral.state, by=by, on=on, note=note)
    trace("cases.remind_receiver", case, by=by, on=on, after={"referral": referral.pk})
    telling.to_receiver(referral, "referral.reminded", by=by)
    return referral
