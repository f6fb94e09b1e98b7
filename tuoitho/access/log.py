"""Who may read which events of the log, and how an act is called in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.access.permissions import PERMISSIONS
from tuoitho.audit.models import Event, EventQuerySet

# What was done, by the code of the act. A permission's own sentence serves where none stands here;
# a test asks that every code written anywhere has words.
ACTS: dict[str, str | Promise] = {
    "access.assign": _("Giao vai trò"),
    "access.create_token": _("Tạo khoá API"),
    "access.create_user": _("Thêm người dùng"),
    "access.end_assignment": _("Kết thúc phân công"),
    "access.revoke_token": _("Thu hồi khoá API"),
    "activities.cancel": _("Hủy hoạt động"),
    "activities.correct": _("Sửa số liệu hoạt động"),
    "activities.plan": _("Lập dự kiến hoạt động"),
    "budget.approve": _("Phê duyệt dự toán"),
    "budget.contribute": _("Ghi khoản tài trợ"),
    "budget.correct": _("Sửa dự toán"),
    "budget.draft": _("Lập dự toán"),
    "budget.receive": _("Nhận khoản tài trợ"),
    "budget.refuse": _("Không phê duyệt dự toán"),
    "budget.settle": _("Quyết toán"),
    "budget.spend": _("Ghi chi"),
    "budget.submit": _("Trình dự toán"),
    "budget.use": _("Dùng khoản tài trợ"),
    "budget.withdraw": _("Hủy chứng từ chi"),
    "cases.approve_plan": _("Phê duyệt kế hoạch hỗ trợ"),
    "cases.assess": _("Đánh giá ban đầu"),
    "cases.attach_report": _("Gắn tin báo vào hồ sơ"),
    "cases.cease": _("Ghi chấm dứt lao động trái quy định"),
    "cases.court_answer": _("Ghi trả lời của Tòa án"),
    "cases.close": _("Kết thúc hồ sơ"),
    "cases.decide_emergency": _("Quyết định biện pháp khẩn cấp"),
    "cases.dismiss_report": _("Xếp tin báo không phải xử lý"),
    "cases.draft_plan": _("Dự thảo kế hoạch hỗ trợ"),
    "cases.end_emergency": _("Chấm dứt biện pháp khẩn cấp"),
    "cases.end_service": _("Kết thúc dịch vụ"),
    "cases.export": _("Tải danh sách hồ sơ"),
    "cases.follow": _("Chuyển sang theo dõi"),
    "cases.forward": _("Chuyển tin báo"),
    "cases.inform_party": _("Thông báo cho công an, cơ sở y tế"),
    "cases.keep_following": _("Theo dõi tiếp"),
    "cases.link_report": _("Gắn tin báo với trẻ"),
    "cases.open": _("Mở hồ sơ"),
    "cases.refuse_plan": _("Không phê duyệt kế hoạch hỗ trợ"),
    "cases.reopen": _("Mở lại hồ sơ"),
    "cases.request_court": _("Đề nghị Tòa án"),
    "cases.replan": _("Điều chỉnh kế hoạch"),
    "cases.report.view": _("Xem tin báo"),
    "cases.resume": _("Hỗ trợ tiếp"),
    "cases.review": _("Rà soát kết quả"),
    "cases.screening.view": _("Xem kết quả sàng lọc"),
    "cases.seal": _("Niêm phong hồ sơ"),
    "cases.start_service": _("Bắt đầu dịch vụ"),
    "cases.submit_plan": _("Trình kế hoạch hỗ trợ"),
    "cases.support": _("Hỗ trợ ngay"),
    "cases.transfer": _("Chuyển hồ sơ"),
    "cases.view": _("Xem hồ sơ"),
    "cases.view_report": _("Xem tin báo"),
    "cases.visit": _("Ghi lần thăm"),
    "demo.loaded": _("Nạp địa bàn trình diễn"),
    "establishments.close": _("Ghi cơ sở ngừng hoạt động"),
    "establishments.commit": _("Ghi cam kết của cơ sở"),
    "establishments.correct": _("Sửa thông tin cơ sở"),
    "establishments.guide": _("Hướng dẫn cơ sở"),
    "establishments.name_craft_village": _("Ghi làng nghề"),
    "establishments.reassign": _("Chuyển cơ sở theo đơn vị mới"),
    "establishments.register": _("Đăng ký cơ sở"),
    "establishments.reopen": _("Ghi cơ sở hoạt động lại"),
    "indicators.remove_baseline": _("Xóa số liệu nền"),
    "indicators.set_baseline": _("Nhập số liệu nền"),
    "indicators.set_survey": _("Nhập kết quả điều tra"),
    "inspections.add_violation": _("Ghi hành vi vi phạm"),
    "inspections.cancel": _("Hủy cuộc kiểm tra"),
    "inspections.close": _("Kết thúc cuộc kiểm tra"),
    "inspections.correct_findings": _("Sửa kết quả kiểm tra"),
    "inspections.order_measure": _("Yêu cầu khắc phục"),
    "inspections.record_findings": _("Ghi kết quả kiểm tra"),
    "inspections.record_sanction": _("Ghi quyết định xử phạt"),
    "inspections.reopen": _("Mở lại cuộc kiểm tra"),
    "inspections.reschedule": _("Dời lịch kiểm tra"),
    "inspections.verify_measure": _("Kiểm tra việc khắc phục"),
    "inspections.withdraw_violation": _("Rút hành vi vi phạm ghi nhầm"),
    "interop.commit_batch": _("Ghi tệp vào sổ"),
    "interop.export_rejected": _("Tải các dòng bị từ chối"),
    "interop.settle_row": _("Xử lý dòng nghi trùng"),
    "interop.stage_file": _("Tải tệp lên"),
    "people.add_guardian": _("Thêm người chăm sóc"),
    "people.correct_child": _("Sửa thông tin trẻ"),
    "people.correct_guardian": _("Sửa thông tin người chăm sóc"),
    "people.correct_household": _("Sửa thông tin hộ"),
    "people.end_circumstance": _("Ghi hết hoàn cảnh đặc biệt"),
    "people.export": _("Tải danh sách trẻ, hộ"),
    "people.move_child": _("Ghi trẻ chuyển nơi ở"),
    "people.reassign_household": _("Chuyển hộ theo đơn vị mới"),
    "people.record_circumstance": _("Ghi hoàn cảnh đặc biệt"),
    "people.record_enrolment": _("Ghi việc học"),
    "people.record_poverty": _("Ghi hộ nghèo, cận nghèo"),
    "people.register_child": _("Đăng ký trẻ"),
    "people.register_household": _("Đăng ký hộ"),
    "people.view": _("Xem hồ sơ trẻ"),
    "jobs.stop": _("Dừng việc chạy nền"),
    "notices.choose": _("Chọn cách nhận thông báo"),
    "plan.add_document": _("Ghi văn bản"),
    "plan.forget_swapped_day": _("Bỏ ngày hoán đổi"),
    "plan.load": _("Nạp kế hoạch"),
    "plan.swap_day": _("Ghi ngày hoán đổi"),
    "units.create_organisation": _("Thêm cơ quan, tổ chức"),
}


def readable_events(user: User) -> EventQuerySet:
    """Events of the units in which ``user`` holds ``audit.view`` (the database checks it again)."""
    scope = user.scope("audit.view")
    events = Event.objects.all()
    return events if scope.everywhere else events.filter(unit_key__in=sorted(scope.unit_ids))


def action_label(action: str) -> str:
    """The words for an act's code, in the language of the screen; the bare code if it has none."""
    return str(ACTS.get(action) or PERMISSIONS.get(action) or action)
