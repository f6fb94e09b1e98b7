"""What kinds of long work there are. Rooms above register theirs in a file ``jobs.py``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from tuoitho.access.models import User

Args = dict[str, Any]


class Every(StrEnum):
    """How often the clock starts a work by itself."""

    NEVER = ""
    FIVE_MINUTES = "five_minutes"
    DAY = "day"  # at six in the morning in Hà Nội


@dataclass(frozen=True)
class Work:
    """One kind of long work, cut into rows so that a crash loses at most the row it was at.

    ``rows(args, by)`` names the rows (short keys, no personal data; at most 80 letters, each once).
    ``one(args, key, by)`` does one of them in a transaction of its own and returns a sentence about
    it ("" is enough). Both run in the sight of the person who asked; a row that raises
    ValidationError or PermissionDenied is refused with its reason and the others go on.
    What ``one`` does outside the database (an e-mail) may happen again after a crash in between.
    """

    name: str
    title: str | Promise
    rows: Callable[[Args, User], Sequence[str]]
    one: Callable[[Args, str, User], str]
    every: Every = Every.NEVER


# Who is to hear that a job has ended: a room above registers a function of the job and its owner.
Teller = Callable[[Any, User], None]
_TELLERS: list[Teller] = []


def on_end(teller: Teller) -> Teller:
    """Call ``teller`` whenever a job is done or has failed, in its transaction, as its owner."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)
    return teller


def tell_ended(job: Any, owner: User) -> None:
    """Tell everybody who asked to hear it."""
    for teller in _TELLERS:
        teller(job, owner)


_WORKS: dict[str, Work] = {}


def register(work: Work) -> Work:
    """Make ``work`` known. Raises ValueError for a name that is taken by another."""
    if _WORKS.setdefault(work.name, work) is not work:
        raise ValueError(f"two works are called {work.name!r}")
    return work


def find(name: str) -> Work:
    """Raises KeyError for a name nobody registered."""
    if name not in _WORKS:
        raise KeyError(f"unknown work {name!r}; register it in a file jobs.py of its room")
    return _WORKS[name]


def recurring(every: Every) -> list[Work]:
    """Works the clock starts by itself that often."""
    return [work for work in _WORKS.values() if work.every == every]
