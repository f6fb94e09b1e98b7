"""What somebody has to do about rounds: lists to walk, reports to make, rounds to end."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.lib.due import DueItem, end_of_day, part_of
from tuoitho.lib.hanoi import today
from tuoitho.rounds.models import ListedChild, Round, WorkList
from tuoitho.rounds.states import State


def _lists(user: Any) -> QuerySet[WorkList] | None:
    scope = user.scope("rounds.answer")
    if not scope:
        return None
    left = ListedChild.objects.once().to_visit().filter(work_list=OuterRef("pk"))
    rows = WorkList.objects.visible_to(user).of_running_rounds().filter(Exists(left))
    rows = rows.filter(scope.covers()).select_related("round", "unit", "collaborator")
    counted = left.order_by().values("work_list").annotate(n=Count("pk")).values("n")
    return rows.annotate(left=Subquery(counted))


def _reports(user: Any) -> QuerySet[ListedChild] | None:
    scope = user.scope("rounds.answer")
    if not scope:
        return None
    rows = ListedChild.objects.visible_to(user).filter(round__state=State.RUNNING)
    rows = rows.once().needing_report().filter(scope.covers())
    return rows.select_related("child", "answer", "unit", "work_list__collaborator")


def _over(user: Any) -> QuerySet[Round] | None:
    scope = user.scope("rounds.manage")
    if not scope:
        return None
    rows = Round.objects.visible_to(user).over_on(today()).filter(scope.covers())
    return rows.select_related("unit")


def _list(work_list: Any) -> DueItem:
    return DueItem(
        what=_("Rà soát: còn %(n)s trẻ chưa thăm") % {"n": work_list.left},
        subject=f"{work_list} · {work_list.round}", due=work_list.round.last_day,
        url_name="rounds:list_detail", url_args=(work_list.pk,), basis="KH 365/KH-UBND, II.4",
        unit_name=work_list.unit.name, done_by=_("ghi kết quả từng trẻ"),
        owner=str(work_list.collaborator or ""), unit_id=work_list.unit_id,
    )  # fmt: skip


def _report(listed: ListedChild) -> DueItem:
    answer = listed.answer
    if answer is None:
        raise LookupError("needing_report() knows only rows with an answer")
    return DueItem(
        what=_("Rà soát: lập tin báo"), subject=str(listed.child), due=answer.visited_on,
        url_name="rounds:listed_detail", url_args=(listed.pk,),
        basis=_("Luật Trẻ em 2016, Điều 51"), unit_name=listed.unit.name,
        done_by=_("bấm “Lập tin báo”"), unit_id=listed.unit_id,
        owner=str(listed.work_list.collaborator or ""),
    )  # fmt: skip


def _end(planned: Round) -> DueItem:
    return DueItem(
        what=_("Kết thúc đợt rà soát"), subject=planned.name, due=planned.last_day,
        url_name="rounds:round_detail", url_args=(planned.pk,), basis="KH 365/KH-UBND, II.4",
        unit_name=planned.unit.name, done_by=_("kết thúc đợt"), unit_id=planned.unit_id,
    )  # fmt: skip


QUEUE = (
    part_of("round_list", gettext_lazy("Rà soát: thăm hộ"), _lists,
            end_of_day("round__last_day"), _list, owner="collaborator_id"),
    part_of("round_report", gettext_lazy("Rà soát: lập tin báo"), _reports,
            end_of_day("answer__visited_on"), _report, owner="work_list__collaborator_id"),
    part_of("round_end", gettext_lazy("Kết thúc đợt rà soát"), _over,
            end_of_day("last_day"), _end),
)  # fmt: skip
