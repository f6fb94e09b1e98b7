"""Telling the named superior, once, that a limit of the law has passed unanswered."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases.models import Clock, Escalation
from tuoitho.cases.superiors import superiors
from tuoitho.cases.turns import STEPS
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now, today
from tuoitho.notices.actions import notify


def to_escalate(moment: datetime) -> Iterator[UUID]:
    """Keys of clocks of the law that ran out before ``moment`` and nobody was told of yet."""
    late = Clock.objects.overdue_at(moment).filter(legal=True, escalation=None)
    yield from late.order_by("due_at", "pk").values_list("pk", flat=True)


@transaction.atomic
def escalate(key: UUID | str, *, by: Actor) -> Escalation | None:
    """Tell the superiors of one late clock. For who keeps the time. Raises PermissionDenied.

    Returns None when the step was done meanwhile, is not late, was escalated before (by another
    worker a moment ago), or nobody is named above: then it is tried again next time.
    """
    by.require("cases.keep_time")
    clock = Clock.objects.select_for_update().running().filter(pk=key, legal=True).first()
    if clock is None or clock.due_at >= now() or Escalation.objects.filter(clock=clock).exists():
        return None
    people = superiors(clock)
    if not people:
        return None
    names = ", ".join(str(person) for person in people)[:400]
    told = Escalation.objects.create(
        clock=clock, told_keys=[person.pk for person in people], told_names=names
    )
    about = clock.case or clock.report
    page = "cases:case_detail" if clock.case else "cases:report_detail"
    notify(
        people, "case.escalated", url_name=page, url_args=(about.pk if about else None,),
        subject=_("Quá hạn: %(what)s, %(about)s") % {"what": STEPS[clock.step].what,
                                                     "about": clock.case or clock.unit},
        unit=clock.unit, by=by,
    )  # fmt: skip
    hidden: dict[str, Any] = {"unit_key": None, "child_key": None} if clock.sealed else {}
    record("cases.escalate", about, by=by, on=today(), note=names,
           after={"step": clock.step, "due": clock.due_at.isoformat()}, **hidden)  # fmt: skip
    return told
