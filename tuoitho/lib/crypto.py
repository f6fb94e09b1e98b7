"""Encryption of single values at rest (AES-256-GCM) and keyed hashes to find them again.

The key comes from ``TUOITHO_KEY`` (32 bytes, base64) or from a file made at the first run; it is
never stored in the database.
"""

import base64
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12


class WrongKeyError(Exception):
    """A stored value cannot be opened with the present key (or was altered)."""


def key_file() -> Path:
    """Where the key lies when the environment does not give one."""
    from tuoitho.lib.data_folder import data_folder

    return data_folder() / "keys" / "field.key"


@cache
def _master_key() -> bytes:
    given = os.environ.get("TUOITHO_KEY", "")
    if given:
        key = base64.b64decode(given)
    else:
        path = key_file()
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # O_EXCL: two processes that start together must not make two keys.
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(base64.b64encode(secrets.token_bytes(32)))
            except FileExistsError:
                pass
        key = base64.b64decode(path.read_bytes())
    if len(key) != 32:
        raise WrongKeyError("TUOITHO_KEY must be 32 bytes in base64")
    return key


@cache
def _derived(purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(
        _master_key()
    )


@cache
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_derived(purpose))


def encrypt(text: str, *, place: str) -> bytes:
    """Cipher ``text``; ``place`` (table.column) is bound to it, so it cannot be moved elsewhere."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher("encrypt").encrypt(nonce, text.encode(), place.encode())
    return VERSION + nonce + sealed


def decrypt(data: bytes, *, place: str) -> str:
    """The text sealed by ``encrypt`` at the same place. Raises WrongKeyError."""
    nonce, sealed = data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :]
    try:
        return _cipher("encrypt").decrypt(nonce, sealed, place.encode()).decode()
    except InvalidTag as error:
        raise WrongKeyError(f"cannot open {place}: another key, or altered data") from error


def encrypt_bytes(data: bytes, *, place: str) -> bytes:
    """Cipher a whole file; ``place`` (table.column:key) is bound to it."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher("encrypt-files").encrypt(nonce, data, place.encode())
    return VERSION + nonce + sealed


def decrypt_bytes(data: bytes, *, place: str) -> bytes:
    """The file sealed by ``encrypt_bytes`` at the same place. Raises WrongKeyError."""
    nonce, sealed = data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :]
    try:
        return _cipher("encrypt-files").decrypt(nonce, sealed, place.encode())
    except InvalidTag as error:
        raise WrongKeyError(f"cannot open {place}: another key, or altered data") from error


def keyed_hash(text: str, *, purpose: str) -> str:
    """A hash by which equal values are found without being readable (HMAC-SHA-256, hex).

    An empty text gives an empty hash, so that unknown values never match one another.
    """
    if not text:
        return ""
    return hmac.digest(_derived("hash:" + purpose), text.encode(), "sha256").hex()
