"""Cases of who has come of age: to be ended for that reason."""

from datetime import date
from typing import Any

from django.db.models import Case as When_
from django.db.models import DateField, F, Func, When
from django.utils.translation import gettext as _

from tuoitho.cases.coming_of_age import ADULT_AGE, surely_from
from tuoitho.cases.due_emergency import about_case
from tuoitho.cases.models import Case
from tuoitho.cases.turns import KINDS
from tuoitho.lib.due import DueItem, end_of_day, part_of
from tuoitho.lib.hanoi import today
from tuoitho.people.ages import years_before
from tuoitho.people.models import Child


def adult_due(case: Case, child: Child | None) -> DueItem | None:
    """The item of one open case, None while its child is a minor."""
    day = surely_from(child, ADULT_AGE) if child else None
    if day is None or day > today() or not case.is_open:
        return None
    return _item(case, day)


def _grown_up(user: Any) -> Any:
    """Open cases ``user`` may end, of children whose day of birth says that they are adults."""
    if not user.may("cases.close"):
        return None
    born = years_before(today(), ADULT_AGE)
    cases = Case.objects.visible_to(user).still_open().filter(child__birth_date__lte=born)
    return cases.select_related("unit", "child")


def _item(case: Case, day: date) -> DueItem:
    return DueItem(
        what=_("Kết thúc hồ sơ: đã đủ 18 tuổi"), due=day,
        basis=_("Chương trình dành cho người dưới 18 tuổi"),
        done_by=_("Kết thúc với lý do “Đã đủ 18 tuổi”"), **about_case(case),
    )  # fmt: skip


# As coming_of_age counts: who is born on 29 February completes 18 years on 1 March, as the day
# before, 28 February, and one day more.
_BIRTH = "child__birth_date"
_EIGHTEENTH = When_(
    When(
        child__birth_date__month=2, child__birth_date__day=29,
        then=Func(F(_BIRTH), template="(%(expressions)s + interval '18 years 1 day')::date"),
    ),
    default=Func(F(_BIRTH), template="(%(expressions)s + interval '18 years')::date"),
    output_field=DateField(),
)  # fmt: skip
QUEUE = part_of(
    "approval", KINDS["approval"], _grown_up, end_of_day(_EIGHTEENTH),
    lambda case: _item(case, surely_from(case.child, ADULT_AGE) or today()), prefix="adult",
)  # fmt: skip
