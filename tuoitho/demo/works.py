"""Facts of work as a collaborator would write them, for the law to judge; all invented."""

from typing import Any

UNKNOWN: dict[str, Any] = dict.fromkeys(
    (
        "overtime", "night", "guardian_consent", "tracking_book", "written_contract",
        "health_certificate", "health_check_6_months", "study_not_affected", "safe_conditions",
        "provincial_consent", "organisation",
    )
)  # fmt: skip

SECTORS = ("handicraft", "catering", "recycling", "industry", "construction", "trade")


def _work(relation: str, job: str | None, place: str | None, day: float, week: float,
          description: str, **facts: Any) -> dict[str, Any]:  # fmt: skip
    return {
        **UNKNOWN, "relation": relation, "job": job, "place": place, "hours_day": day,
        "hours_week": week, "description": description, **facts,
    }  # fmt: skip


# Work against the law, by kind of workplace.
UNLAWFUL = (
    _work("employee", "L04", "ordinary", 6, 36, "Tráng bánh, phơi bún từ 4 giờ sáng", night=True),
    _work("employee", "other", "ordinary", 7, 42, "Rửa bát, bưng bê ở quán ăn"),
    _work("employee", "147.1.a", "ordinary", 8, 48, "Bốc vác bao tải phế liệu", overtime=True),
    _work("apprentice", "147.1.e", "ordinary", 8, 44, "Hàn cửa sắt ở xưởng cơ khí"),
    _work("employee", None, "147.2.b", 9, 54, "Phụ hồ ở công trường xây nhà"),
    _work("employee", "other", "147.2.d", 6, 36, "Trông quầy ở quán karaoke", night=True),
    _work("family", "L04", "ordinary", 6, 40, "Làm miến cùng gia đình, nghỉ học buổi chiều"),
    _work("domestic_worker", "other", "ordinary", 9, 60, "Giúp việc, trông em cho gia đình khác"),
)
# Work that keeps within the law but where a push would be enough.
AT_RISK = (
    _work("family", "L05", "ordinary", 2, 10, "Xâu hạt sau giờ học", overtime=False, night=False),
    _work("family", "L06", "ordinary", 3, 12, "Đan mây tre với bà", overtime=False, night=False),
    _work("family", "L07", "ordinary", 2, 8, "Gói bánh dịp lễ", overtime=False, night=False),
)
HAPPENINGS = (
    "Thấy một em nhỏ làm việc ở xưởng từ sáng sớm, các ngày trong tuần đều không đến lớp.",
    "Cháu nghỉ học đã ba tuần, hàng xóm nói đang phụ việc ở cơ sở tái chế.",
    "Có em làm ở quán ăn đến gần nửa đêm, trông rất mệt.",
    "Trong buổi rà soát, cộng tác viên thấy em đang làm cùng người lớn ở xưởng.",
    "Giáo viên báo học sinh nghỉ nhiều buổi để đi làm thêm.",
)


def chores_only() -> dict[str, Any]:
    """No work at all, a few chores."""
    return {"works": [], "chores_hours_week": 5}


def facts(work: dict[str, Any], chores: float = 6) -> dict[str, Any]:
    """One work and some chores, in the words of the law."""
    return {"works": [work], "chores_hours_week": chores}
