"""What waits between bodies: answers, acknowledgements, handovers, exceptions to be reviewed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tuoitho.cases.deadlines import due_day, rule
from tuoitho.cases.exchange_states import HandoverState
from tuoitho.cases.models import Case, Handover, Referral, SharingBasis, WithdrawalNotice
from tuoitho.cases.models.referral import answered_for
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import today

MOST = 200


def _basis(step: str) -> str:
    return rule(step, today()).basis


def due_items(user: Any) -> list[DueItem]:
    """Everything of referrals, consents and handovers that waits for ``user``; at most ``MOST`` of
    each kind."""
    return [
        *_asked(user), *_unanswered(user), *_withdrawals(user), *_reviews(user), *_handovers(user)
    ]  # fmt: skip


def _asked(user: Any) -> Iterator[DueItem]:
    """The receiver: requests without an answer."""
    if not answered_for(user):
        return
    rows = Referral.objects.received_by(user).unanswered().select_related("unit")
    for referral in rows.order_by("answer_due_on", "pk")[:MOST]:
        yield DueItem(
            what=_("Trả lời đề nghị hỗ trợ"),
            subject=f"{referral.child_name} · {referral.get_kind_display()}",
            due=referral.answer_due_on, url_name="cases:inbox_detail", url_args=(referral.pk,),
            basis=_basis("referral_answer"), unit_name=referral.unit.name,
            done_by=_("Nhận hỗ trợ hoặc từ chối"),
        )  # fmt: skip


def _unanswered(user: Any) -> Iterator[DueItem]:
    """The sender: answers that are overdue."""
    if not user.may("cases.work"):
        return
    mine = Case.objects.visible_to(user)
    scope = user.scope("cases.work")
    rows = Referral.objects.overdue(today()).filter(case__in=mine)
    if not scope.everywhere:
        rows = rows.filter(unit_id__in=sorted(scope.unit_ids))
    for referral in rows.select_related("unit", "receiver").order_by("answer_due_on", "pk")[:MOST]:
        yield DueItem(
            what=_("Nhắc nơi nhận trả lời"), subject=f"{referral.receiver} · {referral.child_name}",
            due=referral.answer_due_on, url_name="cases:referral_detail", url_args=(referral.pk,),
            basis=_basis("referral_answer"), unit_name=referral.unit.name,
            done_by=_("Nhắc, ghi câu trả lời hoặc rút lại"),
        )  # fmt: skip


def _withdrawals(user: Any) -> Iterator[DueItem]:
    """The holder: acknowledgements; the sender: those overdue."""
    mine = WithdrawalNotice.objects.open().select_related("referral__unit", "referral__receiver")
    owed = mine.filter(referral__in=Referral.objects.received_by(user))
    if answered_for(user):
        for notice in owed.order_by("due_on", "pk")[:MOST]:
            yield _withdrawal(notice, "cases:inbox_detail", _("Xác nhận đã biết việc rút lại"))
    if user.may("cases.work"):
        late = mine.filter(due_on__lt=today(), referral__case__in=Case.objects.visible_to(user))
        late = late.exclude(referral__in=Referral.objects.received_by(user))
        for notice in late.order_by("due_on", "pk")[:MOST]:
            yield _withdrawal(
                notice, "cases:referral_detail", _("Nhắc nơi nhận xác nhận, hoặc ghi hộ")
            )


def _withdrawal(notice: Any, url_name: str, done_by: str) -> DueItem:
    referral = notice.referral
    return DueItem(
        what=_("Xác nhận việc rút lại đồng ý"),
        subject=f"{referral.receiver} · {referral.child_name}", due=notice.due_on,
        url_name=url_name, url_args=(referral.pk,), basis=_basis("withdrawal_ack"),
        unit_name=referral.unit.name, done_by=done_by,
    )  # fmt: skip


def _reviews(user: Any) -> Iterator[DueItem]:
    """The second person: exceptions that wait for a word."""
    if not user.may("cases.approve"):
        return
    scope = user.scope("cases.approve")
    rows = SharingBasis.objects.visible_to(user).awaiting_review().exclude(recorded_key=user.pk)
    for basis in rows.select_related("case__unit").order_by("on", "pk")[:MOST]:
        if basis.case.unit_id in scope:
            yield DueItem(
                what=_("Duyệt ngoại lệ chia sẻ thông tin"), subject=str(basis.case),
                due=due_day("override_review", basis.on), url_name="cases:override_review",
                url_args=(basis.pk,), basis=_basis("override_review"),
                unit_name=basis.case.unit.name, done_by=_("Đồng ý hoặc không"),
            )  # fmt: skip


def _handovers(user: Any) -> Iterator[DueItem]:
    """Both communes: offers that wait for an answer."""
    if not user.may("cases.transfer") and not user.may("cases.sealed"):
        return
    rows = Handover.objects.visible_to(user).filter(state=HandoverState.OFFERED)
    rows = rows.select_related("from_unit", "to_unit").order_by("answer_due_on", "pk")
    for offer in rows[:MOST]:
        permission = "cases.sealed" if offer.sealed else "cases.transfer"
        takes = offer.to_unit_id in user.scope(permission) and not offer.leaves_area
        gives = offer.from_unit_id in user.scope(permission)
        if not takes and not gives:
            continue
        yield DueItem(
            what=_("Trả lời đề nghị bàn giao") if takes else _("Chờ nơi khác nhận bàn giao"),
            subject=f"HS-{offer.case_id:06d} · {offer}", due=offer.answer_due_on,
            url_name="cases:handover_detail", url_args=(offer.pk,),
            basis=_basis("handover_answer"), unit_name=offer.from_unit.name,
            done_by=_("Nhận hoặc không nhận") if takes else _("Nơi nhận trả lời, hoặc rút lại"),
        )  # fmt: skip
