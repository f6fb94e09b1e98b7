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
    """The ``NumberProblem`` between a normalised number and the child's facts, "" for none."""
    if not number:
        return ""
    century, male = 1900 + int(number[3]) // 2 * 100, int(number[3]) % 2 == 0
    wrong_year = birth_date is not None and birth_date.year != century + int(number[4:6])
    wrong_sex = sex != Sex.UNKNOWN and (sex == Sex.MALE) != male
    if wrong_year and wrong_sex:
        return NumberProblem.BOTH.value
    if wrong_year:
        return NumberProblem.BIRTH_YEAR.value
    return NumberProblem.SEX.value if wrong_sex else ""
