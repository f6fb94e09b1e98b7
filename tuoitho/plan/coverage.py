"""Where each "served_by" code of a plan is realised; ``tests/test_programme_coverage.py`` checks.

Names only: rooms above the plan are named here, never imported.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Realisation:
    """``kind`` is screen (``name`` is a URL name), action, rule, report line or command (a dotted
    path); ``label`` says what people do there; ``query`` narrows a list to this duty."""

    kind: str
    name: str
    label: str | Promise
    query: str = ""


def _screen(name: str, label: Any, query: str = "") -> Realisation:
    return Realisation("screen", name, label, query)


COVERAGE: dict[str, Realisation] = {
    "access:role": _screen("access:user_list", _("Vai trò và phân công")),
    "activities:article": _screen("activities:activity_list", _("Tin, bài"), "kind=article"),
    "activities:broadcast": _screen(
        "activities:activity_list", _("Phát thanh, truyền hình"), "kind=broadcast"
    ),
    "activities:campaign": _screen("activities:activity_list", _("Chiến dịch"), "kind=campaign"),
    "activities:course": _screen("activities:activity_list", _("Lớp tập huấn"), "kind=training"),
    "activities:event": _screen("activities:activity_list", _("Sự kiện"), "kind=event"),
    "activities:legal_advice": _screen(
        "activities:activity_list", _("Tư vấn pháp luật"), "kind=consulting"
    ),
    "activities:model": _screen("activities:activity_list", _("Mô hình"), "kind=model"),
    "activities:product": _screen(
        "activities:activity_list", _("Tài liệu, sản phẩm truyền thông"), "kind=product"
    ),
    "activities:school_session": _screen(
        "activities:activity_list", _("Hoạt động trong nhà trường"), "owner=gddt"
    ),
    "activities:social_media": _screen(
        "activities:activity_list", _("Mạng xã hội"), "kind=article"
    ),
    "budget:appraisal": _screen("budget:line_list", _("Thẩm định dự toán"), "state=submitted"),
    "budget:approval": _screen("budget:line_list", _("Phê duyệt dự toán"), "state=submitted"),
    "budget:donation": _screen("budget:contribution_list", _("Vận động nguồn lực")),
    "budget:estimate": _screen("budget:line_list", _("Dự toán")),
    "budget:settlement": _screen("budget:line_list", _("Thanh quyết toán"), "state=closed"),
    "budget:source": _screen("budget:line_list", _("Nguồn kinh phí")),
    "budget:spending": _screen("budget:line_list", _("Chi kinh phí"), "state=approved"),
    "cases:coordination": _screen("cases:case_list", _("Phối hợp trên hồ sơ")),
    "cases:intake": _screen("cases:report_list", _("Tiếp nhận tin báo")),
    "cases:process": _screen("cases:case_list", _("Quy trình hỗ trợ, can thiệp")),
    "cases:referral": _screen("cases:case_list", _("Chuyển gửi dịch vụ")),
    "cases:risk_score": Realisation(
        "action", "tuoitho.cases.actions.assess_emergency", _("Đánh giá nguy cơ (Mẫu 02)")
    ),
    "cases:screening": _screen("cases:screening_new", _("Sàng lọc, đánh giá")),
    "cases:sealed": Realisation(
        "action", "tuoitho.cases.actions.seal_case", _("Hồ sơ niêm phong (mua bán người)")
    ),
    "cases:service": Realisation(
        "action", "tuoitho.cases.actions.start_service", _("Dịch vụ hỗ trợ")
    ),
    "cases:visit": Realisation("action", "tuoitho.cases.actions.record_visit", _("Thăm hộ")),
    "dashboard:overview": _screen("dashboard:today", _("Tổng quan hôm nay")),
    "establishments:craft_village": _screen("establishments:village_list", _("Làng nghề")),
    "establishments:guidance": _screen(
        "establishments:guidance_new", _("Hướng dẫn người sử dụng lao động")
    ),
    "establishments:register": _screen(
        "establishments:establishment_list", _("Sổ cơ sở sử dụng lao động")
    ),
    "indicators:survey": _screen("indicators:survey_list", _("Điều tra mẫu")),
    "indicators:target_1_3": _screen("indicators:target_table", _("Chỉ tiêu 1.3")),
    "indicators:target_2_1": _screen("indicators:target_table", _("Chỉ tiêu 2.1")),
    "indicators:target_2_2": _screen("indicators:target_table", _("Chỉ tiêu 2.2")),
    "indicators:target_3_1": _screen("indicators:target_table", _("Chỉ tiêu 3.1")),
    "indicators:target_3_2": _screen("indicators:target_table", _("Chỉ tiêu 3.2")),
    "indicators:target_owner": _screen("indicators:target_table", _("Chỉ tiêu theo cơ quan")),
    "inspections:findings": _screen("inspections:inspection_findings", _("Kết quả kiểm tra")),
    "inspections:remedy": _screen("inspections:measure_list", _("Khắc phục vi phạm")),
    "inspections:sanction": _screen("inspections:violation_list", _("Vi phạm và mức xử phạt")),
    "inspections:schedule": _screen("inspections:inspection_list", _("Lịch kiểm tra, thanh tra")),
    "inspections:supervision": _screen("inspections:inspection_list", _("Giám sát")),
    "interop:import": _screen("interop:import_list", _("Nhập dữ liệu từ tệp")),
    "people:child": _screen("people:child_list", _("Sổ trẻ em")),
    "people:enrolment": _screen("people:enrolment_new", _("Tình trạng đi học")),
    "people:household": _screen("people:household_list", _("Sổ hộ gia đình")),
    "people:residence_check": _screen("people:child_list", _("Tra cứu nơi ở của trẻ")),
    "rounds:risk": _screen("rounds:risk_list", _("Trẻ có nguy cơ, điểm và lý do")),
    "rounds:round": _screen("rounds:round_list", _("Đợt rà soát, danh sách thăm hộ")),
    "plan:commendation": _screen("plan:document_list", _("Khen thưởng"), "kind=commendation"),
    "plan:coordination_rule": _screen(
        "plan:document_list", _("Quy chế phối hợp"), "kind=coordination_rule"
    ),
    "plan:derived_plan": _screen(
        "plan:document_list", _("Kế hoạch của xã, đơn vị"), "kind=derived_plan"
    ),
    "plan:document": _screen("plan:document_list", _("Sổ văn bản")),
    "plan:policy_proposal": _screen(
        "plan:document_list", _("Kiến nghị chính sách"), "kind=policy_proposal"
    ),
    "plan:target": _screen("plan:plan_detail", _("Mục tiêu, chỉ tiêu")),
    "plan:task": _screen("plan:task_list", _("Nhiệm vụ và báo cáo nhiệm vụ")),
    "portal:hotline": _screen("portal:home", _("Trang công khai, Tổng đài 111")),
    "reports:annual": _screen("reports:report_list", _("Báo cáo hằng năm")),
    "reports:consolidated": _screen("reports:consolidation_detail", _("Báo cáo tổng hợp")),
    "reports:indicator_set": _screen("reports:report_download", _("Bộ chỉ tiêu số liệu")),
    "reports:late_list": _screen(
        "reports:report_list", _("Danh sách chậm báo cáo"), "sending=late"
    ),
    "reports:reminder": Realisation("rule", "tuoitho.reports.due.due_items", _("Nhắc hạn báo cáo")),
    "reports:review": _screen("reports:period_review", _("Sơ kết, tổng kết")),
}


@dataclass(frozen=True)
class Link:
    """A realisation as shown on a task: its words, and an address when there is one to open."""

    label: str | Promise
    url: str


def links_for(codes: Iterable[str], user: Any) -> list[Link]:
    """What serves a task, in the order of the plan; addresses only where ``user`` may go."""
    known = [COVERAGE[code] for code in codes if code in COVERAGE]
    return [Link(found.label, _address(found, user)) for found in known]


def _address(found: Realisation, user: Any) -> str:
    """The address of a screen that needs no further choice, "" otherwise."""
    if found.kind != "screen":
        return ""
    try:
        url = reverse(found.name)
    except NoReverseMatch:
        return ""
    permission = getattr(resolve(url).func, "permission", "")
    if permission != "public" and not user.may(permission):
        return ""
    return f"{url}?{found.query}" if found.query else url
