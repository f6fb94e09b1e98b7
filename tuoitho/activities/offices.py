"""The offices of plan 365/KH-UBND (part IV), and for which of them a person may record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Assignment
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Unit


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

# The standing body (IV.1) may record for all; a commune for itself and its unions (IV.9, IV.10).
RECORDS_FOR: dict[str, frozenset[Office]] = {
    "labour_office": EVERY,
    "education_office": frozenset({Office.EDUCATION}),
    "school": frozenset({Office.EDUCATION}),
    "police": frozenset({Office.POLICE}),
    "economy_office": frozenset({Office.ECONOMY}),
    "culture_office": frozenset({Office.CULTURE}),
    "finance_office": frozenset({Office.FINANCE}),
    "mass_organisation": UNIONS,
    "commune_worker": UNIONS | {Office.COMMUNE},
    "system": EVERY,
}


def recorded_by(actor: Actor, unit: Unit | None = None) -> frozenset[str]:
    """Codes of the offices whose activities ``actor`` may record (in ``unit``, or anywhere).

    An assignment that names an organisation with a duty in the plan counts for that duty alone;
    the standing body always counts for all.
    """
    held = Assignment.objects.on(today()).filter(user_id=actor.pk)
    if unit is not None:
        held = held.filter(unit__below__descendant=unit)
    codes: set[str] = set()
    for assignment in held.select_related("organisation"):
        offices = RECORDS_FOR.get(assignment.role, frozenset())
        duty = assignment.organisation.office if assignment.organisation else ""
        codes |= {duty} if duty and offices and offices != EVERY else set(offices)
    return frozenset(codes)
