"""Employers are counted as distinct workplaces, by kind."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conftest import make_user
from tuoitho.activities import actions
from tuoitho.activities.models import EstablishmentReach
from tuoitho.activities.tests.make import make_activity
from tuoitho.audit.models import Event
from tuoitho.establishments.tests.make import make_establishment, make_village
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period

YEAR = Period.year(2026)


def link(activity, by, *establishments):
    return actions.link_establishments(activity, establishments, by=by, on=today())


def test_a_workplace_reached_twice_is_one(here, lan):
    workshop = make_establishment(here, craft_village=make_village(here))
    company = make_establishment(here, "Công ty May", kind="enterprise")
    event = make_activity(here, state="done")
    course = make_activity(here, state="done", kind="training", day=date(2026, 5, 5))
    link(event, lan, workshop, company)
    link(course, lan, workshop)
    link(course, lan, workshop)
    rows = EstablishmentReach.objects
    assert rows.informed_in(YEAR).by_kind() == {"household": 1, "enterprise": 1}
    assert rows.informed_in(YEAR).establishments() == 2
    assert rows.trained_in(YEAR).by_kind() == {"household": 1}
    assert rows.informed_in(YEAR).in_craft_villages().establishments() == 1
    assert rows.informed_in(YEAR).of_kinds("enterprise").located_in(here).establishments() == 1
    assert rows.informed_in(Period.year(2025)).establishments() == 0


def test_only_workplaces_of_the_place_and_the_day(here, there, lan):
    event = make_activity(here, state="done")
    closed = make_establishment(
        here, "Xưởng cũ", closed_on=date(2026, 1, 31), closing_reason="Chuyển nghề"
    )
    for stranger in (make_establishment(there), closed):
        with pytest.raises(ValidationError):
            link(event, lan, stranger)
    with pytest.raises(ValidationError):
        link(make_activity(here), lan, make_establishment(here, "Xưởng mới"))


def test_a_link_made_by_mistake_goes_and_leaves_a_trace(here, lan):
    event, workshop = make_activity(here, state="done"), make_establishment(here)
    link(event, lan, workshop)
    actions.unlink_establishment(event, workshop, by=lan, on=today())
    assert EstablishmentReach.objects.count() == 0
    last = Event.objects.filter(action="activities.correct").order_by("-pk")[0]
    assert (last.before, last.after) == (
        {"establishments": [workshop.pk]}, {"establishments": []},
    )  # fmt: skip


def test_strangers_link_nothing(here, area, thu):
    event, workshop = make_activity(here, state="done"), make_establishment(here)
    culture = make_user("vhtt", "culture_office", area)
    for stranger in (thu, culture):
        with pytest.raises(PermissionDenied):
            link(event, stranger, workshop)
