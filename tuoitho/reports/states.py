"""The life of an annual report and of the consolidated one, each as a table.

The same rows draw the buttons, the diagram in ``docs/states.md`` and the test that tries all pairs.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.lib import steps


class State(models.TextChoices):
    """Where the report of one unit or office stands."""

    OWED = "owed", _("Chưa lập")
    DRAFT = "draft", _("Đang viết")
    SIGNED = "signed", _("Đã ký, chưa gửi")
    SENT = "sent", _("Đã gửi, chờ tiếp nhận")
    RETURNED = "returned", _("Bị trả lại")
    ACCEPTED = "accepted", _("Đã tiếp nhận")


class Step(models.TextChoices):
    """What may be done to a report; the name of the action and of the line of history."""

    CALL = "call", _("Đưa vào danh sách theo dõi")
    START = "start", _("Bắt đầu viết")
    WRITE = "write", _("Viết nội dung")
    SIGN = "sign", _("Ký, chốt số liệu")
    SEND = "send", _("Gửi")
    RETURN = "return", _("Trả lại")
    ACCEPT = "accept", _("Tiếp nhận")
    AMEND = "amend", _("Lập bản thay thế")
    PUBLISH = "publish", _("Công bố số liệu")
    WITHDRAW = "withdraw", _("Thôi công bố")


@dataclass(frozen=True)
class Move(steps.Move[Step, State]):
    """A step of a report. ``own``: only those who speak for the unit or office whose report it is
    take it."""

    own: bool = True


_EVERY_YEAR = "365/KH-UBND, phần IV, đoạn cuối"
_FIGURES = "30/2020/NĐ-CP, Điều 13, 15"
DELIVERED = (State.SENT, State.ACCEPTED)
FROZEN = (State.SIGNED, State.SENT, State.RETURNED, State.ACCEPTED)

REPORT_MOVES: tuple[Move, ...] = (
    Move(Step.START, State.OWED, State.DRAFT, "reports.write", _EVERY_YEAR),
    Move(Step.WRITE, State.DRAFT, State.DRAFT, "reports.write", _EVERY_YEAR),
    Move(Step.SIGN, State.DRAFT, State.SIGNED, "reports.sign", _FIGURES),
    Move(Step.SEND, State.SIGNED, State.SENT, "reports.write", _EVERY_YEAR),
    Move(Step.ACCEPT, State.SENT, State.ACCEPTED, "reports.consolidate", _EVERY_YEAR, own=False),
    Move(Step.RETURN, State.SENT, State.RETURNED, "reports.consolidate", _EVERY_YEAR, own=False),
    # What was signed is never edited: a further edition is signed, and the first one stays.
    *(Move(Step.AMEND, state, State.DRAFT, "reports.write", _FIGURES) for state in FROZEN),
)

CONSOLIDATION_MOVES: tuple[Move, ...] = (
    Move(Step.WRITE, State.DRAFT, State.DRAFT, "reports.consolidate", _EVERY_YEAR, own=False),
    Move(Step.SIGN, State.DRAFT, State.SIGNED, "reports.sign", _FIGURES),
    Move(Step.SEND, State.SIGNED, State.SENT, "reports.consolidate", _EVERY_YEAR, own=False),
    Move(Step.PUBLISH, State.SENT, State.SENT, "reports.consolidate", _EVERY_YEAR, own=False),
    Move(Step.WITHDRAW, State.SENT, State.SENT, "reports.consolidate", _EVERY_YEAR, own=False),
    *(
        Move(Step.AMEND, state, State.DRAFT, "reports.consolidate", _FIGURES, own=False)
        for state in (State.SIGNED, State.SENT)
    ),
)
CONSOLIDATION_STATES = (State.DRAFT, State.SIGNED, State.SENT)
