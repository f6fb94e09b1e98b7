"""Who may already be in the register: candidates shown before a new child is written.

A score from 0 to 1 is the sum of what speaks for the same child less what speaks against it; the
parts are below. Only children the person may see are looked at, so nobody learns of others.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tuoitho.lib.text import fold, tidy
from tuoitho.people import national_id as numbers
from tuoitho.people.ages import years_between
from tuoitho.people.matching.records import bare_name
from tuoitho.people.models import Child, Household
from tuoitho.people.states import Sex
from tuoitho.ui.formats import vn_date

SHOWN_FROM = 0.5  # score from which a child is shown as a possible duplicate
LOOKED_AT = 200  # nearest names compared in detail
SIMILAR_NAME = 0.45


@dataclass(frozen=True)
class Person:
    """What is typed about a child, to compare with the register."""

    full_name: str
    birth_date: date | None = None
    sex: str = Sex.UNKNOWN
    household: Household | None = None
    hamlet: str = ""
    guardian_names: tuple[str, ...] = ()
    national_id: str = ""


@dataclass(frozen=True)
class Candidate:
    """A child of the register that may be the one typed: how surely, and why."""

    child: Child
    score: float
    reasons: list[str] = field(default_factory=list)


def candidates(
    full_name: str,
    birth_date: date | None,
    user: Any,
    *,
    limit: int = 8,
    **facts: Any,
) -> list[Candidate]:
    """Children ``user`` may see that could be this one, surest first.

    ``facts`` are the other fields of ``Person``. The list is empty when nothing comes near.
    """
    return candidates_for(Person(full_name, birth_date, **facts), user, limit=limit)


def candidates_for(person: Person, user: Any, *, limit: int = 8) -> list[Candidate]:
    """The same for a ``Person``."""
    found = [compared(person, child) for child in _pool(person, user)]
    near = [candidate for candidate in found if candidate.score >= SHOWN_FROM]
    return sorted(near, key=lambda c: (-c.score, c.child.pk))[:limit]


def _pool(person: Person, user: Any) -> list[Child]:
    visible = Child.objects.visible_to(user).select_related("unit", "household")
    visible = visible.prefetch_related("guardians", "household__guardians")
    pool = {row.pk: row for row in visible.matching(person.full_name)[:LOOKED_AT]}
    others = Q()
    if person.household is not None:
        others |= Q(household=person.household)
    if person.national_id:
        others |= Q(national_id_hash=numbers.hashed(person.national_id))
    if others:
        pool |= {row.pk: row for row in visible.filter(others)[:LOOKED_AT] if row.pk not in pool}
    return list(pool.values())


def compared(person: Person, child: Child) -> Candidate:
    """How surely the child is this person, whatever the score."""
    if person.national_id and child.national_id_hash == numbers.hashed(person.national_id):
        return Candidate(child, 1.0, [_("cùng số định danh cá nhân")])
    parts = [
        _name(person, child),
        _birth(person, child),
        _family(person, child),
        _place(person, child),
        _sex(person, child),
    ]
    score = min(1.0, max(0.0, sum(weight for weight, _reason in parts)))
    return Candidate(child, score, [reason for _weight, reason in parts if reason])


def similarity(one: str, other: str) -> float:
    """Share of trigrams two folded texts have in common, as pg_trgm counts (0 to 1)."""
    first, second = _trigrams(one), _trigrams(other)
    common = len(first & second)
    return common / (len(first) + len(second) - common) if common else 0.0


def _trigrams(text: str) -> frozenset[str]:
    return _NONE.union(*map(_of_word, text.split()))


_NONE = frozenset[str]()


@lru_cache(maxsize=10_000)  # names are made of a few thousand syllables
def _of_word(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def _name(person: Person, child: Child) -> tuple[float, str]:
    bare = fold(person.full_name)
    if tidy(person.full_name).casefold() == child.full_name.casefold():
        return 0.45, _("cùng họ tên")
    if bare == child.folded_name:
        return 0.42, _("cùng họ tên, khác dấu")
    one, other = bare_name(person.full_name), bare_name(child.full_name)
    if one == other:
        return 0.42, _("cùng họ tên, khác cách viết")
    if sorted(one.split()) == sorted(other.split()):
        return 0.38, _("cùng các chữ trong tên, khác thứ tự")
    if _lacks_middle(one, other) or _lacks_middle(other, one):
        return 0.36, _("cùng họ và tên, một bên thiếu chữ đệm")
    alike = similarity(bare, child.folded_name)
    return (0.4 * alike, _("tên gần giống")) if alike >= SIMILAR_NAME else (0.0, "")


def _lacks_middle(short: str, long: str) -> bool:
    """Family and given name are the same, and what stands between is a part of the other's."""
    few, many = short.split(), long.split()
    ends = len(few) > 1 and (few[0], few[-1]) == (many[0], many[-1])
    return ends and len(few) < len(many) and set(few) <= set(many)


def _birth(person: Person, child: Child) -> tuple[float, str]:
    typed, known = person.birth_date, child.birth_date
    if typed is None:
        return 0.0, ""
    if known is None:
        ages = child.age_range_on(child.age_seen_on) if child.age_seen_on else None
        seen_on = child.age_seen_on
        if ages and seen_on and ages[0] - 1 <= years_between(typed, seen_on) <= ages[1] + 1:
            return 0.1, _("tuổi ước chừng phù hợp")
        return 0.0, ""
    if typed == known:
        return 0.35, _("cùng ngày sinh %(day)s") % {"day": vn_date(known)}
    if (typed.day, typed.month, typed.year) == (known.month, known.day, known.year):
        return 0.25, _("ngày sinh đảo ngày và tháng")
    if (typed.day, typed.month) == (known.day, known.month) and abs(typed.year - known.year) == 1:
        return 0.2, _("ngày sinh chỉ lệch một năm")
    if typed.year == known.year:
        return 0.05, _("cùng năm sinh")
    return -0.2, ""


def _family(person: Person, child: Child) -> tuple[float, str]:
    if person.household is not None and child.household_id == person.household.pk:
        return 0.25, _("cùng hộ gia đình")
    carers = [*child.guardians.all()]
    if child.household is not None:
        carers += child.household.guardians.all()
    known = {carer.folded_name: carer.full_name for carer in carers}
    if child.household is not None:
        known.setdefault(child.household.folded_head_name, child.household.head_name)
    typed = {fold(name) for name in person.guardian_names if name}
    if person.household is not None:
        typed.add(person.household.folded_head_name)
    same = next((known[name] for name in sorted(typed) if name in known), "")
    return (0.2, _("cùng người thân: %(name)s") % {"name": same}) if same else (0.0, "")


def _place(person: Person, child: Child) -> tuple[float, str]:
    hamlet = fold(person.hamlet)
    if hamlet and hamlet == child.folded_hamlet:
        return 0.1, _("cùng thôn, tổ: %(hamlet)s") % {"hamlet": child.hamlet}
    return 0.0, ""


def _sex(person: Person, child: Child) -> tuple[float, str]:
    known = {person.sex, child.sex}
    return (-0.15, "") if known == {Sex.MALE, Sex.FEMALE} else (0.0, "")
