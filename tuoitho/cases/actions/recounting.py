"""Counting running limits anew when the calendar or a rule has changed (Bộ luật Dân sự Đ147)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from tuoitho.audit.actions import record
from tuoitho.cases.deadlines import Rule, last_day, last_moment
from tuoitho.cases.models import Case, Clock, ClockChange, Report, SupportPlan, UnitOfTime
from tuoitho.cases.turns import end_of, is_of_law, rule_for
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import day_of, today
from tuoitho.notices.actions import notify
from tuoitho.plan.calendar import swapped_days

# Counted by the length of a rule; the others end on a day that a schedule or a plan names.
COUNTED = ("report", "first_response", "emergency", "plan", "approval")


def due_now(clock: Clock) -> tuple[datetime, Rule]:
    """When a counted clock ends by the rules and the calendar of today, and by which rule."""
    limit = rule_for(clock.step, clock.started_on)
    if limit.unit == UnitOfTime.CLOCK_HOURS:
        return last_moment(limit, clock.started_at), limit
    return end_of(last_day(limit, clock.started_on, swapped_days())), limit


def to_recount() -> Iterator[UUID]:
    """Keys of the running clocks whose end is no longer what it was."""
    counted = Clock.objects.running().filter(step__in=COUNTED)
    for clock in counted.order_by("due_at", "pk").iterator(chunk_size=2000):
        if due_now(clock)[0] != clock.due_at:
            yield clock.pk


@transaction.atomic
def recount_clock(key: UUID | str, why: str, *, by: Actor) -> Clock | None:
    """Move one running clock to where it belongs now, with a trace: old end, new end, why.

    Returns None when it has stopped meanwhile, is out of sight, or ends where it ended. What has
    stopped is never touched. For who keeps the time (``cases.keep_time``). Raises PermissionDenied.
    """
    by.require("cases.keep_time")
    running = Clock.objects.select_for_update(of=("self",)).running().filter(step__in=COUNTED)
    clock = running.select_related("case", "report").filter(pk=key).first()
    if clock is None:
        return None
    old, (new, limit) = clock.due_at, due_now(clock)
    if new == old:
        return None
    ClockChange.objects.create(
        clock=clock, old_due_at=old, new_due_at=new, why=why, by_name=by.actor_name
    )
    clock.due_at, clock.rule_id = new, limit.key or 0
    clock.legal = is_of_law(clock.case, clock.step, limit) if clock.case else limit.legal
    clock.in_hours = limit.unit == UnitOfTime.CLOCK_HOURS
    clock.save(update_fields=["due_at", "rule", "legal", "in_hours"])
    if clock.case is not None:
        _move_case_days(clock.case, clock.step, old, new)
    else:
        received = Report.objects.filter(clocks=clock, first_response_due_at=old)
        received.update(first_response_due_at=new)
    _write_down(clock, old, new, why, by)
    return clock


def _move_case_days(case: Case, step: str, old: datetime, new: datetime) -> None:
    """The days a case keeps beside its clocks: what is due next, and what "in time" is judged by as
    long as that step is open."""
    was, day = day_of(old), day_of(new)
    mine = Case.objects.filter(pk=case.pk)
    if step in ("first_response", "emergency"):
        mine.filter(response_due_at=old).update(response_due_at=new)
        mine.filter(first_assessed_at=None, first_response_due_at=old).update(
            first_response_due_at=new
        )
        return
    mine.filter(step_due_on=was).update(step_due_on=day)
    open_plans = SupportPlan.objects.filter(case=case, decided_on=None)
    if step == "plan":
        mine.filter(plan_submitted_on=None, plan_due_on=was).update(plan_due_on=day)
        open_plans.filter(submitted_on=None, due_on=was).update(due_on=day)
    else:
        mine.filter(approved_on=None, approval_due_on=was).update(approval_due_on=day)
        open_plans.filter(approval_due_on=was).update(approval_due_on=day)


def _write_down(clock: Clock, old: datetime, new: datetime, why: str, by: Actor) -> None:
    hidden: dict[str, Any] = {"unit_key": None, "child_key": None} if clock.sealed else {}
    record("cases.recount_clock", clock.case or clock.report, by=by, on=today(), note=why,
           before={"step": clock.step, "due": old.isoformat()},
           after={"step": clock.step, "due": new.isoformat()}, **hidden)  # fmt: skip
    if clock.assigned_to is not None and clock.case is not None:
        notify([clock.assigned_to], "case.clock_changed", subject=f"{clock.case}: {why}",
               url_name="cases:case_detail", url_args=(clock.case.pk,),
               unit=clock.unit, by=by)  # fmt: skip
