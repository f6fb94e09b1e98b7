"""The personal identification number: twelve digits that say province, century, sex, birth year.

Luật Căn cước 26/2023/QH15 Đ12 (số định danh cá nhân): three digits of the place where the birth was
registered, one of century and sex (0 male, 1 female born 1900-1999; 2, 3 born 2000-2099; and so
on), two of the birth year, six at random.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.lib.crypto import keyed_hash
from tuoitho.people.states import NumberProblem, Sex

# Codes of provinces where births were registered (danh mục hành chính, with a leading 0): those of
# the 63 provinces to 30/06/2025; the 34 since then keep codes among them.
PROVINCES = frozenset(
    f"{code:03d}"
    for code in (
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36,
        37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74,
        75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    )
)  # fmt: skip
CENTURY = 2  # the digit of boys born 2000-2099; girls have one more

_SIGNS = re.compile(r"[\s.\-]")
_FORM = re.compile(r"\d{12}", re.ASCII)


def normalised(typed: str) -> str:
    """The twelve digits of what was typed ("001 214 012345"), "" for nothing.

    Raises ValidationError for anything that is not such a number.
    """
    number = _SIGNS.sub("", typed)
    if number and not _FORM.fullmatch(number):
        raise ValidationError(_("Số định danh cá nhân gồm đúng 12 chữ số."), code="national_id")
    return number


def number_in(typed: str) -> str:
    """The number, if what was typed into a search box is one ("001.214.012345"), else ""."""
    number = _SIGNS.sub("", typed)
    return number if _FORM.fullmatch(number) else ""


def hashed(number: str) -> str:
    """The keyed hash under which a normalised number is found; "" for none."""
    return keyed_hash(number, purpose="national_id")


def problem(number: str, birth_date: date | None, sex: str) -> str:
    """The ``NumberProblem`` of a normalised number, alone or beside the child's facts, "" for none.

    Malformed: no child's number can look so. A birth registered abroad carries a country's code,
    whose list we do not have: such a number is asked about too.
    """
    if not number:
        return ""
    if number[:3] not in PROVINCES or int(number[3]) // 2 * 2 != CENTURY:
        return NumberProblem.MALFORMED.value
    century, male = 1900 + int(number[3]) // 2 * 100, int(number[3]) % 2 == 0
    wrong_year = birth_date is not None and birth_date.year != century + int(number[4:6])
    wrong_sex = sex != Sex.UNKNOWN and (sex == Sex.MALE) != male
    if wrong_year and wrong_sex:
        return NumberProblem.BOTH.value
    if wrong_year:
        return NumberProblem.BIRTH_YEAR.value
    return NumberProblem.SEX.value if wrong_sex else ""
