"""What can become of a file handed in, and of each of its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    READING = "reading", _("Đang đọc")
    REFUSED = "refused", _("Không đọc được")
    STAGED = "staged", _("Chờ ghi")
    COMMITTING = "committing", _("Đang ghi")
    COMMITTED = "committed", _("Đã ghi")


class RowFate(models.TextChoices):
    READY = "ready", _("Sẽ ghi mới")
    KNOWN = "known", _("Đã có trong sổ")
    REVIEW = "review", _("Có thể trùng, cần xem")
    REJECTED = "rejected", _("Có lỗi, không ghi")
    CREATED = "created", _("Đã ghi mới")
    COMPLETED = "completed", _("Đã có, đã bổ sung")
    UNCHANGED = "unchanged", _("Đã có, không đổi")


WRITABLE = (BatchState.STAGED, BatchState.COMMITTING, BatchState.COMMITTED)
WAITING = (RowFate.READY, RowFate.KNOWN)  # a commit takes these
STATE_COLOURS = {
    BatchState.READING: "blue", BatchState.REFUSED: "red", BatchState.STAGED: "orange",
    BatchState.COMMITTING: "orange", BatchState.COMMITTED: "green",
}  # fmt: skip
COLOURS = {
    RowFate.READY: "blue", RowFate.KNOWN: "secondary", RowFate.REVIEW: "orange",
    RowFate.REJECTED: "red", RowFate.CREATED: "green", RowFate.COMPLETED: "teal",
    RowFate.UNCHANGED: "secondary",
}  # fmt: skip
