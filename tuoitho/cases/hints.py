"""Which policies a child or family might ask for, and why: hints, never a decision."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tuoitho.cases.models import Policy
from tuoitho.people.models import Child, Enrolment
from tuoitho.people.states import Group, Poverty


@dataclass(frozen=True)
class Hint:
    """A policy with the reasons why it may fit, and what is not known about it."""

    policy: Policy
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What the register says of a child that policies ask about."""

    ages: tuple[int, int] | None
    poverty: str
    groups: frozenset[str]
    out_of_school: bool | None


def known_of(child: Child, on: date) -> Known:
    """Age, household, circumstances and schooling on that day."""
    poverty = ""
    if child.household_id is not None:
        status = child.household.poverty_statuses.filter(year__lte=on.year)  # type: ignore[union-attr]
        latest = status.order_by("-year").first()
        poverty = latest.status if latest else ""
    enrolments = Enrolment.objects.filter(child=child)
    learning = enrolments.learning_on(on).exists()
    left = None if learning else enrolments.left_by(on).exists() or None
    groups = child.circumstances.lasting_on(on).values_list("group", flat=True)
    return Known(child.age_range_on(on), poverty, frozenset(groups), False if learning else left)


def hints_for(child: Child, on: date) -> list[Hint]:
    """Every policy of that day that some known fact speaks for and none speaks against; those with
    most reasons first."""
    known = known_of(child, on)
    found = [hint for policy in Policy.objects.in_force(on) if (hint := _weigh(policy, known))]
    return sorted(found, key=lambda h: (-len(h.reasons), h.policy.title))


def _weigh(policy: Policy, known: Known) -> Hint | None:
    if not _age_fits(policy, known):
        return None
    reasons = [str(Group(group).label) for group in policy.groups if group in known.groups]
    unknown = []
    if policy.poverty and not known.poverty:
        unknown.append(_("chưa rõ hộ nghèo, cận nghèo"))
    elif known.poverty in policy.poverty:
        reasons.append(str(Poverty(known.poverty).label))
    if policy.out_of_school and known.out_of_school is None:
        unknown.append(_("chưa rõ việc học"))
    elif policy.out_of_school and known.out_of_school:
        reasons.append(_("đã bỏ học"))
    if _only_asks_age(policy) and known.ages is not None:
        reasons.append(_("trong độ tuổi"))
    return Hint(policy, tuple(reasons), tuple(unknown)) if reasons or unknown else None


def _only_asks_age(policy: Policy) -> bool:
    others = policy.poverty or policy.groups or policy.out_of_school
    return policy.age_low is not None and not others


def _age_fits(policy: Policy, known: Known) -> bool:
    """Not surely outside the ages of the policy."""
    if known.ages is None:
        return True
    low, high = known.ages
    too_young = policy.age_low is not None and high < policy.age_low
    too_old = policy.age_high is not None and low > policy.age_high
    return not (too_young or too_old)
