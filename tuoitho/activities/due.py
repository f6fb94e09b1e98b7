"""What waits for somebody among the activities."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.activities.models import Activity
from tuoitho.activities.offices import recorded_by
from tuoitho.lib.due import DueItem, end_of_day, part_of
from tuoitho.lib.hanoi import today

WITHIN_DAYS = 7  # days after its last day by which an activity is recorded: our own rule


def due_items(user: User) -> list[DueItem]:
    """Activities whose last day has passed without a record, of offices ``user`` records for.

    Due seven days after the last day; nothing for people who do not record activities.
    """
    return QUEUE.everything(user)


def _rows(user: User) -> QuerySet[Activity] | None:
    scope = user.scope("activities.record")
    if not scope:
        return None
    rows = Activity.objects.visible_to(user).planned_before(today()).of_owner(*recorded_by(user))
    rows = rows.filter(scope.covers())
    return rows.select_related("unit")


def _item(activity: Activity) -> DueItem:
    return DueItem(
        what=_("Ghi nhận hoạt động đã đến ngày"),
        subject=activity.title,
        due=activity.ends_on + timedelta(days=WITHIN_DAYS),
        url_name="activities:activity_record",
        url_args=(activity.pk,),
        basis="365/KH-UBND IV.1.9",
        unit_name=activity.unit.name,
        done_by=_("ghi số người tham gia, hoặc hủy nếu không tổ chức"),
        unit_id=activity.unit_id,
    )


QUEUE = part_of(
    "activity", gettext_lazy("Hoạt động"), _rows, end_of_day("ends_on", WITHIN_DAYS), _item
)
