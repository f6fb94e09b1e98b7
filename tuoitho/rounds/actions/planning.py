"""A round is planned, corrected while it is a draft, cancelled."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import tidy
from tuoitho.rounds.actions.listing import keep_lists
from tuoitho.rounds.actions.moving import checked_step, finish_step, locked
from tuoitho.rounds.models import Round
from tuoitho.rounds.models.round import OLDEST, YOUNGEST
from tuoitho.rounds.states import Group, State, Step
from tuoitho.units.models import Unit

PLANNED = ["name", "basis", "groups", "age_low", "age_high", "score_from", "first_day", "last_day"]


class Plan(TypedDict, total=False):
    """What a plan of a round says besides its place; ``communes`` empty: all of the unit."""

    name: str
    basis: str
    communes: Iterable[Unit]
    groups: Sequence[str]
    age_low: int
    age_high: int
    score_from: int | None
    first_day: date
    last_day: date


@transaction.atomic
def draft_round(unit: Unit, *, by: Actor, on: date, **plan: Unpack[Plan]) -> Round:
    """Plan a round of ``unit`` (an area, or one commune), with a list for each of its hamlets.

    Raises PermissionDenied without ``rounds.manage`` there, ValidationError by field.
    """
    by.require("rounds.manage", unit)
    planned = Round(unit=unit)
    communes = _take(planned, plan)
    planned.save()
    planned.communes.set(communes)
    keep_lists(planned)
    record("rounds.draft", planned, by=by, on=on, after=snapshot(planned, PLANNED))
    return planned


@transaction.atomic
def correct_round(planned: Round, *, by: Actor, on: date, **plan: Unpack[Plan]) -> Round:
    """Change the plan of a round that has not begun."""
    planned = locked(planned)
    if planned.state != State.DRAFTED:
        raise ValidationError(_("Chỉ sửa được kế hoạch khi đợt rà soát chưa bắt đầu."))
    by.require("rounds.manage", planned)
    before = snapshot(planned, PLANNED)
    communes = _take(planned, plan)
    planned.save()
    planned.communes.set(communes)
    keep_lists(planned)
    record("rounds.correct", planned, by=by, on=on, before=before,
           after=snapshot(planned, PLANNED))  # fmt: skip
    return planned


@transaction.atomic
def cancel_round(planned: Round, *, by: Actor, on: date, note: str) -> Round:
    """Give up a round that has not begun; ``note`` says why and is required."""
    planned = locked(planned)
    step = checked_step(planned, Step.CANCEL, by, on)
    if not tidy(note):
        raise ValidationError({"note": _("Hãy ghi lý do hủy.")})
    return finish_step(planned, step, by=by, on=on, note=tidy(note))


def _take(planned: Round, plan: Plan) -> list[Unit]:
    """Put the plan into the row. Returns its communes; raises ValidationError by field."""
    planned.name = tidy(plan.get("name", ""))
    planned.basis = tidy(plan.get("basis", ""))
    planned.groups = [group for group in Group if group in plan.get("groups", ())]
    planned.age_low = plan.get("age_low", YOUNGEST)
    planned.age_high = plan.get("age_high", OLDEST)
    by_score = Group.AT_RISK in planned.groups
    planned.score_from = plan.get("score_from") if by_score else None
    planned.first_day, planned.last_day = plan["first_day"], plan["last_day"]
    communes = _communes(planned, list(plan.get("communes", ())))
    wrong: dict[str, str] = {}
    if not planned.name:
        wrong["name"] = _("Hãy đặt tên đợt rà soát.")
    if not planned.groups:
        wrong["groups"] = _("Hãy chọn ít nhất một nhóm trẻ.")
    if by_score and planned.score_from is None:
        wrong["score_from"] = _("Hãy ghi từ bao nhiêu điểm.")
    if not 0 <= planned.age_low <= planned.age_high <= OLDEST:
        wrong["age_high"] = _("Tuổi đến phải từ tuổi đầu trở lên và không quá 17.")
    if planned.last_day < planned.first_day:
        wrong["last_day"] = _("Ngày cuối không thể trước ngày bắt đầu.")
    if not communes:
        wrong["communes"] = _("Không có xã, phường nào của địa bàn này vào ngày bắt đầu.")
    if wrong:
        raise ValidationError(wrong)
    return communes


def _communes(planned: Round, chosen: list[Unit]) -> list[Unit]:
    below = Unit.objects.as_of(planned.first_day).communes().within(planned.unit)
    if chosen:
        below = below.filter(pk__in=[unit.pk for unit in chosen])
    return list(below.distinct())
