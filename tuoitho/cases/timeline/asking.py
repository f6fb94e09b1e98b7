"""Asking all sources at once: one UNION, latest first, continued from the last entry seen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.core import signing
from django.db.models import (
    AutoField,
    BinaryField,
    CharField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, JSONObject, LPad

from tuoitho.access.models import User
from tuoitho.cases.timeline.source import Entry, Raw, Source
from tuoitho.cases.timeline.sources import SOURCES
from tuoitho.lib.crypto import decrypt
from tuoitho.people.models import Child

SIZE = 50
WIDTH = 20  # of a key, so that keys of equal moments sort as numbers do
SALT = "tuoitho.cases.timeline"
COLUMNS = ("tt_code", "tt_when", "tt_key", "tt_facts", "tt_secret")


@dataclass(frozen=True)
class Page:
    """Entries, latest first, and the cursor of older ones ("" at the end)."""

    entries: list[Entry]
    older: str


def timeline(
    child: Child,
    user: User,
    *,
    kinds: Collection[str] = (),
    after: str = "",
    size: int = SIZE,
    sources: Iterable[Source] = SOURCES,
) -> Page:
    """What ``user`` may see of ``child``, ``size`` entries older than the cursor ``after``.

    ``kinds``: keys of ``KINDS``, empty for all. A cursor that is not ours begins at the top. One
    query whatever the number of rows and sources.
    """
    asked = {
        source.code: source
        for source in sources
        if (not kinds or source.kind in kinds) and user.may(source.permission)
    }
    if not asked:
        return Page([], "")
    place = _read(after)
    parts = [_rows(source, child, user, place) for source in asked.values()]
    whole: QuerySet[Any, Any] = reduce(lambda left, right: left.union(right, all=True), parts)
    found = list(whole.order_by("-tt_when", "-tt_code", "-tt_key")[: size + 1])
    entries = [_entry(asked[row[0]], row) for row in found[:size]]
    return Page(entries, _write(found[size - 1]) if len(found) > size else "")


def _rows(
    source: Source, child: Child, user: User, place: tuple[datetime, str, str] | None
) -> QuerySet[Any, Any]:
    found = source.rows(child, user)
    key: Any = Cast(F("pk"), CharField())
    if isinstance(found.model._meta.pk, AutoField):
        key = LPad(key, WIDTH, Value("0"))
    secret = F(source.secret) if source.secret else Value(None)
    rows = found.annotate(
        tt_code=Value(source.code, output_field=CharField()),
        tt_when=Cast(F(source.when), DateTimeField()),
        tt_key=key,
        tt_facts=JSONObject(**source.facts),
        tt_secret=ExpressionWrapper(secret, output_field=BinaryField()),
    ).filter(tt_when__isnull=False)
    if place is not None:
        rows = rows.filter(_older(source.code, *place))
    columns: QuerySet[Any, Any] = rows.order_by().values_list(*COLUMNS)
    return columns


def _older(code: str, when: datetime, last_code: str, last_key: str) -> Q:
    """Rows of the source ``code`` that come after the entry (when, last_code, last_key)."""
    earlier = Q(tt_when__lt=when)
    if code < last_code:
        return Q(tt_when__lte=when)
    return earlier | Q(tt_when=when, tt_key__lt=last_key) if code == last_code else earlier


def _entry(source: Source, row: tuple[Any, ...]) -> Entry:
    _code, when, key, facts, secret = row
    text = decrypt(bytes(secret), place=source.place) if secret else ""
    # A number was padded for sorting; the zeros of a UUID are its own.
    return source.draw(Raw(when, str(int(key)) if key.isdecimal() else key, facts, text))


def _write(row: tuple[Any, ...]) -> str:
    return signing.dumps([row[1].isoformat(), row[0], row[2]], salt=SALT)


def _read(cursor: str) -> tuple[datetime, str, str] | None:
    try:
        when, code, key = signing.loads(cursor, salt=SALT)
        return datetime.fromisoformat(when), str(code), str(key)
    except (signing.BadSignature, ValueError, TypeError):
        return None
