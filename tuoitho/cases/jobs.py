"""Works of the files that the clock starts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.cases.actions.growing_up import mark_sixteen
from tuoitho.cases.coming_of_age import CHILDREN_LAW_AGE
from tuoitho.cases.models import Case
from tuoitho.cases.referral_jobs import REFERRALS_DUE
from tuoitho.jobs.registry import Args, Every, Work, register
from tuoitho.lib.hanoi import today
from tuoitho.people.ages import years_before


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


register(Work(
    "cases.sixteen", gettext_lazy("Ghi trẻ đủ 16 tuổi trong các hồ sơ"), _now_sixteen, _mark,
    every=Every.DAY,
))  # fmt: skip

__all__ = ["REFERRALS_DUE"]  # registered by being read
