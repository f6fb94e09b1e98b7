"""Scene one: households and children of the sixteen communes, and what is known of them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tuoitho.demo.names import Family, Kid, family
from tuoitho.demo.stage import Stage
from tuoitho.people.actions import (
    add_guardians,
    draft_child,
    draft_circumstance,
    draft_enrolment,
    draft_guardian,
    draft_household,
    record_circumstances,
    record_enrolments,
    record_poverties,
    register_children,
    register_households,
    reserve_keys,
)
from tuoitho.people.models import Child, Guardian, Household
from tuoitho.people.states import Group, Poverty, Relation, SchoolStatus, Sex
from tuoitho.units.models import Unit

PER_COMMUNE = 96  # families; about two children each
REGISTERED = date(2021, 11, 15)  # the first screening round after the plan
LEFT_SCHOOL = 0.03
SEPTEMBER, LEFT_ON = date(2024, 9, 5), date(2025, 1, 15)
REVIEWS = (2022, 2023, 2024)


@dataclass(frozen=True)
class Known:
    """A registered child and the commune and hamlet it was registered in."""

    child: Child
    unit: Unit
    household: Household


@dataclass
class Sheet:
    """What is written of one commune, gathered family by family."""

    unit: Unit
    keys: list[int]  # of its households, to which other drafts point before they are written
    households: list[Household] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    poor: list[tuple[Household, Poverty]] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    pupils: list[tuple[Child, dict[str, Any]]] = field(default_factory=list)


def register_families(stage: Stage) -> list[Known]:
    """Households of every old commune with carers, children, schooling and poverty."""
    known: list[Known] = []
    for unit in stage.old_communes:
        hamlets = stage.hamlets(unit)
        with stage.acting():
            sheet = Sheet(unit, reserve_keys(Household, PER_COMMUNE))
            for _number in range(PER_COMMUNE):
                _add_family(stage, sheet, family(stage.chance, hamlets))
            _write(stage, sheet)
        known += [Known(child, unit, _home(child)) for child in sheet.children]
        stage.say(f"  {unit.name}: {PER_COMMUNE} hộ")
    return known


def _home(child: Child) -> Household:
    if child.household is None:
        raise LookupError("children of the demonstration live in households")
    return child.household


def _add_family(stage: Stage, sheet: Sheet, given: Family) -> None:
    household = draft_household(
        sheet.unit, head_name=given.father, address=f"Số {given.house}", hamlet=given.hamlet,
        on=REGISTERED,
    )  # fmt: skip
    household.pk = sheet.keys[len(sheet.households)]
    sheet.households.append(household)
    phone = f"09{stage.chance.randrange(10**8):08d}"
    sheet.guardians.append(draft_guardian(
        household, relation=Relation.FATHER, full_name=given.father, phone=phone,
        birth_year=stage.chance.randrange(1972, 1992), occupation="Lao động tự do",
    ))  # fmt: skip
    if stage.chance.random() < 0.5:
        sheet.guardians.append(
            draft_guardian(household, relation=Relation.MOTHER, full_name=given.mother)
        )
    poverty = stage.chance.choices(list(Poverty), (92, 5, 3))[0]
    if poverty != Poverty.NONE:
        sheet.poor.append((household, poverty))
    for place, kid in enumerate(given.children):
        if kid.birth_date < REGISTERED:
            _add_child(stage, sheet, household, kid, place)


def _add_child(stage: Stage, sheet: Sheet, household: Household, kid: Kid, place: int) -> None:
    child = draft_child(
        sheet.unit, full_name=kid.full_name, birth_date=kid.birth_date, sex=kid.sex,
        household=household, hamlet=household.hamlet, on=REGISTERED,
        national_id=_identity(kid, household.pk * 10 + place),
    )  # fmt: skip
    sheet.children.append(child)
    age = 2024 - kid.birth_date.year
    if age < 6 or age > 17:
        return
    left = age >= 13 and stage.chance.random() < LEFT_SCHOOL
    school = stage.schools[sheet.unit.pk][0 if age < 11 else 1] if age < 15 else None
    facts = {
        "school_year": "2024-2025", "grade": min(max(age - 5, 1), 12), "school": school,
        "status": SchoolStatus.DROPPED_OUT if left else SchoolStatus.ATTENDING,
        "school_name": "" if school else "Trường THPT (demo)",
    }  # fmt: skip
    sheet.pupils.append((child, facts))


def _identity(kid: Kid, serial: int) -> str:
    """An invented identity number. Of every eighth child none is known; a few say another year or
    the other sex than the child's, or cannot be one at all."""
    if serial % 8 == 0:
        return ""
    sex = 3 if (kid.sex == Sex.FEMALE) != (serial % 61 == 0) else 2
    year = kid.birth_date.year + (serial % 67 == 0)
    return f"{'001' if serial % 149 else '999'}{sex}{year % 100:02d}{serial:06d}"


def _write(stage: Stage, sheet: Sheet) -> None:
    """The sheet by the verbs an import writes by, one for each table."""
    by, on = stage.system, REGISTERED
    register_households(sheet.unit, sheet.households, by=by, on=on)
    add_guardians(sheet.guardians, by=by, on=on)
    for year in REVIEWS:
        record_poverties(
            [(household, year, found) for household, found in sheet.poor],
            by=by,
            on=date(year, 12, 1),
        )
    register_children(sheet.unit, sheet.children, by=by, on=on)
    left = [pair for pair in sheet.pupils if pair[1]["status"] == SchoolStatus.DROPPED_OUT]
    there = [pair for pair in sheet.pupils if pair[1]["status"] == SchoolStatus.ATTENDING]
    for day, pupils in ((SEPTEMBER, there), (LEFT_ON, left)):
        drafts = [draft_enrolment(child, on=day, **facts) for child, facts in pupils]
        record_enrolments(drafts, by=by, on=day)
    why = "Danh sách của nhà trường"
    record_circumstances(
        [draft_circumstance(child, Group.LEFT_SCHOOL, since=LEFT_ON, evidence=why)
         for child, _facts in left], by=by,
    )  # fmt: skip
