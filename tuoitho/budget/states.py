"""The life of a budget line, as one table. Nothing else decides what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.steps import Move


class State(models.TextChoices):
    DRAFTED = "drafted", _("Đang lập")
    SUBMITTED = "submitted", _("Chờ thẩm định")
    APPROVED = "approved", _("Đã phê duyệt")
    REFUSED = "refused", _("Không phê duyệt")
    CLOSED = "closed", _("Đã quyết toán")


class Step(models.TextChoices):
    DRAFT = "draft", _("Lập dự toán")
    CORRECT = "correct", _("Sửa dự toán")
    SUBMIT = "submit", _("Trình thẩm định")
    APPROVE = "approve", _("Phê duyệt")
    REFUSE = "refuse", _("Không phê duyệt")
    SPEND = "spend", _("Ghi chi")
    WITHDRAW = "withdraw", _("Hủy chứng từ ghi sai")
    SETTLE = "settle", _("Quyết toán")


_OWN = "365/KH-UBND III, đoạn 3"
_APPRAISED = "365/KH-UBND IV.6"

MOVES: tuple[Move[Step, State], ...] = (
    Move(Step.CORRECT, State.DRAFTED, State.DRAFTED, "budget.estimate", _OWN),
    # A refused estimate is mended and submitted again; the reason stays in its history.
    Move(Step.CORRECT, State.REFUSED, State.DRAFTED, "budget.estimate", _OWN),
    Move(Step.SUBMIT, State.DRAFTED, State.SUBMITTED, "budget.estimate", _OWN),
    Move(Step.APPROVE, State.SUBMITTED, State.APPROVED, "budget.approve", _APPRAISED),
    Move(Step.REFUSE, State.SUBMITTED, State.REFUSED, "budget.approve", _APPRAISED),
    Move(Step.SPEND, State.APPROVED, State.APPROVED, "budget.spend", _OWN),
    Move(Step.WITHDRAW, State.APPROVED, State.APPROVED, "budget.spend", _OWN),
    Move(Step.SETTLE, State.APPROVED, State.CLOSED, "budget.spend", _OWN),
)
