"""Parts that several resources share: text, units, pages of a list, refusals."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict
from pydantic_core import PydanticCustomError

from tuoitho.lib.hanoi import HANOI, today
from tuoitho.lib.periods import Period
from tuoitho.ui.keyset import Order, take
from tuoitho.units.models import Level, Unit

Item = TypeVar("Item")
LONGEST_PAGE = 200
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)


def _plain(text: str) -> str:
    if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text):
        raise PydanticCustomError("string_control", "control characters")
    return text


Text = Annotated[str, AfterValidator(_plain)]  # what PostgreSQL can keep: no NUL


def words_of(choices: type[TextChoices]) -> Any:
    """The values of ``choices`` as a type of the API, so that its document lists them."""
    return Enum(choices.__name__, {value: value for value in choices.values}, type=str)


class Input(Schema):
    """Something sent to us: a misspelt field is refused, never silently dropped."""

    model_config = ConfigDict(extra="forbid")


class UnitRef(Schema):
    code: str = Field(description="Mã đơn vị hành chính", examples=["00640"])
    name: str = Field(description="Tên", examples=["Xã Thanh Trì"])

    @classmethod
    def of(cls, unit: Unit) -> "UnitRef":
        return cls(code=unit.code, name=unit.name)


class Refusal(Schema):
    """Vì sao không làm được: theo từng mục, hoặc "__all__" cho cả yêu cầu."""

    errors: dict[str, list[str]] = Field(examples=[{"full_name": ["Hãy ghi họ và tên."]}])


class Page(Schema, Generic[Item]):
    """Một trang của danh sách. Trang sau: gửi lại ``next`` ở tham số ``after``; hết thì rỗng."""

    items: list[Item]
    next: str = Field("", description="Con trỏ của trang sau, rỗng nếu đã hết")


class Paging(Schema):
    limit: int = Field(50, ge=1, le=LONGEST_PAGE, description="Số dòng mỗi trang")
    after: Text = Field("", max_length=2000, description="Con trỏ ``next`` của trang trước")


def paged(
    rows: QuerySet[Any], order: Order, paging: Paging, shape: Callable[[Any], Item]
) -> dict[str, Any]:
    """A ``Page`` of ``rows``, already visible_to the person; shaped here, while the database still
    answers as that person. Raises ValidationError for a cursor of another list."""
    found = take(rows, order, paging.limit, after=paging.after)
    if paging.after and not found.before:
        raise ValidationError({"after": _("Con trỏ này không dùng được; hãy đọc lại từ đầu.")})
    return {"items": [shape(row) for row in found.rows], "next": found.after}


def unit_of_code(code: str, field: str = "unit") -> Unit:
    """The unit of today with ``code``. Raises ValidationError."""
    unit = Unit.objects.as_of(today()).filter(code=code).first()
    if unit is None:
        raise ValidationError({field: _("Hôm nay không có đơn vị nào mang mã này.")})
    return unit


def commune_of_code(code: str) -> Unit:
    """The commune of today with ``code``. Raises ValidationError."""
    unit = unit_of_code(code)
    if unit.level != Level.COMMUNE:
        raise ValidationError({"unit": _("Hãy ghi mã của một xã, phường, thị trấn.")})
    return unit


def days(first: date | None, last: date | None, field: str) -> Period:
    """From ``first`` to ``last``, both included; None is open. Raises ValidationError (turned)."""
    first, last = first or FIRST_DAY, min(last or LAST_DAY, LAST_DAY)
    if last < first:
        raise ValidationError({field: _("Ngày cuối không thể trước ngày đầu.")})
    return Period(first, last + timedelta(days=1))


def here(moment: datetime) -> datetime:
    """The same moment on Hà Nội's clock."""
    return moment.astimezone(HANOI)


REFUSED = {401: Refusal, 404: Refusal, 422: Refusal, 429: Refusal}
REFUSED_TO_WRITE = {**REFUSED, 403: Refusal}
