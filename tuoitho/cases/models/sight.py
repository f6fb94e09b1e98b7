"""Who may see rows that can be sealed, and rows that belong to a case."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from tuoitho.access.models import NOWHERE, Scope, ScopedQuerySet

M = TypeVar("M", bound=models.Model)


def _in(scope: Scope, path: str) -> Q:
    return Q() if scope.everywhere else Q(**{f"{path}_id__in": sorted(scope.unit_ids)})


def sight(user: Any, *, unit: str = "unit", sealed: str = "sealed") -> Q:
    """The condition of sight: the unit is in scope, and what is sealed only for the few.

    The policies of migration 0002 say the same in SQL.
    """
    if not getattr(user, "pk", None):
        return Q(pk__in=[])
    scope, opens_seals = user.scope("cases.view"), NOWHERE
    if user.may("cases.sealed"):
        opens_seals = user.scope("cases.sealed")
    condition = _in(scope, unit)
    if not opens_seals:
        return condition & Q(**{sealed: False})
    if opens_seals.everywhere:
        return condition
    return condition & (Q(**{sealed: False}) | _in(opens_seals, unit))


class SealableQuerySet(ScopedQuerySet[M]):
    """Rows with a unit and a seal of their own."""

    view_permission = "cases.view"

    def visible_to(self, user: Any) -> Self:
        return self.filter(sight(user))


class OfCaseQuerySet(models.QuerySet[M]):
    """Rows of a case: seen exactly when the case is."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(sight(user, unit="case__unit", sealed="case__sealed"))
