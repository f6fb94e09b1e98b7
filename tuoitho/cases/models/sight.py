"""Who may see rows that can be sealed, and rows that belong to a case."""

from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models import BooleanField, F, Func, Q

from tuoitho.access.models import NOWHERE, ScopedQuerySet

M = TypeVar("M", bound=models.Model)


class HasLead(Func):
    """Whether a sealed case has a police lead today; asked past row-level security."""

    function = "cases_has_lead"
    output_field = BooleanField()


def listed_cases(user: Any) -> frozenset[int]:
    """Keys of the sealed cases whose need-to-know list names this person today (asked once)."""

    def ask() -> frozenset[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cases_listed_for(%s)", [user.pk])
            return frozenset(cursor.fetchone()[0])

    return frozenset(user.once("cases.listed", ask))


def sight(user: Any, *, unit: str = "unit", sealed: str = "sealed", case: str = "pk") -> Q:
    """The condition of sight: an open row in one's units; a sealed one for those its list names,
    and, while it has no police lead, for holders of ``cases.sealed`` there.

    The policies of migrations 0002, 0024 and 0025 say the same in SQL.
    """
    if not getattr(user, "pk", None):
        return Q(pk__in=[])
    condition: Q = user.scope("cases.view").covers(f"{unit}_id") & Q(**{sealed: False})
    if listed := listed_cases(user):
        condition |= Q(**{sealed: True, f"{case}__in": sorted(listed)})
    opens_seals = user.scope("cases.sealed") if user.may("cases.sealed") else NOWHERE
    if opens_seals:
        # Who also keeps time is a process that only recounts limits (migration 0025).
        waiting = Q() if user.may("cases.keep_time") else ~Q(HasLead(F(case)))
        condition |= Q(**{sealed: True}) & waiting & opens_seals.covers(f"{unit}_id")
    return condition


def _has_lead(user: Any, case: int | None) -> bool:
    """Whether the sealed case has a lead today, other than for who only keeps time."""
    if user.may("cases.keep_time"):
        return False

    def ask() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cases_has_lead(%s)", [case])
            return bool(cursor.fetchone()[0])

    return bool(user.once(f"cases.has_lead.{case}", ask))


def may_step(user: Any, permission: str, row: Any, *, unit_id: int | None = None) -> bool:
    """Whether ``user`` may take a step of a case, or of a row that is sealed with one (a report, a
    clock, a handover): with the permission where the row is (``unit_id``, if another).

    Of a sealed one: who is on its list and holds the permission anywhere; the police there who are
    on the list, or as long as it has no lead.
    """
    place = row.unit_id if unit_id is None else unit_id
    if not row.sealed:
        return place in user.scope(permission)
    case = getattr(row, "case_id", row.pk)
    listed = case in listed_cases(user)
    if listed and user.may(permission):
        return True
    police = user.may("cases.sealed") and place in user.scope("cases.sealed")
    return police and (listed or not _has_lead(user, case))


class SealableQuerySet(ScopedQuerySet[M]):
    """Rows with a unit and a seal of their own."""

    view_permission = "cases.view"
    case_path = "case"

    def visible_to(self, user: Any) -> Self:
        return self.filter(sight(user, case=self.case_path))


class OfCaseQuerySet(models.QuerySet[M]):
    """Rows of a case: seen exactly when the case is."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(sight(user, unit="case__unit", sealed="case__sealed", case="case"))
