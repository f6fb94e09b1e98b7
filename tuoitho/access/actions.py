"""Everything that changes accounts, roles and their grants."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tuoitho.access.models import Assignment, RoleGrant, User
from tuoitho.access.permissions import ROLES
from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import tidy
from tuoitho.units.models import Level, Organisation, Unit


@transaction.atomic
def create_user(
    username: str, full_name: str, *, password: str | None, by: Actor, position: str = ""
) -> User:
    """A new account; without a password nobody can sign in with it. Raises ValidationError."""
    by.require("access.manage")
    if User.objects.filter(username=username).exists():
        raise ValidationError({"username": _("Tên đăng nhập này đã có người dùng.")})
    user = User(username=username, full_name=tidy(full_name), position=tidy(position))
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    record("access.create_user", user, by=by, after={"username": username})
    return user


@transaction.atomic
def assign_role(
    user: User,
    role: str,
    unit: Unit,
    *,
    by: Actor,
    start: date,
    end: date | None = None,
    organisation: Organisation | None = None,
) -> Assignment:
    """``user`` holds ``role`` in ``unit`` from ``start`` to ``end`` (excluded; None: open).

    Raises ValidationError for an unknown role, an empty period or one that overlaps another.
    """
    by.require("access.manage", unit)
    if role not in ROLES:
        raise ValidationError({"role": _("Không có vai trò này.")})
    if end is not None and end <= start:
        raise ValidationError({"end": _("Ngày kết thúc phải sau ngày bắt đầu.")})
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                user=user, role=role, unit=unit, organisation=organisation,
                valid=DateRange(start, end),
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(
            _("Người này đã giữ vai trò đó ở địa bàn đó trong thời gian trùng nhau.")
        ) from error
    user.forget_scopes()
    record("access.assign", assignment, by=by, on=start, after={"user": user.pk, "role": role})
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: Actor, on: date) -> Assignment:
    """The last day of the assignment is the day before ``on``. Raises ValidationError."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    by.require("access.manage", assignment)
    if on <= assignment.valid.lower:
        raise ValidationError({"on": _("Phân công này chưa bắt đầu vào ngày đó.")})
    before = str(assignment.valid.upper)
    assignment.valid = DateRange(assignment.valid.lower, on)
    assignment.save(update_fields=["valid"])
    assignment.user.forget_scopes()
    record("access.end_assignment", assignment, by=by, on=on, before={"end": before})
    return assignment


def sync_role_grants() -> None:
    """Copy the roles of ``permissions.py`` into the table the database asks; run by migrate."""
    wanted = {(role, p) for role, (_label, held) in ROLES.items() for p in held}
    present = set(RoleGrant.objects.values_list("role", "permission"))
    for role, permission in present - wanted:
        RoleGrant.objects.filter(role=role, permission=permission).delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(role=r, permission=p) for r, p in sorted(wanted - present)
    )


SYSTEM_ACTORS = {
    # username: (name, role). Named, audited, scoped like people; none can sign in.
    "public": ("Người dân báo tin", "public"),
    "system": ("Hệ thống", "system"),
    "timekeeper": ("Giữ thời hạn", "timekeeper"),
}


def ensure_system_actors() -> None:
    """Make the named actors by whom jobs, commands and the public page act; part of installing."""
    country = Unit.objects.get(level=Level.COUNTRY)
    for username, (name, role) in SYSTEM_ACTORS.items():
        user, made = User.objects.get_or_create(
            username=username, defaults={"full_name": name, "is_system": True, "password": "!"}
        )
        if made:
            Assignment.objects.create(
                user=user, role=role, unit=country, valid=DateRange(None, None)
            )


def timekeeper() -> User:
    """The named actor who keeps the time: sees every case, sealed ones too, and changes only when
    something is due and whom that is told."""
    return system_actor("timekeeper")


def system_actor(name: str = "system") -> User:
    """The named actor "system" (commands, jobs), "public" (the page without an account) or
    "timekeeper" (time limits of all cases)."""
    return User.objects.get(username=name, is_system=True)
