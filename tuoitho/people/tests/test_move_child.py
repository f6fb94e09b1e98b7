"""A child that moves: where it lived is kept, who loses sight of it, who may send it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.people.actions import move_child, register_child
from tuoitho.people.models import Child, Guardian, Household
from tuoitho.people.tests.make import make_household

ON = date(2026, 1, 5)
LATER = date(2026, 6, 1)


@pytest.fixture
def household(here):
    household: Household = make_household(here)
    Guardian.objects.create(
        household=household, relation="mother", full_name="Lê Thị Bưởi", phone="0912345678"
    )
    return household


@pytest.fixture
def child(here, system, household):
    return register_child(
        here, full_name="Nguyễn Văn An", birth_date=date(2014, 6, 1), sex="male", by=system,
        on=ON, household=household, hamlet="Thôn Nội",
    )  # fmt: skip


def test_the_child_is_then_seen_there_and_no_more_here(child, there, lan, thu):
    with acting_as(lan):
        move_child(child, there, hamlet="Thôn Tựu", by=lan, on=LATER)
        assert not Child.objects.filter(pk=child.pk).exists()
    with acting_as(thu):
        moved = Child.objects.visible_to(thu).get()
        assert (moved.unit, moved.hamlet, moved.household) == (there, "Thôn Tựu", None)


def test_where_it_lived_is_kept(child, here, there, lan):
    with acting_as(lan):
        move_child(child, there, by=lan, on=LATER)
    assert list(Child.objects.lived_in(here, date(2026, 5, 31))) == [child]
    assert not Child.objects.lived_in(here, LATER).exists()
    assert list(Child.objects.lived_in(there, LATER)) == [child]
    assert list(Child.objects.living_in(there)) == [child]


def test_its_carers_go_with_it(child, there, lan, thu):
    with acting_as(lan):
        move_child(child, there, by=lan, on=LATER)
    with acting_as(thu):
        assert Child.objects.get().guardians.get().phone == "0912345678"


def test_within_the_commune_the_household_stays(child, here, lan, household):
    with acting_as(lan):
        move_child(child, here, hamlet="Thôn Ngoại", by=lan, on=LATER)
        moved = Child.objects.get(pk=child.pk)
    assert (moved.household, moved.folded_hamlet) == (household, "thon ngoai")
    assert moved.residences.count() == 2


def test_the_log_of_the_old_commune_tells(child, here, there, lan):
    with acting_as(lan):
        move_child(child, there, by=lan, on=LATER, note="theo mẹ")
        event = Event.objects.get(action="people.move_child")
    assert (event.unit_key, event.before["unit"], event.after["unit"]) == (
        here.pk, here.pk, there.pk,
    )  # fmt: skip


def test_only_who_registers_in_the_old_commune_may(child, there, thu, chung):
    with pytest.raises(PermissionDenied), acting_as(chung):
        move_child(child, there, by=chung, on=LATER)
    with pytest.raises(Child.DoesNotExist), acting_as(thu):
        move_child(child, there, by=thu, on=LATER)


@pytest.mark.parametrize(
    ("target", "on", "field"),
    [("area", LATER, "to_unit"), ("here", LATER, "to_unit"), ("there", ON, "on")],
)
def test_impossible_moves(child, target, on, field, request, lan):
    unit = request.getfixturevalue(target)
    with pytest.raises(ValidationError) as caught, acting_as(lan):
        move_child(child, unit, hamlet="Thôn Nội", by=lan, on=on)
    assert list(caught.value.message_dict) == [field]


def test_not_into_a_unit_that_has_ended(child, lan):
    from conftest import thanh_tri

    with pytest.raises(ValidationError), acting_as(lan):
        move_child(child, thanh_tri("00664", before=True), by=lan, on=LATER)
