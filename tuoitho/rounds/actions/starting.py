"""A round begins: its lists are made from the register as of that day; and it ends."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.jobs.actions import enqueue
from tuoitho.lib.actors import Actor
from tuoitho.rounds.actions.listing import list_children
from tuoitho.rounds.actions.moving import checked_step, finish_step, locked
from tuoitho.rounds.groups import children_of
from tuoitho.rounds.models import ListedChild, Round
from tuoitho.rounds.states import Step

LIST = "rounds.list"  # the work (jobs.py) that makes the lists of a longer round
AT_ONCE = 2_000  # children that are listed while one waits: about a second


@transaction.atomic
def start_round(
    planned: Round, *, at_once: bool = False, by: Actor, on: date, note: str = ""
) -> Round:
    """Begin: every child to be visited is put on the list of its hamlet, house by house; of more
    than 2,000 (unless ``at_once``) by a job, commune by commune, while the first are visited.

    The register is read as of ``on``. Raises ValidationError when there is nobody to visit.
    """
    planned = locked(planned)
    step = checked_step(planned, Step.START, by, on)
    if on > planned.last_day:
        raise ValidationError({"on": _("Đợt rà soát đã qua ngày cuối; hãy sửa kế hoạch.")})
    communes = list(planned.communes.all())
    children = children_of(planned, communes, on).count()
    if not children:
        raise ValidationError(
            _("Sổ không có trẻ nào thuộc các nhóm này; hãy sửa kế hoạch hoặc nhập sổ trẻ em.")
        )
    planned.started_on, planned.unlisted = on, [commune.pk for commune in communes]
    planned = finish_step(planned, step, by=by, on=on, note=note)
    if at_once or children <= AT_ONCE:
        list_children(planned, planned.unlisted, by=by)
        planned.refresh_from_db()
    else:
        enqueue(LIST, {"round": planned.pk}, by=by)
    return planned


@transaction.atomic
def close_round(planned: Round, *, by: Actor, on: date, note: str = "") -> Round:
    """End the round. Raises ValidationError while a child found in child labour, or at work with
    facts missing, has no report: who finds one must tell (Luật Trẻ em 2016 Điều 51)."""
    planned = locked(planned)
    step = checked_step(planned, Step.CLOSE, by, on)
    if planned.started_on is not None and on < planned.started_on:
        raise ValidationError({"on": _("Không thể kết thúc trước ngày bắt đầu.")})
    if planned.unlisted:
        raise ValidationError(_("Danh sách đang được lập, hãy chờ lập xong."))
    listed = ListedChild.objects.filter(round=planned)
    # An answer being written just now is waited for; one that comes later finds the round closed.
    list(listed.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if left := listed.once().needing_report().count():
        raise ValidationError(
            _("Còn %(n)s trẻ có dấu hiệu lao động trái quy định chưa lập tin báo.") % {"n": left}
        )
    planned.closed_on = on
    return finish_step(planned, step, by=by, on=on, note=note)
