"""The register of one commune held in memory, to compare a whole sheet with it quickly.

Thousands of rows cannot each ask the database for resemblances. Here a few words are held of every
child (a commune may have a hundred thousand); what a row may resemble is found by shared keys, and
only those children are read and judged by ``matching.compared``. The keys are as wide as its
weights ask: unlike names reach ``SHOWN_FROM`` only with the birth date (or day and month turned
round) and one more thing, or with first and last word and a carer, the hamlet, or the day of
another year. A child that shares none of this is not found, which the one-by-one screen would find
by trigrams.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q

from tuoitho.lib.text import fold
from tuoitho.people import national_id as numbers
from tuoitho.people.matching import (
    SHOWN_FROM,
    SIMILAR_NAME,
    Candidate,
    Person,
    compared,
    similarity,
)
from tuoitho.people.models import Child, Circumstance, Guardian, Household
from tuoitho.units.models import Unit

Key = tuple[Any, ...]


@dataclass(slots=True, eq=False)
class _Entry:
    """What is held of a child."""

    pk: int
    name: str  # folded, as all words here
    born: date | None
    hamlet: str
    carers: set[str]  # and the head of its household

    def found_by(self) -> Iterator[Key]:
        ends = _ends(self.name)
        yield _words(self.name)
        if self.hamlet:
            yield ends, "hamlet", self.hamlet
        if self.born:
            yield "born", self.born
            yield ends, self.born
        for carer in self.carers:
            yield ends, "carer", carer


def _words(folded: str) -> Key:
    return tuple(sorted(folded.split()))


def _ends(folded: str) -> Key:
    words = folded.split()
    return (words[0], words[-1]) if words else ()


def _turned(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _sought(bare: str, carers: set[str], hamlet: str, born: date | None) -> Iterator[Key]:
    """Keys under which a child of these facts may be held; beside its birth date."""
    ends = _ends(bare)
    yield _words(bare)
    if hamlet:
        yield ends, "hamlet", hamlet
    for carer in carers:
        yield ends, "carer", carer
    if born:
        yield ends, _in_year(born, born.year - 1)
        yield ends, _in_year(born, born.year + 1)


def as_if_read(row: models.Model, **related: list[Any]) -> None:
    """Give a draft its related rows, as if they had been read: it is asked for them before it is
    written."""
    row._prefetched_objects_cache = related  # type: ignore[attr-defined]


class Register:
    """Children and households of ``unit`` that ``user`` may see, found by several keys."""

    def __init__(self, unit: Unit, user: Any) -> None:
        self.unit, self.user = unit, user
        self._near: dict[Key, list[_Entry]] = defaultdict(list)
        self._numbers: dict[str, int] = {}
        self._keys: dict[Key, int] = {}
        self._homes: dict[Key, int] = {}
        # Those read so far, and those about to be written.
        self._children: dict[int, Child] = {}
        self._households: dict[int, Household] = {}
        self._added: list[tuple[Any, Any]] = []
        self._read()

    def _read(self) -> None:
        homes = Household.objects.visible_to(self.user).filter(unit=self.unit).order_by("-pk")
        for pk, *key in homes.values_list("pk", "folded_head_name", "folded_hamlet"):
            self._homes[tuple(key)] = pk
        carers = self._carers("child", "child__unit")
        carers_at_home = self._carers("household", "household__unit")
        merged: dict[int, tuple[int, str, Key]] = {}
        children = Child.with_merged.visible_to(self.user).filter(unit=self.unit).order_by("pk")
        for pk, name, born, hamlet, number, home, head, into in children.values_list(
            "pk", "folded_name", "birth_date", "folded_hamlet", "national_id_hash", "household",
            "household__folded_head_name", "merged_into",
        ).iterator(chunk_size=10_000):  # fmt: skip
            if into:
                merged[pk] = (into, number, (name, born, head or "", hamlet))
                continue
            held = {*carers.get(pk, ()), *carers_at_home.get(home, ()), *([head] if head else ())}
            self._hold(_Entry(pk, name, born, hamlet, held), number, head or "")
        self._hold_merged(merged)
        self._added.clear()

    def _hold_merged(self, merged: dict[int, tuple[int, str, Key]]) -> None:
        """A row merged into another is known as that one, or the file would write it again."""
        for into, number, key in merged.values():
            while into in merged:
                into = merged[into][0]
            self._keys.setdefault(key, into)
            if number:
                self._numbers.setdefault(number, into)

    def _carers(self, whose: str, unit_path: str) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        rows = Guardian.objects.filter(**{unit_path: self.unit})
        for key, name in rows.values_list(whose, "folded_name").iterator(chunk_size=10_000):
            found[key].append(name)
        return found

    def _hold(self, entry: _Entry, number: str, head: str) -> None:
        if number:
            self._put(self._numbers, number, entry.pk)
        key = (entry.name, entry.born, head, entry.hamlet)
        if key not in self._keys:
            self._put(self._keys, key, entry.pk)
        for near in entry.found_by():
            self._near[near].append(entry)
            self._added.append((self._near[near], None))

    def _put(self, index: dict[Any, Any], key: Any, value: Any) -> None:
        index[key] = value
        self._added.append((index, key))

    @contextmanager
    def undone_if_refused(self) -> Iterator[None]:
        """What was added inside is forgotten when an error ends the block."""
        self._added.clear()
        try:
            yield
        except Exception:
            for index, key in reversed(self._added):
                index.pop(*([] if key is None else [key]))
            raise
        finally:
            self._added.clear()

    def add(self, child: Child) -> None:
        """A child of the unit, from now on found; its carers are read from it."""
        head = child.household.folded_head_name if child.household else ""
        carers = {
            *(carer.folded_name for carer in child.guardians.all()),
            *([head] if head else ()),
        }
        entry = _Entry(child.pk, child.folded_name, child.birth_date, child.folded_hamlet, carers)
        self._hold(entry, child.national_id_hash, head)
        self._put(self._children, child.pk, child)

    def add_household(self, household: Household) -> None:
        """A household of the unit, from now on found."""
        self._put(self._homes, (household.folded_head_name, household.folded_hamlet), household.pk)
        self._put(self._households, household.pk, household)

    def household(self, head_name: str, hamlet: str) -> Household | None:
        """The household of that head in that hamlet; the oldest if there are several."""
        return self._households.get(self._homes.get((fold(head_name), fold(hamlet)), 0))

    def look_at(self, sought: Sequence[tuple[Person, Key]], *, dated: bool = False) -> None:
        """Read what rows like these can ask for, all at once.

        ``dated``: with schooling, circumstances and poverty, which only writing compares.
        """
        hashes = {numbers.hashed(person.national_id) for person, _key in sought} - {""}
        wanted = {self._numbers[number] for number in hashes & self._numbers.keys()}
        wanted |= {self._keys[key] for _person, key in sought if key in self._keys}
        for person, _key in sought:
            wanted |= {entry.pk for entry in self._entries(person)}
        missing = Q(pk__in=wanted - self._children.keys())
        elsewhere = hashes - self._numbers.keys()
        if elsewhere:
            missing |= Q(national_id_hash__in=elsewhere)
        for child in self._with_all(missing, dated):
            self._children[child.pk] = child
            if child.national_id_hash:
                self._numbers[child.national_id_hash] = child.pk
        homes = {self._homes.get((key[2], key[3]), 0) for _person, key in sought}
        rows = Household.objects.visible_to(self.user).prefetch_related("poverty_statuses")
        self._households |= rows.in_bulk(homes - self._households.keys() - {0})

    def _with_all(self, wanted: Q, dated: bool) -> Iterable[Child]:
        # Reading identity numbers one by one would open each of them.
        rows = Child.objects.visible_to(self.user).filter(wanted).defer("national_id", "note")
        rows = rows.select_related("household")
        related: list[Any] = ["guardians", "household__guardians"]
        if dated:
            circumstances = Circumstance.objects.defer("evidence")
            related += ["household__poverty_statuses", "enrolments"]
            related.append(Prefetch("circumstances", circumstances))
        return rows.prefetch_related(*related)

    def known(self, number: str, key: Key) -> Child | None:
        """The child of this number, else of this natural key (unless its number differs)."""
        wanted = numbers.hashed(number)
        if wanted and (found := self._children.get(self._numbers.get(wanted, 0))):
            return found
        same = self._children.get(self._keys.get(key, 0))
        contradicts = same is not None and wanted and same.national_id_hash
        return None if contradicts else same

    def candidates(self, person: Person, limit: int = 5) -> list[Candidate]:
        """Children of the unit that could be this one, surest first."""
        pool = {entry.pk for entry in self._entries(person)}
        found = [compared(person, self._children[pk]) for pk in pool if pk in self._children]
        near = [candidate for candidate in found if candidate.score >= SHOWN_FROM]
        return sorted(near, key=lambda c: (-c.score, c.child.pk))[:limit]

    def _entries(self, person: Person) -> Iterator[_Entry]:
        """Who may be this person."""
        bare, carers = fold(person.full_name), {fold(n) for n in person.guardian_names if n}
        for key in _sought(bare, carers, fold(person.hamlet), person.birth_date):
            yield from self._near.get(key, ())
        if person.birth_date is None:
            return
        for day in {person.birth_date, _turned(person.birth_date)}:
            for entry in self._near.get(("born", day), ()):
                if carers & entry.carers or similarity(bare, entry.name) >= SIMILAR_NAME:
                    yield entry
