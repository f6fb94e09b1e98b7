"""Mã số thuế: ten digits, ten and a branch's three (TT 105/2020), or, for households and persons
since 01/07/2025, the twelve digits of the owner's identity number (TT 86/2024/TT-BTC)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.lib.crypto import keyed_hash

_FORM = re.compile(r"\d{10}|\d{10}-\d{3}|\d{12}", re.ASCII)


def normalised(typed: str) -> str:
    """The code as stored ("0101234567-001"); "" for nothing. Raises ValidationError (malformed)."""
    code = re.sub(r"[\s.]", "", typed)
    if re.fullmatch(r"\d{13}", code, re.ASCII):
        code = f"{code[:10]}-{code[10:]}"
    if code and not _FORM.fullmatch(code):
        raise ValidationError(
            {"tax_code": _("Mã số thuế có 10 số, 10 số và 3 số chi nhánh, hoặc 12 số định danh.")}
        )
    return code


def hashed(code: str) -> str:
    """What is compared instead of the code itself; "" for no code."""
    return keyed_hash(code, purpose="tax_code")


def masked(code: str) -> str:
    """The last three digits only, for those who need not know the number."""
    return f"•••{code[-3:]}" if code else ""
