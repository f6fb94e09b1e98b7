"""Everything that changes an estimate and its spending."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record, snapshot
from tuoitho.budget.models import Expenditure, Line, LineMove
from tuoitho.budget.offices import drafted_by
from tuoitho.budget.states import MOVES, State, Step
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import Move, move_from
from tuoitho.lib.text import tidy
from tuoitho.ui.formats import vn_money
from tuoitho.units.models import Organisation, Unit

ESTIMATED = ("organisation", "task_code", "source", "purpose", "estimate")
LOGGED = [
    "year", "owner", *ESTIMATED, "state", "approved", "spent", "decided_on", "decision_number",
    "refusal", "settled_on", "settlement_number",
]  # fmt: skip


@transaction.atomic
def draft_line(  # noqa: PLR0913 - an estimate is drafted in one sentence
    unit: Unit,
    *,
    year: int,
    owner: str,
    task_code: str,
    source: str,
    purpose: str,
    estimate: int,
    by: Actor,
    on: date,
    organisation: Organisation | None = None,
    note: str = "",
) -> Line:
    """Ask ``estimate`` đồng for one purpose in ``year``, for an office this person drafts for.

    Raises ValidationError (also when the year's accounts are shut, after 31 January of the next)
    and PermissionDenied (another office's estimate).
    """
    by.require("budget.estimate", unit)
    _not_in_future(on)
    line = Line(unit=unit, year=year, owner=owner)
    _check_owner(line, by)
    if on > line.last_spending_day:
        raise ValidationError({"year": _("Năm ngân sách này đã khóa sổ.")})
    _estimate(
        line, organisation=organisation, task_code=task_code, source=source, purpose=purpose,
        estimate=estimate,
    )  # fmt: skip
    line.save()
    _append(line, Step.DRAFT, by=by, on=on, note=note)
    record("budget.draft", line, by=by, on=on, note=note, after=snapshot(line, LOGGED))
    return line


@transaction.atomic
def correct_line(line: Line, *, by: Actor, on: date, note: str = "", **facts: Any) -> Line:
    """Change ``ESTIMATED`` facts of an estimate not submitted, or refused (then drafted again)."""
    line, step = _locked(line, Step.CORRECT, by)
    _check_owner(line, by)
    _not_in_future(on)
    before = snapshot(line, LOGGED)
    _estimate(line, **facts)
    return _moved(line, step, by=by, on=on, note=note, before=before)


@transaction.atomic
def submit_line(line: Line, *, by: Actor, on: date, note: str = "") -> Line:
    """Send the estimate to the finance office for appraisal (IV.6)."""
    line, step = _locked(line, Step.SUBMIT, by)
    _check_owner(line, by)
    _not_in_future(on)
    before = snapshot(line, LOGGED)
    line.submitted_on = on
    line.submitted_by = User.objects.get(pk=by.pk)
    return _moved(line, step, by=by, on=on, note=note, before=before)


@transaction.atomic
def approve_line(
    line: Line, *, approved: int, by: Actor, on: date, decision_number: str = "", note: str = ""
) -> Line:
    """``approved`` đồng, at most the estimate, appraised by somebody else than who submitted it."""
    line, step = _appraised(line, Step.APPROVE, by=by, on=on)
    if not 0 < approved <= line.estimate:
        raise ValidationError({"approved": _("Phải lớn hơn 0 và không vượt dự toán đã trình.")})
    before = snapshot(line, LOGGED)
    line.approved, line.decided_on = approved, on
    line.decision_number = tidy(decision_number)
    line.refusal = ""
    return _moved(line, step, by=by, on=on, note=note, before=before)


@transaction.atomic
def refuse_line(line: Line, *, reason: str, by: Actor, on: date, decision_number: str = "") -> Line:
    """Not approved, for a ``reason`` its office reads and answers by correcting the estimate."""
    line, step = _appraised(line, Step.REFUSE, by=by, on=on)
    if not tidy(reason):
        raise ValidationError({"reason": _("Hãy ghi lý do.")})
    before = snapshot(line, LOGGED)
    line.refusal, line.decided_on = reason.strip(), on
    line.decision_number = tidy(decision_number)
    return _moved(line, step, by=by, on=on, note=reason, before=before)


@transaction.atomic
def spend_line(
    line: Line, *, amount: int, paid_on: date, what: str, voucher: str, by: Actor, on: date
) -> Expenditure:
    """A payment of ``amount`` đồng by ``voucher``, within what is left of the approved sum.

    ``paid_on`` lies in the budget year, or in January after it while accounts are put right. The
    line is locked first, so two people cannot spend the same đồng. Raises ValidationError.
    """
    line, step = _locked(line, Step.SPEND, by)
    _check_owner(line, by)
    _not_in_future(on)
    _check_payment(line, amount, paid_on, on)
    if line.expenditures.standing().filter(voucher=tidy(voucher)).exists():
        raise ValidationError({"voucher": _("Chứng từ này đã ghi cho dòng kinh phí này.")})
    before = snapshot(line, LOGGED)
    expenditure = Expenditure(
        line=line, on=paid_on, amount=amount, what=tidy(what), voucher=tidy(voucher)
    )
    expenditure.full_clean()
    expenditure.save()
    line.spent += amount
    note = f"{expenditure.voucher}: {vn_money(amount)}"
    _moved(line, step, by=by, on=on, note=note, before=before)
    return expenditure


@transaction.atomic
def withdraw_expenditure(
    expenditure: Expenditure, *, reason: str, by: Actor, on: date
) -> Expenditure:
    """A payment recorded by mistake counts no more; it stays readable with the reason."""
    line, step = _locked(expenditure.line, Step.WITHDRAW, by)
    _check_owner(line, by)
    _not_in_future(on)
    expenditure = Expenditure.objects.select_for_update().get(pk=expenditure.pk)
    if expenditure.withdrawn_on is not None:
        raise ValidationError(_("Chứng từ này đã hủy."))
    if not tidy(reason):
        raise ValidationError({"reason": _("Hãy ghi lý do.")})
    before = snapshot(line, LOGGED)
    expenditure.withdrawn_on, expenditure.withdrawal = on, tidy(reason)
    expenditure.save(update_fields=["withdrawn_on", "withdrawal"])
    line.spent -= expenditure.amount
    _moved(line, step, by=by, on=on, note=f"{expenditure.voucher}: {reason}", before=before)
    return expenditure


@transaction.atomic
def settle_line(
    line: Line, *, by: Actor, on: date, settlement_number: str = "", note: str = ""
) -> Line:
    """Close the line with what was spent; nothing in it changes from then on."""
    line, step = _locked(line, Step.SETTLE, by)
    _check_owner(line, by)
    _not_in_future(on)
    latest = line.expenditures.standing().order_by("-on").first()
    if latest is not None and on < latest.on:
        raise ValidationError({"on": _("Không thể quyết toán trước ngày chi cuối cùng.")})
    before = snapshot(line, LOGGED)
    line.settled_on, line.settlement_number = on, tidy(settlement_number)
    return _moved(line, step, by=by, on=on, note=note, before=before)


def _locked(line: Line, wanted: Step, by: Actor) -> tuple[Line, Move[Step, State]]:
    """The row under lock and the step of the table, once the actor may take it."""
    line = Line.objects.select_for_update(of=("self",)).get(pk=line.pk)
    step = move_from(MOVES, line.state, wanted)
    if step is None:
        raise ValidationError(
            _("Dòng kinh phí “%(state)s” thì không thể: %(step)s.")
            % {"state": line.get_state_display().lower(), "step": wanted.label.lower()}
        )
    by.require(step.permission, line)
    return line, step


def _appraised(line: Line, wanted: Step, *, by: Actor, on: date) -> tuple[Line, Move[Step, State]]:
    line, step = _locked(line, wanted, by)
    _not_in_future(on)
    if line.submitted_by_id == by.pk:
        raise ValidationError(_("Người trình dự toán không tự thẩm định dự toán của mình."))
    if line.submitted_on is not None and on < line.submitted_on:
        raise ValidationError({"on": _("Không thể trước ngày trình.")})
    return line, step


def _estimate(line: Line, **facts: Any) -> None:
    strange = set(facts) - set(ESTIMATED)
    if strange:
        raise TypeError(f"an estimate has no {sorted(strange)}")
    for name, value in facts.items():
        setattr(line, name, tidy(value) if isinstance(value, str) else value)
    organisation = line.organisation
    if organisation and not (
        Organisation.objects.within(line.unit).filter(pk=organisation.pk).exists()
    ):
        raise ValidationError({"organisation": _("Đơn vị này không thuộc địa bàn đã chọn.")})
    line.full_clean()


def _check_payment(line: Line, amount: int, paid_on: date, on: date) -> None:
    if paid_on > on:
        raise ValidationError({"paid_on": _("Ngày chi không thể ở tương lai.")})
    if not date(line.year, 1, 1) <= paid_on <= line.last_spending_day:
        raise ValidationError(
            {"paid_on": _("Ngày chi phải trong năm ngân sách hoặc tháng 01 năm sau.")}
        )
    if line.decided_on is not None and paid_on < line.decided_on:
        raise ValidationError({"paid_on": _("Không thể chi trước ngày phê duyệt.")})
    if amount <= 0:
        raise ValidationError({"amount": _("Số tiền phải lớn hơn 0.")})
    if amount > line.remaining:
        left = {"left": vn_money(line.remaining)}
        raise ValidationError({"amount": _("Vượt số được duyệt: chỉ còn %(left)s.") % left})


def _check_owner(line: Line, by: Actor) -> None:
    if line.owner not in drafted_by(by, line.unit):
        raise PermissionDenied(f"{by.actor_name}: the money of {line.owner}")


def _moved(
    line: Line, step: Move[Step, State], *, by: Actor, on: date, note: str, before: dict[str, Any]
) -> Line:
    line.state = step.target
    line.save()
    _append(line, step.name, by=by, on=on, note=note)
    record(
        f"budget.{step.name}", line, by=by, on=on, note=note, before=before,
        after=snapshot(line, LOGGED),
    )  # fmt: skip
    return line


def _append(line: Line, step: Step, *, by: Actor, on: date, note: str) -> None:
    LineMove.objects.create(
        line=line, step=step, target=line.state, on=on, by=by.actor_name, note=note
    )


def _not_in_future(on: date) -> None:
    if on > today():
        raise ValidationError({"on": _("Ngày không thể ở tương lai.")})
