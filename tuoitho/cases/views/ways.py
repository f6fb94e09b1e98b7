"""Where a report goes and what it is joined with: sent on, acknowledged, joined, separated."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.cases import actions
from tuoitho.cases.alike import alike, joined_with
from tuoitho.cases.forms.ways import AcknowledgeForm, ElsewhereForm, PoliceForm, SeparateForm
from tuoitho.cases.models import Report, ReportSending, ReportState, SendingKind
from tuoitho.cases.models.joining import JoinBasis
from tuoitho.cases.views.answers import answer, may, sent
from tuoitho.lib.hanoi import now, today
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page, see_other


def _page_of(pk: UUID) -> str:
    return reverse("cases:report_detail", args=[pk])


def _seen(request: UserRequest, pk: UUID) -> Report:
    return get_object_or_404(Report.objects.visible_to(request.user).select_related("unit"), pk=pk)


def ways_of(report: Report, user: User) -> dict[str, Any]:
    """What the report's page shows of its way and of its like."""
    may_screen = may(user, "cases.screen", report)
    waiting = report.state in (ReportState.WAITING, ReportState.SCREENED)
    return {
        "sendings": ReportSending.objects.visible_to(user).filter(report=report)
        .select_related("from_unit", "to_unit"),
        "may_acknowledge": may(user, "cases.receive", report),
        "may_send_to_police": may_screen and not report.crime_suspected,
        "may_send_elsewhere": may_screen and waiting,
        "joined": joined_with(report, user), "may_join": may_screen,
        "alike": alike(report, user) if may_screen else [],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.screen")
def report_police(request: UserRequest, pk: UUID) -> HttpResponse:
    report = _seen(request, pk)
    form = PoliceForm(sent(request))

    def act() -> None:
        actions.send_to_police(report, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã chuyển công an; hồ sơ của trẻ vẫn tiếp tục ở đây."))

    return answer(
        request, form, act, _page_of(pk), title=_("Chuyển công an"), submit_label=_("Chuyển"),
        intro=_("Tin có dấu hiệu tội phạm xử lý theo pháp luật tố tụng hình sự (khoản 3 Điều 25 "
                "Nghị định 56/2017/NĐ-CP)."), cancel_url=_page_of(pk),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.screen")
def report_elsewhere(request: UserRequest, pk: UUID) -> HttpResponse:
    report = _seen(request, pk)
    form = ElsewhereForm(sent(request))

    def act() -> None:
        actions.send_elsewhere(report, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ghi việc chuyển. Hạn xử lý vẫn chạy đến khi nơi nhận xác "
                                    "nhận."))  # fmt: skip

    return answer(
        request, form, act, _page_of(pk), title=_("Chuyển cơ quan, địa bàn khác"),
        submit_label=_("Chuyển"), cancel_url=_page_of(pk),
        intro=_("Dùng khi nơi nhận không làm việc trong hệ thống này, ví dụ huyện, tỉnh khác."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.receive")
def sending_acknowledge(request: UserRequest, pk: UUID) -> HttpResponse:
    """The receiver has it. Who does not see the report cannot say so."""
    sendings = ReportSending.objects.visible_to(request.user).unanswered().select_related("report")
    sending = get_object_or_404(sendings, pk=pk)
    _seen(request, sending.report_id)
    form = AcknowledgeForm(sent(request), initial={"at": now()},
                           outside=sending.kind == SendingKind.ELSEWHERE)  # fmt: skip

    def act() -> None:
        actions.acknowledge_sending(sending, by=request.user, **form.cleaned_data)

    return answer(
        request, form, act, _page_of(sending.report_id), submit_label=_("Xác nhận đã nhận"),
        title=_("Xác nhận đã nhận tin: %(where)s") % {"where": sending},
        cancel_url=_page_of(sending.report_id),
    )  # fmt: skip


@require_POST
@needs("cases.receive")
def sending_remind(request: UserRequest, pk: UUID) -> HttpResponse:
    sending = get_object_or_404(ReportSending.objects.visible_to(request.user), pk=pk)
    try:
        with transaction.atomic():
            actions.remind_of_sending(sending, by=request.user, on=today())
        messages.success(request, _("Đã nhắc nơi nhận."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(request, "cases:sending_list")


def _columns() -> list[Column]:
    return [
        Column("sent", _("Chuyển lúc"), lambda s: s.sent_at, sort="sent_at"),
        Column("to", _("Nơi nhận"), str, link=lambda s: reverse("cases:sending_detail",
                                                                args=[s.pk])),
        Column("kind", _("Vì"), lambda s: s.get_kind_display(), sort="kind", hide_small=True),
        Column("answer", _("Xác nhận"), _answer_words, sort="answer_due_at",
               badge=lambda s: "red" if s.is_late else "green" if s.acknowledged_at else "orange"),
        Column("by", _("Người chuyển"), lambda s: s.sent_by, hide_small=True),
    ]  # fmt: skip


def _answer_words(sending: ReportSending) -> str:
    if sending.acknowledged_at:
        return str(sending.acknowledged_by)
    return _("Quá hạn xác nhận") if sending.is_late else _("Chờ xác nhận")


@require_GET
@needs("cases.receive")
def sending_list(request: UserRequest) -> HttpResponse:
    """What this office sent away or got, and who has not answered yet. No child is named."""
    rows = ReportSending.objects.visible_to(request.user).select_related("to_unit")
    return listing(
        request, rows, _columns(), title=_("Tin đã chuyển"), default_sort="-sent_at",
        empty=_("Chưa có tin nào được chuyển đi. Chuyển từ trang của tin báo."),
        filename="tin-da-chuyen",
    )  # fmt: skip


@require_GET
@needs("cases.receive")
def sending_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The report itself for who sees it; for the office that sent it away, the answer only."""
    rows = ReportSending.objects.visible_to(request.user).select_related("to_unit", "from_unit")
    sending = get_object_or_404(rows, pk=pk)
    if Report.objects.visible_to(request.user).filter(pk=sending.report_id).exists():
        return see_other(request, _page_of(sending.report_id))
    may_remind = sending.is_late and sending.from_unit_id in request.user.scope("cases.receive")
    context = {"title": _("Tin đã chuyển: %(where)s") % {"where": sending}, "sending": sending,
               "may_remind": may_remind}  # fmt: skip
    return page(request, "cases/sending_detail.html", context)


@require_POST
@needs("cases.screen")
def report_join(request: UserRequest, pk: UUID) -> HttpResponse:
    report = _seen(request, pk)
    try:
        other_pk = UUID(request.POST.get("other", ""))
    except ValueError:
        other_pk = pk
    basis = request.POST.get("basis", JoinBasis.SAME_EVENT)
    other = _seen(request, other_pk)
    try:
        with transaction.atomic():
            actions.join_reports(report, other, basis, by=request.user, on=today())
        messages.success(request, _("Đã gộp. Mỗi tin giữ lời kể và thời hạn riêng."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(request, _page_of(pk))


@require_http_methods(["GET", "POST"])
@needs("cases.screen")
def report_separate(request: UserRequest, pk: UUID) -> HttpResponse:
    report = _seen(request, pk)
    form = SeparateForm(sent(request))

    def act() -> None:
        actions.separate_report(report, by=request.user, **form.cleaned_data)

    return answer(request, form, act, _page_of(pk), title=_("Tách tin khỏi nhóm"),
                  submit_label=_("Tách"), cancel_url=_page_of(pk))  # fmt: skip
