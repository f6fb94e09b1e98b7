"""Whose a list is."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.notices.actions import notify
from tuoitho.rounds.actions.listing import collaborators_of
from tuoitho.rounds.actions.moving import locked_list
from tuoitho.rounds.models import WorkList
from tuoitho.rounds.states import State


@transaction.atomic
def assign_list(work_list: WorkList, to: User | None, *, by: Actor, on: date) -> WorkList:
    """Give the list of a hamlet to a collaborator or worker of its commune (None: to nobody).

    Raises ValidationError when the round is over, or the person does not work there;
    PermissionDenied without ``rounds.manage`` in the commune. The new one is told.
    """
    work_list = locked_list(work_list)
    if work_list.round.state not in (State.DRAFTED, State.RUNNING):
        raise ValidationError(_("Đợt rà soát đã kết thúc nên không giao lại danh sách được."))
    by.require("rounds.manage", work_list)
    if to is not None and to.pk not in collaborators_of(work_list.unit, on):
        raise ValidationError({"collaborator": _("Người này không làm việc ở xã của danh sách.")})
    before, work_list.collaborator = work_list.collaborator_id, to
    work_list.save(update_fields=["collaborator"])
    record("rounds.assign_list", work_list, by=by, on=on, before={"collaborator": before},
           after={"collaborator": to.pk if to else None})  # fmt: skip
    if to is not None and to.pk not in (before, by.pk):
        notify([to], "round.assigned", subject=f"{work_list.round}: {work_list}",
               url_name="rounds:list_detail", url_args=(work_list.pk,), unit=work_list.unit,
               by=by)  # fmt: skip
    return work_list
