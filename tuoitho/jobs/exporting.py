"""A long list as a file made in the background: begun, read part by part, written, deleted.

Each part asks the list's own view again, as the person who asked and with the roles held then: what
the page would not show is not in the file.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tuoitho.access.guards import UserRequest
from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.models import KEPT, Export, ExportContent, ExportPart, Job
from tuoitho.lib.hanoi import now
from tuoitho.ui.export import write_csv, write_xlsx
from tuoitho.ui.formats import shown
from tuoitho.ui.keyset import take
from tuoitho.ui.listing import Whole

WORK = "jobs.export"
PART = 2_000  # rows read in one transaction: a crash loses no more
FILE = "tệp"  # the last row of the job, after the parts


@transaction.atomic
def begin_export(request: UserRequest, whole: Whole) -> Job:
    """Ask for the file of a long list. Returns the job that makes it."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    export = Export(
        owner=request.user, path=request.path, query=query.urlencode(), title=whole.title,
        filename=whole.filename, kind=whole.kind, language=get_language() or "vi",
    )  # fmt: skip
    export.save(force_insert=True)
    job = enqueue(WORK, {"export": str(export.pk)}, by=request.user)
    export.job = job
    export.save(update_fields=["job"])
    return job


def parts_of(args: dict[str, Any], by: User) -> list[str]:
    """Names of the parts by their row numbers, then the file. Raises ValidationError."""
    counted: list[int] = []

    def count(whole: Whole) -> HttpResponse:
        counted.append(whole.rows.order_by().count())
        return HttpResponse()

    _ask(_found(args, by), by, count)
    total = max(counted[0], 1)
    firsts = range(1, total + 1, PART)
    return [*(f"{first}–{min(first + PART - 1, total)}" for first in firsts), FILE]


def do_part(args: dict[str, Any], key: str, by: User) -> str:
    """Read the next rows, or write the file. Raises ValidationError, PermissionDenied."""
    export = _found(args, by)
    if key != FILE:
        return _("%(n)s dòng") % {"n": _read_part(export, by)}
    while not export.read_all:  # rows that came meanwhile
        _read_part(export, by)
    _write_file(export)
    return _("%(n)s dòng") % {"n": export.rows}


def _found(args: dict[str, Any], by: User) -> Export:
    export = Export.objects.visible_to(by).filter(pk=args["export"]).first()
    if export is None:
        raise ValidationError(_("Tệp này đã được xoá."))
    return export


def _ask(export: Export, by: User, taker: Callable[[Whole], HttpResponse]) -> None:
    """Open the list as ``by`` and give it, whole and in order, to ``taker``."""
    match = resolve(export.path)
    request: Any = HttpRequest()
    request.method, request.path, request.path_info = "GET", export.path, export.path
    request.GET, request.user, request.resolver_match = QueryDict(export.query), by, match
    request.taker = taker
    try:
        with override(export.language):
            match.func(request, *match.args, **match.kwargs)
    except Http404 as error:
        raise ValidationError(_("Danh sách này không còn xem được.")) from error


def _read_part(export: Export, by: User) -> int:
    """Keep the next rows of the list, encrypted. Returns how many."""
    if export.read_all:
        return 0
    kept: list[list[Any]] = []

    def keep(whole: Whole) -> HttpResponse:
        found = take(whole.rows, whole.order, PART, after=export.cursor)
        # Where nothing follows the cursor any more, the first page would come again.
        rows = [] if export.cursor and not found.before else found.rows
        kept.extend([_plain(column.value(row)) for column in whole.columns] for row in rows)
        export.labels = [str(column.label) for column in whole.columns]
        export.cursor = found.after if rows else ""
        return HttpResponse()

    _ask(export, by, keep)
    part = ExportPart(export=export, place=export.parts.count())
    part.put(json.dumps(kept, ensure_ascii=False).encode())
    part.save(force_insert=True)
    export.rows += len(kept)
    export.read_all = not export.cursor
    export.save(update_fields=["labels", "cursor", "rows", "read_all"])
    return len(kept)


def _plain(value: Any) -> Any:
    """A cell as JSON that ``_typed`` reads back; what a file cannot type is its text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return shown(value)


def _typed(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    ((kind, text),) = cell.items()
    readers: dict[str, Callable[[str], Any]] = {
        "moment": datetime.fromisoformat, "day": date.fromisoformat, "number": Decimal,
    }  # fmt: skip
    return readers[kind](text)


@dataclass(frozen=True)
class _Stored:
    """A column of rows that were read before."""

    label: str
    place: int

    def value(self, row: list[Any]) -> Any:
        return _typed(row[self.place])


def _write_file(export: Export) -> None:
    columns = [_Stored(label, place) for place, label in enumerate(export.labels)]

    def rows() -> Iterator[list[Any]]:
        for part in export.parts.order_by("place").iterator(chunk_size=1):
            yield from json.loads(part.read())

    with override(export.language):
        if export.kind == "xlsx":
            file = write_xlsx(columns, rows(), export.title)
        else:
            file = write_csv(columns, rows())
    content = ExportContent(export=export)
    content.put(file.getvalue())
    content.save(force_insert=True)
    export.parts.all().delete()
    export.ready_at = now()
    export.save(update_fields=["ready_at"])


@transaction.atomic
def read_export(export: Export, *, by: User) -> bytes:
    """The file, for who asked for it and may still open the list; written into the log.

    Raises PermissionDenied.
    """
    permission = getattr(resolve(export.path).func, "permission", "")
    if export.owner_id != by.pk or (permission and not by.may(permission)):
        raise PermissionDenied(permission)
    content = ExportContent.objects.get(pk=export.pk)
    record("jobs.download", export, by=by, note=export.path, after={"rows": export.rows})
    return content.read()


def old_exports(_args: dict[str, Any], _by: User) -> list[str]:
    """Files kept for their days and longer."""
    old = Export.objects.made_before(now() - KEPT).order_by("made_at")
    return [str(pk) for pk in old.values_list("pk", flat=True)]


def drop_export(_args: dict[str, Any], key: str, _by: User) -> str:
    """Delete a file with all its parts; the job and its counts stay."""
    Export.objects.filter(pk=key).delete()
    return ""
