"""/units: xã, phường, thị trấn vào một ngày."""

from datetime import date
from typing import Any

from ninja import Field, Query, Router

from tuoitho.interop.api.doors import ApiRequest, acts
from tuoitho.interop.api.shapes import REFUSED, Page, Paging, Text, UnitRef, paged
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.ui.keyset import Order
from tuoitho.units.models import Unit

router = Router(tags=["Đơn vị hành chính"])


class CommuneOut(UnitRef):
    parent: UnitRef | None = Field(description="Đơn vị cấp trên vào ngày đó")
    area: UnitRef | None = Field(description="Địa bàn chương trình")
    valid_from: date | None = Field(description="Ngày đầu, rỗng nếu có từ trước khi có số liệu")
    valid_to: date | None = Field(description="Ngày cuối, rỗng nếu vẫn còn")


class CommuneFilter(Paging):
    on: date | None = Field(None, description="Vào ngày nào; bỏ trống là hôm nay")
    q: Text = Field("", max_length=120, description="Tên, không cần dấu")


def _row(unit: Unit) -> dict[str, Any]:
    last = unit.valid.upper
    return {
        "code": unit.code, "name": unit.name,
        "parent": UnitRef.of(unit.parent) if unit.parent else None,
        "area": UnitRef.of(unit.area) if unit.area else None,
        "valid_from": unit.valid.lower,
        "valid_to": date.fromordinal(last.toordinal() - 1) if last else None,
    }  # fmt: skip


@router.get(
    "", response={200: Page[CommuneOut], **REFUSED}, summary="Xã, phường, thị trấn vào một ngày",
    description="Khoá nào cũng đọc được. Một mã có thể chỉ đơn vị khác trước ngày 01/07/2025.",
)  # fmt: skip
@acts()
def list_communes(request: ApiRequest, asked: Query[CommuneFilter]) -> Any:
    rows = Unit.objects.communes().as_of(asked.on or today()).select_related("parent", "area")
    if asked.q:
        rows = rows.filter(folded_name__contains=fold(asked.q))
    return paged(rows, Order("code"), asked, _row)
