"""For which offices of the plan a person may record activities."""

from tuoitho.lib.actors import Actor
from tuoitho.plan.offices import EVERY, UNIONS, Office, acting_for
from tuoitho.units.models import Unit

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
    """Codes of the offices whose activities ``actor`` may record (in ``unit``, or anywhere)."""
    return acting_for(actor, RECORDS_FOR, unit)
