"""The lives of a referral, of a consent and of a handover, each as one table.

The same rows draw the buttons, the diagrams in ``docs/states.md`` and the tests over all pairs.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.lib import steps


class ReferralState(models.TextChoices):
    OFFERED = "offered", _("Chờ trả lời")
    ACCEPTED = "accepted", _("Đã nhận")
    REFUSED = "refused", _("Từ chối")
    DONE = "done", _("Đã xong")
    TAKEN_BACK = "taken_back", _("Đã rút lại")


class ConsentState(models.TextChoices):
    GIVEN = "given", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")
    WITHDRAWN = "withdrawn", _("Đã rút lại")


class HandoverState(models.TextChoices):
    OFFERED = "offered", _("Chờ nhận")
    ACCEPTED = "accepted", _("Đã nhận")
    REFUSED = "refused", _("Không nhận")
    TAKEN_BACK = "taken_back", _("Đã rút lại")


@dataclass(frozen=True)
class Move(steps.Move[str, models.TextChoices]):
    """A step between two bodies, with what its button says. ``side``: who takes it, the body that
    asked ("sender") or the one that was asked ("receiver")."""

    side: str
    label: str | Promise


_PROGRAMME = "Quy trình của chương trình; Điều 29 Nghị định 56/2017/NĐ-CP"
_HANDOVER = "Quy trình của chương trình; khoản 2 Điều 52 Luật Trẻ em 2016"
_TAKE_BACK = _("Rút lại")

REFERRAL_MOVES: tuple[Move, ...] = (
    Move("accept", ReferralState.OFFERED, ReferralState.ACCEPTED, "cases.answer",
         _PROGRAMME, "receiver", _("Nhận hỗ trợ")),
    Move("refuse", ReferralState.OFFERED, ReferralState.REFUSED, "cases.answer",
         _PROGRAMME, "receiver", _("Từ chối")),
    Move("finish", ReferralState.ACCEPTED, ReferralState.DONE, "cases.answer",
         _PROGRAMME, "receiver", _("Báo kết quả")),
    Move("take_back", ReferralState.OFFERED, ReferralState.TAKEN_BACK, "cases.work",
         _PROGRAMME, "sender", _TAKE_BACK),
    Move("take_back", ReferralState.ACCEPTED, ReferralState.TAKEN_BACK, "cases.work",
         _PROGRAMME, "sender", _TAKE_BACK),
)  # fmt: skip

CONSENT_MOVES: tuple[Move, ...] = (
    Move("withdraw", ConsentState.GIVEN, ConsentState.WITHDRAWN, "cases.work",
         "Điều 9 Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15", "sender", _("Ghi rút lại đồng ý")),
)  # fmt: skip

HANDOVER_MOVES: tuple[Move, ...] = (
    Move("accept", HandoverState.OFFERED, HandoverState.ACCEPTED, "cases.transfer",
         _HANDOVER, "receiver", _("Nhận bàn giao")),
    Move("refuse", HandoverState.OFFERED, HandoverState.REFUSED, "cases.transfer",
         _HANDOVER, "receiver", _("Không nhận")),
    Move("take_back", HandoverState.OFFERED, HandoverState.TAKEN_BACK, "cases.transfer",
         _HANDOVER, "sender", _TAKE_BACK),
)  # fmt: skip
