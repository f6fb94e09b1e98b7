"""Whom to tell: who holds a permission somewhere today."""

from tuoitho.access.models import User
from tuoitho.access.permissions import PERMISSIONS, ROLES
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Unit


def holders_of(permission: str, unit: Unit | None, *, at_home: bool = False) -> list[User]:
    """People (no actors of the system) who hold ``permission`` in ``unit`` today, also by a role in
    a unit above it; ``at_home``: only by a role in ``unit`` itself. Without a unit: anywhere.

    Raises KeyError for a permission that is not in the catalogue.
    """
    if permission not in PERMISSIONS:
        raise KeyError(f"unknown permission {permission!r}; see access/permissions.py")
    roles = [role for role, (_label, held) in ROLES.items() if permission in held]
    held = {"assignments__role__in": roles, "assignments__valid__contains": today()}
    if unit is not None and at_home:
        held["assignments__unit"] = unit
    elif unit is not None:
        held["assignments__unit__below__descendant"] = unit
    people = User.objects.filter(is_system=False, is_active=True, **held)
    return list(people.distinct().order_by("pk"))
