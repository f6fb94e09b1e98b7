"""Reports: the list, Mẫu 01, one report and what is done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.cases import actions, receipts
from tuoitho.cases.filters import ReportFilter
from tuoitho.cases.forms.reports import (
    FIELDSETS,
    DismissForm,
    ForwardForm,
    InformantForm,
    NewChildForm,
    ReportForm,
)
from tuoitho.cases.models import Case, Document, Informant, Report, ReportState
from tuoitho.cases.routing import words_of
from tuoitho.cases.views.answers import answer, done, seen, sent
from tuoitho.cases.views.attachments import attachments_panel
from tuoitho.cases.views.ways import ways_of
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import register_child
from tuoitho.people.matching import Candidate, candidates
from tuoitho.people.models import Child
from tuoitho.ui.formats import due
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other

NAMED_ALIKE = 8
COLOURS = {"waiting": "orange", "screened": "blue", "in_case": "green", "dismissed": "secondary"}


def _page_of(report: Report) -> str:
    return reverse("cases:report_detail", args=[report.pk])


def _limit(report: Report) -> Any:
    return due(report.first_response_due_at) if report.is_waiting else None


def _limit_text(report: Report) -> str:
    limit = _limit(report)
    return limit.text if limit else ""


def _limit_colour(report: Report) -> str:
    limit = _limit(report)
    return limit.colour if limit else ""


def _columns() -> list[Column]:
    return [
        Column("child", _("Trẻ"), lambda r: r.child_name or _("Chưa rõ tên"), sort="child_name",
               link=_page_of),
        Column("received", _("Nhận tin lúc"), lambda r: r.received_at, sort="received_at"),
        Column("due", _("Hạn"), _limit_text, sort="first_response_due_at", badge=_limit_colour),
        Column("state", _("Tình trạng"), lambda r: r.get_state_display(), sort="state",
               badge=lambda r: COLOURS[r.state]),
        Column("channel", _("Nguồn tin"), lambda r: r.get_channel_display(), sort="channel"),
        Column("place", _("Nơi xảy ra"), lambda r: r.place, sort="place", hide_small=True),
        Column("unit", _("Xã, phường"), lambda r: r.unit.name, sort="unit__name",
               hide_small=True),
    ]  # fmt: skip


@require_GET
@needs("cases.view")
def report_list(request: UserRequest) -> HttpResponse:
    may_receive = request.user.may("cases.receive")
    new = [Action(_("Ghi nhận tin báo"), reverse("cases:report_new"))] if may_receive else []
    new += (
        [Action(_("Tin đã chuyển"), reverse("cases:sending_list"), "send")] if may_receive else []
    )
    reports = Report.objects.visible_to(request.user).select_related("unit")
    if request.GET.get("format"):
        record("cases.export", None, by=request.user, note="reports")
        reports = reports.filter(sealed=False)  # nothing sealed leaves in a file
    return listing(
        request, reports, _columns(),
        title=_("Tin báo"), empty=_("Chưa có tin báo nào."), filterset=ReportFilter,
        default_sort="-received_at", actions=new, filename="tin-bao",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.receive")
def report_new(request: UserRequest) -> HttpResponse:
    """Mẫu 01. The receipt code is shown once, after saving."""
    form = ReportForm(sent(request), user=request.user)
    made: list[tuple[Report, str]] = []

    def act() -> None:
        made.append(actions.receive_report(by=request.user, **form.cleaned_data))

    if form.is_bound and form.is_valid() and done(form, act):
        report, code = made[0]
        told = _("Đã ghi nhận. Mã tra cứu cho người báo tin: %(code)s")
        messages.success(request, told % {"code": receipts.spaced(code)})
        readable = Report.objects.visible_to(request.user).filter(pk=report.pk).exists()
        return see_other(request, _page_of(report) if readable else "cases:report_new")
    context = {
        "title": _("Ghi nhận tin báo (Mẫu 01)"), "form": form, "fieldsets": FIELDSETS,
        "submit_label": _("Ghi nhận"), "cancel_url": reverse("cases:report_list"),
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form", status=422 if form.is_bound else 200)


def _seen(request: UserRequest, pk: UUID) -> Report:
    reports = Report.objects.visible_to(request.user).select_related(
        "unit", "happened_unit", "forwarded_from", "home_unit"
    )
    return get_object_or_404(reports, pk=pk)


@require_GET
@needs("cases.view")
def report_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    report = _seen(request, pk)
    seen("cases.report.view", report, request.user)
    may_screen = report.unit_id in request.user.scope("cases.screen")
    children = Child.objects.visible_to(request.user)
    child = children.filter(pk=report.child_id or 0).first()
    cases = Case.objects.visible_to(request.user)
    context = {
        "title": report.child_name or _("Tin báo, trẻ chưa rõ tên"), "report": report,
        "child": child, "case": cases.filter(pk=report.case_id or 0).first(),
        "other_case": cases.filter(child=child).still_open().first() if child else None,
        "screenings": report.screenings.order_by("-observed_on"),
        "candidates": _candidates(request, report) if may_screen and child is None else [],
        "q": request.GET.get("q", report.child_name), "may_screen": may_screen,
        "may_forward": report.is_waiting and report.unit_id in request.user.scope("cases.receive"),
        **attachments_panel(request.user, report),
        "open": report.state in (ReportState.WAITING, ReportState.SCREENED),
        "routed": words_of(report.routing),
        "document": Document.objects.visible_to(request.user).filter(report=report).first(),
        "may_print": actions.may_print(request.user, report),
        "may_open_informant": report.unit_id in request.user.scope("cases.informant"),
        **ways_of(report, request.user),
    }  # fmt: skip
    return page(request, "cases/report_detail.html", context, part="who")


def _candidates(request: UserRequest, report: Report) -> list[Candidate]:
    """Children that may be the one reported: those that match well, then those named alike."""
    name = request.GET.get("q", report.child_name)
    if not name:
        return []
    likely = candidates(name, report.birth_date, request.user)
    known = {found.child.pk for found in likely}
    children = Child.objects.visible_to(request.user)
    alike = children.asked(name, request.user, whole=False)[:NAMED_ALIKE]
    return [*likely, *(Candidate(child, 0, []) for child in alike if child.pk not in known)]


@require_POST
@needs("cases.screen")
def report_link(request: UserRequest, pk: UUID) -> HttpResponse:
    """This is the child: go on to the screening, or into the case that is already open."""
    report = _seen(request, pk)
    given = request.POST.get("child", "")
    children = Child.objects.visible_to(request.user)
    child = get_object_or_404(children, pk=int(given) if given.isdecimal() else 0)
    try:
        with transaction.atomic():
            actions.link_report(report, child, by=request.user, on=today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return see_other(request, _page_of(report))
    return see_other(request, f"{reverse('cases:screening_new', args=[child.pk])}?report={pk}")


@require_POST
@needs("cases.screen")
def report_attach(request: UserRequest, pk: UUID) -> HttpResponse:
    """Put the report into the open case of its child."""
    report = _seen(request, pk)
    cases = Case.objects.visible_to(request.user).still_open()
    case = cases.filter(child=report.child_id or 0).order_by("sealed").first()
    if case is None:
        raise Http404(pk)
    try:
        with transaction.atomic():
            actions.attach_report(case, report, by=request.user, on=today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(request, _page_of(report))


@require_http_methods(["GET", "POST"])
@needs("people.register")
def report_child(request: UserRequest, pk: UUID) -> HttpResponse:
    """Enter the child of the report in the register and go on to the screening."""
    report = _seen(request, pk)
    form = NewChildForm(sent(request), initial={
        "full_name": report.child_name, "sex": report.sex, "birth_date": report.birth_date,
        "age_low": report.age_estimate, "age_high": report.age_estimate,
    })  # fmt: skip
    made: list[Child] = []

    def act() -> None:
        made.append(register_child(report.unit, by=request.user, on=today(), **form.facts()))
        actions.link_report(report, made[0], by=request.user, on=today())

    def back() -> str:
        return f"{reverse('cases:screening_new', args=[made[0].pk])}?report={pk}"

    return answer(request, form, act, back, title=_("Đăng ký trẻ của tin báo"),
                  submit_label=_("Đăng ký và sàng lọc"), cancel_url=_page_of(report))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.screen")
def report_dismiss(request: UserRequest, pk: UUID) -> HttpResponse:
    report = _seen(request, pk)
    form = DismissForm(sent(request))

    def act() -> None:
        actions.dismiss_report(report, by=request.user, **form.cleaned_data)

    return answer(request, form, act, _page_of(report), title=_("Không phải xử lý tin này"),
                  cancel_url=_page_of(report))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.informant")
def report_informant(request: UserRequest, pk: UUID) -> HttpResponse:
    """Who told: asked why first; shown once, on a page nobody may keep."""
    report = _seen(request, pk)
    form = InformantForm(sent(request))
    found: list[Informant | None] = []

    def act() -> None:
        reason = form.cleaned_data["reason"]
        found.append(actions.reveal_informant(report, reason, by=request.user))

    context = {"title": _("Người báo tin"), "report": report, "form": form,
               "submit_label": _("Mở danh tính"), "cancel_url": _page_of(report)}  # fmt: skip
    shown = form.is_bound and form.is_valid() and done(form, act)
    if shown:
        context |= {"informant": found[0], "shown": True}
    status = 422 if form.is_bound and not shown else 200
    response = page(request, "cases/report_informant.html", context, part="form", status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@needs("cases.receive")
def report_forward(request: UserRequest, pk: UUID) -> HttpResponse:
    report = _seen(request, pk)
    form = ForwardForm(sent(request), user=request.user)

    def act() -> None:
        actions.forward_report(report, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã chuyển tin báo."))

    return answer(
        request, form, act, reverse("cases:report_list"), title=_("Chuyển tin báo"),
        intro=_("Tin báo chuyển ngay đến xã nơi xảy ra vụ việc (khoản 1 Điều 26 NĐ 56/2017)."),
        submit_label=_("Chuyển"), cancel_url=_page_of(report),
    )  # fmt: skip
