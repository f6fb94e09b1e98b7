"""Population figures and one sample survey, without which no share can be computed; invented."""

from decimal import Decimal

from tuoitho.demo.programme import SIZES
from tuoitho.demo.stage import Stage
from tuoitho.indicators.actions import set_baseline, set_survey
from tuoitho.units.models import Unit

SOURCE = "Niên giám thống kê (số liệu giả định để trình diễn)"
# Of the whole district; divided among its communes in their order.
WHOLE = {
    "population_5_17": 57_500,
    "staff_teachers": SIZES["staff"],
    "parents": SIZES["parents"],
    "children_community": SIZES["community"],
    "children_school": SIZES["school"],
    "officials_commune": 64,
    "officials_other": 310,
}


def count_people(stage: Stage) -> None:
    """Baselines of 2021 to 2026 and the survey of 2024."""
    for year in range(2021, 2027):
        units = stage.old_communes if year < 2026 else stage.new_communes
        whole = stage.district if year < 2026 else stage.area
        with stage.acting():
            for group, size in WHOLE.items():
                _divide(stage, units, year, group, size)
            set_baseline(whole, year, "officials_district", 24, source=SOURCE, by=stage.system,
                         on=stage.today)  # fmt: skip
    with stage.acting():
        set_survey(
            stage.district, 2024, rate=Decimal("0.82"), low=Decimal("0.51"), high=Decimal("1.13"),
            source="Điều tra mẫu 2024 (số liệu giả định)", hazardous_share=Decimal("21.5"),
            design="Mẫu hai giai đoạn: 40 thôn, 25 hộ mỗi thôn", sample_size=1840,
            by=stage.system, on=stage.today,
        )  # fmt: skip


def _divide(stage: Stage, units: list[Unit], year: int, group: str, size: int) -> None:
    """Shares of about the same size that add up to the whole."""
    left = size
    for number, unit in enumerate(units):
        share = left // (len(units) - number)
        set_baseline(unit, year, group, share, source=SOURCE, by=stage.system, on=stage.today)
        left -= share
