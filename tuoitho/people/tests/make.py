"""Builders for tests: boring, fixed defaults; a test states every fact it depends on."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from tuoitho.lib.text import fold
from tuoitho.people.models import Child, Household
from tuoitho.ui.alphabet import alphabetical_key
from tuoitho.units.models import Organisation, Unit

REGISTERED = date(2026, 1, 5)


def make_household(unit: Unit, head_name: str = "Nguyễn Văn Hùng", **facts: object) -> Household:
    hamlet = str(facts.get("hamlet", ""))
    defaults: dict[str, object] = {"registered_on": REGISTERED, "folded_hamlet": fold(hamlet)}
    return Household.objects.create(
        unit=unit, head_name=head_name, folded_head_name=fold(head_name), **{**defaults, **facts}
    )


def make_child(unit: Unit, full_name: str = "Nguyễn Văn An", **facts: object) -> Child:
    """A boy born 01/06/2014 unless told otherwise (``birth_date=None`` for unknown)."""
    defaults: dict[str, object] = {
        "birth_date": date(2014, 6, 1), "sex": "male", "registered_on": REGISTERED,
        "folded_hamlet": fold(str(facts.get("hamlet", ""))),
    }  # fmt: skip
    return Child.objects.create(
        unit=unit, full_name=full_name, folded_name=fold(full_name),
        sort_name=alphabetical_key(full_name), **{**defaults, **facts},
    )  # fmt: skip


def make_school(unit: Unit, name: str = "Trường THCS Thanh Trì") -> Organisation:
    school, _made = Organisation.objects.get_or_create(
        name=name, unit=unit, defaults={"kind": "school", "valid": DateRange(None, None)}
    )
    return school
