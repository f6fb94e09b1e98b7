"""``docs/indicators.md``, written from the definitions."""

from django.utils.translation import override

from tuoitho.indicators.counting import CaseShare, EmployersReached, PeopleReached
from tuoitho.indicators.definitions import INDICATORS, VERSION, Indicator
from tuoitho.indicators.definitions.found import FoundAtHazard
from tuoitho.indicators.states import Group

SPLITS = {
    "sex": "giới tính", "age": "nhóm tuổi", "category": "nhóm hồ sơ", "owner": "cơ quan thực hiện",
    "kind": "loại hình", "village": "làng nghề",
}  # fmt: skip


def indicators_page() -> str:
    """Every indicator in words, its denominator, splits and the questions it rests on."""
    with override("vi"):
        lines = [
            "# Chỉ tiêu",
            "",
            f"Phiên bản {VERSION}. Một định nghĩa cho mọi màn hình, báo cáo, tệp và API:"
            " `tuoitho.indicators.engine.compute`.",
            "",
            "- Kết quả tính theo phần trăm, làm tròn hai chữ số (nửa lên); nhiều chữ số hơn khi làm"
            " tròn sẽ vượt qua ngưỡng.",
            "- Mẫu số chưa biết thì không có kết quả, và ghi chú nói thiếu số liệu nền nào.",
            "- Số liệu nền của huyện là tổng các xã khi mọi xã đều có; nếu không thì số của huyện.",
            "- Tử số lớn hơn mẫu số được giữ nguyên kèm lời nhắc, không cắt về 100 %.",
            "- Ngưỡng của kế hoạch là mức cuối giai đoạn: `met` so sánh, `concluded` là kết luận.",
            "- Hồ sơ niêm phong có trong tổng từ cấp huyện trở lên, không có trong số của xã nào.",
            "- Năm là năm dương lịch; địa bàn là địa bàn ngày 31/12 của năm đó.",
            "",
        ]
        for indicator in INDICATORS:
            lines += _section(indicator)
        lines += ["## Nhóm của số liệu nền", "", "| mã | nhóm |", "|---|---|"]
        lines += [f"| `{group.value}` | {group.label} |" for group in Group]
    return "\n".join(lines) + "\n"


def _section(indicator: Indicator) -> list[str]:
    asked = ", ".join(f"`{function.__qualname__}`" for function in indicator.rests_on)
    return [
        f"## {indicator.code} {indicator.title}", "",
        f"- Công thức: {indicator.formula}",
        f"- Đếm gì: {indicator.counted}",
        f"- Mẫu số: {_denominator(indicator)}",
        f"- Chia theo: xã, {', '.join(SPLITS[split] for split in indicator.splits)}",
        f"- Đoạn của kế hoạch: {indicator.paragraph}; từ năm {indicator.since}"
        + (f" đến {indicator.until}" if indicator.until else ""),
        f"- Dựa trên: {asked}", "",
    ]  # fmt: skip


def _denominator(indicator: Indicator) -> str:
    measure = indicator.measure
    if isinstance(measure, CaseShare | FoundAtHazard):
        return "đếm từ hồ sơ, sàng lọc."
    if isinstance(measure, EmployersReached):
        more = " + ".join(f"`{group}`" for group in measure.groups)
        return "sổ đăng ký cơ sở" + (f", hoặc {more} nếu lớn hơn." if more else ".")
    groups = measure.groups if isinstance(measure, PeopleReached) else (Group.POPULATION_5_17,)
    return "số liệu nền " + " + ".join(f"`{group}`" for group in groups) + "."
