"""The answer of the body that was asked: it accepts, refuses, says how it ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record
from tuoitho.cases import telling
from tuoitho.cases.actions.referral_steps import (
    add_move,
    check_day,
    end_running,
    find_step,
    locked_referral,
)
from tuoitho.cases.actions.steps import allow, locked
from tuoitho.cases.models import Case, Referral, Service, ServiceResult
from tuoitho.cases.models.referral import answered_for
from tuoitho.lib.actors import Actor


def answers_here(by: Actor, referral: Referral) -> bool:
    """Whether ``by`` answers for the body that was asked."""
    return not referral.sealed and referral.receiver_id in answered_for(by)


def allow_answer(by: Actor, referral: Referral) -> None:
    """The body itself, or who works on the case and writes down what it heard. Raises
    PermissionDenied."""
    now = Referral.objects.filter(pk=referral.pk).first()
    if now is not None and answers_here(by, now):
        return
    case = Case.objects.filter(pk=referral.case_id).first()
    if case is None:
        raise PermissionDenied(f"{by.actor_name}: cases.answer")
    allow(by, "cases.work", case)


@contextmanager
def writing_for(by: Actor, referral: Referral) -> Iterator[None]:
    """Who answers for the body may not see the case; its service and history are written by the
    system, in the name of ``by``. Leave must have been asked before."""
    if answers_here(by, referral):
        with acting_as(system_actor()):
            yield
    else:
        yield


def _lock_case(referral: Referral) -> None:
    # Always the case before the referral, as all steps of a case do: no two wait for each other.
    locked(Case(pk=referral.case_id))


def _check_heard(by: Actor, referral: Referral, heard: str) -> None:
    if not answers_here(by, referral) and not heard.strip():
        raise ValidationError({"heard": _("Hãy ghi câu trả lời đã đến bằng cách nào.")})


@transaction.atomic
def accept_referral(
    referral: Referral, *, by: Actor, on: date, note: str = "", heard: str = "",
) -> Referral:  # fmt: skip
    """The body will help: a service of the case begins. ``heard``: how the answer came, when who
    works on the case writes it down. Raises ValidationError, PermissionDenied."""
    allow_answer(by, referral)
    with writing_for(by, referral):
        referral = _answer(referral, "accept", by, on, note, heard)
        referral.service = Service.objects.create(
            case_id=referral.case_id, kind=referral.kind, what=referral.request,
            measure_id=referral.measure_id,
            provider_id=referral.receiver_id, starts_on=on, recorded_by=by.actor_name,
        )  # fmt: skip
        referral.save(update_fields=["service"])
        _log("cases.accept_referral", referral, by, on)
        telling.to_sender(referral, "referral.answered", by=by)
    return referral


@transaction.atomic
def refuse_referral(
    referral: Referral, *, by: Actor, on: date, note: str, heard: str = "",
) -> Referral:  # fmt: skip
    """The body cannot help, and says why. Raises ValidationError, PermissionDenied."""
    allow_answer(by, referral)
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi lý do.")})
    with writing_for(by, referral):
        referral = _answer(referral, "refuse", by, on, note.strip(), heard)
        _log("cases.refuse_referral", referral, by, on)
        telling.to_sender(referral, "referral.answered", by=by)
    return referral


def _answer(referral: Referral, name: str, by: Actor, on: date, note: str, heard: str) -> Referral:
    _lock_case(referral)
    referral = locked_referral(referral)
    step = find_step(referral, name)
    _check_heard(by, referral, heard)
    check_day(referral, on)
    source, referral.state, referral.answered_on = referral.state, step.target, on
    referral.save(update_fields=["state", "answered_on"])
    add_move(referral, name, source=source, by=by, on=on, note=note, heard=heard)
    return referral


@transaction.atomic
def finish_referral(
    referral: Referral, *, result: str, by: Actor, on: date, note: str = "", heard: str = ""
) -> Referral:
    """The help has ended with ``result``, and the service of the case with it. Raises
    ValidationError, PermissionDenied."""
    allow_answer(by, referral)
    if result not in ServiceResult.values:
        raise ValidationError({"result": _("Hãy chọn kết quả.")})
    with writing_for(by, referral):
        _lock_case(referral)
        referral = locked_referral(referral)
        find_step(referral, "finish")
        _check_heard(by, referral, heard)
        end_running(referral, "finish", by=by, on=on, note=note, result=result, heard=heard)
        _log("cases.finish_referral", referral, by, on)
        telling.to_sender(referral, "referral.answered", by=by)
    return referral


def _log(action: str, referral: Referral, by: Actor, on: date) -> None:
    unit_key = None if referral.sealed else referral.unit_id
    record(action, referral, by=by, on=on, child_key=None, unit_key=unit_key,
           after={"state": referral.state})  # fmt: skip
