"""What waits for somebody in the budget."""

from datetime import timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.budget.models import Line
from tuoitho.lib.due import DueItem, end_of_day, part_of
from tuoitho.lib.hanoi import HANOI, today
from tuoitho.ui.formats import vn_money

WITHIN_DAYS = 14  # days in which an estimate is appraised: our own rule, the plan sets none


def due_items(user: User) -> list[DueItem]:
    """Estimates submitted in the units where ``user`` appraises, but not by himself."""
    return QUEUE.everything(user)


def _rows(user: User) -> QuerySet[Line] | None:
    scope = user.scope("budget.approve")
    if not scope:
        return None
    rows = Line.objects.visible_to(user).waiting().exclude(submitted_by=user)
    rows = rows.filter(scope.covers())
    return rows.select_related("unit")


def _item(line: Line) -> DueItem:
    return DueItem(
        what=_("Thẩm định dự toán"),
        subject=f"{line.purpose} ({vn_money(line.estimate)})",
        due=(line.submitted_on or today()) + timedelta(days=WITHIN_DAYS),
        url_name="budget:line_detail",
        url_args=(line.pk,),
        basis="365/KH-UBND IV.6",
        unit_name=line.unit.name,
        done_by=_("phê duyệt hoặc trả lại kèm lý do"),
        unit_id=line.unit_id,
    )


_SUBMITTED = Coalesce("submitted_on", TruncDate(Now(), tzinfo=HANOI))
QUEUE = part_of(
    "estimate", gettext_lazy("Dự toán"), _rows, end_of_day(_SUBMITTED, WITHIN_DAYS), _item
)
