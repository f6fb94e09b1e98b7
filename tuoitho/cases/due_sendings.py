"""Sendings nobody has answered: the receiver says that they have it, the sender reminds."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tuoitho.cases.models import ReportSending, SendingKind
from tuoitho.lib.due import DueItem

MOST = 200


def sendings_due(user: Any) -> Iterator[DueItem]:
    """What waits for ``user``: to acknowledge what came here; to ask after what is late."""
    if not user.may("cases.receive"):
        return
    rows = ReportSending.objects.visible_to(user).unanswered()
    rows = rows.select_related("to_unit", "from_unit").order_by("answer_due_at")
    for sending in rows[:MOST]:
        if _is_receiver(user, sending):
            yield _item(sending, _("Xác nhận đã nhận tin báo"), "cases:sending_acknowledge")
        elif sending.is_late and sending.from_unit_id in user.scope("cases.receive"):
            yield _item(sending, _("Nhắc xác nhận đã nhận tin"), "cases:sending_detail")


def _is_receiver(user: Any, sending: ReportSending) -> bool:
    """The commune's screeners; of a report of crime, who may open seals (the police)."""
    if sending.kind == SendingKind.COMMUNE:
        home = user.home()
        at_home = home is not None and home.unit_id == sending.to_unit_id
        return bool(at_home and sending.to_unit_id in user.scope("cases.screen"))
    if sending.kind == SendingKind.POLICE:
        return user.may("cases.sealed") and sending.to_unit_id in user.scope("cases.sealed")
    return False


def _item(sending: ReportSending, what: str, url_name: str) -> DueItem:
    return DueItem(
        what=what, subject=str(sending), due=sending.answer_due_at, url_name=url_name,
        url_args=(sending.pk,), basis=_("Thông lệ của chương trình: trong 24 giờ"),
        unit_name=str(sending.to_unit or sending.from_unit or ""),
        done_by=_("Ghi xác nhận, hoặc nhắc nơi nhận"),
    )  # fmt: skip
