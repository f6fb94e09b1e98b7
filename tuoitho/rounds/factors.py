"""Which factors hold for which children on a day: one question a factor, whatever their number.

Sealed cases count for nobody, and of cases only those of the child's own commune: whoever may see
the child's score may see what it is made of.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tuoitho.cases.models import Case, Category
from tuoitho.people.models import Attendance, Child, Guardian, Residence
from tuoitho.people.models.child import ChildQuerySet
from tuoitho.people.school_years import term_ended_by
from tuoitho.people.states import Relation
from tuoitho.rounds.groups import craft_hamlets, living_at, poor_on
from tuoitho.rounds.risk import packaged
from tuoitho.units.models import Unit

PARENTS = (Relation.FATHER, Relation.MOTHER, Relation.ADOPTIVE)


def factors_of(children: Collection[int], on: date) -> dict[int, set[str]]:
    """Key of a child to the codes of its factors on that day; children without any are left out."""
    chosen = Child.objects.filter(pk__in=list(children))
    found: dict[int, set[str]] = defaultdict(set)
    for code, rows in _questions(chosen, on).items():
        for pk in rows.order_by().values_list("pk", flat=True):
            found[pk].add(code)
    return dict(found)


def _questions(chosen: ChildQuerySet, on: date) -> dict[str, ChildQuerySet]:
    """Factor to the children for whom it holds."""
    units = Unit.objects.filter(pk__in=chosen.order_by().values("unit"))
    teen = packaged()["teen"]
    summer = on.month in teen["months"]
    return {
        "left_school": chosen.out_of_school_on(on),
        "long_absence": chosen.filter(Exists(_absences(on))),
        "poor": poor_on(chosen, on),
        "special": chosen.in_special_circumstances(on),
        "no_parent": _without_parents(chosen),
        "past_case": chosen.filter(Exists(_cases(on).filter(child=OuterRef("pk")))),
        "sibling_case": chosen.filter(household__isnull=False).filter(Exists(_siblings(on))),
        "moved_lately": chosen.filter(Exists(_moves(on))),
        "craft_hamlet": living_at(chosen, craft_hamlets(units, on)),
        "teen_in_summer": chosen.aged_in(teen["from"], teen["to"], on) if summer
        else chosen.none(),
    }  # fmt: skip


def _absences(on: date) -> QuerySet[Attendance]:
    """Of the child, in the last term: absent for as many days as the rule says."""
    rows = Attendance.objects.of_term(term_ended_by(on)).filter(child=OuterRef("pk"))
    absent = rows.annotate(missed=F("with_leave") + F("without_leave"))
    return absent.filter(missed__gte=packaged()["long_absence_days"])


def _without_parents(chosen: ChildQuerySet) -> ChildQuerySet:
    """Carers are known, and no father, mother or adoptive parent is among them."""
    of_child = Q(child=OuterRef("pk")) | Q(household=OuterRef("household"))
    carers = Guardian.objects.filter(of_child)
    return chosen.filter(Exists(carers)).exclude(Exists(carers.filter(relation__in=PARENTS)))


def _cases(on: date) -> QuerySet[Case]:
    """Open to everybody who may see cases of the commune, and there by that day."""
    return Case.objects.filter(sealed=False, opened_on__lte=on, unit=OuterRef("unit"))


def _siblings(on: date) -> QuerySet[Case]:
    rows = _cases(on).filter(category=Category.CHILD_LABOUR)
    return rows.filter(child__household=OuterRef("household")).exclude(child=OuterRef("pk"))


def _moves(on: date) -> QuerySet[Residence]:
    """Came to a commune lately from another one; not because communes were merged that day."""
    since = on - timedelta(days=packaged()["moved_lately_days"])
    rows: QuerySet[Any] = Residence.objects.filter(child=OuterRef("pk"), valid__contains=on)
    begun = rows.filter(valid__startswith__gt=since).exclude(
        valid__startswith=F("unit__valid__startswith")
    )
    earlier = Residence.objects.filter(
        child=OuterRef("child"), valid__endswith__lte=OuterRef("valid__startswith")
    ).exclude(unit=OuterRef("unit"))
    return begun.filter(Exists(earlier))
