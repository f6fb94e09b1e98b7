"""The states of a job and of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    WAITING = "waiting", _("Chờ chạy")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không chạy được")
    STOPPED = "stopped", _("Đã dừng")


class RowState(TextChoices):
    WAITING = "waiting", _("Chờ")
    DONE = "done", _("Xong")
    REFUSED = "refused", _("Bị từ chối")
    FAILED = "failed", _("Lỗi")


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.STOPPED})
COLOURS: dict[str, str] = {
    JobState.WAITING: "orange", JobState.RUNNING: "blue", JobState.DONE: "green",
    JobState.FAILED: "red", JobState.STOPPED: "red", RowState.REFUSED: "orange",
}  # fmt: skip
