"""Small tables asked once a transaction: the answer is forgotten when the transaction ends."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")
_PLACE = "_tuoitho_memory"


def asked_once(name: str, ask: Callable[[], T]) -> T:
    """``ask()``, or what it answered before in this transaction; outside of one, asked anew."""
    if not connection.in_atomic_block:
        return ask()
    # Django begins a new list of commit hooks whenever a transaction ends or is rolled back, also
    # to a savepoint: as long as it is the same object, nothing can have been undone under us.
    moment = connection.run_on_commit
    kept: dict[str, tuple[Any, Any]] = connection.__dict__.setdefault(_PLACE, {})
    if name not in kept or kept[name][0] is not moment:
        kept[name] = (moment, ask())
    found: T = kept[name][1]
    return found


def forget(name: str) -> None:
    """Ask again: after the table has changed in this transaction."""
    connection.__dict__.get(_PLACE, {}).pop(name, None)
