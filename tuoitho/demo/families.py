"""Scene one: households and children of the sixteen communes, and what is known of them."""

from dataclasses import dataclass
from datetime import date

from tuoitho.demo.names import Family, Kid, family
from tuoitho.demo.stage import Stage
from tuoitho.people.actions import (
    add_guardian,
    record_circumstance,
    record_enrolment,
    record_poverty,
    register_child,
    register_household,
)
from tuoitho.people.models import Child, Household
from tuoitho.people.states import Group, Poverty, Relation, SchoolStatus
from tuoitho.units.models import Unit

PER_COMMUNE = 96  # families; about two children each
REGISTERED = date(2021, 11, 15)  # the first screening round after the plan
LEFT_SCHOOL = 0.03


@dataclass(frozen=True)
class Known:
    """A registered child and the commune and hamlet it was registered in."""

    child: Child
    unit: Unit
    household: Household


def register_families(stage: Stage) -> list[Known]:
    """Households of every old commune with carers, children, schooling and poverty."""
    known: list[Known] = []
    for unit in stage.old_communes:
        hamlets = stage.hamlets(unit)
        with stage.acting():
            for _number in range(PER_COMMUNE):
                known += _register(stage, unit, family(stage.chance, hamlets))
        stage.say(f"  {unit.name}: {PER_COMMUNE} hộ")
    return known


def _register(stage: Stage, unit: Unit, given: Family) -> list[Known]:
    by, on = stage.system, REGISTERED
    household = register_household(
        unit, head_name=given.father, address=f"Số {given.house}", hamlet=given.hamlet, by=by, on=on
    )
    phone = f"09{stage.chance.randrange(10**8):08d}"
    add_guardian(household, relation=Relation.FATHER, full_name=given.father, phone=phone,
                 birth_year=stage.chance.randrange(1972, 1992), occupation="Lao động tự do",
                 by=by, on=on)  # fmt: skip
    if stage.chance.random() < 0.5:
        add_guardian(household, relation=Relation.MOTHER, full_name=given.mother, by=by, on=on)
    poverty = stage.chance.choices(list(Poverty), (92, 5, 3))[0]
    if poverty != Poverty.NONE:
        for year in (2022, 2023, 2024):
            record_poverty(household, year, poverty, by=by, on=date(year, 12, 1))
    return [
        Known(_child(stage, unit, household, kid), unit, household)
        for kid in given.children
        if kid.birth_date < on
    ]


def _child(stage: Stage, unit: Unit, household: Household, kid: Kid) -> Child:
    by = stage.system
    child = register_child(
        unit, full_name=kid.full_name, birth_date=kid.birth_date, sex=kid.sex,
        household=household, hamlet=household.hamlet, by=by, on=REGISTERED,
    )  # fmt: skip
    age = 2024 - kid.birth_date.year
    if age < 6 or age > 17:
        return child
    left = age >= 13 and stage.chance.random() < LEFT_SCHOOL
    school = stage.schools[unit.pk][0 if age < 11 else 1] if age < 15 else None
    record_enrolment(
        child, school_year="2024-2025", grade=min(max(age - 5, 1), 12),
        status=SchoolStatus.DROPPED_OUT if left else SchoolStatus.ATTENDING,
        school=school, school_name="" if school else "Trường THPT (demo)", by=by,
        on=date(2025, 1, 15) if left else date(2024, 9, 5),
    )  # fmt: skip
    if left:
        record_circumstance(child, Group.LEFT_SCHOOL, since=date(2025, 1, 15), by=by,
                            evidence="Danh sách của nhà trường")  # fmt: skip
    return child
