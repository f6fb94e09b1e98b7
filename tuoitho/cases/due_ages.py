"""Cases of who has come of age: to be ended for that reason."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tuoitho.cases.coming_of_age import ADULT_AGE, surely_from
from tuoitho.cases.due_emergency import MOST, about_case
from tuoitho.cases.models import Case
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import today
from tuoitho.people.ages import years_before
from tuoitho.people.models import Child


def adult_due(case: Case, child: Child | None) -> DueItem | None:
    """The item of one open case, None while its child is a minor."""
    day = surely_from(child, ADULT_AGE) if child else None
    if day is None or day > today() or not case.is_open:
        return None
    return DueItem(
        what=_("Kết thúc hồ sơ: đã đủ 18 tuổi"), due=day,
        basis=_("Chương trình dành cho người dưới 18 tuổi"),
        done_by=_("Kết thúc với lý do “Đã đủ 18 tuổi”"), **about_case(case),
    )  # fmt: skip


def adults_due(user: Any) -> Iterator[DueItem]:
    """The same over all cases ``user`` may end."""
    if not user.may("cases.close"):
        return
    born = years_before(today(), ADULT_AGE)
    cases = Case.objects.visible_to(user).still_open().filter(child__birth_date__lte=born)
    for case in cases.select_related("unit", "child").order_by("pk")[:MOST]:
        item = adult_due(case, case.child)
        if item is not None:
            yield item
