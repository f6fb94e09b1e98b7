"""What a child of the story needs: Mẫu 03 with a level of risk, the meeting, measures."""

from datetime import date, timedelta
from typing import Any

from tuoitho.access.models import User
from tuoitho.cases import actions
from tuoitho.cases.actions.needs import suggested_risk
from tuoitho.cases.models import Case, Need

# Ratings of Mẫu 02 by the level of risk they lead to; what is left out is medium.
RATINGS: dict[str, dict[str, str]] = {
    "high": {"harm_now": "high", "harm_reach": "high", "harm_place": "high",
             "self_protection": "low"},
    "medium": {},
    "low": {"harm_now": "low", "harm_reach": "low", "harm_place": "low",
            "self_protection": "high"},
}  # fmt: skip
SEVERITY = {"high": ("high", "medium"), "medium": ("high", "medium"), "low": ("medium", "low")}


def assess_child(
    case: Case, *, by: User, on: date, risk: str = "medium", carers_safe: bool | None = None
) -> list[Need]:
    """Mẫu 03 with two needs; returns them, education first."""
    first, second = SEVERITY[risk]
    needs = [
        {"kind": "education", "what": "Trở lại trường", "severity": first, "said_by": "child"},
        {"kind": "social", "what": "Giảm gánh nặng kiếm tiền của gia đình", "severity": second,
         "said_by": "carers"},
    ]  # fmt: skip
    assessment = actions.assess_needs(
        case, needs=needs, by=by, on=on, carers_safe=carers_safe,
        risk_level=suggested_risk(case, [need["severity"] for need in needs]).level,
        state_of_child="Khỏe, mệt vì thiếu ngủ.", study="Nghỉ học nhiều buổi.",
        family="Thu nhập thấp, cha mẹ làm thuê theo mùa.",
        risk_factors="Nơi làm ở gần nhà, người quen vẫn gọi em đi làm.",
        neighbourhood="Trưởng thôn và hàng xóm sẵn lòng để ý, báo tin.",
        wishes_of_child="Muốn được đi học lại cùng các bạn.",
        wishes_of_carers="Muốn vay vốn để bớt phụ thuộc việc làm thuê.",
    )  # fmt: skip
    return list(assessment.needs.all())


def hold_meeting(case: Case, *, by: User, on: date) -> None:
    """The meeting of khoản 2 Điều 27, from which one body stayed away."""
    actions.hold_meeting(
        case, chair="Chủ tịch Ủy ban nhân dân", by=by, on=on, place="Trụ sở Ủy ban nhân dân",
        minutes="Thống nhất đưa em trở lại lớp và hướng dẫn gia đình vay vốn.",
        attendance=[
            {"part": "body", "name": "Nhà trường", "present": True},
            {"part": "residents", "name": "Trưởng thôn", "present": True},
            {"part": "carers", "name": "Mẹ của em", "present": True},
            {"part": "body", "name": "Công an", "present": False},
        ],
    )  # fmt: skip


def measures(on: date, education: Need, income: Need) -> list[dict[str, Any]]:
    """What the plan does for both needs, by whom and by when."""
    return [
        {"kind": "education", "what": "Làm việc với nhà trường để em trở lại lớp",
         "starts_on": on, "ends_on": on + timedelta(days=60), "responsible": "Nhà trường",
         "need": education},
        {"kind": "loan", "what": "Hướng dẫn gia đình vay vốn ưu đãi", "starts_on": on,
         "ends_on": on + timedelta(days=90), "responsible": "Hội Phụ nữ xã", "cost": 500_000,
         "need": income, "provider": "Phòng giao dịch Ngân hàng CSXH"},
    ]  # fmt: skip
