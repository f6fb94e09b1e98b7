"""What waits for somebody in the budget."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.budget.models import Line
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import today
from tuoitho.ui.formats import vn_money

WITHIN_DAYS = 14  # days in which an estimate is appraised: our own rule, the plan sets none


def due_items(user: User) -> list[DueItem]:
    """Estimates submitted in the units where ``user`` appraises, but not by himself."""
    if not user.may("budget.approve"):
        return []
    scope = user.scope("budget.approve")
    rows = Line.objects.visible_to(user).waiting().exclude(submitted_by=user)
    return [
        DueItem(
            what=_("Thẩm định dự toán"),
            subject=f"{line.purpose} ({vn_money(line.estimate)})",
            due=(line.submitted_on or today()) + timedelta(days=WITHIN_DAYS),
            url_name="budget:line_detail",
            url_args=(line.pk,),
            basis="365/KH-UBND IV.6",
            unit_name=line.unit.name,
            done_by=_("phê duyệt hoặc trả lại kèm lý do"),
        )
        for line in rows.select_related("unit").order_by("submitted_on", "pk")
        if line.unit_id in scope
    ]
