"""The one way a list page is built: filters and order in the address, keyset-paged."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tuoitho.ui.columns import Column
from tuoitho.ui.export import stream_csv, xlsx_response
from tuoitho.ui.formats import shown, vn_number
from tuoitho.ui.keyset import Order, Slice, ordered, take
from tuoitho.ui.responses import page

__all__ = ["Action", "Column", "Whole", "hand_long_lists_to", "listing"]

# Longer lists become files in the background. A row of the widest list (children) takes 1.5 ms on a
# busy two-core machine: 3 seconds is as long as a person waits and a web process may be held.
AT_ONCE = 2_000
COUNTED = 10_000  # more are not counted: counting reads every row
CHUNK = 2_000
OURS = ("sort", "after", "before", "format")
WIDE_ONLY = SafeString(' class="tt-wide-only"')
# HS-000117, (2024-2025): not to be broken in two. Whole words, for a part may cut an "&amp;".
CODE = re.compile(r"(?<!\S)\S{1,12}-\S{1,12}(?!\S)")
NOTHING = SafeString('<span class="text-secondary" aria-hidden="true">–</span>')


@dataclass(frozen=True)
class Action:
    """A button above the list, such as "Ghi nhận tin báo"; the first one is offered when empty."""

    label: str | Promise
    url: str
    icon: str = "plus"


@dataclass(frozen=True)
class Heading:
    """A column heading as drawn: the address that sorts by it, and how it is sorted now."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True)
class Whole:
    """A whole list that is to become a file (``kind``: "xlsx" or "csv")."""

    columns: Sequence[Column]
    rows: QuerySet[Any]
    order: Order
    title: str
    filename: str
    kind: str

    @property
    def is_long(self) -> bool:
        return self.rows.order_by()[: AT_ONCE + 1].count() > AT_ONCE


# What takes over a list that is too long to answer with at once; a room above says it.
Later = Callable[[HttpRequest, Whole], HttpResponse]
_LATER: list[Later] = []


def hand_long_lists_to(later: Later) -> None:
    """Let ``later`` answer when a file of more than ``AT_ONCE`` rows is asked for."""
    _LATER[:] = [later]


def _file(request: HttpRequest, whole: Whole) -> HttpResponse:
    """The file itself, or what was put in its place: who works on a long file sets ``taker``."""
    taker: Callable[[Whole], HttpResponse] | None = getattr(request, "taker", None)
    if taker is not None:
        return taker(whole)
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    if _LATER and signed_in and whole.is_long:
        return _LATER[0](request, whole)
    rows = _all(whole.rows, whole.order)
    if whole.kind == "xlsx":
        return xlsx_response(whole.columns, rows, whole.title, whole.filename)
    return stream_csv(whole.columns, rows, whole.filename)


def listing(  # noqa: PLR0913 - one call says everything about a list page
    request: HttpRequest,
    queryset: QuerySet[Any],
    columns: Sequence[Column],
    *,
    title: str | Promise,
    empty: str | Promise,
    filterset: type[django_filters.FilterSet] | None = None,
    default_sort: str = "-pk",
    template: str = "ui/list_page.html",
    part: str = "list",
    page_size: int = 50,
    actions: Sequence[Action] = (),
    filename: str = "danh-sach",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer with the list as a page, as its part for htmx, or (``?format=``) as a whole file.

    ``queryset`` must already be ``visible_to`` the person. A filter that cannot be understood says
    so beside its field and filters nothing.
    """
    filters = filterset(request.GET, queryset=queryset, request=request) if filterset else None
    rows = filters.qs if filters is not None else queryset
    order, sorted_by = _order(request.GET.get("sort", ""), columns, default_sort)
    wanted = request.GET.get("format", "")
    if wanted in ("xlsx", "csv"):
        return _file(request, Whole(columns, rows, order, str(title), filename, wanted))
    given = request.GET
    found = take(
        rows, order, page_size, after=given.get("after", ""), before=given.get("before", "")
    )
    frame = {"title": title, "empty": empty, "actions": actions, "filters": filters, "part": part}
    drawn = _drawn(rows, found, columns, given, sorted_by)
    return page(request, template, {**frame, **drawn, **(context or {})}, part=part)


def _drawn(
    rows: QuerySet[Any],
    found: Slice,
    columns: Sequence[Column],
    given: QueryDict,
    sorted_by: str,
) -> dict[str, Any]:
    """What the list template draws from: rows of cells, headings, count, addresses."""
    return {
        "rows": _rows(found.rows, columns),
        "headings": [_heading(column, given, sorted_by) for column in columns],
        "sorted_by": given.get("sort", ""),
        "filtered": any(value for name, value in given.items() if name not in OURS),
        "count_text": _count_text(rows, found),
        "next_url": _address(given, after=found.after) if found.after else "",
        "previous_url": _address(given, before=found.before) if found.before else "",
        "first_url": _address(given),
        "xlsx_url": _address(given, format="xlsx"),
        "csv_url": _address(given, format="csv"),
    }


def _order(wanted: str, columns: Sequence[Column], default: str) -> tuple[Order, str]:
    """The order asked for by column name, or the default; and its name for the headings."""
    by_name = {column.name: column.sort for column in columns if column.sort}
    if field := by_name.get(wanted.removeprefix("-")):
        asked, turned = Order.parse(field), wanted.startswith("-")
        return Order(asked.field, asked.descending != turned), wanted
    order = Order.parse(default)
    order = Order(by_name.get(order.field, order.field).removeprefix("-"), order.descending)
    name = next((n for n, field in by_name.items() if field == order.field), "")
    return order, (f"-{name}" if order.descending and name else name)


def _all(rows: QuerySet[Any], order: Order) -> Iterator[Any]:
    return ordered(rows, order).iterator(chunk_size=CHUNK)


def _rows(rows: Sequence[Any], columns: Sequence[Column]) -> list[SafeString]:
    """The cells of each row as HTML. Made here, not in the template: its five questions about each
    of five hundred cells took as long as all the rest of the page."""
    before = [
        format_html('<td data-label="{}"{}>', column.label, WIDE_ONLY if column.hide_small else "")
        for column in columns
    ]
    return [
        format_html_join(
            "", "{}{}</td>", zip(before, (_cell(c, row) for c in columns), strict=True)
        )
        for row in rows
    ]


def _cell(column: Column, row: Any) -> SafeString:
    text = escape(shown(column.value(row)))
    if not text:
        return NOTHING
    text = SafeString(CODE.sub(r'<span class="text-nowrap">\g<0></span>', text))
    if colour := column.badge(row) if column.badge else "":
        text = format_html('<span class="badge bg-{}-lt">{}</span>', colour, text)
    if url := column.link(row) if column.link else "":
        text = format_html('<a href="{}">{}</a>', url, text)
    return text


def _heading(column: Column, given: QueryDict, sorted_by: str) -> Heading:
    if not column.sort:
        return Heading(column, "", "")
    direction = ""
    if sorted_by.removeprefix("-") == column.name:
        direction = "descending" if sorted_by.startswith("-") else "ascending"
    turned = f"-{column.name}" if direction == "ascending" else column.name
    return Heading(column, _address(given, sort=turned), direction)


def _address(given: QueryDict, **changes: str) -> str:
    """The same list with something changed; paging starts anew unless the change is a cursor."""
    query = given.copy()
    for name in ("after", "before", "format"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _count_text(rows: QuerySet[Any], shown_rows: Slice) -> str:
    if not shown_rows.before and not shown_rows.after:
        count = len(shown_rows.rows)
    else:
        count = rows.order_by()[: COUNTED + 1].count()
    if count > COUNTED:
        return _("hơn %(n)s dòng") % {"n": vn_number(COUNTED)}
    return _("%(n)s dòng") % {"n": vn_number(count)}
