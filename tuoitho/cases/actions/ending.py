"""The review (Mẫu 06), the end of a case and its reopening."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.ceasing import confirm
from tuoitho.cases.actions.growing_up import check_adult
from tuoitho.cases.actions.report_steps import tell_reporter
from tuoitho.cases.actions.steps import (
    check_levels,
    locked,
    moment_on,
    take,
    trace,
)
from tuoitho.cases.deadlines import due_moment
from tuoitho.cases.models import Case, Category, Closing, Review
from tuoitho.cases.models.assessment import Conclusion
from tuoitho.cases.models.report import ReceiptState
from tuoitho.cases.states import State
from tuoitho.lib.actors import Actor

# A case not yet assessed or decided on ends only for these reasons.
EARLY = frozenset({Closing.ADULT, Closing.MOVED, Closing.DIED, Closing.DUPLICATE})
EARLY_STATES = frozenset({State.OPENED, State.REOPENED, State.SUBMITTED})
LEVELS = ("harm_severity", "harm_access", "harm_environment", "self_protection", "recovery")


@transaction.atomic
def review_case(
    case: Case,
    *,
    no_more_risk: bool,
    stable: bool,
    conclusion: str,
    by: Actor,
    on: date,
    note: str = "",
    **levels: str,
) -> Review:
    """Judge what the plan has achieved (Điều 30): three harms and two strengths, high to low.

    ``levels`` by the names of ``LEVELS``; those left out are low for harms, high for strengths when
    there is no more risk, else medium. Closing may be concluded only without risk *and* stable.
    """
    case = locked(case)
    before = case.state
    take(case, "review", by=by, on=on, note=note)
    levels = {**_usual(no_more_risk), **levels}
    check_levels(levels, LEVELS)
    if conclusion not in Conclusion.values:
        raise ValidationError({"conclusion": _("Hãy chọn kết luận.")})
    if conclusion == Conclusion.CLOSE and not (no_more_risk and stable):
        raise ValidationError(
            {"conclusion": _("Chỉ đề nghị kết thúc khi không còn nguy cơ và trẻ đã ổn định "
                             "(khoản 2 Điều 30 NĐ 56/2017).")}
        )  # fmt: skip
    review = Review.objects.create(
        case=case, on=on, no_more_risk=no_more_risk, stable=stable, conclusion=conclusion,
        note=note, reviewed_by=by.actor_name, **levels,
    )  # fmt: skip
    case.step_due_on = on
    case.save(update_fields=["state", "step_due_on"])
    trace("cases.review", case, by=by, on=on, before={"state": before},
          after={"state": case.state, "conclusion": conclusion})  # fmt: skip
    return review


def _usual(no_more_risk: bool) -> dict[str, str]:
    harm, strength = ("low", "high") if no_more_risk else ("medium", "medium")
    return {name: strength if name in LEVELS[3:] else harm for name in LEVELS}


@transaction.atomic
def close_case(
    case: Case, *, by: Actor, on: date, reason: str = Closing.REACHED, note: str = ""
) -> Case:
    """End a case: after a review that says so, or for another reason from any step of the table.

    ``reason`` reached needs the latest review to conclude closing, and for child labour a recorded
    cessation. Raises ValidationError, PermissionDenied.
    """
    case = locked(case)
    before = case.state
    if reason not in Closing.values:
        raise ValidationError({"reason": _("Hãy chọn lý do kết thúc.")})
    reviewed = case.state == State.REVIEWED
    take(case, "close" if reviewed else "stop", by=by, on=on, note=note)
    if reason == Closing.ADULT:
        check_adult(case, on)
    if before in EARLY_STATES and reason not in EARLY:
        raise ValidationError(
            {"reason": _("Chưa đánh giá, quyết định xong nên chỉ kết thúc khi trẻ đủ 18 tuổi, đã "
                         "chuyển đi, đã mất, hoặc hồ sơ trùng với hồ sơ khác của em.")}
        )  # fmt: skip
    if reason == Closing.REACHED:
        _check_reached(case, reviewed)
        _verify_by_closing(case, by, on)
    case.closed_on, case.closing, case.step_due_on = on, reason, None
    case.emergency_pending = False
    case.save(update_fields=["state", "closed_on", "closing", "step_due_on", "emergency_pending"])
    for report in case.reports.all():
        tell_reporter(report, ReceiptState.HANDLED, on)
    trace("cases.close", case, by=by, on=on, before={"state": before},
          after={"state": case.state, "closing": reason})  # fmt: skip
    return case


def _check_reached(case: Case, reviewed: bool) -> None:
    review = case.reviews.order_by("-on", "-pk").first() if reviewed else None
    # Mẫu 06 does not bind at 16 and 17; one that was written all the same is listened to.
    free = case.outside_children_law and not reviewed
    if not free and (review is None or review.conclusion != Conclusion.CLOSE):
        raise ValidationError(
            {"reason": _("Lý do này cần một lần rà soát kết luận không còn nguy cơ và trẻ ổn định "
                         "(khoản 2 Điều 30 NĐ 56/2017).")}
        )  # fmt: skip
    if case.category == Category.CHILD_LABOUR and case.ceased_on is None:
        raise ValidationError(
            {"reason": _("Chưa ghi chấm dứt lao động trái quy định qua hai lần thăm.")}
        )


def _verify_by_closing(case: Case, by: Actor, on: date) -> None:
    """Who closes a case as reached has verified the cessation, unless somebody had before."""
    if case.ceased_on is None:
        return
    row = case.cessations.filter(ceased_on=case.ceased_on, verified_on=None).first()
    if row is not None:
        confirm(case, row, by, on)


@transaction.atomic
def reopen_case(case: Case, *, by: Actor, on: date, note: str) -> Case:
    """Open a closed case again: a new first assessment within 12 hours; its history stays.

    The days by which the first round is judged "in time" are kept. Raises ValidationError without a
    reason or when the child has another open case.
    """
    case = locked(case)
    take(case, "reopen", by=by, on=on, note=note)
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi vì sao mở lại.")})
    case.closed_on, case.closing, case.ceased_on, case.supported_since = None, "", None, None
    case.response_due_at = due_moment("first_response", moment_on(on))
    case.step_due_on = on + timedelta(days=1)
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        raise ValidationError(_("Trẻ này đã có hồ sơ khác đang mở.")) from error
    trace("cases.reopen", case, by=by, on=on, note=note, before={"state": State.CLOSED})
    return case
