"""The life of an activity, as one table. Nothing else decides what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.steps import Move


class State(models.TextChoices):
    PLANNED = "planned", _("Dự kiến")
    DONE = "done", _("Đã thực hiện")
    CANCELLED = "cancelled", _("Đã hủy")


class Step(models.TextChoices):
    PLAN = "plan", _("Lập dự kiến")
    RECORD = "record", _("Ghi nhận đã thực hiện")
    CORRECT = "correct", _("Sửa số liệu")
    CANCEL = "cancel", _("Hủy")


MOVES: tuple[Move[Step, State], ...] = (
    Move(Step.RECORD, State.PLANNED, State.DONE, "activities.record", "365/KH-UBND II.2-II.5"),
    Move(Step.CORRECT, State.DONE, State.DONE, "activities.record", "365/KH-UBND IV.1.9"),
    Move(Step.CANCEL, State.PLANNED, State.CANCELLED, "activities.record", "365/KH-UBND IV"),
    # Recorded by mistake (twice, or never held): it stays readable and is no longer counted.
    Move(Step.CANCEL, State.DONE, State.CANCELLED, "activities.record", "365/KH-UBND IV.1.9"),
)  # fmt: skip
