"""Everybody who asks: one in every role, one without a role, one of another commune, nobody."""

from datetime import timedelta

from django.test import Client

from conftest import make_user
from tests.world.asking import ASKING, DAY, ELSEWHERE, HUMAN, LOCAL, NO_ROLE
from tuoitho.access.models import ApiToken, User
from tuoitho.access.tokens import GRANTABLE
from tuoitho.lib.crypto import keyed_hash
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Level, Unit


def cast() -> dict[str, User]:
    here, there = (Unit.objects.found(code, DAY) for code in ("00640", "00664"))
    area = Unit.objects.get(code="020", level=Level.AREA)
    people = {
        role: make_user(role, role, here if role in LOCAL else area, full_name=f"Người {role}")
        for role in HUMAN
    }
    no_role = User.objects.create(username=NO_ROLE, full_name="Chưa phân công")
    return people | {ELSEWHERE: make_user(ELSEWHERE, "commune_worker", there), NO_ROLE: no_role}


def browsers(people: dict[str, User]) -> dict[str, Client]:
    clients = {who: Client(raise_request_exception=False) for who in ASKING}
    for who, person in people.items():
        clients[who].force_login(person)
    return clients


def programs(people: dict[str, User]) -> dict[str, Client]:
    """Calls with a token made for all the API offers: also of people who may no longer use it."""
    programs = {who: Client(raise_request_exception=False) for who in ASKING}
    for who, person in people.items():
        ApiToken.objects.create(
            user=person, name="thử", permissions=sorted(GRANTABLE),
            expires_on=today() + timedelta(days=30),
            token_hash=keyed_hash(who, purpose="api_token"),
        )  # fmt: skip
        programs[who].defaults["HTTP_AUTHORIZATION"] = f"Bearer {who}"
    return programs
