"""The one way a list page is built: filters and order in the address, keyset-paged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tuoitho.ui.columns import Column
from tuoitho.ui.export import stream_csv, xlsx_response
from tuoitho.ui.formats import shown, vn_number
from tuoitho.ui.keyset import Order, Slice, ordered, take
from tuoitho.ui.responses import page

__all__ = ["Action", "Column", "listing"]

COUNTED = 10_000  # more are not counted: counting reads every row
CHUNK = 2_000
OURS = ("sort", "after", "before", "format")


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
class Cell:
    """A table cell as drawn."""

    column: Column
    text: str
    url: str
    colour: str


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
    if wanted == "xlsx":
        return xlsx_response(columns, _all(rows, order), str(title), filename)
    if wanted == "csv":
        return stream_csv(columns, _all(rows, order), filename)
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
        "rows": [(row, [_cell(column, row) for column in columns]) for row in found.rows],
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


def _cell(column: Column, row: Any) -> Cell:
    value = column.value(row)
    return Cell(
        column,
        shown(value),
        column.link(row) if column.link else "",
        column.badge(row) if column.badge else "",
    )


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
