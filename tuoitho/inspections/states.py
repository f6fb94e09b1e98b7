"""The life of an inspection as one table, and the closed lists of the room."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PLANNED = "planned", _("Đã lập lịch")
    DONE = "done", _("Đã kiểm tra, đang theo dõi")
    CLOSED = "closed", _("Kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


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


@dataclass(frozen=True)
class Move:
    """One allowed step, the permission it needs and the paragraph it comes from."""

    name: str
    source: State
    target: State
    permission: str
    basis: str


MOVES = (
    Move("record_findings", State.PLANNED, State.DONE, "inspections.record", "KH 365 II.7, IV.1"),
    Move("close", State.DONE, State.CLOSED, "inspections.record", "KH 365 II.7"),
    Move("reopen", State.CLOSED, State.DONE, "inspections.record", "KH 365 II.7"),
    Move("cancel", State.PLANNED, State.CANCELLED, "inspections.schedule", "KH 365 II.7"),
)


def move_between(source: str, target: str) -> Move | None:
    """The step of the table from one state to another, None when there is none."""
    return next((m for m in MOVES if (m.source, m.target) == (source, target)), None)


def step_from(source: str, name: str) -> Move | None:
    """The step called ``name`` if it may be taken in state ``source``, else None."""
    return next((m for m in MOVES if (m.source, m.name) == (source, name)), None)
