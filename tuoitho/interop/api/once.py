"""The same request sent twice does its work once."""

import json
from typing import Any
from uuid import UUID

from ninja import Schema

from tuoitho.access.models import User
from tuoitho.lib.crypto import keyed_hash

HEADER = (
    "Khoá do bên gửi tự đặt (ví dụ một UUID) cho mỗi việc. Gửi lại cùng khoá và cùng nội dung "
    "thì nhận lại kết quả cũ, không ghi hai lần. Nên luôn có."
)


def token_of(person: User, key: str, sent: Schema) -> str:
    """What marks this sending (64 letters and digits), "" without a key.

    Of this person, so that two systems counting from 1 do not meet; of this content, so that a
    second child under a key used by mistake is not lost.
    """
    if not key:
        return ""
    content: list[Any] = [person.pk, key, sent.model_dump(mode="json")]
    return keyed_hash(json.dumps(content), purpose="api_once")


def uuid_of(token: str) -> UUID | None:
    """The same mark as a UUID; None without one."""
    return UUID(token[:32]) if token else None
