"""What the verbs for many rows at once share: keys before writing, one unit, one question of leave.

A draft is a row that was checked and is not written yet. Every single verb writes one draft through
its plural, so there is one set of checks and one way into the table and the log.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from tuoitho.access.models import Scoped
from tuoitho.lib.actors import Actor
from tuoitho.people.models import Guardian
from tuoitho.people.search import lexeme
from tuoitho.units.models import Unit


def reserve_keys(model: type[Scoped], count: int) -> list[int]:
    """Keys for drafts that must be told apart, or point to each other, before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def check_same_unit(unit: Unit, drafts: Sequence[Scoped]) -> None:
    """The permission was asked for ``unit`` alone. Raises ValueError for a draft of another."""
    if any(draft.unit_id != unit.pk for draft in drafts):
        raise ValueError("a draft of another unit")


def require_everywhere(permission: str, rows: Iterable[Scoped], *, by: Actor) -> None:
    """``by.require`` for all these rows, once for each unit. Raises PermissionDenied."""
    for row in {row.unit_id: row for row in rows}.values():
        by.require(permission, row)


def words_of(carers: Iterable[Guardian]) -> dict[int, str]:
    """The words in the names of drafted carers, by the key of the child, as PostgreSQL writes a
    ``tsvector``."""
    words: dict[int, set[str]] = defaultdict(set)
    for carer in carers:
        if carer.child_id is not None:
            words[carer.child_id].update(carer.folded_name.split())
    return {key: " ".join(map(lexeme, sorted(found))) for key, found in words.items()}
