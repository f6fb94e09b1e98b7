"""Who in a team has how much: open cases, what is overdue, and a load weighted by risk."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from tuoitho.access.models import Assignment, Scope, User
from tuoitho.access.permissions import ROLES
from tuoitho.cases.due import AHEAD, FORESEEN
from tuoitho.cases.levels import Level
from tuoitho.cases.models import Case, Clock
from tuoitho.cases.models.clock import ClockQuerySet
from tuoitho.cases.parameters import weights
from tuoitho.cases.turns import start_of
from tuoitho.lib.hanoi import now, today

DECISIONS = ("cases.approve", "cases.close")


@dataclass
class Load:
    """What one worker carries (None: cases and reports nobody was given). ``points`` weigh open
    cases by risk and urgency, by the parameters in force (``cases.parameters.weights``)."""

    worker: User | None
    place: str = ""
    cases: int = 0
    high: int = 0
    medium: int = 0
    low: int = 0
    hazardous: int = 0
    emergency: int = 0
    items: int = 0
    overdue: int = 0
    today: int = 0
    points: int = field(default=0)


def inside(user: Any, unit_id: int | None) -> Q:
    """Rows of the units this person supervises, or of one of them."""
    scope: Scope = user.scope("cases.supervise")
    if unit_id is not None:
        return Q(unit_id=unit_id) if unit_id in scope else Q(pk__in=[])
    return scope.covers()


def team_clocks(user: Any, unit_id: int | None = None) -> ClockQuerySet:
    """What runs in the units this person supervises and is not his own decision; near ones only."""
    near = Q(due_at__lte=now() + AHEAD) | ~Q(step__in=FORESEEN)
    own = [permission for permission in DECISIONS if user.may(permission)]
    clocks = Clock.objects.visible_to(user).running().filter(inside(user, unit_id), near)
    return clocks.exclude(permission__in=own)


def workers(user: Any, unit_id: int | None = None) -> list[tuple[User, str]]:
    """People who work on cases in the units this person supervises, each with the place."""
    roles = [role for role, (_label, held) in ROLES.items() if "cases.work" in held]
    held = Assignment.objects.on(today()).filter(
        inside(user, unit_id), role__in=roles, user__is_active=True, user__is_system=False
    )
    found: dict[int, tuple[User, str]] = {}
    for assignment in held.select_related("user", "unit").order_by("unit__name", "user__full_name"):
        found.setdefault(assignment.user_id, (assignment.user, str(assignment.unit)))
    return list(found.values())


def workload(user: Any, unit_id: int | None = None) -> list[Load]:
    """One line a worker, the heaviest load first; then, if there is any, what nobody was given."""
    loads: dict[int | None, Load] = defaultdict(lambda: Load(None))
    for worker, place in workers(user, unit_id):
        loads[worker.pk] = Load(worker, place)
    _count_cases(loads, user, unit_id)
    _count_clocks(loads, user, unit_id)
    _weigh(loads, today())
    named = [load for key, load in loads.items() if key is not None and load.worker is not None]
    named.sort(key=lambda load: (-load.points, str(load.worker)))
    return [*named, *(load for key, load in loads.items() if key is None)]


def _count_cases(loads: dict[int | None, Load], user: Any, unit_id: int | None) -> None:
    cases = Case.objects.visible_to(user).still_open().filter(inside(user, unit_id))
    rows = cases.order_by().values("assigned_to").annotate(
        n=Count("pk"), hazard=Count("pk", filter=Q(hazardous=True)),
        urgent=Count("pk", filter=Q(emergency=True)),
        high=Count("pk", filter=Q(risk_level=Level.HIGH)),
        medium=Count("pk", filter=Q(risk_level=Level.MEDIUM)),
        low=Count("pk", filter=Q(risk_level=Level.LOW)),
    )  # fmt: skip
    for row in rows:
        load = loads[row["assigned_to"]]
        load.cases, load.hazardous, load.emergency = row["n"], row["hazard"], row["urgent"]
        load.high, load.medium, load.low = row["high"], row["medium"], row["low"]


def _count_clocks(loads: dict[int | None, Load], user: Any, unit_id: int | None) -> None:
    moment, tomorrow = now(), start_of(today() + timedelta(days=1))
    rows = team_clocks(user, unit_id).order_by().values("assigned_to").annotate(
        n=Count("pk"), late=Count("pk", filter=Q(due_at__lt=moment)),
        soon=Count("pk", filter=Q(due_at__gte=moment, due_at__lt=tomorrow)),
    )  # fmt: skip
    for row in rows:
        load = loads[row["assigned_to"]]
        load.items, load.overdue, load.today = row["n"], row["late"], row["soon"]


def _weigh(loads: dict[int | None, Load], day: date) -> None:
    points = weights(day)
    for load in loads.values():
        load.points = (
            load.cases * points["case"] + load.high * points["risk_high"]
            + load.medium * points["risk_medium"] + load.low * points["risk_low"]
            + load.hazardous * points["hazardous"]
            + load.emergency * points["emergency"] + load.overdue * points["overdue"]
        )  # fmt: skip
