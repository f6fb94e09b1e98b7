"""Whether it is known how often a child was at school in the term before a visit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from tuoitho.cases.models import Case, Schooling, Visit
from tuoitho.people.models import Attendance, Child
from tuoitho.people.school_years import SchoolTerm, term_ended_by

# Who has left school or finished is asked for no days of class; a workshop has no terms.
AT_SCHOOL = (Schooling.ATTENDING, Schooling.UNKNOWN)


@dataclass(frozen=True)
class SeenVisit:
    """A visit, and the school term of which nobody has written down the attendance (or None)."""

    visit: Visit
    missing: SchoolTerm | None


def _key(term: SchoolTerm) -> str:
    return f"{term.year} {term.number}"


def with_terms_known(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with ``terms_known``, the terms whose attendance is written down, in the same query."""
    rows = Attendance.objects.filter(child=OuterRef("child")).order_by("school_year", "term")
    keys = rows.values_list(Concat("school_year", Value(" "), "term")).distinct()
    found: QuerySet[Any] = cases.annotate(terms_known=ArraySubquery(keys))
    return found


def visits_with_school(case: Any) -> list[SeenVisit]:
    """The visits of a case asked by ``with_terms_known``, the latest first."""
    known = set(case.terms_known or ())
    visits = sorted(case.visits.all(), key=lambda visit: visit.on, reverse=True)
    return [SeenVisit(visit, _missing(visit, known)) for visit in visits]


def _missing(visit: Visit, known: set[str]) -> SchoolTerm | None:
    term = term_ended_by(visit.on)
    if visit.schooling not in AT_SCHOOL or _key(term) in known:
        return None
    return term


def missing_term(child: Child, on: date) -> SchoolTerm | None:
    """The term that ended last by ``on``, while nobody has written its attendance down."""
    term = term_ended_by(on)
    known = Attendance.objects.of_term(term).filter(child=child).exists()
    return None if known else term
