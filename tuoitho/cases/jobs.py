"""Long work of this room: limits counted anew, superiors told, many cases given, many reminded."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.actions import timekeeper
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.cases.actions.assigning import assign_case, remind
from tuoitho.cases.actions.escalating import escalate, to_escalate
from tuoitho.cases.actions.growing_up import mark_sixteen
from tuoitho.cases.actions.recounting import recount_clock, to_recount
from tuoitho.cases.coming_of_age import CHILDREN_LAW_AGE
from tuoitho.cases.models import Case
from tuoitho.cases.referral_jobs import REFERRALS_DUE
from tuoitho.cases.sending_jobs import SENDINGS_LATE
from tuoitho.jobs.registry import Args, Every, Work, register
from tuoitho.lib.hanoi import now, today
from tuoitho.people.ages import years_before


def _to_recount(_args: Args, _by: User) -> Sequence[str]:
    with acting_as(timekeeper()):
        return [str(key) for key in to_recount()]


def _recount(args: Args, key: str, _by: User) -> str:
    keeper = timekeeper()
    why = args.get("why") or _("Tính lại thường kỳ theo lịch làm việc")
    with acting_as(keeper):
        return "" if recount_clock(key, why, by=keeper) else _("không đổi")


def _to_escalate(_args: Args, _by: User) -> Sequence[str]:
    with acting_as(timekeeper()):
        return [str(key) for key in to_escalate(now())]


def _escalate(_args: Args, key: str, _by: User) -> str:
    keeper = timekeeper()
    with acting_as(keeper):
        told = escalate(key, by=keeper)
    return told.told_names if told else _("không còn phải báo, hoặc chưa có cấp trên")


def _given(args: Args, _by: User) -> Sequence[str]:
    return [str(key) for key in args["cases"]]


def _assign(args: Args, key: str, by: User) -> str:
    case = Case.objects.visible_to(by).filter(pk=int(key)).first()
    if case is None:
        raise ValidationError(_("Không thấy hồ sơ này."))
    to = User.objects.filter(pk=args["to"]).first() if args["to"] else None
    assign_case(case, to, by=by, on=today())
    return str(case)


def _remind(_args: Args, key: str, by: User) -> str:
    return ", ".join(str(person) for person in remind(key, by=by, on=today()))


def _now_sixteen(args: Args, by: User) -> list[str]:
    """Open cases of children who have completed 16 and are not marked yet."""
    born = years_before(today(), CHILDREN_LAW_AGE)
    cases = (
        Case.objects.visible_to(by)
        .still_open()
        .filter(outside_children_law=False, child__birth_date__lte=born)
    )
    return [str(pk) for pk in cases.order_by("pk").values_list("pk", flat=True)]


def _mark(args: Args, key: str, by: User) -> str:
    mark_sixteen(Case.objects.get(pk=int(key)), by=by, on=today())
    return _("Ngoài phạm vi Luật Trẻ em từ ngày đủ 16 tuổi")


RECOUNT = register(
    Work(
        "cases.recount_clocks",
        gettext_lazy("Tính lại thời hạn"),
        _to_recount,
        _recount,
        every=Every.DAY,
    )
)
ESCALATE = register(
    Work("cases.escalate", gettext_lazy("Báo cấp trên việc quá hạn"), _to_escalate, _escalate,
         every=Every.FIVE_MINUTES)
)  # fmt: skip
ASSIGN = register(Work("cases.assign", gettext_lazy("Giao nhiều hồ sơ"), _given, _assign))
REMIND = register(
    Work("cases.remind", gettext_lazy("Nhắc nhiều việc"), lambda args, _by: args["clocks"], _remind)
)
register(Work(
    "cases.sixteen", gettext_lazy("Ghi trẻ đủ 16 tuổi trong các hồ sơ"), _now_sixteen, _mark,
    every=Every.DAY,
))  # fmt: skip

__all__ = ["REFERRALS_DUE", "SENDINGS_LATE"]  # registered by being read
