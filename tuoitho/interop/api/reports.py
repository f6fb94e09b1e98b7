"""/reports: tin báo về trẻ em (Mẫu 01, NĐ 56/2017)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from ninja.params.functions import Header
from pydantic import AwareDatetime

from tuoitho.audit.actions import record
from tuoitho.cases.actions import receive_report
from tuoitho.cases.models import Report
from tuoitho.cases.models.report import Channel, ReportState, Sex
from tuoitho.cases.receipts import spaced
from tuoitho.cases.routing import words_of as route_words
from tuoitho.interop.api.doors import ApiRequest, acts
from tuoitho.interop.api.once import HEADER, token_of
from tuoitho.interop.api.shapes import (
    REFUSED,
    REFUSED_TO_WRITE,
    Input,
    Page,
    Paging,
    Text,
    UnitRef,
    days,
    here,
    paged,
    unit_of_code,
    words_of,
)
from tuoitho.lib.hanoi import now
from tuoitho.ui.keyset import Order

router = Router(tags=["Tin báo"])
CHANNEL: Any = words_of(Channel)
STATE: Any = words_of(ReportState)
SEX: Any = words_of(Sex)


class ReportRow(Schema):
    id: UUID
    channel: str = Field(description="Nguồn tin", examples=["phone"])
    state: str = Field(description="Tình trạng xử lý", examples=["waiting"])
    received_at: datetime = Field(description="Nhận tin lúc")
    first_response_due_at: datetime = Field(description="Hạn đánh giá ban đầu (12 giờ)")
    unit: UnitRef = Field(description="Xã đang xử lý")
    child_name: str = Field(description="Tên trẻ theo lời báo, có thể rỗng")
    age_estimate: int | None = Field(description="Tuổi ước lượng")
    sex: str
    place: str = Field(description="Nơi xảy ra vụ việc")
    crime_suspected: bool = Field(description="Có dấu hiệu tội phạm")
    child_id: int | None = Field(description="Trẻ trong sổ, nếu đã gắn")
    case_id: int | None = Field(description="Hồ sơ, nếu đã vào hồ sơ")


class ReportDetail(ReportRow):
    happening: str = Field(description="Sự việc")
    child_condition: str = Field(description="Tình trạng hiện tại của trẻ")
    done_already: str = Field(description="Việc đã làm để giúp trẻ")
    informant_named: bool = Field(
        description="Người báo tin có nêu tên; danh tính không đi qua API"
    )
    routed_because: str = Field(description="Vì sao tin đến xã này")


class ReportFilter(Paging):
    state: STATE | None = Field(None, description="Tình trạng xử lý")
    channel: CHANNEL | None = Field(None, description="Nguồn tin")
    unit: Text = Field("", description="Mã xã, hoặc mã địa bàn để lấy mọi xã trong đó")
    received_from: date | None = Field(None, description="Nhận từ ngày (tính cả ngày này)")
    received_to: date | None = Field(None, description="Nhận đến hết ngày")


def _long(longest: int) -> Any:
    """Said in the document; refused by the action, in its own words."""
    return {"maxLength": longest}


class ReportIn(Input):
    """Điều gì không đúng được báo bằng đúng lời của màn hình nhập và trang báo tin."""

    unit: Text = Field(
        "", description="Mã xã nơi xảy ra vụ việc; bỏ trống nếu chưa rõ", examples=["00640"]
    )
    hamlet: Text = Field("", json_schema_extra=_long(120), description="Thôn, tổ dân phố")
    home_unit: Text = Field("", description="Mã xã trẻ ở, nếu chưa rõ nơi xảy ra")
    channel: CHANNEL = Field(description="Nguồn tin", examples=["hotline_111"])
    received_at: AwareDatetime | None = Field(
        None, description="Nhận tin lúc, có múi giờ; bỏ trống là lúc này",
        examples=["2026-03-02T08:00:00+07:00"],
    )  # fmt: skip
    happening: Text = Field(
        description="Sự việc", json_schema_extra=_long(20_000),
        examples=["Cháu bé rửa bát thuê ở quán ăn đến khuya."],
    )  # fmt: skip
    child_name: Text = Field("", json_schema_extra=_long(120), examples=["Bé Na"])
    age_estimate: int | None = Field(
        None, json_schema_extra={"minimum": 0, "maximum": 25}, examples=[11]
    )
    birth_date: date | None = None
    sex: SEX = Field("unknown", validate_default=True)
    place: Text = Field("", json_schema_extra=_long(300), examples=["Quán phở đầu chợ"])
    child_condition: Text = Field("", max_length=20_000)
    done_already: Text = Field("", max_length=20_000)
    reporter_name: Text = Field("", json_schema_extra=_long(120))
    reporter_phone: Text = Field("", json_schema_extra=_long(30))
    crime_suspected: bool = False


class ReportMade(Schema):
    id: UUID
    receipt_code: str = Field(
        description="Mã để người báo tin tra cứu; hệ thống không cho xem lại",
        examples=["K7M2P-9QXRT"],
    )


def _row(report: Report) -> dict[str, Any]:
    plain = ("id", "channel", "state", "child_name", "age_estimate", "sex", "place",
             "crime_suspected", "child_id", "case_id")  # fmt: skip
    return {
        **{name: getattr(report, name) for name in plain},
        "received_at": here(report.received_at),
        "first_response_due_at": here(report.first_response_due_at),
        "unit": UnitRef.of(report.unit),
    }


@router.get(
    "", response={200: Page[ReportRow], **REFUSED}, summary="Danh sách tin báo",
    description="Mới nhận trước. Chỉ gồm tin báo ở địa bàn của người tạo khoá.",
)  # fmt: skip
@acts("cases.view")
def list_reports(request: ApiRequest, asked: Query[ReportFilter]) -> Any:
    rows = Report.objects.visible_to(request.auth).filter(sealed=False).select_related("unit")
    if asked.state:
        rows = rows.filter(state=asked.state.value)
    if asked.channel:
        rows = rows.filter(channel=asked.channel.value)
    if asked.unit:
        rows = rows.filter(unit__above__ancestor=unit_of_code(asked.unit))
    if asked.received_from or asked.received_to:
        rows = rows.received_in(days(asked.received_from, asked.received_to, "received_to"))
    return paged(rows, Order("received_at", descending=True), asked, _row)


@router.get("/{uuid:pk}", response={200: ReportDetail, **REFUSED}, summary="Một tin báo",
            description="Lượt xem được ghi vào nhật ký.")  # fmt: skip
@acts("cases.view")
def read_report(request: ApiRequest, pk: UUID) -> Any:
    person = request.auth
    reports = Report.objects.visible_to(person).filter(sealed=False)  # nothing sealed by API
    report = get_object_or_404(reports.select_related("unit"), pk=pk)
    record("cases.view_report", report, by=person, note="API")
    return {
        **_row(report),
        "happening": report.happening,
        "child_condition": report.child_condition,
        "done_already": report.done_already,
        "informant_named": report.informant_named,
        "routed_because": route_words(report.routing),
    }


@router.post(
    "", response={201: ReportMade, **REFUSED_TO_WRITE}, summary="Gửi một tin báo",
    description="Tin thuộc về xã nơi xảy ra ngay khi nhận (NĐ 56/2017 Điều 26.1), kể cả khi người "
    "tạo khoá không xem được xã đó; chưa rõ thì xã trẻ ở, chưa rõ nữa thì địa bàn chương trình.",
)  # fmt: skip
@acts("cases.receive")
def send_report(
    request: ApiRequest,
    report: ReportIn,
    key: str = Header("", alias="Idempotency-Key", max_length=200, description=HEADER),
) -> Any:
    person = request.auth
    fields = report.model_dump(mode="json", exclude={"unit", "home_unit", "channel", "received_at",
                                                     "happening", "birth_date"})  # fmt: skip
    made, code = receive_report(
        unit_of_code(report.unit) if report.unit else None,
        home_unit=unit_of_code(report.home_unit, "home_unit") if report.home_unit else None,
        channel=report.channel.value, by=person,
        received_at=report.received_at or now(), happening=report.happening,
        birth_date=report.birth_date, form_token=token_of(person, key, report), **fields,
    )  # fmt: skip
    return Status(201, {"id": made.pk, "receipt_code": spaced(code)})
