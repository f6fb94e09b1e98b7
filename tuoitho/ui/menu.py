"""What the main menu offers, and to whom."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MenuItem:
    """One line of the menu; shown to whoever holds ``permission`` once its page exists."""

    label: str | Promise
    url_name: str
    permission: str
    icon: str


MENU: tuple[MenuItem, ...] = (
    MenuItem(_("Hôm nay"), "dashboard:today", "dashboard.view", "home"),
    MenuItem(_("Tin báo"), "cases:report_list", "cases.view", "bell-ringing"),
    MenuItem(_("Trẻ em"), "people:child_list", "people.view", "mood-kid"),
    MenuItem(_("Học sinh"), "people:pupil_list", "people.attendance", "school"),
    MenuItem(_("Hồ sơ"), "cases:case_list", "cases.view", "folder"),
    MenuItem(_("Nhóm của tôi"), "cases:team", "cases.supervise", "users"),
    MenuItem(_("Chuyển tiếp"), "cases:referral_list", "cases.view", "send"),
    MenuItem(_("Bàn giao"), "cases:handover_list", "cases.transfer", "arrows-sort"),
    MenuItem(_("Đề nghị gửi đến"), "cases:inbox", "cases.answer", "heart-handshake"),
    MenuItem(_("Rà soát"), "rounds:round_list", "rounds.view", "search"),
    MenuItem(
        _("Cơ sở sử dụng lao động"),
        "establishments:establishment_list",
        "establishments.view",
        "building-factory-2",
    ),
    MenuItem(_("Kiểm tra"), "inspections:inspection_list", "inspections.view", "clipboard-check"),
    MenuItem(_("Hoạt động"), "activities:activity_list", "activities.view", "speakerphone"),
    MenuItem(_("Kinh phí"), "budget:line_list", "budget.view", "coins"),
    MenuItem(_("Kế hoạch"), "plan:plan_detail", "plan.view", "list-check"),
    MenuItem(_("Chỉ tiêu"), "indicators:target_table", "indicators.view", "target-arrow"),
    MenuItem(_("Báo cáo"), "reports:report_list", "reports.view", "report"),
    MenuItem(_("Việc chạy nền"), "jobs:job_list", "jobs.view", "clock"),
    MenuItem(_("Nhập dữ liệu"), "interop:import_list", "interop.import", "file-import"),
    MenuItem(_("Mẫu Word"), "cases:template_list", "cases.templates", "file-text"),
    MenuItem(_("Người dùng"), "access:user_list", "access.manage", "users"),
    MenuItem(_("Đơn vị hành chính"), "units:unit_list", "units.manage", "map-pin"),
    MenuItem(_("Nhật ký"), "audit:event_list", "audit.view", "history"),
)
