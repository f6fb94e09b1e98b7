"""One of everything in xã Thanh Trì, and everybody who may ask for it: the stage of the tests that
prove who sees what. Built once for a module and rolled back when the module ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction

from tests.world.around import about, figures, imported, register, reports, screening_round, told
from tests.world.asking import (
    API,
    ASKING,
    DAY,
    ELSEWHERE,
    HUMAN,
    NO_ROLE,
    NOBODY,
    SEALED,
    SEALED_REPORT,
    SECRETS,
    World,
    addresses,
    secrets_in,
)
from tests.world.cases import exchange, protection, steps
from tests.world.cast import browsers, cast, programs
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.access.tokens import create_token
from tuoitho.cases.models.limit import Parameter, StepRule
from tuoitho.lib.hanoi import today
from tuoitho.plan.models import SwappedDay
from tuoitho.plan.tests.make import make_document, make_programme, task
from tuoitho.units.models import Level, Unit

__all__ = [
    "API", "ASKING", "DAY", "ELSEWHERE", "HUMAN", "NOBODY", "NO_ROLE", "SEALED", "SEALED_REPORT",
    "SECRETS", "addresses", "secrets_in", "world",
]  # fmt: skip


@contextmanager
def world() -> Iterator[World]:
    """Everything and everybody, for as long as the block lasts."""
    with transaction.atomic():
        system = User.objects.get(username="system")
        with acting_as(system):
            people = cast()
            made = _things(people["commune_worker"], people["commune_chair"], system)
        here = Unit.objects.found("00640", DAY)
        sent = {"cases:report_link": {"child": made["people/children/"]}}
        yield World(made, sent, here, people, browsers(people), programs(people))
        transaction.set_rollback(True)


def _things(lan: User, chung: User, system: User) -> dict[str, Any]:
    here = Unit.objects.found("00640", DAY)
    area = Unit.objects.get(code="020", level=Level.AREA)
    programme = make_programme(on=DAY)
    last = today() + timedelta(days=30)
    with acting_as(lan):
        token, _secret = create_token(lan, "máy", ["people.view"], expires_on=last, by=lan)
    return {
        "access/": chung.pk,
        "access/tokens/": token.pk,
        "access/assignments/": chung.assignments.get().pk,
        "units/": here.pk,
        "cases/limits/": StepRule.objects.order_by("pk")[0].step,
        "cases/parameters/": Parameter.objects.order_by("pk")[0].code,
        "account_confirm_email": "x",
        "account_reset_password_from_key": "x",
        "plan/": programme.pk,
        "plan/tasks/": task("II.2.1").pk,
        "plan/documents/": make_document(area).pk,
        "plan/calendar/": SwappedDay.objects.create(day=DAY, works=False, note="Thử").pk,
        **register(here, lan, system),
        **protection(here, lan, chung),
        **steps(here),
        **told(here, lan, chung),
        **exchange(here, lan),
        **about(here),
        **figures(here, system),
        **screening_round(here),
        **imported(here, lan),
        **reports(here, area, chung, system),
    }
