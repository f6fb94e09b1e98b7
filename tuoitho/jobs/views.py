"""One's own long work: how far it is, and what became of each row."""

import io
from typing import Any
from uuid import UUID

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.jobs.actions import stop_job
from tuoitho.jobs.exporting import read_export
from tuoitho.jobs.models import Export, Job, JobRow
from tuoitho.jobs.states import RowState
from tuoitho.ui.export import XLSX_TYPE, file_response
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page, see_other


@require_GET
@needs("jobs.view")
def job_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("job", _("Việc"), str, link=lambda j: reverse("jobs:job_detail", args=[j.pk])),
        Column("at", _("Yêu cầu lúc"), lambda j: j.created_at, sort="created_at"),
        Column("state", _("Tình trạng"), lambda j: j.get_state_display(), badge=lambda j: j.colour),
        Column("done", _("Xong"), lambda j: j.done),
        Column("refused", _("Không làm được"), lambda j: j.refused),
        Column("total", _("Số dòng"), lambda j: j.total),
    ]
    return listing(
        request, Job.objects.visible_to(request.user), columns, title=_("Việc chạy nền"),
        empty=_("Chưa có việc nào chạy nền. Việc dài (nhập tệp, giao việc hàng loạt) hiện ở đây."),
        default_sort="-at", filename="viec-chay-nen",
    )  # fmt: skip


class RowFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(label=gettext_lazy("Kết quả"), choices=RowState.choices)

    class Meta:
        model = JobRow
        fields = ["state"]


@require_GET
@needs("jobs.view")
def job_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """Progress and rows; htmx asks again every two seconds for the progress while it goes on."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    export = Export.objects.visible_to(request.user).filter(job=job).first()
    context: dict[str, Any] = {"job": job, "export": export}
    if getattr(request, "htmx", None) and request.htmx.target == "progress":  # type: ignore[attr-defined]
        return page(request, "jobs/job_detail.html", context, part="progress")
    columns = [
        Column("place", _("Thứ tự"), lambda r: r.place + 1, sort="place"),
        Column("key", _("Dòng"), lambda r: r.key),
        Column("state", _("Kết quả"), lambda r: r.get_state_display(), badge=lambda r: r.colour),
        Column("note", _("Ghi chú"), lambda r: r.note),
    ]
    rows = JobRow.objects.visible_to(request.user).filter(job=job)
    return listing(
        request, rows, columns, title=str(job), empty=_("Chưa có dòng nào."), filterset=RowFilter,
        default_sort="place", template="jobs/job_detail.html", filename="ket-qua", context=context,
    )  # fmt: skip


@require_GET
@needs("jobs.view")
def export_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """The file of a long list, for who asked for it."""
    ready = Export.objects.visible_to(request.user).filter(ready_at__isnull=False)
    export = get_object_or_404(ready, job=pk)
    data = io.BytesIO(read_export(export, by=request.user))
    kind = XLSX_TYPE if export.kind == "xlsx" else "text/csv; charset=utf-8"
    return file_response(data, f"{export.filename}.{export.kind}", kind)


@require_POST
@needs("jobs.view")
def job_stop(request: UserRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    try:
        stop_job(job, by=request.user)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    return see_other(request, "jobs:job_detail", job.pk)
