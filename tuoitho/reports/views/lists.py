"""Who owes a report, who has sent it, who is late; calling for the reports of a year."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.lib.hanoi import today
from tuoitho.reports import actions
from tuoitho.reports.forms import BeginForm, WholeForm
from tuoitho.reports.models import UnitReport, UnitReportQuerySet
from tuoitho.reports.speakers import uncalled
from tuoitho.reports.states import State
from tuoitho.reports.views.choice import wholes, years
from tuoitho.reports.views.filters import ReportFilter
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other

COLOURS = {
    State.OWED: "secondary", State.DRAFT: "yellow", State.SIGNED: "blue", State.SENT: "orange",
    State.RETURNED: "red", State.ACCEPTED: "green",
}  # fmt: skip


@require_GET
@needs("reports.view")
def report_list(request: UserRequest) -> HttpResponse:
    day = today()
    rows = UnitReport.objects.visible_to(request.user).select_related("unit")
    found = ReportFilter(request.GET, queryset=rows, request=request).qs
    return listing(
        request, rows, _columns(), filterset=ReportFilter, default_sort="unit__code",
        title=_("Báo cáo năm"), actions=_buttons(request),
        empty=_("Năm này chưa có danh sách báo cáo phải nộp."),
        template="reports/report_list.html", filename="bao-cao-nam",
        context={"stats": _stats(found, request), "day": day},
    )  # fmt: skip


def _columns() -> list[Column]:
    day = today()
    return [
        Column("name", _("Đơn vị báo cáo"), lambda r: r.name, sort="name",
               link=lambda r: reverse("reports:report_detail", args=[r.pk])),
        Column("year", _("Năm"), lambda r: r.year, sort="year", hide_small=True),
        Column("state", _("Tình trạng"), lambda r: r.get_state_display(),
               badge=lambda r: COLOURS[r.state]),
        Column("due_on", _("Hạn gửi"), lambda r: r.due_on, sort="due_on", hide_small=True),
        Column("sent_on", _("Ngày gửi"), lambda r: r.sent_on if r.is_delivered else None,
               sort="sent_on"),
        Column("late", _("Chậm (ngày)"), lambda r: r.days_late(day) or None,
               badge=lambda r: "red" if r.days_late(day) else ""),
        Column("unit", _("Địa bàn"), lambda r: r.unit.name, sort="unit__code", hide_small=True),
    ]  # fmt: skip


def _buttons(request: UserRequest) -> list[Action]:
    buttons = [
        Action(_("Báo cáo tổng hợp"), reverse("reports:consolidation_detail"), "report"),
        Action(_("Sơ kết, tổng kết"), reverse("reports:period_review"), "target-arrow"),
    ]
    if request.user.may("reports.consolidate"):
        buttons.insert(0, Action(_("Mở danh sách của năm"), reverse("reports:report_call")))
    elif request.user.may("reports.write") and uncalled(request.user, today().year):
        buttons.insert(0, Action(_("Lập báo cáo năm nay"), reverse("reports:report_new")))
    return buttons


def _stats(rows: UnitReportQuerySet, request: UserRequest) -> list[dict[str, Any]]:
    """Numbers above the list, each of which opens the rows it counts."""
    given = request.GET.copy()
    for name in ("after", "before", "sort", "state", "sending"):
        given.pop(name, None)
    counted = rows.counts(today())
    parts: tuple[tuple[str, int, dict[str, str], str], ...] = (
        (_("Phải báo cáo"), counted["owed"], {}, ""),
        (_("Đã gửi"), counted["delivered"], {"sending": "delivered"}, "green"),
        (_("Chờ tiếp nhận"), counted["waiting"], {"state": State.SENT.value}, "orange"),
        (_("Chậm hạn"), counted["late"], {"sending": "late"}, "red"),
    )
    return [
        {"label": label, "value": value, "colour": colour if value else "",
         "url": f"?{_with(given, more)}"}
        for label, value, more, colour in parts
    ]  # fmt: skip


def _with(given: Any, more: dict[str, str]) -> str:
    query = given.copy()
    for name, value in more.items():
        query[name] = value
    query.setdefault("year", str(today().year))
    return str(query.urlencode())


@require_http_methods(["GET", "POST"])
@needs("reports.consolidate")
def report_call(request: UserRequest) -> HttpResponse:
    """Put on the list everybody who owes a report of a year."""
    form = WholeForm(
        request.POST if request.method == "POST" else None, years=years(),
        units=wholes_of_any_year(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        try:
            actions.call_reports(form.cleaned_data["unit"], year, by=request.user, on=today())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, f"{reverse('reports:report_list')}?year={year}")
    context = {
        "title": _("Mở danh sách báo cáo của năm"), "form": form, "submit_label": _("Mở danh sách"),
        "intro": _("Mọi xã, phòng, ban, đoàn thể phải báo cáo theo Kế hoạch được đưa vào danh sách;"
                   " đơn vị đã có thì giữ nguyên."),
        "cancel_url": reverse("reports:report_list"),
    }  # fmt: skip
    return page(request, "ui/form.html", context, status=422 if form.errors else 200, part="form")


def wholes_of_any_year(request: UserRequest) -> Any:
    """The district and the area that continues it: each for the years it had."""
    scope = request.user.scope("reports.consolidate")
    units = wholes(request.user, today().year, "reports.consolidate")
    if scope.everywhere:
        return units
    return units | wholes(request.user, 2024, "reports.consolidate")


@require_http_methods(["GET", "POST"])
@needs("reports.write")
def report_new(request: UserRequest) -> HttpResponse:
    """Begin one's own report of this year before it is called for."""
    year = today().year
    owed = uncalled(request.user, year)
    form = BeginForm(request.POST if request.method == "POST" else None, owed=owed)
    if request.method == "POST" and form.is_valid():
        mine = form.chosen
        try:
            report = actions.begin_report(
                mine.unit, mine.office, year, by=request.user, on=today()
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "reports:report_write", report.pk)
    context = {
        "title": _("Lập báo cáo năm %(year)s") % {"year": year}, "form": form, "owed": owed,
        "submit_label": _("Bắt đầu viết"), "cancel_url": reverse("reports:report_list"),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return page(request, "reports/report_new.html", context, status=status, part="form")
