"""The life of a case, as one table. Nothing else decides what may follow what.

The same rows draw the buttons of the case page, the diagram in ``docs/states.md`` and the test that
tries every pair. Articles are those of Nghị định 56/2017/NĐ-CP unless another instrument is named.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.lib import steps


class State(models.TextChoices):
    OPENED = "opened", _("Chờ đánh giá ban đầu")
    ASSESSED = "assessed", _("Chờ lập kế hoạch")
    PLANNED = "planned", _("Đang dự thảo kế hoạch")
    SUBMITTED = "submitted", _("Chờ phê duyệt")
    SUPPORTING = "supporting", _("Đang hỗ trợ, can thiệp")
    FOLLOWING = "following", _("Đang theo dõi")
    REVIEWED = "reviewed", _("Đã rà soát")
    CLOSED = "closed", _("Đã kết thúc")
    REOPENED = "reopened", _("Mở lại, chờ đánh giá")


@dataclass(frozen=True)
class Move(steps.Move[str, State]):
    """A step of a case, with what its button says there.

    ``outside_only``: only for a minor of 16 or 17, to whom the Law on Children does not apply.
    ``urgent_only``: only once an emergency measure has been decided, so that help need not wait for
    the plan.
    """

    label: str | Promise
    outside_only: bool = False
    urgent_only: bool = False

    def is_for(self, *, outside: bool, urgent: bool) -> bool:
        """Whether a case of this kind has the step at all."""
        return (outside or not self.outside_only) and (urgent or not self.urgent_only)


_ASSESS = _("Ghi đánh giá ban đầu")
_DRAFT = _("Lập kế hoạch")
_REVIEW = _("Rà soát kết quả")
_STOP = _("Kết thúc không qua rà soát")
_AT_ONCE = _("Hỗ trợ ngay, không cần kế hoạch")
_FREE = "Kế hoạch của chương trình (Luật Trẻ em không bắt buộc với người đủ 16 tuổi)"

MOVES: tuple[Move, ...] = (
    Move("assess", State.OPENED, State.ASSESSED, "cases.work", "khoản 2 Điều 26", _ASSESS),
    Move("assess", State.REOPENED, State.ASSESSED, "cases.work", "khoản 2 Điều 26", _ASSESS),
    Move("draft_plan", State.ASSESSED, State.PLANNED, "cases.work", "khoản 1 Điều 28", _DRAFT),
    Move("submit_plan", State.PLANNED, State.SUBMITTED, "cases.work", "khoản 1, 2 Điều 28",
         _("Trình phê duyệt")),
    Move("approve_plan", State.SUBMITTED, State.SUPPORTING, "cases.approve", "khoản 4 Điều 28",
         _("Phê duyệt kế hoạch")),
    Move("refuse_plan", State.SUBMITTED, State.PLANNED, "cases.approve", "khoản 4 Điều 28",
         _("Không phê duyệt")),
    Move("support", State.ASSESSED, State.SUPPORTING, "cases.work", _FREE, _AT_ONCE,
         outside_only=True),
    Move("support", State.OPENED, State.SUPPORTING, "cases.work", _FREE, _AT_ONCE,
         outside_only=True),
    Move("support", State.REOPENED, State.SUPPORTING, "cases.work", _FREE, _AT_ONCE,
         outside_only=True),
    Move("support_urgently", State.ASSESSED, State.SUPPORTING, "cases.approve",
         "khoản 3 Điều 26, Điều 31", _("Hỗ trợ khẩn cấp ngay, kế hoạch lập sau"),
         urgent_only=True),
    Move("replan", State.SUPPORTING, State.PLANNED, "cases.work", "Điều 29",
         _("Điều chỉnh kế hoạch")),
    Move("follow", State.SUPPORTING, State.FOLLOWING, "cases.work", "Điều 29",
         _("Chuyển sang theo dõi")),
    Move("resume", State.FOLLOWING, State.SUPPORTING, "cases.work", "Điều 29",
         _("Hỗ trợ tiếp")),
    Move("review", State.SUPPORTING, State.REVIEWED, "cases.work", "khoản 1 Điều 30", _REVIEW),
    Move("review", State.FOLLOWING, State.REVIEWED, "cases.work", "khoản 1 Điều 30", _REVIEW),
    Move("keep_following", State.REVIEWED, State.FOLLOWING, "cases.work", "khoản 1 Điều 30",
         _("Theo dõi tiếp")),
    Move("replan", State.REVIEWED, State.PLANNED, "cases.work", "khoản 2 Điều 30",
         _("Lập lại kế hoạch")),
    Move("close", State.REVIEWED, State.CLOSED, "cases.close", "khoản 2 Điều 30",
         _("Kết thúc hồ sơ")),
    # Only because the child has come of age, moved or died, or the case is there twice
    # (``actions.ending.EARLY``).
    Move("stop", State.OPENED, State.CLOSED, "cases.close", "khoản 2 Điều 26", _STOP),
    Move("stop", State.REOPENED, State.CLOSED, "cases.close", "khoản 2 Điều 26", _STOP),
    Move("stop", State.SUBMITTED, State.CLOSED, "cases.close", "khoản 4 Điều 28", _STOP),
    Move("stop", State.ASSESSED, State.CLOSED, "cases.close", "khoản 2 Điều 26", _STOP),
    Move("stop", State.PLANNED, State.CLOSED, "cases.close", "khoản 2 Điều 26", _STOP),
    Move("stop", State.SUPPORTING, State.CLOSED, "cases.close", "Điều 29", _STOP),
    Move("stop", State.FOLLOWING, State.CLOSED, "cases.close", "Điều 30", _STOP),
    Move("reopen", State.CLOSED, State.REOPENED, "cases.close", "Điều 30", _("Mở lại hồ sơ")),
)  # fmt: skip

# The line a case runs along when nothing goes back: what the stepper shows.
MAIN_LINE: tuple[State, ...] = (
    State.OPENED, State.ASSESSED, State.PLANNED, State.SUBMITTED, State.SUPPORTING,
    State.FOLLOWING, State.REVIEWED, State.CLOSED,
)  # fmt: skip

# Steps that carry no more than a day and a note; the others have their own action.
PLAIN_STEPS = frozenset({"follow", "resume", "keep_following"})
