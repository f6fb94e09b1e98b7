"""What a visit found about one child: judged by the law of that day at once, kept, never edited."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases.models import Schooling
from tuoitho.cases.screening import BESIDE, judge
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.rounds.actions.moving import locked, locked_child, locked_list, require_running
from tuoitho.rounds.models import Answer, ListedChild, WorkList
from tuoitho.rounds.states import NotMet


class Found(TypedDict, total=False):
    """What a visit found. ``facts``: works and chores in the words of the law, as for
    ``cases.actions.screen_child``; ``not_met``: why the child was not met, instead of facts."""

    facts: Mapping[str, Any]
    not_met: str
    schooling: str
    note: str
    form_token: UUID | None


@transaction.atomic
def answer_child(
    listed: ListedChild, *, visited_on: date, by: Actor, **found: Unpack[Found]
) -> Answer:
    """Write down a visit; with facts, the law of ``visited_on`` judges them now.

    A second call is a correction, or a second visit: a new answer beside the old ones. Raises
    ValidationError for a round that is not running, a day outside it or to come, facts the law
    cannot read; PermissionDenied without ``rounds.answer`` in the commune, or where the answer so
    far is not the actor's to see.
    """
    listed = locked_child(listed)
    token = found.get("form_token")
    if token and (again := listed.answers.filter(form_token=token).first()):
        return again
    require_running(listed.round)
    by.require("rounds.answer", listed)
    if listed.is_kept_back:
        raise PermissionDenied(f"{by.actor_name}: rounds.answer")
    _check_day(listed, visited_on)
    answer = Answer(
        listed=listed, visited_on=visited_on, met=not found.get("not_met"),
        schooling=found.get("schooling", Schooling.UNKNOWN), note=found.get("note", "").strip(),
        recorded_by=by.actor_name, form_token=token,
    )  # fmt: skip
    _judge(answer, listed.child, found)
    answer.save(force_insert=True)
    before, listed.answer = listed.answer, answer
    listed.save(update_fields=["answer"])
    record(
        "rounds.answer", listed, by=by, on=visited_on,
        before=_told(before) if before else {}, after=_told(answer),
    )  # fmt: skip
    return answer


def _check_day(listed: ListedChild, day: date) -> None:
    started = listed.round.started_on
    if day > today():
        raise ValidationError({"observed_on": _("Ngày này chưa tới.")})
    if started is not None and day < started:
        raise ValidationError({"observed_on": _("Ngày thăm không thể trước ngày bắt đầu đợt.")})


def _judge(answer: Answer, child: Child, found: Found) -> None:
    """Put the law's answer, or why there is none, into the row."""
    if not answer.met:
        answer.not_met = found["not_met"]
        if answer.not_met not in NotMet.values:
            raise ValidationError({"not_met": _("Hãy chọn vì sao không gặp được trẻ.")})
        return
    facts = found.get("facts", {})
    works = facts.get("works")
    answer.works = None if works is None else bool(works)
    answer.told = _beside(works or [])
    for name, value in judge(child, facts, answer.visited_on).as_fields().items():
        setattr(answer, name, value)


def _beside(works: Sequence[Mapping[str, Any]]) -> str:
    """What the works say beside the facts of the law, as JSON; "" when nothing."""
    said = [
        {name: getattr(work[name], "pk", work[name]) for name in BESIDE if work.get(name)}
        for work in works
    ]
    return json.dumps(said, ensure_ascii=False) if any(said) else ""


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer.pk, "met": answer.met, "not_met": answer.not_met,
        "outcome": answer.outcome, "child_labour": answer.child_labour,
    }  # fmt: skip


@transaction.atomic
def add_child(work_list: WorkList, child: Child, *, by: Actor, on: date) -> ListedChild:
    """Put a child met on the way, already in the register, on the list of its hamlet.

    A child on any list of the round is given back as it stands there. Raises ValidationError for a
    child of another commune or a round that is not running.
    """
    work_list = locked_list(work_list)
    # Held for all lists of the round: a child met twice at once is added once.
    require_running(locked(work_list.round))
    by.require("rounds.answer", work_list)
    present = ListedChild.objects.filter(round=work_list.round_id, child=child).once().first()
    if present is not None:
        return present
    if child.unit_id != work_list.unit_id:
        raise ValidationError(_("Trẻ này đang ở xã khác theo sổ; hãy chuyển nơi ở trước."))
    beside = work_list.listed.filter(household=child.household_id).order_by("-place_in_list")
    last = beside.first() if child.household_id else None
    last = last or work_list.listed.order_by("-place_in_list").first()
    listed = ListedChild.objects.create(
        unit_id=work_list.unit_id, round_id=work_list.round_id, work_list=work_list, child=child,
        household_id=child.household_id, added_later=True,
        place_in_list=last.place_in_list if last else 1,
    )  # fmt: skip
    record("rounds.add_child", listed, by=by, on=on)
    return listed
