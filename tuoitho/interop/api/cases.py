"""/cases: hồ sơ hỗ trợ, can thiệp."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases.models import Case
from tuoitho.cases.models.case import Category
from tuoitho.cases.states import State
from tuoitho.interop.api.doors import ApiRequest, acts
from tuoitho.interop.api.shapes import (
    REFUSED,
    Page,
    Paging,
    Text,
    UnitRef,
    days,
    paged,
    unit_of_code,
    words_of,
)
from tuoitho.people.models import Child
from tuoitho.ui.keyset import Order

router = Router(tags=["Hồ sơ"])
CATEGORY: Any = words_of(Category)
STATE: Any = words_of(State)


class CaseRow(Schema):
    id: int
    number: str = Field(description="Số hồ sơ", examples=["HS-000042"])
    child_id: int
    category: str = Field(description="Nhóm", examples=["child_labour"])
    state: str = Field(description="Đang ở bước nào", examples=["supporting"])
    notified_on: date = Field(description="Ngày nhận tin")
    opened_on: date
    closed_on: date | None
    step_due_on: date | None = Field(description="Việc kế tiếp đến hạn")
    emergency: bool | None
    hazardous: bool | None = Field(description="Công việc nguy hiểm, độc hại")
    outside_children_law: bool = Field(description="16–17 tuổi: ngoài phạm vi Luật Trẻ em")
    unit: UnitRef = Field(description="Xã đang xử lý")
    opened_unit: UnitRef = Field(description="Nơi xảy ra")


class MoveOut(Schema):
    name: str = Field(examples=["submit_plan"])
    source: str
    target: str
    on: date


class ServiceOut(Schema):
    kind: str = Field(examples=["education"])
    provider_name: str
    starts_on: date
    planned_end: date | None
    ended_on: date | None
    result: str = Field(description="Rỗng khi chưa kết thúc")
    cost: int = Field(description="Đồng", examples=[2000000])


class VisitOut(Schema):
    on: date
    still_working: bool | None
    clear: bool = Field(description="Không còn lao động trái quy định")
    child_labour: bool | None
    hazardous: bool | None
    schooling: str


class CaseDetail(CaseRow):
    child_name: str | None = Field(description="Chỉ khi khoá xem được trẻ (people.view)")
    closing: str = Field(description="Lý do kết thúc")
    plan_due_on: date | None
    plan_submitted_on: date | None
    approval_due_on: date | None
    approved_on: date | None
    supported_since: date | None
    ceased_on: date | None = Field(description="Ngày chấm dứt lao động trái quy định")
    moves: list[MoveOut]
    services: list[ServiceOut]
    visits: list[VisitOut]


class CaseFilter(Paging):
    state: STATE | None = Field(None, description="Đang ở bước nào")
    category: CATEGORY | None = Field(None, description="Nhóm")
    unit: Text = Field("", description="Mã xã đang xử lý, hoặc mã địa bàn")
    child: int | None = Field(None, ge=1, description="Mã trẻ (``id`` của /children)")
    opened_from: date | None = Field(None, description="Mở từ ngày (tính cả ngày này)")
    opened_to: date | None = Field(None, description="Mở đến hết ngày")
    open: bool | None = Field(None, description="true: chưa kết thúc; false: đã kết thúc")


def _row(case: Case) -> dict[str, Any]:
    plain = ("id", "child_id", "category", "state", "notified_on", "opened_on", "closed_on",
             "step_due_on", "emergency", "hazardous", "outside_children_law")  # fmt: skip
    return {
        **{name: getattr(case, name) for name in plain},
        "number": str(case),
        "unit": UnitRef.of(case.unit),
        "opened_unit": UnitRef.of(case.opened_unit),
    }


def _whole(case: Case, person: User) -> dict[str, Any]:
    plain = ("closing", "plan_due_on", "plan_submitted_on", "approval_due_on", "approved_on",
             "supported_since", "ceased_on")  # fmt: skip
    child = Child.objects.visible_to(person).filter(pk=case.child_id).first()
    services = case.services.select_related("provider").order_by("starts_on", "pk")
    return {
        **_row(case),
        **{name: getattr(case, name) for name in plain},
        "child_name": child.full_name if child else None,
        "moves": list(case.moves.order_by("on", "pk").values("name", "source", "target", "on")),
        "services": [
            {"kind": s.kind, "starts_on": s.starts_on, "planned_end": s.planned_end,
             "ended_on": s.ended_on, "result": s.result, "cost": int(s.cost),
             "provider_name": s.provider.name if s.provider else s.provider_name}
            for s in services
        ],
        "visits": list(case.visits.order_by("on").values(
            "on", "still_working", "clear", "child_labour", "hazardous", "schooling")),
    }  # fmt: skip


@router.get("", response={200: Page[CaseRow], **REFUSED}, summary="Danh sách hồ sơ",
            description="Mới mở trước. Hồ sơ niêm phong không có trong API.")  # fmt: skip
@acts("cases.view")
def list_cases(request: ApiRequest, asked: Query[CaseFilter]) -> Any:
    rows = Case.objects.visible_to(request.auth).filter(sealed=False)
    rows = rows.select_related("unit", "opened_unit")
    if asked.state:
        rows = rows.filter(state=asked.state.value)
    if asked.category:
        rows = rows.in_category(asked.category.value)
    if asked.unit:
        rows = rows.filter(unit__above__ancestor=unit_of_code(asked.unit))
    if asked.child:
        rows = rows.filter(child=asked.child)
    if asked.opened_from or asked.opened_to:
        rows = rows.opened_in(days(asked.opened_from, asked.opened_to, "opened_to"))
    if asked.open is not None:
        rows = rows.still_open() if asked.open else rows.filter(state=State.CLOSED)
    return paged(rows, Order("opened_on", descending=True), asked, _row)


@router.get(
    "/{int:pk}", response={200: CaseDetail, **REFUSED}, summary="Một hồ sơ",
    description="Các bước, dịch vụ và lần thăm, không có lời kể hay ghi chú. Lượt xem được ghi vào "
    "nhật ký.",
)  # fmt: skip
@acts("cases.view")
def read_case(request: ApiRequest, pk: int) -> Any:
    cases = Case.objects.visible_to(request.auth).filter(sealed=False)
    cases = cases.select_related("unit", "opened_unit")
    case = get_object_or_404(cases, pk=pk)
    record("cases.view", case, by=request.auth, note="API")
    return _whole(case, request.auth)
