"""What a person is told about: the catalogue of kinds, and the pages a notice may lead to."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How a kind reaches a person. In the system it is always kept, unless switched off."""

    SYSTEM = "system", _("Chỉ trong hệ thống")
    MAIL = "mail", _("Gửi thư ngay")
    DIGEST = "digest", _("Gộp vào thư mỗi ngày")
    OFF = "off", _("Không nhận")


@dataclass(frozen=True)
class Kind:
    """``title`` is all that an e-mail says. ``default`` until the person chooses; a duty by law
    (``duty``) cannot be switched off."""

    code: str
    title: str | Promise
    default: Way = Way.DIGEST
    duty: bool = False


def _duty(code: str, title: str | Promise) -> Kind:
    return Kind(code, title, Way.MAIL, duty=True)


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        _duty("report.received", _("Có tin báo mới cần tiếp nhận")),
        _duty("report.forwarded", _("Có tin báo được chuyển đến")),
        Kind("report.acknowledged", _("Nơi nhận đã xác nhận tin báo chuyển đi")),
        Kind("report.joined", _("Tin báo mới về vụ việc đang xử lý")),
        _duty("case.emergency", _("Có trường hợp khẩn cấp cần quyết định")),
        Kind("case.assigned", _("Bạn được giao một hồ sơ")),
        Kind("case.due", _("Có việc sắp đến hạn")),
        _duty("case.overdue", _("Có việc quá hạn")),
        _duty("case.escalated", _("Việc quá hạn được báo lên bạn")),
        Kind("case.reminded", _("Cấp trên nhắc việc")),
        Kind("case.clock_changed", _("Hạn của việc đã được tính lại")),
        _duty("case.plan_submitted", _("Có kế hoạch hỗ trợ chờ phê duyệt")),
        Kind("case.plan_approved", _("Kế hoạch hỗ trợ đã được phê duyệt")),
        Kind("case.plan_refused", _("Kế hoạch hỗ trợ không được phê duyệt")),
        Kind("case.meeting", _("Có cuộc họp xác định nhu cầu")),
        Kind("case.visit_due", _("Đến kỳ thăm hộ")),
        Kind("case.relapse", _("Trẻ lao động trở lại")),
        Kind("case.closed", _("Hồ sơ đã kết thúc")),
        _duty("case.handover_asked", _("Có hồ sơ được bàn giao đến")),
        Kind("case.handover_answered", _("Bàn giao hồ sơ đã có trả lời")),
        _duty("case.sealed_access", _("Bạn được thêm vào một hồ sơ hạn chế")),
        _duty("referral.asked", _("Có đề nghị chuyển gửi cần trả lời")),
        Kind("referral.answered", _("Chuyển gửi đã có trả lời")),
        _duty("referral.reminded", _("Chuyển gửi chưa được trả lời đúng hạn")),
        Kind("referral.late", _("Nơi nhận chưa trả lời chuyển gửi")),
        Kind("referral.taken_back", _("Chuyển gửi đã được rút lại")),
        _duty("consent.taken_back", _("Sự đồng ý đã được rút lại")),
        Kind("consent.acknowledged", _("Nơi giữ thông tin đã xác nhận việc rút đồng ý")),
        Kind("merge.asked", _("Có đề nghị gộp hồ sơ trẻ chờ duyệt"), Way.MAIL),
        Kind("yearly.due", _("Báo cáo năm sắp đến hạn")),
        _duty("yearly.late", _("Báo cáo năm đã quá hạn")),
        Kind("yearly.sent", _("Có báo cáo năm chờ tiếp nhận")),
        Kind("yearly.accepted", _("Báo cáo năm đã được tiếp nhận")),
        _duty("yearly.returned", _("Báo cáo năm bị trả lại")),
        Kind("round.assigned", _("Bạn được giao một danh sách rà soát")),
        Kind("round.due", _("Đợt rà soát sắp hết hạn")),
        Kind("jobs.done", _("Việc chạy nền đã xong")),
    )
}

# A page about people is read through its row: notices that lead there vanish with the sight of it
# (a restrictive policy per table, ``notices.rls``). By the beginning of the page's name.
TABLES: dict[str, str] = {
    "cases:case_": "cases_case",
    "cases:handover_": "cases_handover",
    "cases:inbox_": "cases_referral",
    "cases:referral_": "cases_referral",
    "cases:report_": "cases_report",
    "cases:sending_": "cases_reportsending",
    "people:child_": "people_child",
    "people:merge_": "people_merge",
    "rounds:list_": "rounds_worklist",
    "rounds:round_": "rounds_round",
}
# Pages that lead to nobody's file, by the beginning of their name.
OPEN_PAGES = ("jobs:", "notices:", "plan:", "reports:", "budget:", "activities:", "dashboard:")


def table_behind(url_name: str) -> str:
    """The table whose row a page shows; "" for a page about nobody.

    Raises KeyError for a page this catalogue does not know: better no notice than a leak.
    """
    for beginning, table in TABLES.items():
        if url_name.startswith(beginning):
            return table
    if url_name.startswith(OPEN_PAGES):
        return ""
    raise KeyError(f"name {url_name!r} in TABLES or OPEN_PAGES of notices/kinds.py")
