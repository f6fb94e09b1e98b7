"""What a name, a phone number, a birth date may be: the checks of every way of writing."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.text import remembered, tidy
from tuoitho.people import national_id
from tuoitho.people.ages import ADULT, years_between
from tuoitho.ui.fields import NameField

_NAME = NameField()  # one for all: making a field takes longer than its check
_PHONE_SIGNS = re.compile(r"[\s.\-()]")
_PHONE = re.compile(r"0\d{8,10}", re.ASCII)


@remembered
def _clean_name(typed: str) -> str:
    return str(_NAME.clean(typed))


def name_of(typed: str, field: str) -> str:
    """A person's name in its stored form. Raises ValidationError naming ``field``."""
    try:
        return _clean_name(typed)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error


def line_of(typed: str, field: str, longest: int = 120) -> str:
    """One line of text in its stored form. Raises ValidationError naming ``field``."""
    text = tidy(typed)
    if len(text) > longest:
        raise ValidationError({field: _("Dài quá %(n)s ký tự.") % {"n": longest}})
    return text


def phone_of(typed: str, field: str = "phone") -> str:
    """Digits of a Vietnamese phone number, beginning with 0; "" for nothing. Raises."""
    digits = _PHONE_SIGNS.sub("", typed)
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if digits and not _PHONE.fullmatch(digits):
        raise ValidationError({field: _("Số điện thoại gồm 9 đến 11 chữ số, bắt đầu bằng 0.")})
    return digits


def number_of(typed: str) -> str:
    """A personal identification number. Raises ValidationError naming ``national_id``."""
    try:
        return national_id.normalised(typed)
    except ValidationError as error:
        raise ValidationError({"national_id": error.messages}) from error


def check_birth_date(birth_date: date | None, on: date) -> None:
    """A minor born not after ``on``, the day of registration. Raises ValidationError."""
    if birth_date is None:
        return
    if birth_date > on:
        raise ValidationError({"birth_date": _("Ngày sinh không thể sau ngày đăng ký.")})
    if years_between(birth_date, on) >= ADULT:
        raise ValidationError(
            {"birth_date": _("Người đã đủ 18 tuổi vào ngày đăng ký không thuộc sổ này.")}
        )


def check_age_range(birth_date: date | None, age_range: tuple[int, int] | None) -> None:
    """Two ages from 0 to 17, lower first, and only when the birth date is unknown. Raises."""
    if age_range is None:
        return
    low, high = age_range
    message: Promise | None = None
    if birth_date is not None:
        message = _("Đã có ngày sinh thì không ghi tuổi ước chừng.")
    elif not 0 <= low <= high:
        message = _("Tuổi ước chừng: số trước không lớn hơn số sau.")
    elif high >= ADULT:
        message = _("Tuổi ước chừng phải dưới 18.")
    if message:
        raise ValidationError({"age_low": message})
