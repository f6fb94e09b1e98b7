"""What a merge chooses between: the fields of two rows, and which side stands unless told.

Pure functions over two children; writing is ``actions.merging``.
"""

import json
from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.people import national_id as numbers
from tuoitho.people.models import Child, Merge
from tuoitho.people.states import Sex, Side

# What is chosen together → its columns.
GROUPS: dict[str, tuple[str, ...]] = {
    "full_name": ("full_name", "folded_name", "sort_name"),
    "birth": ("birth_date", "age_low", "age_high", "age_seen_on"),
    "sex": ("sex",),
    "national_id": ("national_id", "national_id_hash"),
    "household": ("household_id",),
    "hamlet": ("hamlet", "folded_hamlet"),
    "note": ("note",),
}
LABELS: dict[str, str | Promise] = {
    "full_name": _("Họ và tên"),
    "birth": _("Ngày sinh, tuổi"),
    "sex": _("Giới tính"),
    "national_id": _("Số định danh cá nhân"),
    "household": _("Hộ gia đình"),
    "hamlet": _("Thôn, tổ dân phố"),
    "note": _("Ghi chú"),
}
# Rows of which a child has one at a time: where both have one, the other's stays with its old row
# (shown on the page of the merge, counted nowhere) and comes back with it.
STAYING = (
    "attendance_once_a_term",
    "circumstance_once_a_day",
    "enrolment_once_a_year",
    "membership_one_a_day",
    "residence_one_a_day",
)


def facts_of(child: Child) -> dict[str, Any]:
    """Every column a merge may change, by name."""
    return {name: getattr(child, name) for columns in GROUPS.values() for name in columns}


def differing(kept: Child, other: Child) -> list[str]:
    """Groups in which a person has to choose: both say something, and not the same."""
    return [g for g in GROUPS if _both_say(kept, other, g) and is_open(kept, other, g)]


def is_open(kept: Child, other: Child, group: str) -> bool:
    """Whether the other's value could be taken at all: a household is of one commune."""
    return group not in ("household", "hamlet") or kept.unit_id == other.unit_id


def _both_say(kept: Child, other: Child, group: str) -> bool:
    mine, theirs = _values(kept, group), _values(other, group)
    return _says(kept, group) and _says(other, group) and mine != theirs


def _values(child: Child, group: str) -> tuple[Any, ...]:
    return tuple(getattr(child, name) for name in GROUPS[group])


def _says(child: Child, group: str) -> bool:
    if group == "sex":
        return child.sex != Sex.UNKNOWN
    return any(value not in (None, "") for value in _values(child, group))


def usual_side(kept: Child, other: Child, group: str) -> Side:
    """The kept row's own value; the other's where the kept has none or only an estimated age; both
    notes."""
    if not is_open(kept, other, group):
        return Side.KEPT
    if not _says(kept, group) and _says(other, group):
        return Side.OTHER
    if group == "birth" and kept.birth_date is None and other.birth_date is not None:
        return Side.OTHER
    if group == "note" and _both_say(kept, other, group):
        return Side.BOTH
    return Side.KEPT


def sides_of(kept: Child, other: Child, chosen: Mapping[str, str]) -> dict[str, str]:
    """A side for every group: as chosen, else the usual one."""
    return {group: str(chosen.get(group) or usual_side(kept, other, group)) for group in GROUPS}


def merged_facts(kept: Child, other: Child, sides: Mapping[str, str]) -> dict[str, Any]:
    """The columns of the kept row after the merge."""
    facts = facts_of(kept)
    for group, columns in GROUPS.items():
        if sides[group] == Side.OTHER:
            facts |= {name: getattr(other, name) for name in columns}
        elif sides[group] == Side.BOTH:
            facts["note"] = "\n".join(filter(None, (kept.note, other.note)))
    return facts


def write_facts(child: Child, facts: Mapping[str, Any]) -> None:
    """Set the columns on the instance, and what follows from them."""
    for name, value in facts.items():
        setattr(child, name, value)
    child.national_id_problem = numbers.problem(child.national_id, child.birth_date, child.sex)


def as_text(facts: Mapping[str, Any]) -> str:
    """Facts as JSON; days as yyyy-mm-dd."""
    return json.dumps(facts, ensure_ascii=False, default=str)


def from_text(text: str) -> dict[str, Any]:
    """What ``as_text`` wrote."""
    facts: dict[str, Any] = json.loads(text)
    for name in ("birth_date", "age_seen_on"):
        facts[name] = date.fromisoformat(facts[name]) if facts[name] else None
    return facts


def as_it_was(merge: Merge) -> Child:
    """The kept child with the facts it had before the merge (not to be saved)."""
    kept = copy(merge.kept)
    if merge.before:
        write_facts(kept, from_text(merge.before))
    return kept


def given_back(
    now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """What an undoing writes to the kept row, and the groups it leaves: those corrected since."""
    facts, left = dict(now), []
    for group, columns in GROUPS.items():
        if all(before[name] == after[name] for name in columns):
            continue
        if all(now[name] == after[name] for name in columns):
            facts |= {name: before[name] for name in columns}
        else:
            left.append(group)
    return facts, left
