"""The plan of support: drafted, submitted, approved or refused (NĐ 56/2017 Điều 27, 28)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.answering import check_answers, check_need, explain_needs, rest_on
from tuoitho.cases.actions.steps import allow, find_step, locked, take, trace, visit_due
from tuoitho.cases.deadlines import due_day
from tuoitho.cases.models import Case, PlanMeasure, ServiceKind, SupportPlan
from tuoitho.cases.models.plan import BLOCKS, Decision
from tuoitho.cases.states import State
from tuoitho.lib.actors import Actor

MEASURE_FIELDS = frozenset(
    {"kind", "what", "starts_on", "ends_on", "responsible", "cost", "need", "provider"}
)


def current_plan(case: Case) -> SupportPlan | None:
    """The latest version, whatever became of it."""
    return case.plans.order_by("-version").first()


def is_unbound(case: Case) -> bool:
    """The limits of Điều 28 do not bind: 16 or 17 years old, or an emergency (khoản 1, 4)."""
    return case.outside_children_law or case.emergency is True


@transaction.atomic
def draft_plan(
    case: Case,
    *,
    needs: str = "",
    measures: Sequence[Mapping[str, Any]] = (),
    unmet: Mapping[int, str] | None = None,
    by: Actor,
    on: date,
    met_on: date | None = None,
    **blocks: str,
) -> SupportPlan:
    """Write a plan, or change the draft: what the child needs (Mẫu 03) and who does what by when.

    It rests on the latest Mẫu 03, whose blocks it keeps as they stood; ``needs`` and ``blocks``
    (``models.plan.BLOCKS``, ``goal``) are for a plan before one. ``measures``: rows of
    ``MEASURE_FIELDS``; ``unmet``: why a need (by key) has none. After refusal, during support and
    after a review it makes a new version. Raises ValidationError (by field), TypeError.
    """
    if unknown := set(blocks) - {*BLOCKS, "goal"}:
        raise TypeError(f"a plan has no {sorted(unknown)}")
    case = locked(case)
    before = case.state
    plan = current_plan(case)
    if case.state == State.PLANNED:
        allow(by, "cases.work", case)
    else:
        again = case.state in (State.SUPPORTING, State.REVIEWED)
        take(case, "replan" if again else "draft_plan", by=by, on=on)
    if plan is None or not plan.is_open:
        plan = _new_version(case, plan, on)
    plan.met_on, plan.drafted_by = met_on, by.actor_name
    assessed = rest_on(plan, case)
    for name, text in {**blocks, **assessed}.items():
        setattr(plan, name, text)
    plan.needs = assessed.get("needs") or needs.strip()
    if not plan.needs:
        raise ValidationError({"needs": _("Hãy ghi nhu cầu của trẻ.")})
    plan.save()
    _write_measures(plan, measures)
    explain_needs(plan, unmet or {})
    case.step_due_on = plan.due_on or case.step_due_on
    case.save(update_fields=["state", "step_due_on"])
    trace("cases.draft_plan", case, by=by, on=on, before={"state": before},
          after={"state": case.state, "version": plan.version})  # fmt: skip
    return plan


def _new_version(case: Case, last: SupportPlan | None, on: date) -> SupportPlan:
    due = (case.plan_due_on if last is None else None) or due_day("plan", on)
    return SupportPlan(
        case=case, version=last.version + 1 if last else 1, drafted_on=on,
        due_on=None if is_unbound(case) else due,
    )  # fmt: skip


def _write_measures(plan: SupportPlan, measures: Sequence[Mapping[str, Any]]) -> None:
    rows = []
    for number, row in enumerate(measures, start=1):
        if unknown := set(row) - MEASURE_FIELDS:
            raise TypeError(f"a measure has no {sorted(unknown)}")
        if row.get("kind") not in ServiceKind.values or not str(row.get("what", "")).strip():
            raise ValidationError(
                {"measures": _("Dòng %(n)s: hãy chọn dịch vụ và ghi việc làm.") % {"n": number}}
            )
        start, end = row.get("starts_on"), row.get("ends_on")
        if start and end and end < start:
            raise ValidationError(
                {"measures": _("Dòng %(n)s: ngày cuối trước ngày đầu.") % {"n": number}}
            )
        check_need(plan, row.get("need"), number)
        rows.append(PlanMeasure(plan=plan, **row))
    plan.measures.all().delete()
    PlanMeasure.objects.bulk_create(rows)


@transaction.atomic
def submit_plan(case: Case, *, by: Actor, on: date, note: str = "") -> SupportPlan:
    """Send the draft to the chairperson, who has 2 working days (Điều 28.4).

    Raises ValidationError when there is no draft or it names no measure.
    """
    case = locked(case)
    find_step(case, "submit_plan")
    plan = current_plan(case)
    if plan is None or not plan.is_open:
        raise ValidationError(_("Hãy lập dự thảo mới trước khi trình."))
    take(case, "submit_plan", by=by, on=on, note=note)
    if not plan.measures.exists():
        raise ValidationError(_("Kế hoạch chưa có biện pháp nào."))
    check_answers(case, plan)
    due = due_day("approval", on)
    plan.submitted_on = on
    plan.approval_due_on = None if is_unbound(case) else due
    plan.save(update_fields=["submitted_on", "approval_due_on"])
    case.plan_submitted_on = case.plan_submitted_on or on
    if case.approved_on is None:
        case.approval_due_on = plan.approval_due_on
    case.step_due_on = due
    case.save(update_fields=["state", "plan_submitted_on", "approval_due_on", "step_due_on"])
    trace("cases.submit_plan", case, by=by, on=on, after={"version": plan.version})
    return plan


@transaction.atomic
def approve_plan(
    case: Case, *, by: Actor, on: date, number: str = "", note: str = ""
) -> SupportPlan:
    """The chairperson approves the plan; support begins, and with it the schedule of visits."""
    case = locked(case)
    take(case, "approve_plan", by=by, on=on, note=note)
    plan = _decide(case, Decision.APPROVED, by, on, number=number)
    case.approved_on = case.approved_on or on
    _begin_support(case, on)
    trace("cases.approve_plan", case, by=by, on=on, after={"version": plan.version})
    return plan


@transaction.atomic
def refuse_plan(case: Case, reason: str, *, by: Actor, on: date) -> SupportPlan:
    """The chairperson sends the plan back with a reason; a new version is due in 5 working days."""
    case = locked(case)
    take(case, "refuse_plan", by=by, on=on, note=reason)
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do không phê duyệt.")})
    plan = _decide(case, Decision.REFUSED, by, on, reason=reason.strip())
    case.step_due_on = due_day("plan", on)
    case.save(update_fields=["state", "step_due_on"])
    trace("cases.refuse_plan", case, by=by, on=on, after={"version": plan.version})
    return plan


def _decide(
    case: Case, decision: str, by: Actor, on: date, *, number: str = "", reason: str = ""
) -> SupportPlan:
    plan = case.plans.select_for_update().get(submitted_on__isnull=False, decided_on=None)
    plan.decision, plan.decided_on, plan.decided_by = decision, on, by.actor_name
    plan.number, plan.reason = number, reason
    plan.save(update_fields=["decision", "decided_on", "decided_by", "number", "reason"])
    return plan


def _begin_support(case: Case, on: date) -> None:
    case.supported_since = case.supported_since or on
    case.step_due_on = visit_due(case)
    case.save(update_fields=["state", "approved_on", "supported_since", "step_due_on"])


@transaction.atomic
def start_support(case: Case, *, by: Actor, on: date, note: str = "") -> Case:
    """Support a minor of 16 or 17 without the plan that binds only for children below 16.

    Raises ValidationError for a child to whom the Law on Children applies.
    """
    case = locked(case)
    take(case, "support", by=by, on=on, note=note)
    _begin_support(case, on)
    trace("cases.support", case, by=by, on=on)
    return case


@transaction.atomic
def support_urgently(case: Case, *, by: Actor, on: date, note: str = "") -> Case:
    """In an emergency support begins at once; the plan follows (Điều 26.3, 28.1).

    Raises ValidationError while no emergency measure has been decided, PermissionDenied.
    """
    case = locked(case)
    take(case, "support_urgently", by=by, on=on, note=note)
    _begin_support(case, on)
    trace("cases.support", case, by=by, on=on)
    return case
