"""Who may do what: the catalogue of permissions, and the roles the plan prescribes.

Roles are reviewed like code; *who* holds a role, where and from when to when, is data
(``Assignment``). ``docs/permissions.md`` is generated from this file.
"""

from django.utils.translation import gettext_lazy as _

PUBLIC = "public"  # marks a view that needs no account

PERMISSIONS: dict[str, object] = {
    "access.manage": _("Quản lý người dùng và phân công"),
    "activities.view": _("Xem hoạt động truyền thông, tập huấn, mô hình"),
    "activities.record": _("Lập và ghi nhận hoạt động"),
    "audit.view": _("Xem nhật ký"),
    "budget.view": _("Xem kinh phí"),
    "budget.estimate": _("Lập dự toán"),
    "budget.approve": _("Thẩm định, phê duyệt dự toán"),
    "budget.spend": _("Ghi chi và quyết toán"),
    "cases.view": _("Xem tin báo và hồ sơ trẻ"),
    "cases.receive": _("Tiếp nhận tin báo"),
    "cases.informant": _("Mở danh tính người báo tin (có lý do, ghi nhật ký)"),
    "cases.screen": _("Đánh giá, sàng lọc lao động"),
    "cases.work": _("Lập kế hoạch, dịch vụ, thăm hộ, rà soát"),
    "cases.approve": _("Phê duyệt kế hoạch, biện pháp khẩn cấp"),
    "cases.close": _("Đóng và mở lại hồ sơ"),
    "cases.supervise": _("Phân công hồ sơ, nhắc việc, được báo việc quá hạn"),
    "cases.keep_time": _("Tính lại thời hạn, báo việc quá hạn (chỉ hệ thống)"),
    "cases.transfer": _("Chuyển hồ sơ giữa các địa bàn"),
    "cases.templates": _("Thay mẫu Word của biểu mẫu"),
    "cases.answer": _("Trả lời đề nghị hỗ trợ gửi đến cơ quan mình"),
    "cases.directory": _("Cập nhật danh bạ dịch vụ, chính sách"),
    "cases.sealed": _("Xem hồ sơ niêm phong (mua bán người)"),
    "cases.export_sealed": _("Tải danh sách hồ sơ niêm phong, có lý do"),
    "dashboard.view": _("Xem việc hôm nay"),
    "establishments.view": _("Xem cơ sở sử dụng lao động"),
    "establishments.register": _("Đăng ký, sửa, đóng cơ sở"),
    "indicators.view": _("Xem chỉ tiêu"),
    "indicators.baseline": _("Nhập số liệu dân số, điều tra"),
    "indicators.freeze": _("Chốt số liệu"),
    "inspections.view": _("Xem kiểm tra, thanh tra"),
    "inspections.schedule": _("Lập lịch kiểm tra"),
    "inspections.record": _("Ghi kết quả, yêu cầu khắc phục"),
    "interop.import": _("Nhập dữ liệu từ tệp"),
    "interop.api": _("Dùng giao diện lập trình (API)"),
    "jobs.view": _("Xem việc chạy nền của mình"),
    "notices.view": _("Đọc thông báo của mình"),
    "people.view": _("Xem trẻ em và hộ gia đình"),
    "people.register": _("Đăng ký, sửa trẻ em và hộ gia đình"),
    "people.merge": _("Duyệt gộp, tách lại hồ sơ trẻ trùng do người khác đề nghị"),
    "people.attendance": _("Ghi chuyên cần của học sinh trường mình"),
    "people.identity": _("Xem số định danh, số điện thoại"),
    "plan.view": _("Xem kế hoạch"),
    "plan.manage": _("Nạp kế hoạch, văn bản, lịch nghỉ hoán đổi"),
    "plan.report_task": _("Báo cáo tiến độ nhiệm vụ"),
    "reports.view": _("Xem báo cáo"),
    "reports.write": _("Viết báo cáo của đơn vị mình"),
    "reports.sign": _("Ký báo cáo"),
    "reports.consolidate": _("Tổng hợp báo cáo toàn địa bàn"),
    "rounds.view": _("Xem đợt rà soát, danh sách thăm hộ, điểm nguy cơ"),
    "rounds.manage": _("Lập, bắt đầu, kết thúc đợt rà soát; giao danh sách"),
    "rounds.answer": _("Ghi kết quả rà soát từng trẻ"),
    "units.view": _("Xem đơn vị hành chính, tổ chức"),
    "units.manage": _("Quản lý đơn vị hành chính, tổ chức"),
}

_OWN = {"jobs.view", "notices.view"}
_LOOK = _OWN | {"dashboard.view", "plan.view", "indicators.view", "reports.view", "units.view"}
_REPORT = {"plan.report_task", "reports.write", "activities.view", "activities.record"}
# Part III: offices and unions that carry out tasks draft and settle their own estimates.
_MONEY = {"budget.view", "budget.estimate", "budget.spend"}
_CASE_LOOK = {"people.view", "cases.view", "establishments.view", "inspections.view"}

ROLES: dict[str, tuple[object, frozenset[str]]] = {
    "commune_worker": (
        _("Người làm công tác bảo vệ trẻ em cấp xã"),
        frozenset(
            _LOOK | _REPORT | _CASE_LOOK
            | {
                "people.register", "people.identity", "cases.receive", "cases.informant",
                "cases.screen", "cases.work", "cases.transfer", "cases.answer",
                "establishments.register", "interop.import", "inspections.schedule",
                "inspections.record", "budget.view", "budget.estimate", "budget.spend",
                "audit.view", "interop.api", "rounds.view", "rounds.manage", "rounds.answer",
            }
        ),
    ),
    "collaborator": (
        _("Cộng tác viên bảo vệ trẻ em"),
        frozenset(
            _OWN
            | {"dashboard.view", "people.view", "people.register", "cases.view", "cases.receive",
               "cases.screen", "plan.view", "units.view", "rounds.view", "rounds.answer"}
        ),
    ),
    "commune_chair": (
        _("Chủ tịch Ủy ban nhân dân cấp xã"),
        frozenset(
            _LOOK | _CASE_LOOK
            | {
                "cases.receive", "cases.approve", "cases.close", "cases.supervise",
                "people.identity", "people.merge", "reports.sign",
                "reports.write", "activities.view", "budget.view", "budget.approve", "audit.view",
                "rounds.view",
            }
        ),
    ),
    "labour_office": (
        _("Phòng Lao động - Thương binh và Xã hội (cơ quan thường trực)"),
        frozenset(
            _LOOK | _REPORT | _CASE_LOOK
            | {
                "people.identity", "people.register", "people.merge", "cases.receive",
                "cases.informant", "cases.screen", "cases.close", "cases.transfer",
                "cases.supervise", "cases.answer", "cases.directory",
                "establishments.register",
                "inspections.schedule", "inspections.record", "interop.import", "interop.api",
                "budget.view", "budget.estimate", "budget.spend", "plan.manage",
                "indicators.baseline", "indicators.freeze", "reports.sign", "reports.consolidate",
                "audit.view", "units.manage", "rounds.view", "rounds.manage",
            }
        ),
    ),
    "education_office": (
        _("Phòng Giáo dục và Đào tạo"),
        frozenset(
            _LOOK | _REPORT
            | {"people.view", "budget.view", "budget.estimate", "budget.spend",
               "indicators.baseline", "reports.sign", "cases.receive", "cases.answer"}
        ),
    ),
    "school": (
        _("Trường học"),
        frozenset(_OWN | {"dashboard.view", "plan.view", "activities.view", "activities.record",
                          "cases.receive", "cases.answer", "people.attendance", "units.view"}),
    ),
    "police": (
        _("Công an"),
        frozenset(_LOOK | _REPORT | _CASE_LOOK | _MONEY
                  | {"cases.receive", "cases.informant", "cases.sealed", "cases.export_sealed",
                     "cases.answer", "reports.sign"}),
    ),
    "economy_office": (
        _("Phòng Kinh tế"),
        frozenset(
            _LOOK | _REPORT
            | {"establishments.view", "establishments.register", "inspections.view",
               "inspections.schedule", "inspections.record", "cases.receive", "cases.answer",
               "budget.view", "budget.estimate", "budget.spend", "reports.sign"}
        ),
    ),
    "culture_office": (
        _("Phòng Văn hóa - Thông tin"),
        frozenset(_LOOK | _REPORT | {"cases.receive", "budget.view", "budget.estimate",
                                     "budget.spend", "reports.sign"}),
    ),
    "finance_office": (
        _("Phòng Tài chính - Kế hoạch"),
        frozenset(_LOOK | _REPORT | {"budget.view", "budget.approve", "budget.estimate",
                                     "budget.spend", "reports.sign"}),
    ),
    "mass_organisation": (
        _("Mặt trận Tổ quốc, đoàn thể"),
        frozenset(_LOOK | _REPORT | _MONEY | {"cases.receive", "cases.answer", "reports.sign"}),
    ),
    "leader": (
        _("Lãnh đạo Ủy ban nhân dân huyện"),
        frozenset(_LOOK | {"activities.view", "budget.view", "establishments.view",
                           "inspections.view", "reports.sign"}),
    ),
    "department": (
        _("Sở quản lý ngành"),
        frozenset(_LOOK | {"activities.view", "budget.view", "establishments.view",
                           "inspections.view"}),
    ),
    "administrator": (
        _("Quản trị hệ thống"),
        # Runs the system; sees no child.
        frozenset(_OWN | {"dashboard.view", "access.manage", "units.view", "units.manage",
                          "plan.view", "plan.manage", "cases.templates"}),
    ),
    "public": (_("Người dân báo tin (không cần tài khoản)"), frozenset({"cases.receive"})),
    "timekeeper": (
        _("Tiến trình giữ thời hạn (thấy cả hồ sơ niêm phong, chỉ đổi thời hạn)"),
        frozenset({"cases.view", "cases.sealed", "cases.keep_time"}),
    ),
    "system": (
        _("Tiến trình của hệ thống"),
        frozenset(PERMISSIONS) - {"cases.sealed", "cases.export_sealed", "cases.informant"},
    ),
}  # fmt: skip
