"""The register as facts to compare: every child a person may see, in three questions."""

from collections import defaultdict
from typing import Any

from tuoitho.people.matching.records import Facts
from tuoitho.people.models import Child, Guardian

COLUMNS = (
    "pk", "full_name", "birth_date", "age_low", "age_high", "age_seen_on", "sex", "unit_id",
    "hamlet", "national_id_hash", "household_id", "household__head_name",
)  # fmt: skip


def facts_seen_by(user: Any) -> list[Facts]:
    """Children in the sight of ``user``; parents are those of the child and of its household, and
    the head of the household."""
    of_child, of_household = _carers()
    found = []
    rows = Child.objects.visible_to(user).order_by("pk").values_list(*COLUMNS)
    for pk, name, birth, low, high, seen, sex, unit, hamlet, number, household, head in rows:
        carers = {*of_child[pk], *of_household[household], head or ""} - {""}
        ages = None if low is None or high is None else (low, high)
        found.append(
            Facts(pk, name, birth, ages, seen, sex, unit, hamlet, tuple(sorted(carers)), number)
        )
    return found


def _carers() -> tuple[dict[int, list[str]], dict[int | None, list[str]]]:
    """Names by child and by household; the database shows those the acting person may see."""
    of_child: dict[int, list[str]] = defaultdict(list)
    of_household: dict[int | None, list[str]] = defaultdict(list)
    rows = Guardian.objects.order_by("pk").values_list("child_id", "household_id", "full_name")
    for child, household, name in rows.iterator():
        if child:
            of_child[child].append(name)
        elif household:
            of_household[household].append(name)
    return of_child, of_household
