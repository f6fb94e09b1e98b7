"""Paging by the last row seen: as fast on page 1,000 as on page 1, and no row twice."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Q, QuerySet

from tuoitho.ui.alphabet import in_alphabetical_order, is_words

KEY = "_keyset"


@dataclass(frozen=True)
class Order:
    """Sorted by an ORM field, then by primary key in the same direction; blanks always last."""

    field: str
    descending: bool = False

    @classmethod
    def parse(cls, text: str) -> "Order":
        """``-received_at`` is the field received_at, latest first."""
        return cls(text.removeprefix("-"), text.startswith("-"))

    @property
    def text(self) -> str:
        """What ``parse`` takes."""
        return f"-{self.field}" if self.descending else self.field


@dataclass(frozen=True)
class Slice:
    """One page of rows and the cursors of its neighbours ("" where there is none)."""

    rows: list[Any]
    before: str
    after: str


def take(
    queryset: QuerySet[Any], order: Order, size: int, *, after: str = "", before: str = ""
) -> Slice:
    """The page after (or before) a cursor; a cursor that is not ours gives the first page."""
    keyed = _with_key(queryset, order)
    backwards = not after and bool(before)
    place = _read(after or before, keyed, order)
    if place is None:
        backwards = False
    else:
        keyed = keyed.filter(_beyond(place, order, backwards, _nullable(queryset, order)))
    rows = list(_sorted(keyed, order, backwards)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:  # the rows after the cursor have gone meanwhile
        return Slice([], "", "") if place is None else take(queryset, order, size)
    has_before = more if backwards else place is not None
    has_after = True if backwards else more
    return Slice(
        rows,
        _write(rows[0], order) if has_before else "",
        _write(rows[-1], order) if has_after else "",
    )


def ordered(queryset: QuerySet[Any], order: Order) -> QuerySet[Any]:
    """The whole queryset in the order of its pages, for a file."""
    return _sorted(_with_key(queryset, order), order, backwards=False)


def _with_key(queryset: QuerySet[Any], order: Order) -> QuerySet[Any]:
    if order.field == "pk":
        return queryset.all()
    keyed: QuerySet[Any] = queryset.annotate(**{KEY: F(order.field)})
    if is_words(keyed.query.annotations[KEY].output_field, order.field):
        keyed = queryset.annotate(**{KEY: in_alphabetical_order(order.field)})
    return keyed


def _nullable(queryset: QuerySet[Any], order: Order) -> bool:
    """Whether the key can be NULL. Asked because NULLS LAST cannot use an ordinary index."""
    if order.field in ("pk", *queryset.query.annotations):
        return order.field != "pk"
    try:
        field = queryset.model._meta.get_field(order.field)
    except FieldDoesNotExist:  # a path through another table
        return True
    return bool(getattr(field, "null", True))


def _sorted(keyed: QuerySet[Any], order: Order, backwards: bool) -> QuerySet[Any]:
    descending = order.descending != backwards
    pk = F("pk").desc() if descending else F("pk").asc()
    if order.field == "pk":
        return keyed.order_by(pk)
    # Backwards everything turns round, so blanks come first.
    ends: dict[str, Any] = {}
    if _nullable(keyed, order):
        ends = {"nulls_first": True} if backwards else {"nulls_last": True}
    key = F(KEY).desc(**ends) if descending else F(KEY).asc(**ends)
    return keyed.order_by(key, pk)


def _beyond(place: tuple[Any, Any], order: Order, backwards: bool, nullable: bool) -> Q:
    value, pk = place
    sign = "lt" if order.descending != backwards else "gt"
    later_pk = Q(**{f"pk__{sign}": pk})
    if order.field == "pk":
        return later_pk
    if value is None:
        among_blanks = Q(**{f"{KEY}__isnull": True}) & later_pk
        return among_blanks | Q(**{f"{KEY}__isnull": False}) if backwards else among_blanks
    # "not before the value, and (past it or a later row of the same value)": the first half is
    # what an index understands.
    beyond = Q(**{f"{KEY}__{sign}e": value}) & (Q(**{f"{KEY}__{sign}": value}) | later_pk)
    if nullable and not backwards:
        beyond |= Q(**{f"{KEY}__isnull": True})
    return beyond


@lru_cache(maxsize=4)
def _sealer(secret: str) -> Fernet:
    digest = hashlib.sha256(f"tuoitho.ui.keyset:{secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _write(row: Any, order: Order) -> str:
    """A cursor. Sealed, because the key may be a child's name and addresses end up in logs."""
    value = None if order.field == "pk" else getattr(row, KEY)
    content = json.dumps([order.text, value, row.pk], cls=_Exact)
    return _sealer(settings.SECRET_KEY).encrypt(content.encode()).decode()


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts microseconds, and rows in between would be shown twice."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _read(cursor: str, keyed: QuerySet[Any], order: Order) -> tuple[Any, Any] | None:
    """The key and pk in a cursor; None if it is not ours or belongs to another order."""
    if not cursor:
        return None
    try:
        content = _sealer(settings.SECRET_KEY).decrypt(cursor.encode())
        text, value, pk = json.loads(content)
        if text != order.text:
            return None
        if value is not None:
            value = keyed.query.annotations[KEY].output_field.to_python(value)
        return value, keyed.model._meta.pk.to_python(pk)
    except (InvalidToken, ValueError, TypeError, KeyError, ValidationError, AttributeError):
        return None
