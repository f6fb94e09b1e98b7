"""Who acts in this transaction, told to the database so that row-level security can answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from tuoitho.access.models import User


def _set(person: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tuoitho.person', %s, true)", [person])


def current_person() -> str:
    """Primary key of the person acting in this transaction, "" when nobody does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('tuoitho.person', true), '')")
        return str(cursor.fetchone()[0])


@contextmanager
def acting_as(user: User | None) -> Iterator[None]:
    """Within the block (one transaction) the database shows what ``user`` may see; None: nothing.

    The setting is local to the transaction, so a pooled connection cannot carry it to the next.
    """
    with transaction.atomic():
        before = current_person()
        _set(str(user.pk) if user is not None else "")
        try:
            yield
        finally:
            # After a database error nothing can be sent until the roll-back, which takes the
            # setting back by itself.
            broken = TransactionStatus.INERROR
            if connection.connection.info.transaction_status != broken:
                _set(before)
