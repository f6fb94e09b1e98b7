"""Files of a report or a case: the panel, sending one, opening one, taking one back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.cases import actions
from tuoitho.cases.forms.attachments import AttachmentForm, WithdrawForm
from tuoitho.cases.models import Attachment, Case, Report
from tuoitho.cases.views.answers import answer, may, sent


def attachments_panel(user: User, owner: Case | Report) -> dict[str, Any]:
    """Context of cases/attachments.html."""
    files = Attachment.objects.visible_to(user)
    if isinstance(owner, Case):
        files, offered = files.of_case(owner), may(user, "cases.work", owner)
        address = reverse("cases:case_attach", args=[owner.pk])
    else:
        files = files.filter(report=owner).order_by("-at")
        offered = may(user, "cases.receive", owner)
        address = reverse("cases:report_file", args=[owner.pk])
    return {"attachments": files, "attach_url": address if offered else ""}


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def case_attach(request: UserRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    return _attach(request, case, reverse("cases:case_detail", args=[pk]))


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def report_file(request: UserRequest, pk: UUID) -> HttpResponse:
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    return _attach(request, report, reverse("cases:report_detail", args=[pk]))


def _attach(request: UserRequest, owner: Case | Report, back: str) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    form = AttachmentForm(sent(request), files, owner=owner)

    def act() -> None:
        given = dict(form.cleaned_data)
        file = given.pop("file")
        # One more than allowed is enough to refuse: no more of it is read.
        data = file.read(form_limit() + 1)
        actions.attach_file(owner, file.name, data, by=request.user, **given)

    return answer(request, form, act, back, title=_("Thêm ảnh, tệp"),
                  submit_label=_("Gửi"), cancel_url=back)  # fmt: skip


def form_limit() -> int:
    """The largest file taken, in bytes."""
    from django.conf import settings

    return int(settings.ATTACHMENT_LIMIT_MB) * 1024 * 1024


@require_GET
@needs("cases.view")
def attachment_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """A photo is shown, anything else is only downloaded; each look is written down."""
    files = Attachment.objects.visible_to(request.user).select_related("case", "report")
    attachment = get_object_or_404(files, pk=pk)
    if attachment.withdrawn_at:
        raise Http404(pk)
    data = actions.read_file(attachment, by=request.user)
    response = HttpResponse(data, content_type=attachment.content_type)
    named = content_disposition_header(not attachment.is_image, attachment.name)
    response["Content-Disposition"] = named or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Whatever the bytes are: no script runs, nothing is fetched.
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; sandbox"
    return response


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def attachment_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    files = Attachment.objects.visible_to(request.user).select_related("case", "report")
    attachment = get_object_or_404(files, pk=pk)
    owner = attachment.case or attachment.report
    name = "cases:case_detail" if attachment.case else "cases:report_detail"
    back = reverse(name, args=[owner.pk if owner else pk])
    form = WithdrawForm(sent(request))

    def act() -> None:
        actions.withdraw_file(attachment, by=request.user, **form.cleaned_data)

    return answer(
        request, form, act, back, title=_("Gỡ tệp gửi nhầm"), submit_label=_("Gỡ"),
        intro=_("Nội dung tệp bị xoá hẳn; hồ sơ vẫn ghi là đã từng có tệp này."), cancel_url=back,
    )  # fmt: skip
