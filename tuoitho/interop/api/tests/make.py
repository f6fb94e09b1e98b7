"""A program that calls the API with a token of its person."""

from datetime import timedelta
from typing import Any

from django.test import Client

from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.access.tokens import GRANTABLE, create_token
from tuoitho.lib.hanoi import today

ROOT = "/api/v1"


def token_for(person: User, *permissions: str) -> str:
    """A token good for a month with these permissions, or all that ``person`` can give."""
    person.forget_scopes()
    wanted = permissions or sorted(set(GRANTABLE) & person.permissions)
    with acting_as(person):
        _token, secret = create_token(
            person, "thử", wanted, expires_on=today() + timedelta(days=30), by=person
        )
    return secret


class Program:
    """Calls with a token (none: without one)."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(headers={"authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str, **params: Any) -> Any:
        return self.client.get(f"{ROOT}{path}", params)

    def post(self, path: str, body: Any, key: str = "") -> Any:
        headers = {"idempotency-key": key} if key else {}
        return self.client.post(
            f"{ROOT}{path}", body, content_type="application/json", headers=headers
        )


def program_of(person: User, *permissions: str) -> Program:
    return Program(token_for(person, *permissions))
