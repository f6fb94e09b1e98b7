"""Taking a consent back, and the word of every holder that it knows (Luật 91/2025/QH15 Điều 9)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases import telling
from tuoitho.cases.actions.consenting import log_consent
from tuoitho.cases.actions.handing_over import end_groundless_offers
from tuoitho.cases.actions.referral_steps import end_running
from tuoitho.cases.actions.replying import allow_answer, writing_for
from tuoitho.cases.deadlines import due_day
from tuoitho.cases.exchange_states import CONSENT_MOVES
from tuoitho.cases.models import Consent, Purpose, Referral, WithdrawalNotice
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import move_from


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Actor, on: date, note: str = "") -> Consent:
    """The person takes the word back. Every body that was sent information because of it is told
    and must say that it knows; requests and offers of handover nobody has answered yet are taken
    back. (A commune that has taken the case over is the one that writes the withdrawal down.)

    Raises ValidationError, PermissionDenied.
    """
    rows = Consent.objects.select_for_update(of=("self",)).select_related("case", "child")
    consent = rows.get(pk=consent.pk)
    step = move_from(CONSENT_MOVES, consent.state, "withdraw")
    if step is None:
        raise ValidationError(_("Chỉ rút lại được một sự đồng ý đang có hiệu lực."))
    by.require(step.permission, consent.child)
    if on > today() or on < consent.valid_from:
        raise ValidationError({"on": _("Ngày rút lại phải từ ngày đồng ý đến hôm nay.")})
    consent.state, consent.withdrawn_on, consent.withdrawn_by = step.target, on, by.actor_name
    consent.withdrawal_note = note
    consent.save(update_fields=["state", "withdrawn_on", "withdrawn_by", "withdrawal_note"])
    told = consent.referrals.select_for_update(of=("self",)).select_related("receiver")
    for referral in told:
        _tell_holder(referral, consent, by, on)
    if consent.purpose == Purpose.HANDOVER:
        end_groundless_offers(consent.child, by=by, on=on)
    log_consent("cases.withdraw_consent", consent, by, on)
    return consent


def _tell_holder(referral: Referral, consent: Consent, by: Actor, on: date) -> None:
    WithdrawalNotice.objects.create(
        referral=referral, consent=consent, sent_on=on, due_on=due_day("withdrawal_ack", on)
    )
    if referral.awaits_answer:
        end_running(referral, "take_back", by=by, on=on, note=_("Đã rút lại đồng ý."))
    telling.to_receiver(referral, "consent.taken_back", by=by)


@transaction.atomic
def acknowledge_withdrawal(
    notice: WithdrawalNotice, *, by: Actor, on: date, done_with_it: str = ""
) -> WithdrawalNotice:
    """The body knows; what it did with the information. By itself, or written down by who works on
    the case when it answered on paper. Raises ValidationError, PermissionDenied."""
    referral = Referral.objects.get(pk=notice.referral_id)
    allow_answer(by, referral)
    with writing_for(by, referral):
        notice = WithdrawalNotice.objects.select_for_update().get(pk=notice.pk)
        if notice.acknowledged_on is not None:
            raise ValidationError(_("Cơ quan này đã xác nhận."))
        if on < notice.sent_on or on > today():
            raise ValidationError({"on": _("Ngày xác nhận phải từ ngày báo đến hôm nay.")})
        notice.acknowledged_on, notice.acknowledged_by = on, by.actor_name
        notice.done_with_it = done_with_it
        notice.save(update_fields=["acknowledged_on", "acknowledged_by", "done_with_it"])
        record("cases.acknowledge_withdrawal", referral, by=by, on=on, child_key=None)
        telling.to_sender(referral, "consent.acknowledged", by=by)
    return notice
