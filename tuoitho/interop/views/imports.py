"""Handing in a file, looking at what it would do, writing it, taking back what was refused."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.interop import actions
from tuoitho.interop.forms import ColumnsForm, ImportForm, SettleForm
from tuoitho.interop.jobs import going_on
from tuoitho.interop.models import Batch, BatchRow
from tuoitho.interop.states import COLOURS, WAITING, RowFate
from tuoitho.interop.template_file import write_template
from tuoitho.lib.hanoi import today
from tuoitho.people import cells as cells_of
from tuoitho.people.cells import text
from tuoitho.people.models import Child
from tuoitho.ui.export import XLSX_TYPE, file_response
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other


def _seen(request: UserRequest, pk: int) -> Batch:
    batches = Batch.objects.visible_to(request.user)
    return get_object_or_404(batches.select_related("unit", "staged_by", "same_as"), pk=pk)


@require_GET
@needs("interop.import")
def import_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("file", _("Tệp"), lambda b: b.file_name, sort="file_name",
               link=lambda b: reverse("interop:import_detail", args=[b.pk])),
        Column("unit", _("Xã, phường"), lambda b: b.unit.name, sort="unit__name"),
        Column("rows", _("Số dòng"), lambda b: b.row_count),
        Column("state", _("Trạng thái"), lambda b: b.get_state_display(), sort="state",
               badge=lambda b: b.colour),
        Column("at", _("Nộp lúc"), lambda b: b.staged_at, sort="staged_at"),
        Column("by", _("Người nộp"), lambda b: b.staged_by, hide_small=True),
    ]  # fmt: skip
    batches = Batch.objects.visible_to(request.user).select_related("unit", "staged_by")
    return listing(
        request, batches, columns, title=_("Nhập dữ liệu"),
        empty=_("Chưa nộp tệp nào. Tải tệp mẫu, điền rồi nộp."), default_sort="-at",
        actions=[
            Action(_("Nộp tệp"), reverse("interop:import_new"), "file-import"),
            Action(_("Tệp mẫu"), reverse("interop:import_template"), "file-spreadsheet"),
        ],
        filename="nhap-du-lieu",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("interop.import")
def import_new(request: UserRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, user=request.user)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.stage_file(
                form.cleaned_data["unit"], file.name, file.read(),
                sheet=form.cleaned_data["sheet"], by=request.user, on=today(),
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            return see_other(request, "interop:import_detail", batch.pk)
    context = {
        "form": form, "title": _("Nộp tệp trẻ em và hộ gia đình"),
        "submit_label": _("Đọc thử"), "cancel_url": reverse("interop:import_list"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "interop/import_new.html", context, part="form", status=status)


class RowFilter(django_filters.FilterSet):  # type: ignore[misc]
    fate = django_filters.ChoiceFilter(label=gettext_lazy("Kết quả"), choices=RowFate.choices)

    class Meta:
        model = BatchRow
        fields = ["fate"]


def _name_of(row: BatchRow, batch: Batch) -> str:
    """As it would be written; a name that was typed in capitals is shown so too."""
    places = {name: int(place) for place, name in batch.places.items()}
    cells, place = row.cells, places.get("full_name", len(batch.headings))
    typed = text(cells[place]) if place < len(cells) else ""
    written = typed if batch.capitals_kept else cells_of.name(typed)
    return written if written == typed else f"{written} ({typed})"


@require_GET
@needs("interop.import")
def import_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Every row of the file with all that is wrong with it, and what writing it would do or did;
    while a job reads or writes it, htmx asks again every two seconds how far it is."""
    batch = _seen(request, pk)
    rows = BatchRow.objects.visible_to(request.user).filter(batch=batch)
    counts = dict(rows.order_by().values_list("fate").annotate(Count("pk")))
    job = going_on(batch, request.user)
    context = {**_about(batch, counts), "job": job}
    if request.htmx and request.htmx.target == "progress":  # type: ignore[attr-defined]
        if job is None:
            return HttpResponseClientRefresh()
        return page(request, "interop/import_detail.html", context, part="progress")
    columns = [
        Column("line", _("Dòng"), lambda r: r.line, sort="line"),
        Column("name", _("Họ và tên"), lambda r: _name_of(r, batch), link=_child_url),
        Column("fate", _("Kết quả"), lambda r: r.get_fate_display(), sort="fate",
               badge=lambda r: r.colour),
        Column("problems", _("Lỗi (cột: vì sao)"), lambda r: r.problem_text),
    ]  # fmt: skip
    empty = _("Chưa có dòng nào được đọc.") if batch.is_being_read else _("Không có dòng nào.")
    return listing(
        request, rows, columns, title=batch.file_name, filterset=RowFilter, default_sort="line",
        empty=empty, template="interop/import_detail.html", filename="ket-qua-nhap",
        context=context,
    )  # fmt: skip


def _child_url(row: BatchRow) -> str:
    if row.fate == RowFate.REVIEW:
        return reverse("interop:row_settle", args=[row.pk])
    return reverse("people:child_detail", args=[row.child_id]) if row.child_id else ""


def _about(batch: Batch, counts: dict[str, int]) -> dict[str, Any]:
    known, judged = batch.columns, sum(counts.values())
    waiting = sum(counts.get(fate, 0) for fate in WAITING)
    left = batch.row_count - judged if batch.is_being_read else waiting
    return {
        "batch": batch,
        "total": batch.row_count if batch.is_being_read else judged,
        "done": judged if batch.is_being_read else judged - waiting,
        "left": left,
        "counts": [(f, counts[f], COLOURS[f]) for f in RowFate if counts.get(f)],
        "waiting": waiting,
        "rejected": counts.get(RowFate.REJECTED, 0),
        "review": counts.get(RowFate.REVIEW, 0),
        "read": [(batch.headings[i], c.heading) for i, c in sorted(known.items())],
        "ignored": [h for i, h in enumerate(batch.headings) if h and i not in known],
    }


@require_http_methods(["GET", "POST"])
@needs("interop.import")
def import_columns(request: UserRequest, pk: int) -> HttpResponse:
    """Which column of the file is which; choosing reads all rows again."""
    batch = _seen(request, pk)
    form = ColumnsForm(request.POST if request.method == "POST" else None, batch=batch)
    if form.is_bound and form.is_valid():
        try:
            actions.set_columns(
                batch, form.places, capitals_kept=form.cleaned_data["capitals_kept"],
                by=request.user, on=today(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return see_other(request, "interop:import_detail", batch.pk)
    context = {
        "form": form, "title": _("Chọn cột của tệp"), "submit_label": _("Đọc lại"), "batch": batch,
        "cancel_url": reverse("interop:import_detail", args=[batch.pk]),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "interop/import_columns.html", context, part="form", status=status)


@require_POST
@needs("interop.import")
def import_read(request: UserRequest, pk: int) -> HttpResponse:
    """Go on with a file whose reading was stopped."""
    return _done(request, pk, actions.read_on)


@require_POST
@needs("interop.import")
def import_commit(request: UserRequest, pk: int) -> HttpResponse:
    return _done(request, pk, actions.write_rows)


def _done(request: UserRequest, pk: int, act: Callable[..., Any]) -> HttpResponse:
    batch = _seen(request, pk)
    try:
        act(batch, by=request.user, on=today())
    except ValidationError as error:  # somebody else was faster
        messages.info(request, " ".join(error.messages))
    return see_other(request, "interop:import_detail", batch.pk)


@require_GET
@needs("interop.import")
def import_rejected(request: UserRequest, pk: int) -> HttpResponse:
    """The refused rows as they stood in the file, with the reason; as an Excel file to be mended
    and handed in again."""
    batch = _seen(request, pk)
    rows = BatchRow.objects.visible_to(request.user).filter(batch=batch, fate=RowFate.REJECTED)
    if request.GET.get("format"):
        record("interop.export_rejected", batch, by=request.user)
    columns = [
        Column("reason", _("Vì sao"), lambda r: r.problem_text),
        Column("line", _("Dòng"), lambda r: r.line, sort="line"),
        *(_as_it_stood(place, heading) for place, heading in enumerate(batch.headings)),
    ]  # fmt: skip
    return listing(
        request, rows, columns, title=_("Các dòng có lỗi"), default_sort="line",
        empty=_("Không có dòng nào bị lỗi."), template="interop/import_rejected.html",
        filename="dong-co-loi", context={"batch": batch},
    )  # fmt: skip


def _as_it_stood(place: int, heading: str) -> Column:
    """A column of the file handed in."""

    def value(row: BatchRow) -> str:
        return text(row.cells[place]) if place < len(row.cells) else ""

    return Column(f"c{place}", heading or f"({place + 1})", value)


@require_GET
@needs("interop.import")
def import_template(request: UserRequest) -> HttpResponse:
    return file_response(write_template(), "mau-tre-em.xlsx", XLSX_TYPE)


@require_http_methods(["GET", "POST"])
@needs("interop.import")
def row_settle(request: UserRequest, pk: int) -> HttpResponse:
    """A row beside the children it resembles: it is one of them, or another child."""
    rows = BatchRow.objects.visible_to(request.user).select_related("batch__unit")
    row = get_object_or_404(rows, pk=pk)
    near = Child.objects.visible_to(request.user).filter(pk__in=row.candidates)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["same_as"]
        same_as = get_object_or_404(near, pk=chosen) if chosen else None
        try:
            actions.settle_row(row, same_as, by=request.user, on=today())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return see_other(request, "interop:import_detail", row.batch_id)
    context = {
        "row": row, "form": form, "near": near.select_related("unit", "household"),
        "title": _("Dòng %(line)s: có thể trùng") % {"line": row.line},
        "cells": [(h, c) for h, c in zip(row.batch.headings, row.cells, strict=False) if text(c)],
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "interop/row_settle.html", context, status=status)
