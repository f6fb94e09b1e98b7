"""The offices of plan 365/KH-UBND (part IV), and for which of them a person speaks or acts."""

from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Assignment, User
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Closure, Unit


class Office(models.TextChoices):
    LABOUR = "ldtbxh", _("Phòng Lao động - Thương binh và Xã hội")
    EDUCATION = "gddt", _("Phòng Giáo dục và Đào tạo")
    POLICE = "congan", _("Công an")
    ECONOMY = "kinhte", _("Phòng Kinh tế")
    CULTURE = "vhtt", _("Phòng Văn hóa - Thông tin")
    FINANCE = "tckh", _("Phòng Tài chính - Kế hoạch")
    OTHER = "khac", _("Phòng, ban, ngành khác")
    FRONT = "mttq", _("Ủy ban Mặt trận Tổ quốc")
    WOMEN = "phunu", _("Hội Liên hiệp Phụ nữ")
    YOUTH = "doantn", _("Đoàn Thanh niên")
    FARMERS = "nongdan", _("Hội Nông dân")
    LABOUR_UNION = "ldld", _("Liên đoàn Lao động")
    COMMUNE = "ubnd_xa", _("Ủy ban nhân dân xã, thị trấn")
    DISTRICT = "ubnd_huyen", _("Ủy ban nhân dân huyện")


UNIONS = frozenset({Office.FRONT, Office.WOMEN, Office.YOUTH, Office.FARMERS, Office.LABOUR_UNION})
EVERY = frozenset(Office)

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
    return offices_held(user.held_today)


def offices_held(assignments: Iterable[Assignment]) -> tuple[str, ...]:
    """The same, of assignments already at hand (with their organisations)."""
    codes = (
        (row.organisation.office if row.organisation else "") or OFFICE_OF_ROLE.get(row.role, "")
        for row in assignments
    )
    return tuple(dict.fromkeys(code for code in codes if code))


def _held(actor: Actor, unit: Unit | None) -> Iterable[Assignment]:
    if isinstance(actor, User):
        held = actor.held_today  # known already
        return held if unit is None else [row for row in held if _reaches(actor, row, unit)]
    rows = Assignment.objects.on(today()).filter(user_id=actor.pk)
    if unit is not None:
        rows = rows.filter(unit__below__descendant=unit)
    return rows.select_related("organisation")


def _reaches(user: User, row: Assignment, unit: Unit) -> bool:
    """Whether an assignment is held in ``unit`` or above it: asked only when it is another unit."""
    if row.unit_id == unit.pk:
        return True
    held = [row.unit_id for row in user.held_today]
    above: frozenset[int] = user.once(
        f"plan.above.{unit.pk}",
        lambda: frozenset(
            Closure.objects.filter(descendant=unit, ancestor__in=held).values_list(
                "ancestor_id", flat=True
            )
        ),
    )
    return row.unit_id in above


def held_in(unit: Unit, people: Iterable[User]) -> dict[int, list[Assignment]]:
    """What each of ``people`` holds today in ``unit`` or above it, by key: one query for all."""
    held: dict[int, list[Assignment]] = {person.pk: [] for person in people}
    rows = Assignment.objects.on(today()).filter(user_id__in=held, unit__below__descendant=unit)
    for row in rows.select_related("organisation"):
        held[row.user_id].append(row)
    return held


def acting_for(
    actor: Actor, table: Mapping[str, frozenset[Office]], unit: Unit | None = None
) -> frozenset[str]:
    """Codes of the offices ``actor`` may act for by ``table`` (role to offices), in ``unit`` or
    anywhere.

    An assignment that names an organisation with a duty in the plan counts for that duty alone; a
    role that may act for every office always does.
    """
    return offices_by(_held(actor, unit), table)


def offices_by(
    assignments: Iterable[Assignment], table: Mapping[str, frozenset[Office]]
) -> frozenset[str]:
    """The same, of assignments already at hand (with their organisations)."""
    codes: set[str] = set()
    for assignment in assignments:
        offices = table.get(assignment.role, frozenset())
        duty = assignment.organisation.office if assignment.organisation else ""
        codes |= {duty} if duty and offices and offices != EVERY else set(offices)
    return frozenset(codes)
