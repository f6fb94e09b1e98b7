"""What may follow what, as a table: from which state to which, by what right, on what ground.

A room writes its rows in its ``states.py``; the same rows decide in its actions, draw its buttons,
its part of ``docs/states.md`` (``steps_markdown``) and the test that tries all pairs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

# Covariant, as the rows are frozen: a row named by a member of a closed list is a row named by a
# word, and keeps the member (``move.name.label``).
Name = TypeVar("Name", bound=str, covariant=True)
State = TypeVar("State", bound=str, covariant=True)


@dataclass(frozen=True)
class Move(Generic[Name, State]):
    """One allowed step. A room whose steps carry more than this extends it with its own fields."""

    name: Name
    source: State
    target: State
    permission: str
    basis: str


M = TypeVar("M", bound=Move[str, str])


def move_from(moves: Iterable[M], source: str, name: str) -> M | None:
    """The row ``name`` from ``source``; None when the table has no such step."""
    return next((move for move in moves if (move.source, move.name) == (source, name)), None)


def moves_from(moves: Iterable[M], source: str) -> tuple[M, ...]:
    """Every step the table has from ``source``, in its order."""
    return tuple(move for move in moves if move.source == source)
