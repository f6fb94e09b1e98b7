"""A violation: entered with its article and the range of its day, decided, withdrawn."""

from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.inspections.actions.moving import locked, require_visited
from tuoitho.inspections.models import Inspection, Violation
from tuoitho.inspections.offences import (
    OFFENCES,
    OTHER,
    citation_of,
    law_version,
    powers,
    sanction_of,
)
from tuoitho.inspections.states import Decider
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import tidy

SUGGESTED = [
    "rule", "citation", "children", "ended_on", "organisation", "sanction_decree",
    "sanction_clause", "sanction_min", "sanction_max",
]  # fmt: skip
DECIDED = ["fine", "decision_number", "decided_on", "decided_by", "decision_note"]


class Act(TypedDict, total=False):
    """More about a violation; all optional."""

    description: str
    ended_on: date | None  # the act's last day, when it ended before the visit
    citation: str  # only for ``offences.OTHER``, where it is required


@transaction.atomic
def add_violation(
    inspection: Inspection, rule: str, *, children: int, by: Actor, on: date, note: str = "",
    **act: Unpack[Act],
) -> Violation:  # fmt: skip
    """``rule`` (a code of ``offences.OFFENCES`` or OTHER) was broken towards ``children`` minors.

    Article, decree and range are those in force on the day of the visit, or on ``ended_on`` when
    the act had ended before (NĐ 283/2026 Điều 67); doubled unless the employer is a household.
    Raises ValidationError before findings are recorded, for an unknown rule, for no child, for
    ``ended_on`` after the visit.
    """
    inspection = locked(inspection)
    require_visited(inspection)
    by.require("inspections.record", inspection)
    day = _day_of(inspection, act.get("ended_on"))
    if children < 1:
        raise ValidationError({"children": _("Hãy ghi ít nhất 1 người.")})
    violation = Violation(
        inspection=inspection, rule=rule, children=children, ended_on=act.get("ended_on"),
        description=act.get("description", "").strip(), citation=_citation(rule, day, act),
        organisation=inspection.establishment.is_organisation,
    )  # fmt: skip
    _suggest(violation, day)
    violation.save()
    record("inspections.add_violation", inspection, by=by, on=on, note=note,
           after={"violation": violation.pk, **snapshot(violation, SUGGESTED)})  # fmt: skip
    return violation


@transaction.atomic
def record_sanction(
    violation: Violation, *, fine: int, decision_number: str, decided_by: str, by: Actor, on: date,
    note: str = "",
) -> Violation:  # fmt: skip
    """The decision of day ``on``: ``fine`` in đồng (0: no money), its number, who signed.

    A fine outside the range, or above what the data say the signer may fine, needs ``note``: our
    data may be behind the Gazette. Raises ValidationError; a second call corrects the decision.
    """
    inspection = locked(violation.inspection)
    violation = inspection.violations.get(pk=violation.pk)
    require_visited(inspection)
    by.require("inspections.record", inspection)
    if inspection.done_on is not None and on < inspection.done_on:
        raise ValidationError({"on": _("Không thể quyết định trước ngày kiểm tra.")})
    if fine < 0 or not tidy(decision_number) or decided_by not in Decider.values:
        raise ValidationError(_("Hãy ghi đủ số tiền, số quyết định và người quyết định."))
    doubts = doubts_about(violation, fine, decided_by, on)
    if doubts and not tidy(note):
        raise ValidationError({"note": [*doubts, _("Nếu vẫn đúng, hãy ghi lý do.")]})
    before = snapshot(violation, DECIDED)
    violation.fine, violation.decision_number = fine, tidy(decision_number)
    violation.decided_on, violation.decided_by = on, decided_by
    violation.decision_note = tidy(note)
    violation.save(update_fields=DECIDED)
    record("inspections.record_sanction", inspection, by=by, on=on, note=note, before=before,
           after={"violation": violation.pk, **snapshot(violation, DECIDED)})  # fmt: skip
    return violation


@transaction.atomic
def withdraw_violation(violation: Violation, *, by: Actor, on: date, note: str = "") -> Inspection:
    """Take back one entered by mistake; the log keeps it. Raises ValidationError once a measure
    or a decision rests on it."""
    inspection = locked(violation.inspection)
    violation = inspection.violations.get(pk=violation.pk)
    require_visited(inspection)
    by.require("inspections.record", inspection)
    if violation.decided_on is not None or violation.measures.exists():
        raise ValidationError(_("Đã có biện pháp khắc phục hoặc quyết định về vi phạm này."))
    before = {"violation": violation.pk, **snapshot(violation, SUGGESTED)}
    violation.delete()
    record("inspections.withdraw_violation", inspection, by=by, on=on, note=note, before=before)
    return inspection


def doubts_about(violation: Violation, fine: int, decided_by: str, on: date) -> list[str]:
    """What speaks against this decision by our data of the law; empty when nothing does."""
    found = []
    low, high = violation.sanction_min, violation.sanction_max
    if low is not None and high is not None and fine and not low <= fine <= high:
        found.append(_("Số tiền nằm ngoài khung phạt của vi phạm này."))
    limits = powers(high or 0, on, organisation=violation.organisation)
    if any(fine > p.most_vnd for p in limits if p.decider == decided_by):
        found.append(_("Số tiền vượt thẩm quyền của người quyết định."))
    return found


def _day_of(inspection: Inspection, ended_on: date | None) -> date:
    """The day whose law applies."""
    visited = inspection.done_on
    if visited is None:
        raise LookupError("a visited inspection has its day; call require_visited first")
    if ended_on is not None and ended_on > visited:
        raise ValidationError({"ended_on": _("Hành vi chấm dứt sau ngày kiểm tra thì để trống.")})
    return ended_on or visited


def _citation(rule: str, day: date, act: Act) -> str:
    if rule in OFFENCES:
        return citation_of(rule, day)
    typed = tidy(act.get("citation", ""))
    if rule != OTHER:
        raise ValidationError({"rule": _("Hãy chọn quy định bị vi phạm.")})
    if not typed:
        raise ValidationError({"citation": _("Hãy ghi điều khoản của quy định khác.")})
    return typed


def _suggest(violation: Violation, day: date) -> None:
    """The range of that day's decree, as our data of the law have it now."""
    violation.law_version = law_version()
    sanction = sanction_of(violation.rule, day, organisation=violation.organisation)
    if sanction is None:
        return
    violation.sanction_decree, violation.sanction_clause = sanction.decree, sanction.clause
    violation.sanction_min, violation.sanction_max = sanction.min_vnd, sanction.max_vnd
    violation.sanction_verified = sanction.verified
