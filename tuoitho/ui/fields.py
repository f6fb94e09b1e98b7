"""Form fields for what people here type: dd/mm/yyyy, 1.234,5, 1.250.000, names with tone marks."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.hanoi import HANOI
from tuoitho.lib.text import tidy
from tuoitho.ui.formats import vn_date, vn_datetime, vn_number

FIRST_YEAR, LAST_YEAR = 1900, 2100

_DAY = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d+)", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_PLAIN = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:hg]\s*(\d{2})(?::\d{2})?|[hg])(?:iờ)?", re.ASCII)


def parse_day(text: str) -> date:
    """The day typed as 5/3/2021, 05-03-2021, 5.3.2021, 05032021 or 2021-03-05.

    Digits alone are taken because the number pad of many phones has no "/".
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY.fullmatch(text) or _PLAIN.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise ValidationError(
            _("Hãy viết ngày dạng ngày/tháng/năm, ví dụ 05/03/2021."), code="invalid"
        )
    if len(year) != 4:
        raise ValidationError(_("Hãy viết đủ bốn chữ số của năm, ví dụ 2021."), code="year")
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise ValidationError(
            _("Không có ngày %(day)s trong lịch; thứ tự là ngày/tháng/năm."),
            code="no_such_day",
            params={"day": text},
        ) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValidationError(
            _("Năm phải từ %(first)s đến %(last)s."),
            code="year",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )
    return found


def parse_moment(text: str) -> datetime:
    """The Hà Nội moment typed as 05/03/2021 14:30, 14:30 05/03/2021, 14h30 or 2021-03-05T14:30."""
    parts = re.split(r"[ T]+", text.replace(",", " ").strip())
    clocks = [part for part in parts if _CLOCK.fullmatch(part)]
    if len(clocks) != 1:
        raise ValidationError(_("Hãy viết ngày và giờ, ví dụ 05/03/2021 14:30."), code="invalid")
    match = _CLOCK.fullmatch(clocks[0])
    hour, minute = (int(group or 0) for group in match.groups()) if match else (0, 0)
    if hour > 23 or minute > 59:
        raise ValidationError(_("Giờ phải từ 00:00 đến 23:59."), code="clock")
    day = parse_day(" ".join(part for part in parts if part != clocks[0]))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)


class DayInput(forms.TextInput):
    """A text box: the browser's own date box follows the phone's language, often mm/dd."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        hints = {
            "inputmode": "numeric",
            "placeholder": _("ngày/tháng/năm"),
            "autocomplete": "off",
            "maxlength": "20",
        }
        super().__init__({**hints, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return vn_date(value) if isinstance(value, date) else super().format_value(value)


class MomentInput(forms.TextInput):
    """A text box for day and time."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        hints = {
            "placeholder": _("ngày/tháng/năm giờ:phút"),
            "autocomplete": "off",
            "maxlength": "40",
        }
        super().__init__({**hints, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return vn_datetime(value) if isinstance(value, datetime) else super().format_value(value)


class VietnameseDateField(forms.DateField):
    """A day, typed and shown as dd/mm/yyyy."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.astimezone(HANOI).date() if value.tzinfo else value.date()
        if isinstance(value, date):
            return value
        text = tidy(str(value))
        return parse_day(text) if text else None


class VietnameseDateTimeField(forms.DateTimeField):
    """A moment in Hà Nội time, typed and shown as dd/mm/yyyy HH:MM; gives an aware datetime."""

    widget = MomentInput

    def prepare_value(self, value: Any) -> Any:
        return value  # the widget turns it into Hà Nội time itself

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=HANOI)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=HANOI)
        text = tidy(str(value))
        return parse_moment(text) if text else None


_GROUPED_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_GROUPED_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_GROUPED_SPACES = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


def parse_number(text: str, places: int) -> Decimal:
    """The number typed as 1.234,5 or 1234.5; what can be read in two ways is refused.

    ``places`` is how many decimals the field keeps: a group of three after one sign can only be
    thousands when fewer are kept.
    """
    sign = -1 if text.startswith(("-", "−")) else 1
    body = text[1:].strip() if text.startswith(("-", "−", "+")) else text
    if _GROUPED_SPACES.fullmatch(body):
        body = body.replace(" ", "")
    whole, dot_or_comma, decimals = _split_number(body, places)
    if not _DIGITS.fullmatch(whole) or (dot_or_comma and not _DIGITS.fullmatch(decimals)):
        raise ValidationError(_("Hãy nhập một số, ví dụ 1.234,5."), code="invalid")
    return sign * Decimal(f"{whole}.{decimals}" if decimals else whole)


def _split_number(body: str, places: int) -> tuple[str, str, str]:
    """Whole part without grouping signs, decimal sign, decimals."""
    dots, commas = body.count("."), body.count(",")
    if dots and commas:
        mark = max(".,", key=body.rfind)
        other = "," if mark == "." else "."
        whole, _mark, decimals = body.rpartition(mark)
        grouped = _GROUPED_COMMAS if other == "," else _GROUPED_DOTS
        return (whole.replace(other, "") if grouped.fullmatch(whole) else ""), mark, decimals
    if _GROUPED_DOTS.fullmatch(body):
        if dots == 1 and places > 2:
            raise _two_readings(body, places)
        return body.replace(".", ""), "", ""
    if _GROUPED_COMMAS.fullmatch(body):
        if commas == 1 and 0 < places < 3:
            raise _two_readings(body, places)
        if commas == 1 and places:
            return body.partition(",")
        return body.replace(",", ""), "", ""
    return body.replace(",", ".", 1).partition(".")


def _two_readings(body: str, places: int) -> ValidationError:
    return ValidationError(
        _(
            "Không rõ “%(typed)s” là %(plain)s hay số lẻ. Nếu là %(plain)s, hãy viết liền; nếu là"
            " số lẻ, hãy viết dấu phẩy và nhiều nhất %(places)s chữ số sau dấu phẩy."
        ),
        code="ambiguous",
        params={"typed": body, "plain": re.sub(r"[.,]", "", body), "places": places},
    )


class NumberInput(forms.TextInput):
    """A text box for a number: the browser's own number box knows no thousands dots."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return vn_number(value)
        return None if value in (None, "") else str(value)


class DecimalVNField(forms.DecimalField):
    """A number typed as 1.234,5 or 1234.5; gives a Decimal."""

    widget = NumberInput

    def __init__(self, *, max_digits: int = 15, decimal_places: int = 2, **kwargs: Any) -> None:
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # min, max and step belong to number boxes

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, int | float | Decimal):
            return Decimal(str(value))
        text = tidy(str(value))
        return parse_number(text, self.decimal_places or 0) if text else None


_CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|₫)\.?$", re.IGNORECASE)


class MoneyField(DecimalVNField):
    """Whole đồng, typed as 1.250.000 or 1250000 (with "đồng" if one likes); gives a Decimal."""

    def __init__(self, *, max_digits: int = 15, min_value: int | None = 0, **kwargs: Any) -> None:
        kwargs.pop("decimal_places", None)
        super().__init__(max_digits=max_digits, decimal_places=0, min_value=min_value, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = _CURRENCY.sub("", tidy(value))
        return super().to_python(value)


class NameField(forms.CharField):
    """A person's name: NFC, single spaces; no digits, no signs, no invisible characters."""

    def __init__(self, *, max_length: int = 120, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        name = tidy(super().to_python(value) or "")
        strange = [c for c in name if not _fits_a_name(c)]
        if strange:
            raise ValidationError(
                _("Tên chỉ gồm chữ cái; có ký tự không dùng được: %(strange)s"),
                code="invalid",
                params={"strange": ", ".join(dict.fromkeys(map(_visible, strange)))},
            )
        if name and not any(c.isalpha() for c in name):
            raise ValidationError(_("Hãy viết tên bằng chữ."), code="invalid")
        return name


@lru_cache(maxsize=1_000)  # a sheet of names asks a million times about some two hundred letters
def _fits_a_name(character: str) -> bool:
    return character in " '’-.,()" or unicodedata.category(character)[0] in "LM"


def _visible(character: str) -> str:
    return character if character.isprintable() else f"U+{ord(character):04X}"
