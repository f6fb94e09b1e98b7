"""Pages for everyone. No row about people is read here: the database would show none."""

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.actions import system_actor
from tuoitho.access.guards import public
from tuoitho.access.person import acting_as
from tuoitho.cases.actions import receive_report
from tuoitho.lib.hanoi import now
from tuoitho.portal.forms import ConcernForm, ReceiptForm
from tuoitho.reports.published import published_figures, receipt_status
from tuoitho.ui.responses import page, see_other

RECEIPT = "portal_receipt"
# Seconds. The next person at a shared computer must not learn that somebody has told.
REMEMBERED = 15 * 60


@require_GET
@public
def home(request: HttpRequest) -> HttpResponse:
    """Where to turn to; people with work in the system go on to it."""
    if request.user.is_authenticated and request.user.may("dashboard.view"):
        return see_other(request, "dashboard:today")
    return page(request, "portal/home.html", {"title": _("Trẻ em được đi học, được vui chơi")})


@require_GET
@public
def figures(request: HttpRequest) -> HttpResponse:
    """What the programme has reached, year by year: published figures, small numbers hidden."""
    everything = published_figures()
    year, area = request.GET.get("year", ""), request.GET.get("area", "")
    wanted = [
        found for found in everything
        if str(found.year) == (year or str(found.year)) and (not area or found.area_code == area)
    ]  # fmt: skip
    context = {
        "title": _("Kết quả thực hiện Chương trình"), "published": everything,
        "shown": wanted[0] if wanted else None,
    }  # fmt: skip
    return page(request, "portal/figures.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@public
def report_new(request: HttpRequest) -> HttpResponse:
    """Report a concern. Too many from one address in an hour are sent to the phone instead."""
    form = ConcernForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        code, status = _sent(request, form)
        if code:
            _remember(request, code)
            return see_other(request, "portal:report_done")
    context = {"form": form, "title": _("Báo tin về một trẻ em")}
    return page(request, "portal/report_new.html", context, part="form", status=status)


def _sent(request: HttpRequest, form: ConcernForm) -> tuple[str, int]:
    """The receipt code of the report made, or "" and the status of the page that says why not."""
    if not form.is_valid():
        return "", 422
    if not ratelimit.consume(request, action="portal_report", dry_run=True):
        form.add_error(None, _("Có quá nhiều tin từ một nơi trong một giờ. Hãy gọi 111, miễn phí."))
        return "", 429
    visitor = system_actor("public")
    try:
        with acting_as(visitor):
            _report, code = receive_report(
                form.cleaned_data["unit"], channel="public", received_at=now(), by=visitor,
                happening=form.cleaned_data["happening"], **form.facts(),
            )  # fmt: skip
    except ValidationError as error:
        form.refuse(error)
        return "", 422
    ratelimit.consume(request, action="portal_report")  # a mistake does not use up the limit
    return code, 200


def _remember(request: HttpRequest, code: str) -> None:
    request.session[RECEIPT] = code
    if not request.user.is_authenticated:
        request.session.set_expiry(REMEMBERED)


@never_cache
@require_GET
@public
def report_done(request: HttpRequest) -> HttpResponse:
    """The code, shown for some minutes to the browser that sent the report."""
    code = request.session.get(RECEIPT, "")
    if not code:
        return see_other(request, "portal:report_new")
    half = len(code) // 2
    context = {"title": _("Đã nhận tin"), "code": f"{code[:half]}-{code[half:]}"}
    return page(request, "portal/report_done.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@public
def receipt(request: HttpRequest) -> HttpResponse:
    """What became of a report; nothing about a child, a place or a person."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    found, status = None, 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if not ratelimit.consume(request, action="portal_receipt"):
            form.add_error(None, _("Đã tra cứu quá nhiều lần. Hãy thử lại sau vài phút."))
            status = 429
        elif found := receipt_status(form.cleaned_data["code"]):
            status = 200
        else:
            form.add_error("code", _("Không có mã này. Hãy xem lại từng chữ."))
    context = {"form": form, "found": found, "title": _("Tra cứu tin báo")}
    return page(request, "portal/receipt.html", context, part="form", status=status)
