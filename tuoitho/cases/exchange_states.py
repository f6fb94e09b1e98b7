"""The lives of a referral, of a consent and of a handover, each as one table.

The same rows draw the buttons, the diagrams in ``docs/states.md`` and the tests over all pairs.
``side`` says who takes the step: the body that asked ("sender") or the one that was asked
("receiver").
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
class Step:
    """One step of one of the tables: from, to, who takes it by which permission and basis."""

    name: str
    source: str
    target: str
    side: str
    permission: str
    basis: str
    label: str | Promise


_PROGRAMME = "Quy trình của chương trình; Điều 29 Nghị định 56/2017/NĐ-CP"
_HANDOVER = "Quy trình của chương trình; khoản 2 Điều 52 Luật Trẻ em 2016"
_TAKE_BACK = _("Rút lại")

REFERRAL_STEPS: tuple[Step, ...] = (
    Step("accept", ReferralState.OFFERED, ReferralState.ACCEPTED, "receiver", "cases.answer",
         _PROGRAMME, _("Nhận hỗ trợ")),
    Step("refuse", ReferralState.OFFERED, ReferralState.REFUSED, "receiver", "cases.answer",
         _PROGRAMME, _("Từ chối")),
    Step("finish", ReferralState.ACCEPTED, ReferralState.DONE, "receiver", "cases.answer",
         _PROGRAMME, _("Báo kết quả")),
    Step("take_back", ReferralState.OFFERED, ReferralState.TAKEN_BACK, "sender", "cases.work",
         _PROGRAMME, _TAKE_BACK),
    Step("take_back", ReferralState.ACCEPTED, ReferralState.TAKEN_BACK, "sender", "cases.work",
         _PROGRAMME, _TAKE_BACK),
)  # fmt: skip

CONSENT_STEPS: tuple[Step, ...] = (
    Step("withdraw", ConsentState.GIVEN, ConsentState.WITHDRAWN, "sender", "cases.work",
         "Điều 9 Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15", _("Ghi rút lại đồng ý")),
)  # fmt: skip

HANDOVER_STEPS: tuple[Step, ...] = (
    Step("accept", HandoverState.OFFERED, HandoverState.ACCEPTED, "receiver", "cases.transfer",
         _HANDOVER, _("Nhận bàn giao")),
    Step("refuse", HandoverState.OFFERED, HandoverState.REFUSED, "receiver", "cases.transfer",
         _HANDOVER, _("Không nhận")),
    Step("take_back", HandoverState.OFFERED, HandoverState.TAKEN_BACK, "sender", "cases.transfer",
         _HANDOVER, _TAKE_BACK),
)  # fmt: skip

Table = tuple[str | Promise, type[models.TextChoices], tuple[Step, ...], tuple[str, ...]]
TABLES: tuple[Table, ...] = (
    (_("Chuyển tiếp đến cơ quan khác"), ReferralState, REFERRAL_STEPS, (ReferralState.OFFERED,)),
    (_("Đồng ý chia sẻ thông tin"), ConsentState, CONSENT_STEPS,
     (ConsentState.GIVEN, ConsentState.REFUSED)),
    (_("Bàn giao hồ sơ"), HandoverState, HANDOVER_STEPS, (HandoverState.OFFERED,)),
)  # fmt: skip


def find(steps: tuple[Step, ...], name: str, source: str) -> Step | None:
    """The step ``name`` from ``source``, or None when the table has no such step."""
    return next((s for s in steps if s.name == name and s.source == source), None)


def steps_of(steps: tuple[Step, ...], source: str) -> tuple[Step, ...]:
    """Every step that may be taken from ``source``."""
    return tuple(s for s in steps if s.source == source)
