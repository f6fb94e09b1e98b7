"""/indicators: các chỉ tiêu của kế hoạch."""

from typing import Any

from django.http import Http404
from ninja import Field, Query, Router, Schema

from tuoitho.indicators.engine import compute_for
from tuoitho.indicators.places import unit_for
from tuoitho.interop.api.doors import ApiRequest, acts
from tuoitho.interop.api.shapes import REFUSED, Text

router = Router(tags=["Chỉ tiêu"])
Number = int | float


class UnitFigure(Schema):
    unit_id: int
    unit: str = Field(description="Mã xã", examples=["00640"])
    name: str
    numerator: int | None
    denominator: int | None
    value: Number | None
    note: str


class Figure(Schema):
    """Một con số của kế hoạch, như ``tuoitho indicators --format json``."""

    code: str = Field(description="Mã chỉ tiêu", examples=["2.1.staff"])
    target: str = Field(description="Mục tiêu của kế hoạch", examples=["2.1"])
    part: str
    owner: str = Field(description="Cơ quan tổng hợp", examples=["gddt"])
    unit: str = Field(description="Mã địa bàn", examples=["020"])
    numerator: int | None
    denominator: int | None
    value: Number | None = Field(description="Phần trăm", examples=[91.5])
    threshold: Number | None = Field(description="Mức phải đạt, phần trăm", examples=[90])
    direction: str = Field(examples=["at_least"])
    met: bool | None
    note: str
    by_unit: list[UnitFigure]
    year: int
    unit_name: str
    title: str
    target_title: str
    paragraph: str
    owners: list[str]
    owner_name: str
    role: str
    within: str
    threshold_year: int | None
    threshold_basis: str
    only_end_value: bool
    concluded: bool
    low: Number | None = Field(description="Khoảng tin cậy, cận dưới (điều tra mẫu)")
    high: Number | None = Field(description="Khoảng tin cậy, cận trên (điều tra mẫu)")
    register_count: int | None = Field(description="Phát hiện trong sổ; không phải tỷ lệ")
    register_share: Number | None
    register_name: str


class Asked(Schema):
    year: int = Field(ge=2000, le=2100, description="Năm dương lịch", examples=[2024])
    unit: Text = Field(max_length=8, description="Mã địa bàn vào cuối năm đó", examples=["020"])


@router.get(
    "", response={200: list[Figure], **REFUSED}, summary="Các chỉ tiêu của một địa bàn, một năm",
    description="Cùng một cách tính với bảng chỉ tiêu, báo cáo và lệnh `tuoitho indicators`.",
)  # fmt: skip
@acts("indicators.view")
def list_figures(request: ApiRequest, asked: Query[Asked]) -> Any:
    unit = unit_for(asked.unit, asked.year)
    if unit.pk not in request.auth.scope("indicators.view"):
        raise Http404
    return [result.as_json() for result in compute_for(request.auth, unit, asked.year)]
