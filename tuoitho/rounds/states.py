"""The life of a screening round as one table, and the closed lists of the room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.steps import Move


class State(models.TextChoices):
    DRAFTED = "drafted", _("Đang lập")
    RUNNING = "running", _("Đang rà soát")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


class Step(models.TextChoices):
    START = "start", _("Bắt đầu, lập danh sách")
    CANCEL = "cancel", _("Hủy đợt")
    CLOSE = "close", _("Kết thúc đợt")


class Group(models.TextChoices):
    """Whom a round visits. The first four are named by the plan (II.4: "trẻ em trong các hộ gia
    đình, đặc biệt nhóm trẻ có hoàn cảnh đặc biệt, … gia đình nghèo, cận nghèo"); the others are the
    programme's own choice."""

    EVERYONE = "everyone", _("Mọi trẻ trong độ tuổi")
    POOR = "poor", _("Hộ nghèo, hộ cận nghèo")
    SPECIAL = "special", _("Có hoàn cảnh đặc biệt")
    AT_RISK = "at_risk", _("Có điểm nguy cơ từ mức chọn")
    OUT_OF_SCHOOL = "out_of_school", _("Đã bỏ học")
    CRAFT = "craft", _("Ở thôn có cơ sở làng nghề")


class NotMet(models.TextChoices):
    """Why a child was not met."""

    MOVED = "moved", _("Đã chuyển đi nơi khác")
    ABSENT = "absent", _("Vắng nhà")
    REFUSED = "refused", _("Gia đình không tiếp")
    OTHER = "other", _("Lý do khác")


MOVES: tuple[Move[Step, State], ...] = (
    Move(Step.START, State.DRAFTED, State.RUNNING, "rounds.manage", "KH 365 II.4, IV.1"),
    Move(Step.CANCEL, State.DRAFTED, State.CANCELLED, "rounds.manage", "KH 365 II.4"),
    Move(Step.CLOSE, State.RUNNING, State.CLOSED, "rounds.manage", "KH 365 II.4, IV.1"),
)
