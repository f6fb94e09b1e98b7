"""What the administrator looks after: accounts, roles about to end, the plan in force."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

from django.db import connection

from tuoitho.access.models import Assignment, User
from tuoitho.plan.models import Programme

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Running:
    """The state of the installation as far as the administrator answers for it."""

    accounts: int
    without_role: int
    never_signed_in: int
    ending: list[Assignment]
    programme: Programme | None
    version: str
    database: str


def running(user: User, today: date) -> Running:
    """Counts over the accounts ``user`` looks after; roles that end within thirty days."""
    people = User.objects.visible_to(user).filter(is_active=True)
    held = Assignment.objects.on(today)
    roles = held.filter(user__in=people, valid__endswith__lte=today + SOON)
    return Running(
        accounts=people.distinct().count(),
        without_role=people.exclude(pk__in=held.values("user")).distinct().count(),
        never_signed_in=people.filter(last_login__isnull=True).distinct().count(),
        ending=list(roles.select_related("user", "unit").order_by("valid")[:20]),
        programme=Programme.objects.current(today.year),
        version=version("tuoitho"),
        database=f"PostgreSQL {connection.pg_version // 10000}",  # type: ignore[attr-defined]
    )
