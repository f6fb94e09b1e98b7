"""What waits for somebody in the register."""

from datetime import timedelta

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.lib.due import DueItem, end_of_day, part_of
from tuoitho.lib.hanoi import HANOI
from tuoitho.people.models import Merge

WITHIN_DAYS = 7  # days in which a request is looked at: the programme's own rule


def _rows(user: User) -> QuerySet[Merge] | None:
    scope = user.scope("people.merge")
    if not scope:
        return None
    rows = Merge.objects.visible_to(user).waiting().exclude(requested_by=user)
    rows = rows.filter(scope.covers("kept__unit_id") & scope.covers("other__unit_id"))
    return rows.select_related("kept__unit", "other")


def _item(merge: Merge) -> DueItem:
    return DueItem(
        what=_("Duyệt gộp hồ sơ trùng"),
        subject=f"{merge.other.full_name} → {merge.kept.full_name}",
        due=merge.requested_at.astimezone(HANOI).date() + timedelta(days=WITHIN_DAYS),
        url_name="people:merge_detail",
        url_args=(merge.pk,),
        basis=_("Quy trình của chương trình"),
        unit_name=merge.kept.unit.name,
        done_by=_("duyệt hoặc không duyệt"),
        unit_id=merge.kept.unit_id,
    )


QUEUE = part_of(
    "merge", gettext_lazy("Gộp hồ sơ trùng"), _rows,
    end_of_day(TruncDate("requested_at", tzinfo=HANOI), WITHIN_DAYS), _item,
    unit="kept__unit_id",
)  # fmt: skip
