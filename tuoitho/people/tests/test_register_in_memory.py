"""The register held in memory finds whom a comparison with every child would find."""

from datetime import date
from itertools import product

import pytest

from tuoitho.access.person import acting_as
from tuoitho.lib.text import fold
from tuoitho.people.actions import (
    add_guardian,
    correct_child,
    correct_household,
    register_child,
    register_household,
)
from tuoitho.people.importers import read_row
from tuoitho.people.importers.columns import BY_NAME
from tuoitho.people.importers.writing import foresee_rows, person_of
from tuoitho.people.matching import SHOWN_FROM, compared
from tuoitho.people.models import Child
from tuoitho.people.register import Register, keep_register, register_of
from tuoitho.people.tests.make import make_child

ON = date(2026, 6, 1)
COLUMNS = ["full_name", "birth", "sex", "head_name", "hamlet", "mother"]
PLACES = {place: BY_NAME[name] for place, name in enumerate(COLUMNS)}


def row(unit, *cells):
    return read_row(cells, PLACES, unit, ON)


@pytest.fixture
def families(here, lan):
    """Children alike in every way children of a hamlet are alike."""
    with acting_as(lan):
        for number, (name, day) in enumerate(product(
            ("Nguyễn Văn An", "Nguyễn Thị An", "Văn Nguyễn An", "Trần Văn Bình"),
            (date(2014, 6, 1), date(2014, 1, 6), date(2013, 6, 1), date(2014, 9, 9), None),
        )):  # fmt: skip
            hamlet = "Thôn Nội" if number % 3 else "Tổ 5"
            head = "Nguyễn Văn Hùng" if number % 2 else f"Lê Văn {chr(97 + number)}"
            home = register_household(here, head_name=head, hamlet=hamlet, by=lan, on=ON)
            register_child(
                here, full_name=name, birth_date=day, household=home, hamlet=hamlet, by=lan, on=ON
            )


SOUGHT = list(product(
    ("Nguyễn Văn An", "Nguyen Văn An", "An Nguyễn Văn", "Nguyễn Anh", "Trần Bình"),
    ("01/06/2014", "06/01/2014", "1/6/2015", ""), ("Nguyễn Văn Hùng", "Lê Văn b", ""),
    ("Thôn Nội", ""),
))  # fmt: skip


def test_whoever_every_child_of_shared_keys_would_show_is_shown(here, lan, families):
    """But for those who share no key, as ``register`` says: unlike in words and in birth."""
    with acting_as(lan):
        register = Register(here, lan)
        rows = [row(here, name, born, "", head, hamlet) for name, born, head, hamlet in SOUGHT]
        foresee_rows(rows, register)
        children = list(Child.objects.all())
        for sought in rows:
            person = person_of(sought)
            ends = (fold(person.full_name).split()[0], fold(person.full_name).split()[-1])
            whole = {
                child.pk for child in children
                if compared(person, child).score >= SHOWN_FROM
                and (child.folded_name.split()[0], child.folded_name.split()[-1]) == ends
            }  # fmt: skip
            found = {c.child.pk for c in register.candidates(person, limit=100)}
            assert whole <= found, (person, whole - found)


def test_what_it_shows_is_near_enough(here, lan, families):
    with acting_as(lan):
        register = Register(here, lan)
        (outcome,) = foresee_rows([row(here, "Nguyen Van An", "1/6/2014", "Nam")], register)
    assert outcome.candidates
    assert all(c.score >= SHOWN_FROM for c in outcome.candidates)


def test_a_sheet_of_rows_asks_the_database_the_same_as_one(
    here, lan, families, django_assert_max_num_queries
):
    rows = [row(here, name, born, "", head, hamlet) for name, born, head, hamlet in SOUGHT]
    with acting_as(lan), django_assert_max_num_queries(14):
        foresee_rows(rows, Register(here, lan))


def test_what_was_refused_is_not_remembered(here, lan):
    known = make_child(here)
    with acting_as(lan):
        register = Register(here, lan)
        with pytest.raises(RuntimeError), register.undone_if_refused():  # noqa: PT012
            register.look_at([])
            register.add(make_child(here, "Lê Bé"))
            raise RuntimeError
        sought = [row(here, "Lê Bé", "1/6/2014", "Nam"), row(here, known.full_name, "1/6/2014")]
        unknown, found = foresee_rows(sought, register)
    assert (unknown.fate, found.child) == ("created", known)


def test_the_register_is_kept_until_somebody_writes(here, lan):
    with acting_as(lan):
        register = register_of(here, lan)
        keep_register(register)
        assert register_of(here, lan) is register
        keep_register(register)
        written = make_child(here, "Lê Bé")
        anew = register_of(here, lan)
        assert anew is not register
        (found,) = foresee_rows([row(here, "Lê Bé", f"{written.birth_date:%d/%m/%Y}")], anew)
    assert found.child == written


@pytest.mark.parametrize("change", ["name", "carer", "head"])
def test_a_correction_is_seen_by_who_kept_the_register(here, lan, change):
    child = make_child(here)
    with acting_as(lan):
        home = register_household(here, head_name="Lê Văn Cha", by=lan, on=ON)
        correct_child(child, household=home, by=lan, on=ON)
        keep_register(register := register_of(here, lan))
        if change == "name":
            correct_child(child, full_name="Lê Khác", by=lan, on=ON)
        elif change == "carer":
            add_guardian(home, relation="mother", full_name="Vũ Thị Mẹ", by=lan, on=ON)
        else:
            correct_household(home, head_name="Lê Văn Bác", by=lan, on=ON)
        assert register_of(here, lan) is not register


def test_nobody_gets_the_register_kept_for_another(here, lan, system):
    with acting_as(lan):
        keep_register(register := register_of(here, lan))
        assert register_of(here, system) is not register
