"""One thing somebody has to do by a certain time, and how a room offers such things to the queue.

A queue of thousands is never built in Python: a room gives a queryset whose rows carry four columns
(``queue_row``), the queue sorts and cuts them in the database, and only the rows of one page come
back to the room to be put into words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Expression,
    F,
    Func,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Collate, Concat
from django.utils.functional import Promise

from tuoitho.lib.hanoi import HANOI

COLUMNS = ("queue_due", "queue_key", "queue_kind", "queue_unit", "queue_owner")


@dataclass(frozen=True)
class DueItem:
    """A row of the queue of one person.

    ``due`` is an aware moment for limits in clock hours, or a day (its last moment counts).
    ``done_by`` says in words what closes the item; ``basis`` names the article or document;
    ``who`` whose turn it is; ``owner`` the person it was given to; ``told`` which superior was
    told that it is late. ``key`` names the row in bulk actions ("" where there are none).
    """

    what: str
    subject: str
    due: datetime | date
    url_name: str
    url_args: tuple[object, ...] = field(default=())
    basis: str = ""
    unit_name: str = ""
    done_by: str = ""
    kind: str = ""
    who: str = ""
    owner: str = ""
    told: str = ""
    key: str = ""
    unit_id: int | None = None

    @property
    def moment(self) -> datetime:
        """The last moment in time, aware: for a day, its end in Hà Nội."""
        if isinstance(self.due, datetime):
            return self.due
        return datetime.combine(self.due, time.max, tzinfo=HANOI)

    def is_overdue(self, now: datetime) -> bool:
        return self.moment < now


@dataclass(frozen=True)
class Part:
    """What one room offers to the queue. ``prefix``: how its keys begin; ``kinds``: code → label,
    for the filter.

    ``rows(user)`` gives ``queue_row`` rows that wait for this person, or None; ``items(user,
    keys)`` puts those of one page into words, by key.
    """

    prefix: str
    kinds: Mapping[str, str | Promise]
    rows: Callable[[Any], QuerySet[Any] | None]
    items: Callable[[Any, Sequence[str]], dict[str, DueItem]]

    def everything(self, user: Any, most: int = 500) -> list[DueItem]:
        """All that waits for ``user``, soonest first, at most ``most``, without pages."""
        rows = self.rows(user)
        if rows is None:
            return []
        keys = list(
            rows.order_by("queue_due", "queue_key").values_list("queue_key", flat=True)[:most]
        )
        words = self.items(user, keys)
        return [words[key] for key in keys if key in words]


@dataclass(frozen=True)
class ListedPart:
    """A room whose few items are worked out in Python, from sums over its rows."""

    kinds: Mapping[str, str | Promise]
    items: Callable[[Any], list[DueItem]]


def end_of_day(day: str | Expression, plus: int = 0) -> Func:
    """SQL: the last moment in Hà Nội of a column of days, ``plus`` days later."""
    return Func(
        F(day) if isinstance(day, str) else day, Value(plus + 1),
        template=(
            "(((%(expressions)s)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"
            " - interval '1 microsecond')"
        ),
        arg_joiner=" + ", output_field=DateTimeField(),
    )  # fmt: skip


_TEXT, _CODE, _KEY = TextField(), CharField(), BigIntegerField()  # kinds of columns, made once


def queue_row(
    rows: QuerySet[Any],
    *,
    due: Any,
    kind: Any,
    unit: Any = "unit_id",
    owner: Any = None,
    prefix: str = "",
) -> QuerySet[Any]:
    """``rows`` with the columns the queue sorts and filters by. ``kind``: a code or an expression;
    ``owner``: whose it is (a column), None where a room gives its things to nobody; ``prefix``: how
    the keys begin, "" for the kind or else the model's name."""
    # Bytewise order, as Python sorts: ties are cut at the same place on both sides.
    prefix = prefix or (kind if isinstance(kind, str) else str(rows.model._meta.model_name))
    key = Concat(Value(f"{prefix}:"), Cast("pk", _TEXT), output_field=_TEXT)
    annotated: QuerySet[Any] = rows.annotate(
        queue_due=F(due) if isinstance(due, str) else due,
        queue_key=Collate(key, "C"),
        queue_kind=Value(kind, _CODE) if isinstance(kind, str) else kind,
        queue_unit=Cast(unit, _KEY),
        queue_owner=Cast(owner, _KEY) if owner is not None else Value(None, _KEY),
    )  # fmt: skip
    return annotated


def keys_of(keys: Sequence[str]) -> list[str]:
    """The primary keys in keys of the queue."""
    return [key.partition(":")[2] for key in keys]


def part_of(  # noqa: PLR0913 - one call says everything about a part
    kind: str,
    label: str | Promise,
    rows: Callable[[Any], QuerySet[Any] | None],
    due: Any,
    item: Callable[[Any], DueItem],
    *,
    unit: Any = "unit_id",
    owner: Any = None,
    prefix: str = "",
) -> Part:
    """A part of one kind from a queryset of what waits, its column of the limit, and the words of
    one row. ``owner``: the column of whose it is; ``prefix``: where several parts are of one kind,
    what tells their keys apart."""
    prefix = prefix or kind

    def keyed(user: Any) -> QuerySet[Any] | None:
        found = rows(user)
        if found is None:
            return None
        return queue_row(found, due=due, kind=kind, unit=unit, owner=owner, prefix=prefix)

    def items(user: Any, keys: Sequence[str]) -> dict[str, DueItem]:
        found = rows(user)
        if found is None:
            return {}
        of_page = found.filter(pk__in=keys_of(keys))
        return {f"{prefix}:{row.pk}": replace(item(row), kind=kind) for row in of_page}

    return Part(prefix, {kind: label}, keyed, items)
