"""What the clock starts every five minutes: who has not said that a report sent on has arrived."""

from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases.actions.sending import remind_of_sending
from tuoitho.cases.models import ReportSending
from tuoitho.jobs.registry import Args, Every, Work, register
from tuoitho.lib.hanoi import today


def _late(_args: Args, _by: User) -> list[str]:
    """Sendings past their limit that nobody was reminded of yet. Of sealed ones the list takes
    care; a body outside the system is not reached by a notice."""
    rows = ReportSending.objects.late().filter(
        reminded_at=None, sealed=False, to_unit__isnull=False, from_unit__isnull=False
    )
    return [str(pk) for pk in rows.order_by("answer_due_at", "pk").values_list("pk", flat=True)]


def _remind(_args: Args, key: str, by: User) -> str:
    sending = ReportSending.objects.late().filter(pk=key, reminded_at=None, sealed=False).first()
    if sending is not None:  # else answered, or reminded of by hand meanwhile
        remind_of_sending(sending, by=by, on=today())
    return ""


SENDINGS_LATE = register(
    Work("cases.sendings_late", _("Nhắc xác nhận tin đã chuyển"), _late, _remind,
         every=Every.FIVE_MINUTES)
)  # fmt: skip
