"""/children: sổ trẻ em."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from ninja.params.functions import Header

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.interop.api.doors import ApiRequest, acts
from tuoitho.interop.api.once import HEADER, token_of, uuid_of
from tuoitho.interop.api.shapes import (
    REFUSED,
    REFUSED_TO_WRITE,
    Input,
    Page,
    Paging,
    Refusal,
    Text,
    UnitRef,
    commune_of_code,
    paged,
    unit_of_code,
    words_of,
)
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import register_with_family
from tuoitho.people.matching import Candidate, Person, candidates_for
from tuoitho.people.models import Child
from tuoitho.people.states import Relation, Sex
from tuoitho.people.values import number_of
from tuoitho.ui.keyset import Order

router = Router(tags=["Trẻ em"])
SEX: Any = words_of(Sex)
RELATION: Any = words_of(Relation)
IDENTITY = "Chỉ khi khoá có quyền people.identity ở xã này"


class ChildRow(Schema):
    id: int
    full_name: str = Field(examples=["Nguyễn Văn An"])
    birth_date: date | None
    age_low: int | None = Field(description="Tuổi thấp nhất hôm nay", examples=[11])
    age_high: int | None = Field(description="Tuổi cao nhất hôm nay", examples=[11])
    sex: str
    hamlet: str = Field(description="Thôn, tổ dân phố")
    unit: UnitRef


class GuardianOut(Schema):
    relation: str
    full_name: str
    phone: str | None = Field(description=IDENTITY)


class CircumstanceOut(Schema):
    group: str = Field(description="Nhóm của Luật Trẻ em Điều 10.1", examples=["10.1.h"])
    since: date
    until: date | None


class EnrolmentOut(Schema):
    school_year: str = Field(examples=["2025-2026"])
    school_name: str
    grade: int | None
    status: str


class ChildDetail(ChildRow):
    national_id: str | None = Field(description=IDENTITY)
    household_id: int | None
    household_head: str = Field(description="Chủ hộ, rỗng nếu không thuộc hộ nào")
    guardians: list[GuardianOut]
    circumstances: list[CircumstanceOut]
    enrolments: list[EnrolmentOut]


class ChildFilter(Paging):
    q: Text = Field("", max_length=120, description="Họ tên, không cần dấu, không cần đủ chữ")
    unit: Text = Field("", description="Mã xã, hoặc mã địa bàn để lấy mọi xã trong đó")


class GuardianIn(Input):
    full_name: Text = Field(max_length=120, examples=["Nguyễn Thị Bình"])
    relation: RELATION = Field(examples=["mother"])
    phone: Text = Field("", max_length=20, description="Cần quyền people.identity")


class ChildIn(Input):
    unit: Text = Field(description="Mã xã nơi trẻ sống", examples=["00640"])
    full_name: Text = Field(max_length=120, examples=["Nguyễn Văn An"])
    birth_date: date | None = Field(None, examples=["2014-06-01"])
    age_low: int | None = Field(None, ge=0, le=17, description="Khi không biết ngày sinh")
    age_high: int | None = Field(None, ge=0, le=17)
    sex: SEX = Field("unknown", validate_default=True)
    hamlet: Text = Field("", max_length=120)
    national_id: Text = Field("", max_length=20, description="Cần quyền people.identity")
    note: Text = Field("", max_length=5000)
    new_household_head: Text = Field("", max_length=120, description="Lập hộ mới với chủ hộ này")
    guardian: GuardianIn | None = None
    confirmed_new: bool = Field(
        False, description="Đã xem các trẻ có thể trùng (409) và biết chắc đây là trẻ khác"
    )

    def family(self) -> dict[str, Any]:
        """What ``register_with_family`` takes, beside who and when."""
        ages = (self.age_low, self.age_high)
        low, high = (ages[0] if ages[0] is not None else ages[1],
                     ages[1] if ages[1] is not None else ages[0])  # fmt: skip
        return {
            "full_name": self.full_name, "birth_date": self.birth_date, "sex": self.sex.value,
            "age_range": (low, high) if low is not None else None, "hamlet": self.hamlet,
            "national_id": self.national_id, "note": self.note,
            "new_household_head": self.new_household_head,
            "guardian": self.guardian.model_dump(mode="json") if self.guardian else None,
        }  # fmt: skip

    def person(self) -> Person:
        """What is compared with the register."""
        carers = (self.new_household_head, self.guardian.full_name if self.guardian else "")
        return Person(
            self.full_name, self.birth_date, self.sex.value, hamlet=self.hamlet,
            guardian_names=carers, national_id=number_of(self.national_id),
        )  # fmt: skip

    @property
    def identifies(self) -> bool:
        return bool(self.national_id or (self.guardian and self.guardian.phone))


class CandidateOut(Schema):
    child: ChildRow
    score: float = Field(description="Từ 0 đến 1", examples=[0.8])
    reasons: list[str] = Field(examples=[["cùng họ tên", "cùng ngày sinh 01/06/2014"]])


class PerhapsKnown(Refusal):
    """Có thể đã có trong sổ. Nếu đúng là trẻ khác, gửi lại với ``confirmed_new: true``."""

    candidates: list[CandidateOut]


def _row(child: Child) -> dict[str, Any]:
    ages = child.age_range_on(today()) or (None, None)
    plain = ("id", "full_name", "birth_date", "sex", "hamlet")
    return {
        **{name: getattr(child, name) for name in plain},
        "age_low": ages[0], "age_high": ages[1], "unit": UnitRef.of(child.unit),
    }  # fmt: skip


def _whole(child: Child, person: User) -> dict[str, Any]:
    identified = child.unit_id in person.scope("people.identity")
    household = child.household
    carers = [*child.guardians.all(), *(household.guardians.all() if household else [])]
    return {
        **_row(child),
        "national_id": child.national_id if identified else None,
        "household_id": child.household_id,
        "household_head": household.head_name if household else "",
        "guardians": [
            {"relation": c.relation, "full_name": c.full_name,
             "phone": c.phone if identified else None} for c in carers
        ],
        "circumstances": list(child.circumstances.values("group", "since", "until")),
        "enrolments": list(
            child.enrolments.values("school_year", "school_name", "grade", "status")
        ),
    }  # fmt: skip


@router.get("", response={200: Page[ChildRow], **REFUSED}, summary="Tìm và liệt kê trẻ em",
            description="Theo tên; khi tìm (``q``), tên giống nhất trước.")  # fmt: skip
@acts("people.view")
def list_children(request: ApiRequest, asked: Query[ChildFilter]) -> Any:
    rows = Child.objects.visible_to(request.auth).select_related("unit")
    if asked.unit:
        rows = rows.living_in(unit_of_code(asked.unit))
    rows = rows.asked(asked.q, request.auth)
    ranked = "match_rank" in rows.query.annotations
    order = Order("match_rank", descending=True) if ranked else Order("full_name")
    return paged(rows, order, asked, _row)


@router.get("/{int:pk}", response={200: ChildDetail, **REFUSED}, summary="Một trẻ em",
            description="Lượt xem được ghi vào nhật ký của trẻ.")  # fmt: skip
@acts("people.view")
def read_child(request: ApiRequest, pk: int) -> Any:
    children = Child.objects.visible_to(request.auth).select_related("unit", "household")
    child = get_object_or_404(children, pk=pk)
    record("people.view", child, by=request.auth, note="API")
    return _whole(child, request.auth)


@router.post(
    "", response={201: ChildDetail, 409: PerhapsKnown, **REFUSED_TO_WRITE},
    summary="Đăng ký một trẻ em",
    description="Nếu sổ đã có trẻ giống (trong phạm vi người tạo khoá được xem), trả lời 409 cùng "
    "danh sách; gửi lại với ``confirmed_new: true`` nếu là trẻ khác.",
)  # fmt: skip
@acts("people.view", "people.register")
def add_child(
    request: ApiRequest,
    child: ChildIn,
    key: str = Header("", alias="Idempotency-Key", max_length=200, description=HEADER),
) -> Any:
    person, unit = request.auth, commune_of_code(child.unit)
    person.require("people.register", unit)
    if child.identifies:
        person.require("people.identity", unit)
    token = uuid_of(token_of(person, key, child))
    made_before = token and Child.objects.visible_to(person).filter(form_token=token).exists()
    waved = child.confirmed_new or made_before
    if not waved and (found := candidates_for(child.person(), person)):
        return Status(409, _perhaps_known(found))
    made = register_with_family(unit, form_token=token, by=person, on=today(), **child.family())
    return Status(201, _whole(made, person))


def _perhaps_known(found: list[Candidate]) -> dict[str, Any]:
    return {
        "errors": {"full_name": [_("Có thể trẻ này đã có trong sổ.")]},
        "candidates": [
            {"child": _row(c.child), "score": round(c.score, 2), "reasons": c.reasons}
            for c in found
        ],
    }
