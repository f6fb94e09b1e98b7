"""The reform of 2025: families stay, their rows and files pass to the successor unit."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conftest import thanh_tri
from tuoitho.access.person import acting_as
from tuoitho.cases.actions.reform import follow_child
from tuoitho.cases.models import Case
from tuoitho.cases.tests.make import make_case
from tuoitho.people.actions import register_child, register_household
from tuoitho.people.actions.reform import reassign_household
from tuoitho.people.models import Child

REFORM = date(2025, 7, 1)


@pytest.fixture
def family(db, system):
    old = thanh_tri("00640", before=True)
    on = date(2024, 1, 10)
    household = register_household(old, head_name="Lê Văn An", hamlet="Thôn 1", by=system, on=on)
    child = register_child(
        old, full_name="Lê Thị Bình", birth_date=date(2012, 5, 6), household=household,
        hamlet="Thôn 1", by=system, on=on,
    )  # fmt: skip
    return household, child


def test_children_go_with_their_household_and_keep_their_history(family, here, hanh):
    household, child = family
    with acting_as(hanh):
        reassign_household(household, here, by=hanh, on=REFORM)
    child.refresh_from_db()
    assert child.unit == here
    assert child.household == household
    assert Child.objects.lived_in(household.unit, date(2025, 6, 30)).count() == 1
    assert Child.objects.lived_in(here, REFORM).count() == 1


def test_a_unit_that_took_no_people_of_the_old_one_is_refused(family, hanh):
    with pytest.raises(ValidationError):
        reassign_household(family[0], thanh_tri("00679"), by=hanh, on=REFORM)


def test_a_commune_cannot_take_by_itself(family, here, lan):
    with pytest.raises(PermissionDenied):
        reassign_household(family[0], here, by=lan, on=REFORM)


def test_the_file_follows_and_says_where_it_happened(family, here, hanh, lan):
    household, child = family
    case = make_case(child.unit, child=child, opened_on=date(2024, 3, 1))
    where = case.opened_unit
    with acting_as(hanh):
        reassign_household(household, here, by=hanh, on=REFORM)
        follow_child(Child.objects.get(pk=child.pk), by=hanh, on=REFORM)
    with acting_as(lan):
        moved = Case.objects.visible_to(lan).get(pk=case.pk)
    assert moved.unit == here
    assert moved.opened_unit == where
    assert moved.moves.filter(name="transfer").exists()
