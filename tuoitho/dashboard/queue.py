"""The one queue of a person over all rooms: sorted, counted and cut in the database.

One question whatever its length (how much of each kind and urgency, and which rows come next),
then one for each kind on the page, to put its rows into words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.activities.due import QUEUE as ACTIVITIES
from tuoitho.budget.due import QUEUE as BUDGET
from tuoitho.cases.due import QUEUE as CASES
from tuoitho.inspections.due import QUEUE as INSPECTIONS
from tuoitho.lib.due import COLUMNS, DueItem, ListedPart, Part
from tuoitho.lib.hanoi import HANOI
from tuoitho.people.due import QUEUE as PEOPLE
from tuoitho.plan.due import QUEUE as PLAN
from tuoitho.reports.due import QUEUE as REPORTS
from tuoitho.rounds.due import QUEUE as ROUNDS

PARTS: tuple[Part | ListedPart, ...] = (
    *CASES,
    *INSPECTIONS,
    PEOPLE,
    *ROUNDS,
    ACTIVITIES,
    BUDGET,
    PLAN,
    *REPORTS,
)
SIZE = 50
URGENCIES: dict[str, tuple[str | Promise, str]] = {
    "overdue": (_("Quá hạn"), "red"),
    "today": (_("Hôm nay"), "orange"),
    "week": (_("Trong 7 ngày tới"), "blue"),
    "later": (_("Sau đó"), "secondary"),
}
WHOSE: dict[str, str | Promise] = {
    "": _("Của tôi và chưa giao ai"), "own": _("Giao cho tôi"), "all": _("Cả địa bàn của tôi"),
}  # fmt: skip
Place = tuple[datetime, str]


@dataclass(frozen=True)
class Asked:
    """What of the queue is wanted, as it stands in the address."""

    kind: str = ""
    unit: int | None = None
    urgency: str = ""
    whose: str = ""
    after: Place | None = None

    @classmethod
    def read(cls, given: QueryDict) -> "Asked":
        """What cannot be understood filters nothing."""
        unit, urgency = given.get("unit", ""), given.get("urgency", "")
        return cls(
            kind=given.get("kind", ""),
            unit=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None,
            urgency=urgency if urgency in URGENCIES else "",
            whose=given.get("whose", "") if given.get("whose") in WHOSE else "",
            after=_place(given.get("after", "")),
        )


@dataclass(frozen=True)
class Row:
    """An item with the address where it is done and how urgent it is."""

    item: DueItem
    url: str
    urgency: str

    @property
    def label(self) -> str | Promise:
        return URGENCIES[self.urgency][0]


@dataclass(frozen=True)
class Queue:
    """One page. ``counts``: all rows by urgency; ``kinds``: code → (label, count), of what the
    person has at all; ``after``: where the next page begins, "" on the last."""

    rows: list[Row]
    counts: dict[str, int]
    kinds: dict[str, tuple[str | Promise, int]]
    after: str

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def edges(now: datetime) -> dict[str, tuple[datetime | None, datetime | None]]:
    """Urgency → the moments from which (included) and before which a limit ends."""
    midnight = now.astimezone(HANOI).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, eighth = midnight + timedelta(days=1), midnight + timedelta(days=8)
    return {"overdue": (None, now), "today": (now, tomorrow), "week": (tomorrow, eighth),
            "later": (eighth, None)}  # fmt: skip


def urgency_of(moment: datetime, now: datetime) -> str:
    """ "overdue", "today", "week" (until the end of the seventh day from today) or "later"."""
    found = (name for name, (_start, end) in edges(now).items() if end is None or moment < end)
    return next(found)


def queue_for(user: User, asked: Asked, now: datetime, size: int = SIZE) -> Queue:
    """The page of ``user``'s queue that was asked for, nearest limit first."""
    listed, parts = _listed(user, asked), _parts(user, asked)
    numbers, places = _found([rows for _part, rows in parts], asked, now, size + 1)
    numbers += [(item.kind, urgency_of(item.moment, now), 1) for _key, item in listed]
    counts, kinds = _tally(numbers, asked)
    wanted = [(key, item) for key, item in listed if _fits(key, item, asked, now)]
    places = sorted([*places, *((item.moment, key) for key, item in wanted)])
    page = places[:size]
    words = dict(wanted) | _words(user, [part for part, _rows in parts], page)
    rows = [
        Row(words[key], reverse(words[key].url_name, args=words[key].url_args),
            urgency_of(moment, now))
        for moment, key in page
        if key in words
    ]  # fmt: skip
    return Queue(rows, counts, kinds, _cursor(page[-1]) if len(places) > size else "")


def _parts(user: User, asked: Asked) -> list[tuple[Part, QuerySet[Any]]]:
    """The rows of each room that waits for this person, in the unit and of the people asked for."""
    found = []
    for part in PARTS:
        rows = part.rows(user) if isinstance(part, Part) else None
        if rows is None or not isinstance(part, Part):
            continue
        if asked.unit is not None:
            rows = rows.filter(queue_unit=asked.unit)
        if asked.whose == "own":
            rows = rows.filter(queue_owner=user.pk)
        elif asked.whose == "":
            rows = rows.filter(Q(queue_owner=user.pk) | Q(queue_owner=None))
        found.append((part, rows))
    return found


def _listed(user: User, asked: Asked) -> list[tuple[str, DueItem]]:
    """Items worked out in Python, with keys of their own."""
    if asked.whose == "own":
        return []
    items = [i for part in PARTS if isinstance(part, ListedPart) for i in part.items(user)]
    keyed = [(f"{i.kind}:{i.url_name}:{i.url_args}:{i.what}", i) for i in items]
    return [(key, i) for key, i in keyed if asked.unit is None or i.unit_id == asked.unit]


def _tally(
    found: list[tuple[str, str, int]], asked: Asked
) -> tuple[dict[str, int], dict[str, tuple[str | Promise, int]]]:
    """From (kind, urgency, how many): by urgency of the kind asked for, by kind of the urgency."""
    labels = {code: label for part in PARTS for code, label in part.kinds.items()}
    counts, kinds = dict.fromkeys(URGENCIES, 0), dict[str, int]()
    for kind, urgency, number in found:
        counts[urgency] += number if asked.kind in ("", kind) else 0
        kinds[kind] = kinds.get(kind, 0) + (number if asked.urgency in ("", urgency) else 0)
    return counts, {code: (labels[code], kinds[code]) for code in labels if code in kinds}


def _fits(key: str, item: DueItem, asked: Asked, now: datetime) -> bool:
    if asked.kind not in ("", item.kind):
        return False
    if asked.urgency and urgency_of(item.moment, now) != asked.urgency:
        return False
    return asked.after is None or (item.moment, key) > asked.after


# The rows of all parts are read once: counted as a whole, and cut after sorting.
_WHOLE = """
WITH due (due, key, kind, unit, owner) AS MATERIALIZED ({rows}),
counted AS (
    SELECT kind, CASE WHEN due < %s THEN 'overdue' WHEN due < %s THEN 'today'
                      WHEN due < %s THEN 'week' ELSE 'later' END AS urgency, count(*) AS number
    FROM due GROUP BY 1, 2
), nearest AS (
    SELECT due, key FROM due
    WHERE (%s = '' OR kind = %s) AND due >= coalesce(%s, '-infinity'::timestamptz)
      AND due < coalesce(%s, 'infinity'::timestamptz)
      AND (%s::timestamptz IS NULL OR (due, key COLLATE "C") > (%s, %s COLLATE "C"))
    ORDER BY due, key COLLATE "C" LIMIT %s
)
SELECT kind, urgency, number, NULL, NULL FROM counted
UNION ALL SELECT NULL, NULL, NULL, due, key FROM nearest
"""


def _found(
    parts: list[QuerySet[Any]], asked: Asked, now: datetime, size: int
) -> tuple[list[tuple[str, str, int]], list[Place]]:
    """How many of each kind and urgency there are, and the next ``size`` rows, in one question."""
    cut = [rows.order_by().values_list(*COLUMNS) for rows in parts]
    try:
        rows, values = cut[0].union(*cut[1:], all=True).query.sql_with_params() if cut else ("", ())
    except EmptyResultSet:
        rows = ""
    if not rows:
        return [], []
    limits = edges(now)
    start, end = limits[asked.urgency] if asked.urgency else (None, None)
    due, key = asked.after or (None, "")
    with connection.cursor() as cursor:
        cursor.execute(
            _WHOLE.format(rows=rows),
            [*values, *(limits[name][1] for name in ("overdue", "today", "week")),
             asked.kind, asked.kind, start, end, due, due, key, size],
        )  # fmt: skip
        found = cursor.fetchall()
    counts = [(kind, urgency, number) for kind, urgency, number, _due, key in found if key is None]
    return counts, [(due, key) for *_count, due, key in found if key is not None]


def _words(user: User, parts: list[Part], page: list[Place]) -> dict[str, DueItem]:
    """The rows of a page in words, one question a room that has any."""
    words: dict[str, DueItem] = {}
    for part in parts:
        keys = [key for _moment, key in page if key.startswith(f"{part.prefix}:")]
        if keys:
            words |= part.items(user, keys)
    return words


def _cursor(place: Place) -> str:
    return f"{place[0].isoformat()}~{place[1]}"


def _place(cursor: str) -> Place | None:
    moment, _sign, key = cursor.partition("~")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=HANOI), key) if key else None
