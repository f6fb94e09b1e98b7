"""The life of an inspection as one table, and the closed lists of the room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.steps import Move


class State(models.TextChoices):
    PLANNED = "planned", _("Đã lập lịch")
    DONE = "done", _("Đã kiểm tra, đang theo dõi")
    CLOSED = "closed", _("Kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


class Step(models.TextChoices):
    RECORD = "record_findings", _("Ghi kết quả kiểm tra")
    CLOSE = "close", _("Kết thúc cuộc kiểm tra")
    REOPEN = "reopen", _("Mở lại cuộc kiểm tra")
    CANCEL = "cancel", _("Hủy cuộc kiểm tra")


VISITED = (State.DONE, State.CLOSED)


class Kind(models.TextChoices):
    """Plan II.7: "định kỳ, đột xuất … hoặc lồng ghép"."""

    PLANNED = "planned", _("Định kỳ")
    SURPRISE = "surprise", _("Đột xuất")
    COMBINED = "combined", _("Lồng ghép")


class Answer(models.TextChoices):
    """The answer to one line of the checklist."""

    KEPT = "kept", _("Đúng")
    BROKEN = "broken", _("Vi phạm")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng")
    UNKNOWN = "unknown", _("Chưa rõ")


class Result(models.TextChoices):
    """What was seen when a measure was verified."""

    REMEDIED = "remedied", _("Đã khắc phục")
    NOT_REMEDIED = "not_remedied", _("Chưa khắc phục")


class Decider(models.TextChoices):
    """Who signs the decision; the codes are the ends of ``procedure.power_…`` in the law's data."""

    COMMUNE_CHAIR = "commune_chair", _("Chủ tịch Ủy ban nhân dân cấp xã")
    HOME_AFFAIRS_DIRECTOR = "home_affairs_director", _("Giám đốc Sở Nội vụ")
    PROVINCIAL_CHAIR = "provincial_chair", _("Chủ tịch Ủy ban nhân dân cấp tỉnh")
    OTHER = "other", _("Người có thẩm quyền khác")


MOVES: tuple[Move[Step, State], ...] = (
    Move(Step.RECORD, State.PLANNED, State.DONE, "inspections.record", "KH 365 II.7, IV.1"),
    Move(Step.CLOSE, State.DONE, State.CLOSED, "inspections.record", "KH 365 II.7"),
    Move(Step.REOPEN, State.CLOSED, State.DONE, "inspections.record", "KH 365 II.7"),
    Move(Step.CANCEL, State.PLANNED, State.CANCELLED, "inspections.schedule", "KH 365 II.7"),
)
