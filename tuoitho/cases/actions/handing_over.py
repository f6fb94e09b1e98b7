"""Offering a case to another commune, and that commune's answer (Luật Trẻ em Điều 52 khoản 2)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record
from tuoitho.cases import telling
from tuoitho.cases.actions.consenting import rest_on
from tuoitho.cases.actions.passing import bring_child, check_target, write_passing
from tuoitho.cases.actions.steps import allow, check_day, check_open, locked
from tuoitho.cases.bundle import as_text, bundle_of
from tuoitho.cases.deadlines import due_day
from tuoitho.cases.exchange_states import HANDOVER_MOVES, Move
from tuoitho.cases.models import Case, Handover, HandoverBundle, Purpose
from tuoitho.cases.models.sight import may_step
from tuoitho.cases.sharing import Claim, standing
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import move_from
from tuoitho.lib.text import tidy
from tuoitho.people.models import Child
from tuoitho.units.models import Unit


@transaction.atomic
def offer_handover(
    case: Case,
    to_unit: Unit | None,
    *,
    to_place: str = "",
    by: Actor,
    on: date,
    note: str = "",
    claim: Claim | None = None,
) -> Handover:
    """Ask ``to_unit`` to take the case over, or name ``to_place`` outside the area, to which the
    papers go by hand. Nothing changes until the other accepts; the limits run on.

    Rests on consents or a ``claim`` (``consenting.rest_on``). Of a sealed case: between holders of
    seals. Raises ValidationError by field, PermissionDenied.
    """
    case = locked(case)
    check_open(case)
    allow(by, "cases.transfer", case)
    check_day(case, on)
    to_place = tidy(to_place)
    if (to_unit is None) == (not to_place):
        raise ValidationError(
            {"to_unit": _("Chọn xã, phường nhận; hoặc ghi nơi nhận ngoài địa bàn.")}
        )
    if to_unit is not None:
        check_target(case, to_unit)
    rests = rest_on(case, Purpose.HANDOVER, by=by, on=on, claim=claim)
    try:
        with transaction.atomic():
            offer = Handover.objects.create(
                case=case, sealed=case.sealed, from_unit=case.unit, to_unit=to_unit,
                to_place=to_place, offered_on=on, offered_by=by.actor_name,
                answer_due_on=due_day("handover_answer", on),
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(_("Hồ sơ này đang chờ một nơi khác nhận.")) from error
    HandoverBundle.objects.create(
        handover=offer, contents=as_text(bundle_of(case, on)), note=note,
        sharing=rests.words[:300],
    )  # fmt: skip
    _log("cases.offer_handover", offer, by, on, unit_id=offer.from_unit_id)
    telling.of_handover(offer, "case.handover_asked", to=to_unit, by=by)
    return offer


def _log(action: str, offer: Handover, by: Actor, on: date, *, unit_id: int | None) -> None:
    """In the log of one commune; of a sealed case in none."""
    record(action, offer, by=by, on=on, unit_key=None if offer.sealed else unit_id, child_key=None,
           after={"to": str(offer.where_to), "state": offer.state})  # fmt: skip


def _locked(offer: Handover, name: str) -> tuple[Handover, Move]:
    offer = Handover.objects.select_for_update(of=("self",)).select_related(
        "from_unit", "to_unit"
    ).get(pk=offer.pk)  # fmt: skip
    step = move_from(HANDOVER_MOVES, offer.state, name)
    if step is None:
        raise ValidationError(
            _("Đề nghị bàn giao này đã xong (%(state)s).") % {"state": offer.get_state_display()}
        )
    return offer, step


def _check_answer_day(offer: Handover, on: date) -> None:
    if on < offer.offered_on or on > today():
        raise ValidationError({"on": _("Ngày này phải từ ngày đề nghị đến hôm nay.")})


def may_answer_handover(by: Any, step: Move, offer: Handover) -> bool:
    """Whether this person may take the step. To take a sealed case over, being on its list is not
    enough: the police of the place do."""
    receiver = step.side == "receiver" and not offer.leaves_area
    where = offer.to_unit_id if receiver else offer.from_unit_id
    if offer.sealed and receiver and where not in by.scope("cases.sealed"):
        return False
    return may_step(by, step.permission, offer, unit_id=where)


def _require(by: Actor, step: Move, offer: Handover) -> None:
    """Leave in the commune whose side the step is; papers that go by hand are answered for by the
    commune that sent them."""
    if not may_answer_handover(by, step, offer):
        raise PermissionDenied(f"{by.actor_name}: {step.permission}")


def _settle(offer: Handover, step: Move, by: Actor, on: date) -> None:
    offer.state, offer.answered_on, offer.answered_by = step.target, on, by.actor_name
    offer.save(update_fields=["state", "answered_on", "answered_by"])


@transaction.atomic
def accept_handover(offer: Handover, *, by: Actor, on: date, note: str = "") -> Handover:
    """The receiving commune takes the case: it sees everything from now on, the old one nothing
    but this receipt. The child's row goes along. Raises ValidationError, PermissionDenied."""
    offer, step = _locked(offer, "accept")
    _require(by, step, offer)
    _check_answer_day(offer, on)
    if offer.to_unit is None:
        return _accept_by_hand(offer, step, by, on, note)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_accept_handover(%s)", [offer.pk])
        if not cursor.fetchone()[0]:
            raise ValidationError(_("Hồ sơ đã kết thúc hoặc đã chuyển đi; không nhận được nữa."))
    _settle(offer, step, by, on)
    _answer(offer, note)
    case = Case.objects.get(pk=offer.case_id)
    write_passing(case, offer.from_unit, offer.to_unit, by=by, on=on, note=note)
    _log("cases.accept_handover", offer, by, on, unit_id=offer.to_unit_id)
    if not offer.sealed:
        # Here only the receiver is known, and the child is still out of its sight.
        system = system_actor()
        with acting_as(system):
            child = Child.objects.select_related("unit").get(pk=case.child_id)
            bring_child(child, offer.from_unit, offer.to_unit, by=system, on=on)
    telling.of_handover(offer, "case.handover_answered", to=offer.from_unit, by=by)
    return offer


def _answer(offer: Handover, note: str) -> None:
    bundle = offer.bundle
    bundle.answer = note
    bundle.save(update_fields=["answer"])


def _accept_by_hand(offer: Handover, step: Move, by: Actor, on: date, note: str) -> Handover:
    """The place outside the area acknowledged the papers; ``note`` names its letter."""
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi số, ngày văn bản xác nhận của nơi nhận.")})
    _settle(offer, step, by, on)
    _answer(offer, note.strip())
    _log("cases.accept_handover", offer, by, on, unit_id=offer.from_unit_id)
    return offer


@transaction.atomic
def refuse_handover(offer: Handover, *, by: Actor, on: date, note: str) -> Handover:
    """The other commune does not take it, and says why. Raises ValidationError,
    PermissionDenied."""
    offer, step = _locked(offer, "refuse")
    _require(by, step, offer)
    _check_answer_day(offer, on)
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi lý do.")})
    _answer(offer, note.strip())  # while the papers can still be seen here
    _settle(offer, step, by, on)
    _log("cases.refuse_handover", offer, by, on, unit_id=offer.from_unit_id)
    telling.of_handover(offer, "case.handover_answered", to=offer.from_unit, by=by)
    return offer


@transaction.atomic
def take_back_handover(offer: Handover, *, by: Actor, on: date, note: str = "") -> Handover:
    """The offer is withdrawn before it is accepted. Raises ValidationError, PermissionDenied."""
    offer, step = _locked(offer, "take_back")
    _require(by, step, offer)
    _check_answer_day(offer, on)
    _settle(offer, step, by, on)
    _log("cases.take_back_handover", offer, by, on, unit_id=offer.from_unit_id)
    telling.of_handover(offer, "case.handover_answered", to=offer.to_unit, by=by)
    return offer


def end_groundless_offers(child: Child, *, by: Actor, on: date) -> None:
    """Take back the offers of the child's cases nobody has answered and for which, a consent having
    been withdrawn, nothing stands any more: neither consents nor a ground written down. The commune
    that was asked is told; its papers close with the offer."""
    waiting = Handover.objects.select_for_update(of=("self",)).waiting().filter(case__child=child)
    for offer in waiting.select_related("case", "from_unit", "to_unit"):
        grounds = offer.case.sharing_bases.in_force().filter(purpose=Purpose.HANDOVER)
        if grounds.exists() or standing(child, Purpose.HANDOVER, on=on, case=offer.case).is_enough:
            continue
        step = move_from(HANDOVER_MOVES, offer.state, "take_back")
        if step is not None:
            _settle(offer, step, by, max(on, offer.offered_on))
            _log("cases.take_back_handover", offer, by, on, unit_id=offer.from_unit_id)
            telling.of_handover(offer, "case.handover_answered", to=offer.to_unit, by=by)
