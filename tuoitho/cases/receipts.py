"""The code a person gets for a report, and what it tells: that something is done, nothing else."""

import secrets
from dataclasses import dataclass
from datetime import date

from tuoitho.cases.models import Receipt
from tuoitho.lib.crypto import keyed_hash

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O, 1 I L
LENGTH = 10


@dataclass(frozen=True)
class ReceiptStatus:
    """What whoever holds the code may read. ``label``: the public words of ``state``."""

    state: str
    label: str
    received_on: date
    changed_on: date


def new_code(form_token: str = "") -> str:
    """Ten letters and digits; the same form sent twice gives the same code."""
    if not form_token:
        return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    number, code = int(keyed_hash(form_token, purpose="receipt_code"), 16), ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        code += ALPHABET[place]
    return code


def spaced(code: str) -> str:
    """The code as it is read aloud: K7M2P-9QXRT."""
    return f"{code[:5]}-{code[5:]}"


def hash_of(code: str) -> str:
    """The stored form of a code, however it was typed (spaces, hyphens, small letters)."""
    bare = "".join(c for c in code.upper() if c.isalnum())
    return keyed_hash(bare, purpose="receipt_code_hash") if len(bare) == LENGTH else ""


def status(code: str) -> ReceiptStatus | None:
    """What has become of the report with this code; None for a code that was never given.

    Asked without a person: the table holds nothing about anybody. Limiting how often one may ask is
    the caller's duty.
    """
    wanted = hash_of(code)
    receipt = Receipt.objects.filter(code_hash=wanted).first() if wanted else None
    if receipt is None:
        return None
    return ReceiptStatus(
        receipt.state, receipt.get_state_display(), receipt.received_on, receipt.changed_on
    )
