"""Sendings nobody has answered: the receiver says that they have it, the sender reminds."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.cases.models import ReportSending, SendingKind
from tuoitho.lib.due import DueItem, part_of


def _unanswered(user: Any) -> Any:
    return (
        ReportSending.objects.visible_to(user).unanswered().select_related("to_unit", "from_unit")
    )


def _received(user: Any) -> Q:
    """The commune's screeners; of a report of crime, who may open seals (the police)."""
    home, here = user.home(), Q(pk__in=[])
    if home is not None and home.unit_id in user.scope("cases.screen"):
        here |= Q(kind=SendingKind.COMMUNE, to_unit_id=home.unit_id)
    if user.may("cases.sealed"):
        inside = user.scope("cases.sealed").covers("to_unit_id")
        here |= Q(kind=SendingKind.POLICE, to_unit_id__isnull=False) & inside
    return here


def _to_acknowledge(user: Any) -> Any:
    return _unanswered(user).filter(_received(user)) if user.may("cases.receive") else None


def _to_remind(user: Any) -> Any:
    if not user.may("cases.receive"):
        return None
    rows = _unanswered(user).late().filter(from_unit__isnull=False).exclude(_received(user))
    return rows.filter(user.scope("cases.receive").covers("from_unit_id"))


def _item(sending: ReportSending, what: str, url_name: str) -> DueItem:
    unit = sending.to_unit or sending.from_unit
    return DueItem(
        what=what, subject=str(sending), due=sending.answer_due_at, url_name=url_name,
        url_args=(sending.pk,), basis=_("Thông lệ của chương trình: trong 24 giờ"),
        unit_name=str(unit or ""), unit_id=unit.pk if unit else None,
        done_by=_("Ghi xác nhận, hoặc nhắc nơi nhận"),
    )  # fmt: skip


KIND, LABEL = "sending", gettext_lazy("Tin báo chuyển đến, chuyển đi")
_UNIT = Coalesce("to_unit_id", "from_unit_id")
QUEUE = (
    part_of(KIND, LABEL, _to_acknowledge, "answer_due_at",
            lambda row: _item(row, _("Xác nhận đã nhận tin báo"), "cases:sending_acknowledge"),
            unit=_UNIT, prefix="acknowledge"),
    part_of(KIND, LABEL, _to_remind, "answer_due_at",
            lambda row: _item(row, _("Nhắc xác nhận đã nhận tin"), "cases:sending_detail"),
            unit=_UNIT, prefix="remind"),
)  # fmt: skip
