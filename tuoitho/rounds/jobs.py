"""What the clock starts every day: collaborators reminded before a round ends."""

from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.jobs.registry import Args, Every, Work, register
from tuoitho.lib.hanoi import today
from tuoitho.rounds.actions.reminding import remind_of_list, to_remind_on
from tuoitho.rounds.models import WorkList


def _lists(_args: Args, _by: User) -> list[str]:
    return [str(pk) for pk in to_remind_on(today()).order_by("pk").values_list("pk", flat=True)]


def _remind(_args: Args, key: str, by: User) -> str:
    work_list = WorkList.objects.visible_to(by).filter(pk=key).first()
    if work_list is not None:
        remind_of_list(work_list, by=by, on=today())
    return ""


REMIND = register(
    Work("rounds.remind", _("Nhắc danh sách rà soát sắp hết hạn"), _lists, _remind,
         every=Every.DAY)
)  # fmt: skip
