"""Whom to tell of a step: who may take it. Of what is sealed nobody else hears."""

from typing import Any

from tuoitho.access.models import User
from tuoitho.cases.models import SealedReader
from tuoitho.cases.models.sight import may_step
from tuoitho.notices.people import holders_of
from tuoitho.units.models import Unit


def who_steps(permission: str, row: Any, *, unit: Unit | None = None) -> list[User]:
    """People who hold ``permission`` in the unit itself (that of the row unless another is given).

    Of what is sealed: those its list names and, without a lead, the police of the place or above.
    """
    place = unit or row.unit
    if not row.sealed:
        return holders_of(permission, place, at_home=True)
    case = getattr(row, "case_id", row.pk)
    listed = SealedReader.objects.in_force().filter(case=case).select_related("user")
    found = {reader.user_id: reader.user for reader in listed}
    found |= {person.pk: person for person in holders_of("cases.sealed", place)}
    people = (found[key] for key in sorted(found))
    return [p for p in people if may_step(p, permission, row, unit_id=place.pk)]
