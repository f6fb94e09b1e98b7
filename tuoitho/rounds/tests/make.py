"""Builders: boring, fixed defaults; a test states every fact it depends on."""

from datetime import date
from typing import Any

from tuoitho.access.actions import system_actor
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import register_child
from tuoitho.people.models import Child
from tuoitho.people.tests.make import make_household
from tuoitho.rounds.actions import draft_round, start_round
from tuoitho.rounds.models import ListedChild, Round
from tuoitho.units.models import Unit

REGISTERED = date(2026, 1, 5)


def make_living(unit: Unit, full_name: str = "Nguyễn Văn An", **facts: Any) -> Child:
    """A boy born 01/06/2014 who lives in Thôn 1 since 05/01/2026, registered as people are."""
    defaults: dict[str, Any] = {
        "birth_date": date(2014, 6, 1), "sex": "male", "hamlet": "Thôn 1", "on": REGISTERED,
    }  # fmt: skip
    return register_child(unit, full_name=full_name, by=system_actor(), **{**defaults, **facts})


def make_family(unit: Unit, *names: str, hamlet: str = "Thôn 1", head: str = "Nguyễn Văn Hùng"):
    """Children of one household."""
    household = make_household(unit, head, hamlet=hamlet)
    return [make_living(unit, name, household=household, hamlet=hamlet) for name in names]


def make_round(unit: Unit, **plan: Any) -> Round:
    """A draft for everybody from 5 to 17, from today for a month."""
    day = today()
    defaults: dict[str, Any] = {
        "name": "Rà soát quý IV", "groups": ["everyone"], "first_day": day,
        "last_day": date.fromordinal(day.toordinal() + 30),
    }  # fmt: skip
    return draft_round(unit, by=system_actor(), on=day, **{**defaults, **plan})


def make_running(unit: Unit, **plan: Any) -> Round:
    """The same, begun today; needs children in the register."""
    return start_round(make_round(unit, **plan), by=system_actor(), on=today())


def listed_of(child: Child) -> ListedChild:
    """The child's row in the only round it is in."""
    return ListedChild.objects.get(child=child)
