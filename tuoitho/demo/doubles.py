"""Last scene: three children somebody else writes down a second time, and the search that finds
them."""

from datetime import date
from uuid import uuid4

from tuoitho.demo.stage import Stage
from tuoitho.lib.text import fold
from tuoitho.people.actions import (
    add_guardian,
    forget_old_pairs,
    link_register,
    register_child,
)
from tuoitho.people.models import Child, Household
from tuoitho.people.states import Relation


def write_twice(stage: Stage) -> None:
    """By a list of pupils without marks, from hearsay without the middle name, and in the commune
    next door with the day and month turned round."""
    with stage.acting():
        here, there = stage.new_communes[0], stage.new_communes[1]
        for number, child in enumerate(_known(stage)):
            unit = there if number == 2 else here
            words, born = child.full_name.split(), child.birth_date
            name = (fold(child.full_name).title(), f"{words[0]} {words[-1]}", child.full_name)
            again = register_child(
                unit, full_name=name[number], birth_date=_turned(born) if number == 2 else born,
                sex=child.sex, hamlet=child.hamlet, by=stage.system, on=stage.today,
            )  # fmt: skip
            carers = child.household.guardians.all() if child.household else []
            for carer in carers:
                add_guardian(again, relation=Relation(carer.relation), full_name=carer.full_name,
                             by=stage.system, on=stage.today)  # fmt: skip
    with stage.acting():
        run = uuid4()
        link_register(by=stage.system, on=stage.today, run=run)
        forget_old_pairs(by=stage.system, on=stage.today, run=run)


def _known(stage: Stage) -> list[Child]:
    """Three children of the first commune with both parents, born on a day that can be turned."""
    both = Household.objects.filter(guardians__relation=Relation.MOTHER)
    children = Child.objects.filter(
        unit=stage.new_communes[0], household__in=both, birth_date__day__lte=12, cases=None,
        birth_date__year__gte=stage.today.year - 15,  # who is grown up enters no register
    )  # fmt: skip
    return [
        child
        for child in children.select_related("household").order_by("pk")
        if len(child.full_name.split()) > 2 and _turned(child.birth_date) != child.birth_date
    ][:3]


def _turned(born: date | None) -> date | None:
    return date(born.year, born.day, born.month) if born and born.day <= 12 else born
