"""Who acts in this transaction, told to the database so that row-level security can answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import SerializationFailure
from psycopg.pq import TransactionStatus

from tuoitho.access.models import User

T = TypeVar("T")
TRIES = 3


def _set(person: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tuoitho.person', %s, true)", [person])


def current_person() -> str:
    """Primary key of the person acting in this transaction, "" when nobody does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('tuoitho.person', true), '')")
        return str(cursor.fetchone()[0])


@contextmanager
def acting_as(user: User | None, *, steady: bool = False) -> Iterator[None]:
    """Within the block (one transaction) the database shows what ``user`` may see; None: nothing.

    The setting is local to the transaction, so a pooled connection cannot carry it to the next.
    ``steady``: all that is read is of one moment (REPEATABLE READ). Only an outermost block can be
    steady; inside another transaction it is as steady as that one.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if steady and outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        # A setting of a transaction: one that has just begun has none, and none outlives it.
        before = "" if outermost else current_person()
        _set(str(user.pk) if user is not None else "")
        try:
            yield
        finally:
            # After a database error nothing can be sent until the roll-back, which takes the
            # setting back by itself.
            broken = TransactionStatus.INERROR
            if not outermost and connection.connection.info.transaction_status != broken:
                _set(before)


def at_once(user: User | None, act: Callable[[], T]) -> T:
    """Do ``act`` in one transaction of ``user``, and return its result."""
    with acting_as(user):
        return act()


def steadily(user: User | None, act: Callable[[], T]) -> T:
    """Do ``act`` in one steady transaction of ``user``, and return its result.

    When somebody else changed a row meanwhile, the database refuses and ``act`` is done anew: it
    then meets the row as it has become, and says so like any other refusal.
    """
    outermost = not connection.in_atomic_block
    for left in reversed(range(TRIES)):
        try:
            with acting_as(user, steady=True):
                return act()
        except OperationalError as error:
            overtaken = isinstance(error.__cause__, SerializationFailure)
            if not (overtaken and outermost and left):
                raise
    raise AssertionError("the last try returns or raises")
