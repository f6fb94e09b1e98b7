"""Works of this room: long lists as files, and deleting them after their days."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tuoitho.jobs.exporting import (
    WORK,
    begin_export,
    do_part,
    drop_export,
    old_exports,
    parts_of,
)
from tuoitho.jobs.registry import Every, Work, register
from tuoitho.ui.listing import Whole, hand_long_lists_to
from tuoitho.ui.responses import see_other

register(Work(WORK, _("Tải danh sách dài"), parts_of, do_part))
register(Work(
    "jobs.drop_exports", _("Xoá tệp danh sách đã quá hạn giữ"), old_exports, drop_export,
    every=Every.DAY,
))  # fmt: skip


def _later(request: HttpRequest, whole: Whole) -> HttpResponse:
    asked: Any = request
    return see_other(request, "jobs:job_detail", begin_export(asked, whole).pk)


hand_long_lists_to(_later)
