"""Collaborators are reminded of what is left on their lists before a round ends."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from tuoitho.lib.actors import Actor
from tuoitho.notices.actions import notify
from tuoitho.rounds.actions.moving import locked_list
from tuoitho.rounds.models import ListedChild, WorkList
from tuoitho.rounds.models.round import WorkListQuerySet

BEFORE = (7, 3, 1)  # days before the last one; the programme's own


def to_remind_on(day: date) -> WorkListQuerySet:
    """Lists of running rounds that end in 7, 3 or 1 days, with children left, whose collaborator
    was not reminded that day."""
    ends = [day + timedelta(days=ahead) for ahead in BEFORE]
    left = ListedChild.objects.once().to_visit().filter(work_list=OuterRef("pk"))
    rows = WorkList.objects.of_running_rounds().filter(round__last_day__in=ends)
    return rows.filter(Exists(left), collaborator__isnull=False).exclude(reminded_on=day)


@transaction.atomic
def remind_of_list(work_list: WorkList, *, by: Actor, on: date) -> bool:
    """Tell whose list it is how many children are left. False when there is nothing to tell, or it
    was told that day."""
    work_list = locked_list(work_list)
    to = work_list.collaborator
    if to is None or not to_remind_on(on).filter(pk=work_list.pk).exists():
        return False
    left = ListedChild.objects.once().to_visit().filter(work_list=work_list).count()
    subject = _("%(list)s, %(round)s: còn %(n)s trẻ, hạn %(day)s") % {
        "list": work_list, "round": work_list.round, "n": left,
        "day": f"{work_list.round.last_day:%d/%m/%Y}",
    }  # fmt: skip
    notify([to], "round.due", subject=subject, url_name="rounds:list_detail",
           url_args=(work_list.pk,), unit=work_list.unit, by=by)  # fmt: skip
    work_list.reminded_on = on
    work_list.save(update_fields=["reminded_on"])
    return True
