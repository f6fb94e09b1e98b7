"""Everything that changes what was given to the programme (II.6)."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.budget.models import Contribution, ContributionUse
from tuoitho.budget.offices import drafted_by
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import tidy
from tuoitho.ui.formats import vn_money
from tuoitho.units.models import Unit

LOGGED = [
    "donor", "donor_kind", "owner", "kind", "goods", "amount", "on", "received_on", "purpose",
    "used",
]  # fmt: skip


@transaction.atomic
def record_contribution(  # noqa: PLR0913 - a gift is recorded in one sentence
    unit: Unit,
    *,
    donor: str,
    donor_kind: str,
    owner: str,
    kind: str,
    amount: int,
    purpose: str,
    by: Actor,
    on: date,
    goods: str = "",
    received_on: date | None = None,
    note: str = "",
) -> Contribution:
    """What a donor pledged on day ``on`` (goods: their value in đồng), perhaps received already.

    Raises ValidationError and PermissionDenied (an office this person does not act for).
    """
    by.require("budget.spend", unit)
    contribution = Contribution(
        unit=unit, donor=tidy(donor), donor_kind=donor_kind, owner=owner, kind=kind,
        goods=tidy(goods), amount=amount, purpose=tidy(purpose), on=on,
    )  # fmt: skip
    _check_owner(contribution, by)
    if on > today():
        raise ValidationError({"on": _("Ngày không thể ở tương lai.")})
    if kind == "goods" and not contribution.goods:
        raise ValidationError({"goods": _("Hãy ghi tên và số lượng hiện vật.")})
    _receive(contribution, received_on)
    contribution.full_clean()
    contribution.save()
    record(
        "budget.contribute", contribution, by=by, on=on, note=note,
        after=snapshot(contribution, LOGGED),
    )  # fmt: skip
    return contribution


@transaction.atomic
def receive_contribution(
    contribution: Contribution, *, by: Actor, on: date, amount: int | None = None, note: str = ""
) -> Contribution:
    """The pledge came in on day ``on``; ``amount`` đồng if another sum than was pledged."""
    contribution = _locked(contribution, by)
    if contribution.received_on is not None:
        raise ValidationError(_("Khoản này đã nhận."))
    before = snapshot(contribution, LOGGED)
    if amount is not None:
        contribution.amount = amount
    _receive(contribution, on)
    contribution.full_clean()
    contribution.save()
    record(
        "budget.receive", contribution, by=by, on=on, note=note, before=before,
        after=snapshot(contribution, LOGGED),
    )  # fmt: skip
    return contribution


@transaction.atomic
def use_contribution(
    contribution: Contribution, *, amount: int, what: str, by: Actor, on: date, note: str = ""
) -> ContributionUse:
    """``amount`` đồng (or of value) of it were used for ``what``, within what is left."""
    contribution = _locked(contribution, by)
    if on > today():
        raise ValidationError({"on": _("Ngày không thể ở tương lai.")})
    if contribution.received_on is None or on < contribution.received_on:
        raise ValidationError({"on": _("Chưa nhận vào ngày đó thì chưa dùng được.")})
    if amount <= 0:
        raise ValidationError({"amount": _("Số tiền phải lớn hơn 0.")})
    if amount > contribution.remaining:
        raise ValidationError(
            {"amount": _("Vượt số còn lại: %(left)s.") % {"left": vn_money(contribution.remaining)}}
        )
    before = snapshot(contribution, LOGGED)
    use = ContributionUse(contribution=contribution, on=on, amount=amount, what=tidy(what))
    use.full_clean()
    use.save()
    contribution.used += amount
    contribution.save(update_fields=["used"])
    record(
        "budget.use", contribution, by=by, on=on, note=note or use.what, before=before,
        after=snapshot(contribution, LOGGED),
    )  # fmt: skip
    return use


def _locked(contribution: Contribution, by: Actor) -> Contribution:
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    by.require("budget.spend", contribution)
    _check_owner(contribution, by)
    return contribution


def _check_owner(contribution: Contribution, by: Actor) -> None:
    if contribution.owner not in drafted_by(by, contribution.unit):
        raise PermissionDenied(f"{by.actor_name}: the money of {contribution.owner}")


def _receive(contribution: Contribution, day: date | None) -> None:
    if day is None:
        return
    if day > today() or day < contribution.on:
        raise ValidationError(
            {"received_on": _("Ngày nhận phải từ ngày cam kết đến hôm nay.")}
        )  # fmt: skip
    contribution.received_on = day
