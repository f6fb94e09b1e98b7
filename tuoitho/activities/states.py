"""The life of an activity, as one table. Nothing else decides what may follow what."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PLANNED = "planned", _("Dự kiến")
    DONE = "done", _("Đã thực hiện")
    CANCELLED = "cancelled", _("Đã hủy")


class Step(models.TextChoices):
    PLAN = "plan", _("Lập dự kiến")
    RECORD = "record", _("Ghi nhận đã thực hiện")
    CORRECT = "correct", _("Sửa số liệu")
    CANCEL = "cancel", _("Hủy")


@dataclass(frozen=True)
class Move:
    """One allowed step: from a state to a state, by whom, on what ground."""

    step: Step
    source: State
    target: State
    permission: str
    basis: str


MOVES = (
    Move(Step.RECORD, State.PLANNED, State.DONE, "activities.record", "365/KH-UBND II.2-II.5"),
    Move(Step.CORRECT, State.DONE, State.DONE, "activities.record", "365/KH-UBND IV.1.9"),
    Move(Step.CANCEL, State.PLANNED, State.CANCELLED, "activities.record", "365/KH-UBND IV"),
    # Recorded by mistake (twice, or never held): it stays readable and is no longer counted.
    Move(Step.CANCEL, State.DONE, State.CANCELLED, "activities.record", "365/KH-UBND IV.1.9"),
)  # fmt: skip


def move_for(step: Step, source: str) -> Move | None:
    """The row of the table for ``step`` from ``source``; None when there is no such step."""
    return next((m for m in MOVES if m.step == step and m.source == source), None)


def steps_from(source: str) -> list[Step]:
    """What may happen next to an activity in this state: the buttons of its page."""
    return [m.step for m in MOVES if m.source == source]
