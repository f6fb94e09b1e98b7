"""The Vietnamese words of the packaged time limits, named here so that they are translated.

Rows hold plain Vietnamese text; a page translates it when it is shown. A test compares this list
with ``data/time_limits.yaml``.
"""

from django.utils.translation import gettext_lazy as _

PACKAGED_WORDS = (
    _("Chuyển tin báo đến xã nơi xảy ra vụ việc"),
    _("nơi tiếp nhận thông tin"),
    _("khi tiếp nhận tin báo"),
    _("chuyển đến Ủy ban nhân dân cấp xã nơi xảy ra vụ việc"),
    _("Đánh giá ban đầu; nếu khẩn cấp thì áp dụng biện pháp"),
    _("người làm công tác bảo vệ trẻ em cấp xã, Chủ tịch Ủy ban nhân dân cấp xã chỉ đạo"),
    _("khi nhận được thông tin"),
    _("ghi đánh giá ban đầu (Mẫu 02)"),
    _("Quyết định biện pháp bảo vệ trong trường hợp khẩn cấp"),
    _("Chủ tịch Ủy ban nhân dân cấp xã"),
    _("quyết định biện pháp khẩn cấp (Mẫu 07)"),
    _("Dự thảo và trình kế hoạch hỗ trợ, can thiệp"),
    _("người làm công tác bảo vệ trẻ em cấp xã"),
    _("ngày đánh giá ban đầu thấy trẻ cần hỗ trợ"),
    _("trình kế hoạch (Mẫu 04)"),
    _("Phê duyệt kế hoạch"),
    _("ngày trình kế hoạch"),
    _("phê duyệt hoặc không phê duyệt (Mẫu 05)"),
    _("Tạm thời cách ly khỏi môi trường gây hại, kể cả gia hạn"),
    _("ngày bắt đầu cách ly"),
    _("đưa trẻ về hoặc chăm sóc thay thế"),
    _("Ghi kết quả dịch vụ"),
    _("ngày dự kiến kết thúc ghi trong kế hoạch"),
    _("kết thúc dịch vụ với kết quả"),
    _("Thăm hộ theo lịch"),
    _("ngày bắt đầu hỗ trợ, rồi mỗi lần thăm"),
    _("ghi lần thăm"),
    _("Lịch theo dõi của chương trình"),
    _("Quyết định sau rà soát"),
    _("Chủ tịch Ủy ban nhân dân cấp xã hoặc cơ quan thường trực"),
    _("ngày rà soát (Mẫu 06)"),
    _("kết thúc hồ sơ, theo dõi tiếp hoặc lập lại kế hoạch"),
    # Notes and sources.
    _("Điều 27 không đặt hạn cho Mẫu 03; tính từ đánh giá ban đầu, ngày sớm hơn, để không ai chờ"
      " lâu hơn."),
    _("Ngày do kế hoạch của trẻ đặt ra (khoản 3 Điều 28), không phải thời hạn chung của luật."),
    _("Lịch theo mức nguy cơ nằm ở các tham số “lịch thăm”."),
    _("Điều 30 không đặt hạn; chương trình đề nghị quyết định ngay trong ngày rà soát."),
    _("Thiết kế chương trình"),
)  # fmt: skip
