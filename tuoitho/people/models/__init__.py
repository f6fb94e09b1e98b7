"""The nouns of the register: households, children, and what is known about them over time."""

from tuoitho.people.models.attendance import Attendance, Pupil
from tuoitho.people.models.child import Child, ChildQuerySet
from tuoitho.people.models.facts import (
    Circumstance,
    Enrolment,
    EnrolmentQuerySet,
    Guardian,
    Membership,
    Residence,
)
from tuoitho.people.models.household import Household, HouseholdQuerySet, PovertyStatus
from tuoitho.people.models.match import MatchPair, MatchPairQuerySet
from tuoitho.people.models.merge import Merge, MergedRow, MergeQuerySet
from tuoitho.people.models.numbers import NumberCheck, NumberList

__all__ = [
    "Attendance",
    "Child",
    "ChildQuerySet",
    "Circumstance",
    "Enrolment",
    "EnrolmentQuerySet",
    "Guardian",
    "Household",
    "HouseholdQuerySet",
    "MatchPair",
    "MatchPairQuerySet",
    "Membership",
    "Merge",
    "MergeQuerySet",
    "MergedRow",
    "NumberCheck",
    "NumberList",
    "PovertyStatus",
    "Pupil",
    "Residence",
]
