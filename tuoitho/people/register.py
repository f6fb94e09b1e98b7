"""The register of one commune held in memory, to compare a whole sheet with it quickly.

Thousands of rows cannot each ask the database for resemblances. Here a row is compared only with
children who share its birth date (or day and month turned round), its words, or its first and last
word; a child with neither is not found, which the one-by-one screen would find by trigrams.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from tuoitho.lib.text import fold
from tuoitho.people import national_id as numbers
from tuoitho.people.matching import SHOWN_FROM, Candidate, Person, compared
from tuoitho.people.models import Child, Household
from tuoitho.units.models import Unit


def _words(folded: str) -> tuple[str, ...]:
    return tuple(sorted(folded.split()))


def _ends(folded: str) -> tuple[str, ...]:
    words = folded.split()
    return (words[0], words[-1]) if words else ()


def _turned(day: date) -> date | None:
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


class Register:
    """Children and households of ``unit`` that ``user`` may see, found by several keys."""

    def __init__(self, unit: Unit, user: Any) -> None:
        self.unit, self.user = unit, user
        self._near: dict[Any, dict[int, Child]] = defaultdict(dict)
        self._numbers: dict[str, Child] = {}
        self._keys: dict[tuple[Any, ...], Child] = {}
        self._households: dict[tuple[str, str], Household] = {}
        for household in Household.objects.visible_to(user).filter(unit=unit).order_by("-pk"):
            self.add_household(household)
        children = Child.objects.visible_to(user).filter(unit=unit).select_related("household")
        # Many at once: reading identity numbers one by one would open each of them.
        for child in children.defer("national_id", "note").prefetch_related(
            "guardians", "household__guardians", "household__poverty_statuses"
        ):
            self.add(child)

    def add(self, child: Child) -> None:
        """A child of the unit, from now on found."""
        if child.national_id_hash:
            self._numbers[child.national_id_hash] = child
        head = child.household.folded_head_name if child.household else ""
        key = (child.folded_name, child.birth_date, head, child.folded_hamlet)
        self._keys.setdefault(key, child)
        for near in (child.birth_date, _words(child.folded_name), _ends(child.folded_name)):
            if near:
                self._near[near][child.pk] = child

    def add_household(self, household: Household) -> None:
        self._households[household.folded_head_name, household.folded_hamlet] = household

    def household(self, head_name: str, hamlet: str) -> Household | None:
        """The household of that head in that hamlet; the oldest if there are several."""
        return self._households.get((fold(head_name), fold(hamlet)))

    def known(self, number: str, key: tuple[Any, ...]) -> Child | None:
        """The child of this number, else of this natural key (unless its number differs)."""
        wanted = numbers.hashed(number)
        if wanted:
            found = self._numbers.get(wanted) or self._elsewhere(wanted)
            if found is not None:
                return found
        same = self._keys.get(key)
        contradicts = same is not None and wanted and same.national_id_hash
        return None if contradicts else same

    def _elsewhere(self, number_hash: str) -> Child | None:
        children = Child.objects.visible_to(self.user).select_related("household")
        return children.filter(national_id_hash=number_hash).first()

    def candidates(self, person: Person, limit: int = 5) -> list[Candidate]:
        """Children of the unit that could be this one, surest first."""
        bare = fold(person.full_name)
        keys: list[Any] = [_words(bare), _ends(bare)]
        if person.birth_date:
            keys += [person.birth_date, _turned(person.birth_date)]
        pool = {pk: child for key in keys if key for pk, child in self._near.get(key, {}).items()}
        found = [compared(person, child) for child in pool.values()]
        near = [candidate for candidate in found if candidate.score >= SHOWN_FROM]
        return sorted(near, key=lambda c: (-c.score, c.child.pk))[:limit]
