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
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import BigIntegerField, Count, Prefetch, Q, Sum
from django.db.models.expressions import RawSQL

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


@dataclass
class _Index:
    """Where the held children and households are found. ``keys``: the natural key of a row."""

    near: dict[Key, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[str, int] = field(default_factory=dict)
    keys: dict[Key, int] = field(default_factory=dict)
    homes: dict[Key, int] = field(default_factory=dict)

    def hold(self, entry: _Entry, number: str, head: str) -> None:
        if number:
            self.numbers[number] = entry.pk
        self.keys.setdefault((entry.name, entry.born, head, entry.hamlet), entry.pk)
        for near in entry.found_by():
            self.near[near].append(entry)

    def take_over(self, other: "_Index") -> None:
        for key, entries in other.near.items():
            self.near[key] += entries
        self.numbers |= other.numbers
        for key, pk in other.keys.items():
            self.keys.setdefault(key, pk)
        self.homes |= other.homes


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


def _sought(bare: str, carers: set[str], hamlet: str, born: date | None) -> list[Key]:
    """Keys under which a child of these facts may be held; beside its birth date."""
    ends = _ends(bare)
    keys: list[Key] = [_words(bare), *((ends, "carer", carer) for carer in carers)]
    if hamlet:
        keys.append((ends, "hamlet", hamlet))
    if born:
        keys += [(ends, _in_year(born, born.year - 1)), (ends, _in_year(born, born.year + 1))]
    return keys


def as_if_read(row: models.Model, **related: list[Any]) -> None:
    """Give a draft its related rows, as if they had been read: it is asked for them before it is
    written."""
    row._prefetched_objects_cache = related  # type: ignore[attr-defined]


class Register:
    """Children and households of ``unit`` that ``user`` may see, found by several keys."""

    def __init__(self, unit: Unit, user: Any) -> None:
        self.unit, self.user = unit, user
        self._held, self._new = _Index(), _Index()  # in the register; about to be written
        # Those the rows in hand ask for, and those about to be written.
        self._children: dict[int, Child] = {}
        self._households: dict[int, Household] = {}
        self._elsewhere: dict[str, int] = {}  # numbers of children of other communes
        self._pools: dict[Person, set[int]] = {}  # who of the held may be this person
        self._read()

    def _read(self) -> None:
        homes = Household.objects.visible_to(self.user).filter(unit=self.unit).order_by("-pk")
        for pk, *key in homes.values_list("pk", "folded_head_name", "folded_hamlet"):
            self._held.homes[tuple(key)] = pk
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
            known = {*carers.get(pk, ()), *carers_at_home.get(home, ()), *([head] if head else ())}
            self._held.hold(_Entry(pk, name, born, hamlet, known), number, head or "")
        self._hold_merged(merged)

    def _hold_merged(self, merged: dict[int, tuple[int, str, Key]]) -> None:
        """A row merged into another is known as that one, or the file would write it again."""
        for into, number, key in merged.values():
            while into in merged:
                into = merged[into][0]
            self._held.keys.setdefault(key, into)
            if number:
                self._held.numbers.setdefault(number, into)

    def _carers(self, whose: str, unit_path: str) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        rows = Guardian.objects.filter(**{unit_path: self.unit})
        for key, name in rows.values_list(whose, "folded_name").iterator(chunk_size=10_000):
            found[key].append(name)
        return found

    def mark(self) -> tuple[Any, ...]:
        """What is other whenever a child or household of the commune was written (a change of
        carers writes the child too, for its search words)."""
        marks: list[Any] = []
        for rows in (Child.with_merged, Household.objects):
            table = rows.model._meta.db_table
            version = RawSQL(f"{table}.xmin::text::bigint", [], BigIntegerField())  # noqa: S611
            counted = rows.visible_to(self.user).filter(unit=self.unit).order_by()
            marks += counted.aggregate(rows=Count("pk"), versions=Sum(version)).values()
        return (*marks,)

    @contextmanager
    def undone_if_refused(self) -> Iterator[None]:
        """What was added inside is forgotten when an error ends the block, else held."""
        try:
            yield
            self._held.take_over(self._new)
        finally:
            self._new = _Index()

    def add(self, child: Child) -> None:
        """A child of the unit, from now on found; its carers are read from it."""
        head = child.household.folded_head_name if child.household else ""
        carers = {
            *(carer.folded_name for carer in child.guardians.all()),
            *([head] if head else ()),
        }
        entry = _Entry(child.pk, child.folded_name, child.birth_date, child.folded_hamlet, carers)
        self._new.hold(entry, child.national_id_hash, head)
        self._children[child.pk] = child

    def add_household(self, household: Household) -> None:
        """A household of the unit, from now on found."""
        self._new.homes[household.folded_head_name, household.folded_hamlet] = household.pk
        self._households[household.pk] = household

    def household(self, head_name: str, hamlet: str) -> Household | None:
        """The household of that head in that hamlet; the oldest if there are several."""
        key = (fold(head_name), fold(hamlet))
        found = (self._households.get(index.homes.get(key, 0)) for index in (self._held, self._new))
        return next((household for household in found if household), None)

    def look_at(self, sought: Sequence[tuple[Person, Key]], *, dated: bool = False) -> None:
        """Read what rows like these can ask for, all at once; what others asked for is forgotten,
        it may be other by now.

        ``dated``: with schooling, circumstances and poverty, which only writing compares.
        """
        self._children, self._households, self._elsewhere, self._pools = {}, {}, {}, {}
        held = self._held
        hashes = {numbers.hashed(person.national_id) for person, _key in sought} - {""}
        wanted = {held.numbers[number] for number in hashes & held.numbers.keys()}
        wanted |= {held.keys[key] for _person, key in sought if key in held.keys}
        for person, _key in sought:
            pool = self._pools[person] = _pool(person, held)
            wanted |= pool
        missing = Q(pk__in=wanted)
        elsewhere = hashes - held.numbers.keys()
        if elsewhere:
            missing |= Q(national_id_hash__in=elsewhere)
        for child in self._with_all(missing, dated):
            self._children[child.pk] = child
            if child.national_id_hash:
                self._elsewhere[child.national_id_hash] = child.pk
        homes = {held.homes.get((key[2], key[3]), 0) for _person, key in sought}
        rows = Household.objects.visible_to(self.user).prefetch_related("poverty_statuses")
        self._households = rows.in_bulk(homes - {0})

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
        if wanted:
            for numbered in (self._new.numbers, self._elsewhere, self._held.numbers):
                if found := self._children.get(numbered.get(wanted, 0)):
                    return found
        same = self._children.get(self._held.keys.get(key) or self._new.keys.get(key, 0))
        contradicts = same is not None and wanted and same.national_id_hash
        return None if contradicts else same

    def candidates(self, person: Person, limit: int = 5) -> list[Candidate]:
        """Children of the unit that could be this one, surest first."""
        held = self._pools.get(person)
        pool = (_pool(person, self._held) if held is None else held) | _pool(person, self._new)
        found = [compared(person, self._children[pk]) for pk in pool if pk in self._children]
        near = [candidate for candidate in found if candidate.score >= SHOWN_FROM]
        return sorted(near, key=lambda c: (-c.score, c.child.pk))[:limit]


def _pool(person: Person, index: _Index) -> set[int]:
    """Who of the index may be this person."""
    if not index.near:
        return set()
    bare, carers = fold(person.full_name), {fold(n) for n in person.guardian_names if n}
    keys = _sought(bare, carers, fold(person.hamlet), person.birth_date)
    pool = {entry.pk for key in keys for entry in index.near.get(key, ())}
    if person.birth_date is None:
        return pool
    for day in {person.birth_date, _turned(person.birth_date)}:
        for entry in index.near.get(("born", day), ()):
            if carers & entry.carers or similarity(bare, entry.name) >= SIMILAR_NAME:
                pool.add(entry.pk)
    return pool


_kept: list[tuple[Register, tuple[Any, ...]]] = []  # one at most: see ``keep_register``


def register_of(unit: Unit, user: Any) -> Register:
    """The register of the commune as it stands: the one kept by this process for the portion before
    if nobody has written since, else read anew."""
    with suppress(IndexError):  # taken out, so that no two threads have it
        register, mark = _kept.pop()
        if (register.unit.pk, register.user.pk) == (unit.pk, user.pk):
            register.user = user  # with the roles of today
            if register.mark() == mark:
                return register
    return Register(unit, user)


def keep_register(register: Register) -> None:
    """Keep it for the next portion of a long file: reading a hundred thousand children once for
    every five thousand rows would be most of the work. If what this transaction wrote is taken
    back, the mark differs and it is read anew."""
    _kept[:] = [(register, register.mark())]
