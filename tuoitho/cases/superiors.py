"""Who is told when a limit of the law passes unanswered: the named superior (docs/adr/0013)."""

from django.db.models import Count

from tuoitho.access.models import Assignment, User
from tuoitho.access.permissions import ROLES
from tuoitho.cases.models import Clock
from tuoitho.cases.models.sight import may_step
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Closure


def _roles(sealed: bool) -> list[str]:
    """Roles that supervise there; of a sealed case those who may see it."""
    wanted = "cases.sealed" if sealed else "cases.supervise"
    return [role for role, (_label, held) in ROLES.items() if wanted in held]


def superiors(clock: Clock) -> list[User]:
    """People who hold such a role today in the nearest unit that has one, going up the tree from
    where the case is; nobody when there is none."""
    above = Closure.objects.filter(descendant=clock.unit_id).values("ancestor")
    held = (
        Assignment.objects.on(today())
        .filter(unit__in=above, role__in=_roles(clock.sealed))
        .filter(user__is_active=True, user__is_system=False)
        .select_related("user")
    )
    by_unit: dict[int, dict[int, User]] = {}
    for assignment in held:
        if clock.sealed and not may_step(assignment.user, "cases.supervise", clock):
            continue
        here = assignment.unit_id == clock.unit_id
        if here and clock.permission in ROLES[assignment.role][1]:
            continue  # nobody is told of his own delay
        by_unit.setdefault(assignment.unit_id, {})[assignment.user_id] = assignment.user
    # The nearest unit has the fewest units below it; a commune only itself.
    below = Closure.objects.filter(ancestor__in=by_unit).values_list("ancestor")
    nearest = below.annotate(size=Count("pk")).order_by("size", "ancestor").first()
    return list(by_unit[nearest[0]].values()) if nearest else []
