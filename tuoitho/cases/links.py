"""The key by which a body without an account opens one request: how it is made and found again."""

import secrets

from tuoitho.cases.receipts import ALPHABET
from tuoitho.lib.crypto import keyed_hash

LENGTH = 16  # 31 signs: 79 bits, with a limit on tries
GROUP = 4


def new_key() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spaced(key: str) -> str:
    """As it is printed and read aloud: ABCD-EFGH-JKMN-PQRS."""
    return "-".join(key[i : i + GROUP] for i in range(0, len(key), GROUP))


def hash_of(key: str) -> str:
    """The stored form of a key, however it was typed (spaces, hyphens, small letters); "" for what
    cannot be one."""
    bare = "".join(c for c in key.upper() if c.isalnum())
    return keyed_hash(bare, purpose="referral_link") if len(bare) == LENGTH else ""
