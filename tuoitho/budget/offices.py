"""For which offices of the plan a person may draft and spend."""

from tuoitho.lib.actors import Actor
from tuoitho.plan.offices import EVERY, UNIONS, Office, acting_for
from tuoitho.units.models import Unit

# Each unit drafts and settles its own estimate (III, third paragraph).
DRAFTS_FOR: dict[str, frozenset[Office]] = {
    "labour_office": frozenset({Office.LABOUR}),
    "education_office": frozenset({Office.EDUCATION}),
    "police": frozenset({Office.POLICE}),
    "economy_office": frozenset({Office.ECONOMY}),
    "culture_office": frozenset({Office.CULTURE}),
    "finance_office": frozenset({Office.FINANCE, Office.DISTRICT}),
    "mass_organisation": UNIONS,
    "commune_worker": frozenset({Office.COMMUNE}),
    "system": EVERY,
}


def drafted_by(actor: Actor, unit: Unit | None = None) -> frozenset[str]:
    """Codes of the offices whose money ``actor`` may handle (in ``unit``, or anywhere)."""
    return acting_for(actor, DRAFTS_FOR, unit)
