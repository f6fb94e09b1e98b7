"""Builders: boring fixed values; a test states every fact it depends on."""

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from tuoitho.activities.kinds import ModelKind, ProductKind
from tuoitho.activities.models import Activity, Reach
from tuoitho.units.models import Organisation, OrganisationKind, Unit

DAY = date(2026, 3, 10)


def make_activity(unit: Unit, **facts: Any) -> Activity:
    """A direct communication event of the commune, planned for one day."""
    day = facts.pop("day", DAY)
    given = {
        "title": "Truyền thông tại thôn 1", "kind": "event", "owner": "ubnd_xa",
        "starts_on": day, "ends_on": day, **facts,
    }  # fmt: skip
    if given["kind"] == "model":
        given.setdefault("model_kind", ModelKind.EARLY)
    if given["kind"] == "product":
        given.setdefault("product_kind", ProductKind.LEAFLET)
    if given.get("state") == "done":
        given.setdefault("done_on", day)
    return Activity.objects.create(unit=unit, **given)


def make_reach(unit: Unit, audience: str, attended: int, first_time: int, **facts: Any) -> Reach:
    """A row of people reached by an activity that was done."""
    row = {k: facts.pop(k) for k in ("part", "female", "first_trained") if k in facts}
    activity = facts.pop("activity", None) or make_activity(unit, state="done", **facts)
    return Reach.objects.create(
        activity=activity, audience=audience, attended=attended, first_time=first_time, **row
    )


def make_school(unit: Unit, name: str = "Trường THCS Thanh Trì") -> Organisation:
    return Organisation.objects.create(
        name=name,
        kind=OrganisationKind.SCHOOL,
        unit=unit,
        office="gddt",
        valid=DateRange(None, None),
    )
