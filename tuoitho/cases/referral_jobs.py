"""What the clock starts each morning: reminders of answers that other bodies owe."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases import telling
from tuoitho.cases.models import Referral
from tuoitho.jobs.registry import Args, Every, Work, register
from tuoitho.lib.hanoi import today

DAY_BEFORE = timedelta(days=1)


def _owed(args: Args, by: User) -> list[str]:
    """Requests to be answered by tomorrow, and those whose limit passed yesterday: each is told of
    once before and once after, however often the work runs on a day."""
    days = [today() + DAY_BEFORE, today() - DAY_BEFORE]
    rows = Referral.objects.unanswered().filter(answer_due_on__in=days, sealed=False)
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]


def _remind(args: Args, key: str, by: User) -> str:
    rows = Referral.objects.unanswered().select_related("receiver", "unit")
    referral = rows.filter(pk=int(key), sealed=False).first()
    if referral is None:  # answered meanwhile
        return ""
    telling.to_receiver(referral, "referral.reminded", by=by)
    if referral.answer_due_on < today():
        telling.to_sender(referral, "referral.late", by=by)
    return ""


REFERRALS_DUE = register(
    Work("cases.referrals_due", _("Nhắc trả lời chuyển tiếp"), _owed, _remind, Every.DAY)
)
