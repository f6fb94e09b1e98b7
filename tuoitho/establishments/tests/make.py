"""Builders for tests: boring, fixed defaults; a test states every fact it depends on."""

from datetime import date

from tuoitho.establishments.models import CraftVillage, Establishment
from tuoitho.establishments.names import distinctive
from tuoitho.lib.text import fold
from tuoitho.units.models import Unit

REGISTERED = date(2026, 1, 5)


def make_village(unit: Unit, name: str = "Làng nghề mây tre Vạn Phúc") -> CraftVillage:
    return CraftVillage.objects.create(unit=unit, name=name, folded_name=fold(name))


def make_establishment(
    unit: Unit, name: str = "Hộ kinh doanh Mây tre Hùng", **facts: object
) -> Establishment:
    """A household workshop unless told otherwise."""
    defaults: dict[str, object] = {
        "kind": "household", "sector": "handicraft", "registered_on": REGISTERED,
        "folded_owner": fold(str(facts.get("owner_name", ""))),
    }  # fmt: skip
    return Establishment.objects.create(
        unit=unit, name=name, folded_name=fold(name), core_name=distinctive(name),
        **{**defaults, **facts},
    )  # fmt: skip
