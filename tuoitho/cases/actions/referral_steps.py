"""What every step of a referral has in common, and how it ends with its service."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from tuoitho.cases.exchange_states import REFERRAL_MOVES, Move
from tuoitho.cases.models import Referral, ReferralMove, Service, ServiceResult
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import move_from


def locked_referral(referral: Referral) -> Referral:
    """The row as it is now, held until the end of the transaction. Raises DoesNotExist."""
    return Referral.objects.select_for_update().get(pk=referral.pk)


def find_step(referral: Referral, name: str) -> Move:
    """The row of the table for ``name`` from where it stands. Raises ValidationError."""
    step = move_from(REFERRAL_MOVES, referral.state, name)
    if step is None:
        raise ValidationError(
            _("Đề nghị này đang ở tình trạng “%(state)s” nên không làm được việc này.")
            % {"state": referral.get_state_display()}
        )
    return step


def check_day(referral: Referral, on: date) -> None:
    """Not in the future, nor before the step it follows. Raises ValidationError."""
    if on > today():
        raise ValidationError({"on": _("Ngày này chưa tới.")})
    last = referral.moves.aggregate(last=models.Max("on"))["last"] or referral.offered_on
    if on < last:
        raise ValidationError(
            {"on": _("Bước trước đã ghi ngày %(day)s; ngày này không thể sớm hơn.")
             % {"day": f"{last:%d/%m/%Y}"}}
        )  # fmt: skip


def add_move(
    referral: Referral, name: str, *, source: str, by: Actor, on: date, note: str = "",
    heard: str = "",
) -> ReferralMove:  # fmt: skip
    """Append one line of history."""
    return ReferralMove.objects.create(
        referral=referral, name=name, source=source, target=referral.state, on=on,
        by_name=by.actor_name, by_key=by.pk, note=note, heard=heard,
    )  # fmt: skip


def end_running(
    referral: Referral, name: str, *, by: Actor, on: date, note: str = "", result: str = "",
    heard: str = "",
) -> Referral:  # fmt: skip
    """Take the step ``name`` of a locked referral that ends it (finish, take_back), and end its
    service with it: one truth. Raises ValidationError."""
    step = find_step(referral, name)
    check_day(referral, on)
    source, referral.state = referral.state, step.target
    referral.ended_on, referral.result = on, result
    referral.save(update_fields=["state", "ended_on", "result"])
    add_move(referral, name, source=source, by=by, on=on, note=note, heard=heard)
    if referral.service_id:
        _end_service(referral.service_id, result or ServiceResult.STOPPED, on, note)
    return referral


def _end_service(pk: int, result: str, on: date, note: str) -> None:
    service = Service.objects.select_for_update().get(pk=pk)
    if service.ended_on is None:
        service.ended_on, service.result, service.result_note = on, result, note
        service.save(update_fields=["ended_on", "result", "result_note"])


def finish_with_service(service: Service, *, by: Actor, on: date, note: str = "") -> None:
    """The service was ended on the case's page: its referral is done with the same result."""
    running = Referral.objects.running().filter(service=service)
    for referral in running.select_for_update():
        end_running(referral, "finish", by=by, on=on, note=note, result=service.result)
