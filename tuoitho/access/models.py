"""People who sign in, the roles they hold, and the one definition of what they may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from tuoitho.access.permissions import PERMISSIONS, ROLES
from tuoitho.lib.lookups import keys
from tuoitho.units.models import Organisation, Unit

T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """Where a permission holds: everywhere, or in these units (by primary key)."""

    everywhere: bool
    unit_ids: frozenset[int]

    def __contains__(self, unit_id: int | None) -> bool:
        return self.everywhere or unit_id in self.unit_ids

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.unit_ids)

    def covers(self, column: str = "unit_id") -> models.Q:
        """The condition that ``column`` names one of these units. Everywhere it is the empty Q,
        which says nothing: join it to others with ``&``, never with ``|``."""
        return models.Q() if self.everywhere else models.Q(**{f"{column}__among": self._keys})

    @cached_property
    def _keys(self) -> models.Value:
        return keys(self.unit_ids)


NOWHERE = Scope(False, frozenset())


class PersonManager(UserManager["User"]):
    """Django's own way to make accounts, and which of them an administrator looks after."""

    use_in_migrations = False

    def visible_to(self, user: "User") -> models.QuerySet["User"]:
        """Accounts held in the units this administrator looks after, and those without a role."""
        scope = user.scope("access.manage")
        people = self.filter(is_system=False)
        if scope.everywhere:
            return people
        held = Assignment.objects.filter(unit_id__in=sorted(scope.unit_ids)).values("user_id")
        return people.filter(models.Q(pk__in=held) | models.Q(assignments__isnull=True))


class User(AbstractUser):
    """A person with an account, or a named actor of the system (``is_system``: cannot sign in)."""

    full_name = models.CharField(_("Họ và tên"), max_length=120)
    position = models.CharField(_("Chức vụ"), max_length=120, blank=True)
    is_system = models.BooleanField(_("Là tiến trình của hệ thống"), default=False)

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("người dùng")

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def actor_name(self) -> str:
        return f"{self.full_name or self.username} ({self.username})"

    def scope(self, permission: str) -> Scope:
        """Where this person holds ``permission`` today. The first question asks for all of them.

        Raises KeyError for a permission that is not in the catalogue.
        """
        if permission not in PERMISSIONS:
            raise KeyError(f"unknown permission {permission!r}; see access/permissions.py")
        if permission not in self.permissions:
            return NOWHERE
        known: dict[str, Scope] | None = self.__dict__.get("_scopes")
        if known is None:
            known = self.__dict__["_scopes"] = _scopes_of(self.pk, self.permissions)
        return known.get(permission, NOWHERE)

    def forget_scopes(self) -> None:
        """Ask again: after an assignment of this person has changed."""
        self.__dict__.pop("_scopes", None)
        self.__dict__.pop("_permissions", None)
        self.__dict__.pop("_held", None)
        self.__dict__.pop("_answers", None)

    def once(self, question: str, ask: Callable[[], T]) -> T:
        """What a room above asks about this person, asked once per instance (one request)."""
        answers: dict[str, T] = self.__dict__.setdefault("_answers", {})
        if question not in answers:
            answers[question] = ask()
        return answers[question]

    def restrict_to(self, permissions: Iterable[str]) -> None:
        """For this instance (one request of a token) only these of its permissions count."""
        self.__dict__["_permissions"] = self.permissions & frozenset(permissions)

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    @property
    def permissions(self) -> frozenset[str]:
        """Everything this person may do somewhere today (one query per instance)."""
        known: frozenset[str] | None = self.__dict__.get("_permissions")
        if known is None:
            roles = {assignment.role for assignment in self.held_today} if self.is_active else set()
            known = frozenset(p for role in roles if role in ROLES for p in ROLES[role][1])
            self.__dict__["_permissions"] = known
        return known

    def require(self, permission: str, obj: Any = None) -> None:
        """Raise PermissionDenied unless this person may do it (in the object's unit, if given)."""
        scope = self.scope(permission)
        if obj is None:
            allowed = bool(scope)
        else:
            allowed = (obj.pk if isinstance(obj, Unit) else obj.unit_id) in scope
        if not allowed:
            raise PermissionDenied(f"{self.actor_name}: {permission}")

    @property
    def held_today(self) -> "tuple[Assignment, ...]":
        """Assignments in force today with unit and organisation (one query per instance)."""
        known: tuple[Assignment, ...] | None = self.__dict__.get("_held")
        if known is None:
            held = self.assignments.on(_today()).select_related("unit", "organisation")
            known = self.__dict__["_held"] = tuple(held)
        return known

    def home(self) -> "Assignment | None":
        """The assignment shown beside the person's name: the first one held today."""
        return next(iter(self.held_today), None)


def _today() -> date:
    from tuoitho.lib.hanoi import today

    return today()


# Permissions given by the same roles of a person hold in the same places: asked of one of them.
_SCOPES = """
    SELECT alike.permissions, access_everywhere(%s, alike.one), access_units(%s, alike.one)
    FROM (
        SELECT array_agg(permission) AS permissions, min(permission) AS one
        FROM (
            SELECT permission, array_agg(role ORDER BY role) AS roles FROM access_rolegrant
            WHERE permission = ANY (%s)
              AND role IN (SELECT role FROM access_assignment WHERE user_id = %s)
            GROUP BY permission
        ) given GROUP BY roles
    ) alike
"""


def _scopes_of(user_id: int, permissions: Iterable[str]) -> dict[str, Scope]:
    """One query, whatever a page asks for; the functions are those of the policies. A permission
    that holds nowhere is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_SCOPES, [user_id, user_id, sorted(permissions), user_id])
        return {
            permission: Scope(everywhere, frozenset(unit_ids))
            for alike, everywhere, unit_ids in cursor.fetchall()
            for permission in alike
        }


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, day: date) -> Self:
        """In force on that day."""
        return self.filter(valid__contains=day).order_by("pk")


class Assignment(models.Model):
    """A person holds a role in a unit (and perhaps for one organisation) for some days."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="assignments", verbose_name=_("Người dùng")
    )
    role = models.CharField(
        _("Vai trò"), max_length=30, choices=[(code, label) for code, (label, _p) in ROLES.items()]
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assignments", verbose_name=_("Địa bàn")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="assignments",
        verbose_name=_("Cơ quan, tổ chức"),
    )  # fmt: skip
    valid = DateRangeField(_("Thời hạn"), help_text=_("Ngày đầu tính vào, ngày cuối không tính."))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("phân công")
        constraints = [
            ExclusionConstraint(
                name="assignment_once_a_day",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable_on(self, day: date) -> Self:
        """Neither revoked nor past their last day."""
        return self.filter(revoked_at=None, expires_on__gte=day, user__is_active=True)


class ApiToken(models.Model):
    """A key by which a program acts for a person, with fewer permissions and a last day.

    Only its keyed hash is kept; the token itself is shown once.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("Dùng cho"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    permissions = ArrayField(models.CharField(max_length=40), verbose_name=_("Quyền"))
    created_at = models.DateTimeField(_("Tạo lúc"), auto_now_add=True)
    expires_on = models.DateField(_("Ngày cuối dùng được"))
    revoked_at = models.DateTimeField(_("Thu hồi lúc"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("khoá API")

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """The catalogue of ``permissions.py`` as rows, for the database's own check."""

    role = models.CharField(max_length=30)
    permission = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.permission}"


M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """Rows that belong to a unit; ``visible_to`` is the one definition of who may see them."""

    view_permission: ClassVar[str]
    unit_path: ClassVar[str] = "unit"  # from a row to its unit ("case__unit" for a visit)

    def visible_to(self, user: Any) -> Self:
        """Only rows in the units where ``user`` holds the room's view permission today."""
        scope = user.scope(self.view_permission) if getattr(user, "pk", None) else NOWHERE
        return self.filter(scope.covers(f"{self.unit_path}_id"))


class Scoped(models.Model):
    """A row of a unit. Its table carries row-level security (``access.rls``)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Địa bàn"))

    if TYPE_CHECKING:
        unit_id: int

    class Meta:
        abstract = True
