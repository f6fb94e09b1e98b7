"""What waits between bodies: answers, acknowledgements, handovers, exceptions to be reviewed."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.cases.deadlines import rule
from tuoitho.cases.exchange_states import HandoverState
from tuoitho.cases.models import Case, Handover, Referral, SharingBasis, WithdrawalNotice
from tuoitho.cases.models.referral import answered_for
from tuoitho.cases.models.sight import listed_cases
from tuoitho.lib.due import DueItem, end_of_day, part_of
from tuoitho.lib.hanoi import today


def _basis(step: str) -> str:
    return rule(step, today()).basis


def _asked(user: Any) -> Any:
    """The receiver: requests without an answer."""
    if not answered_for(user):
        return None
    return Referral.objects.received_by(user).unanswered().select_related("unit")


def _asked_item(referral: Referral) -> DueItem:
    return DueItem(
        what=_("Trả lời đề nghị hỗ trợ"),
        subject=f"{referral.child_name} · {referral.get_kind_display()}",
        due=referral.answer_due_on, url_name="cases:inbox_detail", url_args=(referral.pk,),
        basis=_basis("referral_answer"), unit_name=referral.unit.name, unit_id=referral.unit_id,
        done_by=_("Nhận hỗ trợ hoặc từ chối"),
    )  # fmt: skip


def _unanswered(user: Any) -> Any:
    """The sender: answers that are overdue."""
    if not user.may("cases.work"):
        return None
    rows = Referral.objects.overdue(today()).sent_from_sight_of(user)
    return rows.filter(user.scope("cases.work").covers()).select_related("unit", "receiver")


def _unanswered_item(referral: Referral) -> DueItem:
    return DueItem(
        what=_("Nhắc nơi nhận trả lời"), subject=f"{referral.receiver} · {referral.child_name}",
        due=referral.answer_due_on, url_name="cases:referral_detail", url_args=(referral.pk,),
        basis=_basis("referral_answer"), unit_name=referral.unit.name, unit_id=referral.unit_id,
        done_by=_("Nhắc, ghi câu trả lời hoặc rút lại"),
    )  # fmt: skip


def _to_acknowledge(user: Any) -> Any:
    """The holder: that a consent was taken back."""
    if not answered_for(user):
        return None
    owed = WithdrawalNotice.objects.open().filter(
        referral__receiver__in=answered_for(user), referral__sealed=False
    )
    return owed.select_related("referral__unit", "referral__receiver")


def _late_acknowledgement(user: Any) -> Any:
    """The sender: what a holder should have acknowledged by now."""
    if not user.may("cases.work"):
        return None
    late = WithdrawalNotice.objects.open().filter(due_on__lt=today())
    late = late.filter(referral__case__in=Case.objects.visible_to(user))
    late = late.exclude(referral__receiver__in=answered_for(user), referral__sealed=False)
    return late.select_related("referral__unit", "referral__receiver")


def _withdrawal_item(notice: Any, url_name: str, done_by: str) -> DueItem:
    referral = notice.referral
    return DueItem(
        what=_("Xác nhận việc rút lại đồng ý"),
        subject=f"{referral.receiver} · {referral.child_name}", due=notice.due_on,
        url_name=url_name, url_args=(referral.pk,), basis=_basis("withdrawal_ack"),
        unit_name=referral.unit.name, unit_id=referral.unit_id, done_by=done_by,
    )  # fmt: skip


def _to_review(user: Any) -> Any:
    """The second person: exceptions that wait for a word."""
    if not user.may("cases.approve"):
        return None
    here = user.scope("cases.approve").covers("case__unit_id")
    rows = SharingBasis.objects.visible_to(user).awaiting_review().exclude(recorded_key=user.pk)
    return rows.filter(here).select_related("case__unit")


def _review_item(basis: SharingBasis) -> DueItem:
    return DueItem(
        what=_("Duyệt ngoại lệ chia sẻ thông tin"), subject=str(basis.case),
        due=basis.review_due_on or basis.on, url_name="cases:override_review",
        url_args=(basis.pk,), basis=_basis("override_review"), unit_name=basis.case.unit.name,
        unit_id=basis.case.unit_id, done_by=_("Đồng ý hoặc không"),
    )  # fmt: skip


def _offers(user: Any) -> Any:
    return Handover.objects.visible_to(user).filter(state=HandoverState.OFFERED)


def _taking(user: Any) -> Q:
    """Offers of which this person is the taker: of a sealed case, who opens seals there."""
    plain: Q = Q(sealed=False) & user.scope("cases.transfer").covers("to_unit_id")
    sealed: Q = Q(sealed=True) & user.scope("cases.sealed").covers("to_unit_id")
    return Q(to_unit__isnull=False) & (plain | sealed)


def _to_take(user: Any) -> Any:
    if not user.may("cases.transfer") and not user.may("cases.sealed"):
        return None
    return _offers(user).filter(_taking(user)).select_related("from_unit", "to_unit")


def _given(user: Any) -> Any:
    """Offers of one's own that nobody has answered."""
    if not user.may("cases.transfer") and not user.may("cases.sealed"):
        return None
    plain = Q(sealed=False) & user.scope("cases.transfer").covers("from_unit_id")
    sealed = Q(sealed=True) & user.scope("cases.sealed").covers("from_unit_id")
    listed = Q(sealed=True, case_id__in=sorted(listed_cases(user)))
    rows = _offers(user).filter(plain | sealed | listed).exclude(_taking(user))
    return rows.select_related("from_unit", "to_unit")


def _handover_item(offer: Handover, what: str, done_by: str) -> DueItem:
    return DueItem(
        what=what, subject=f"HS-{offer.case_id:06d} · {offer}", due=offer.answer_due_on,
        url_name="cases:handover_detail", url_args=(offer.pk,), basis=_basis("handover_answer"),
        unit_name=offer.from_unit.name, unit_id=offer.from_unit_id, done_by=done_by,
    )  # fmt: skip


def due_items(user: Any) -> list[DueItem]:
    """Everything of referrals, consents and handovers that waits for ``user``."""
    return [item for part in QUEUE for item in part.everything(user)]


KIND, LABEL = "exchange", gettext_lazy("Chuyển tiếp, đồng ý, bàn giao")
ANSWER, ACKNOWLEDGEMENT = end_of_day("answer_due_on"), end_of_day("due_on")
QUEUE = (
    part_of(KIND, LABEL, _asked, ANSWER, _asked_item, prefix="asked"),
    part_of(KIND, LABEL, _unanswered, ANSWER, _unanswered_item, prefix="unanswered"),
    part_of(KIND, LABEL, _to_acknowledge, ACKNOWLEDGEMENT,
            lambda row: _withdrawal_item(
                row, "cases:inbox_detail", _("Xác nhận đã biết việc rút lại")),
            unit="referral__unit_id", prefix="withdrawn"),
    part_of(KIND, LABEL, _late_acknowledgement, ACKNOWLEDGEMENT,
            lambda row: _withdrawal_item(
                row, "cases:referral_detail", _("Nhắc nơi nhận xác nhận, hoặc ghi hộ")),
            unit="referral__unit_id", prefix="unacknowledged"),
    part_of(KIND, LABEL, _to_review, end_of_day("review_due_on"), _review_item,
            unit="case__unit_id", prefix="review"),
    part_of(KIND, LABEL, _to_take, ANSWER,
            lambda row: _handover_item(
                row, _("Trả lời đề nghị bàn giao"), _("Nhận hoặc không nhận")),
            unit="from_unit_id", prefix="take"),
    part_of(KIND, LABEL, _given, ANSWER,
            lambda row: _handover_item(
                row, _("Chờ nơi khác nhận bàn giao"), _("Nơi nhận trả lời, hoặc rút lại")),
            unit="from_unit_id", prefix="given"),
)  # fmt: skip
