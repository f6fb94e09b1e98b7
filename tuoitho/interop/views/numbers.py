"""The answers of the police to a list of identity numbers, read back from the Excel file."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.interop.forms import AnswersFileForm
from tuoitho.interop.sheets import read_sheets
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import answer_numbers
from tuoitho.people.actions.numbers import Answer
from tuoitho.people.models import NumberList
from tuoitho.people.number_sheet import ReadLine, answers_in
from tuoitho.people.states import NumberListState
from tuoitho.ui.responses import page, see_other


def _seen(request: UserRequest, pk: int) -> NumberList:
    rows = NumberList.objects.visible_to(request.user).select_related("unit")
    row = get_object_or_404(rows, pk=pk)
    request.user.require("people.register", row)
    return row


@require_http_methods(["GET", "POST"])
@needs("people.register")
def numbers_read(request: UserRequest, pk: int) -> HttpResponse:
    """Hand in the filled file; what it would write stands on the next page, nothing is written."""
    row = _seen(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnswersFileForm(*sent)
    if form.is_bound and form.is_valid():
        try:
            lines = _lines(request, row, form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            return _preview(request, row, lines)
    return _form(request, row, form)


def _form(request: UserRequest, row: NumberList, form: AnswersFileForm) -> HttpResponse:
    back = reverse("people:numberlist_detail", args=[row.pk])
    context = {
        "form": form, "row": row, "title": _("Đọc tệp công an trả lời"), "cancel_url": back,
        "submit_label": _("Đọc thử"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "interop/numbers_new.html", context, part="form", status=status)


def _lines(request: UserRequest, row: NumberList, file: Any) -> list[ReadLine]:
    """What the file says, of its first sheet that is such a list. Raises ValidationError."""
    if row.state != NumberListState.HANDED:
        raise ValidationError(_("Chỉ ghi kết quả khi danh sách đang ở công an."))
    content = file.read()
    for sheet in read_sheets(file.name, content):
        lines = answers_in(row, sheet.rows, sheet.formulas)
        if lines:
            digest = hashlib.sha256(content).hexdigest()
            record("people.numbers.read_file", row, by=request.user,
                   after={"sha256": digest, "lines": len(lines)})  # fmt: skip
            return lines
    raise ValidationError(_("Không tìm thấy các dòng của danh sách này. Hãy dùng tệp tải từ trang "
                            "danh sách, ghi kết quả rồi nộp lại."))  # fmt: skip


def _salt(request: UserRequest, row: NumberList) -> str:
    return f"interop.numbers:{row.pk}:{request.user.pk}"


def _preview(request: UserRequest, row: NumberList, lines: list[ReadLine]) -> HttpResponse:
    told = {
        line.check.pk: [line.answer.result, line.answer.number, line.answer.note]
        for line in lines
        if line.is_new and line.check is not None
    }
    context = {
        "title": _("Kết quả đọc tệp công an trả lời"), "row": row,
        "lines": sorted(lines, key=lambda line: not line.problems), "new": len(told),
        "wrong": sum(bool(line.problems) for line in lines),
        "sent": signing.dumps(told, salt=_salt(request, row), compress=True),
    }  # fmt: skip
    return page(request, "interop/numbers_read.html", context)


@require_POST
@needs("people.register")
def numbers_write(request: UserRequest, pk: int) -> HttpResponse:
    """Write what was read; the action judges every line once more."""
    row = _seen(request, pk)
    form = AnswersFileForm({})
    try:
        told = signing.loads(request.POST.get("sent", ""), salt=_salt(request, row), max_age=86_400)
        answers = {int(key): Answer(*said) for key, said in told.items()}
        answer_numbers(row, answers, by=request.user, on=today())
    except signing.BadSignature:
        form.add_error("file", _("Trang này đã cũ; hãy chọn lại tệp."))
    except ValidationError as error:
        form.add_error("file", error.messages)
    else:
        messages.success(request, _("Đã ghi kết quả của %(n)s dòng.") % {"n": len(answers)})
        return see_other(request, "people:numberlist_detail", pk)
    return _form(request, row, form)
