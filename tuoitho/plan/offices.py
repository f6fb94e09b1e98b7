"""Which offices of the plan a person speaks for: of the organisation assigned, else of the role."""

from collections.abc import Iterable

from tuoitho.access.models import Assignment, User
from tuoitho.lib.hanoi import today

# An assignment without an organisation stands for the office its role is named after.
OFFICE_OF_ROLE = {
    "labour_office": "ldtbxh",
    "education_office": "gddt",
    "school": "gddt",
    "police": "congan",
    "economy_office": "kinhte",
    "culture_office": "vhtt",
    "finance_office": "tckh",
    "commune_worker": "ubnd_xa",
    "commune_chair": "ubnd_xa",
    "collaborator": "ubnd_xa",
    "leader": "ubnd_huyen",
    "department": "so_ldtbxh",
}


def offices_of(user: User) -> tuple[str, ...]:
    """Codes of the offices ``user`` speaks for today, first assignment first; may be empty.

    A union without a named organisation has none: the plan names five unions, not "a union".
    """
    return offices_held(user.assignments.on(today()).select_related("organisation"))


def offices_held(assignments: Iterable[Assignment]) -> tuple[str, ...]:
    """The same, of assignments already at hand (with their organisations)."""
    codes = (
        (row.organisation.office if row.organisation else "") or OFFICE_OF_ROLE.get(row.role, "")
        for row in assignments
    )
    return tuple(dict.fromkeys(code for code in codes if code))
