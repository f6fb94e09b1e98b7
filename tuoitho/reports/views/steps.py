"""The steps of a report, of a unit and of the whole: one form, one action, back to its page."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.indicators.engine import plan_of
from tuoitho.lib.hanoi import today
from tuoitho.reports import actions, forms
from tuoitho.reports.actions.writing import OVERTAKEN
from tuoitho.reports.composing import letterhead
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.sections import headings
from tuoitho.reports.speakers import issuer_for
from tuoitho.reports.states import Step
from tuoitho.reports.views.details import found_report, found_whole
from tuoitho.reports.views.material import material
from tuoitho.reports.views.shown import must_be_its
from tuoitho.ui.responses import page, see_other

Document = UnitReport | Consolidation
Find = Callable[[UserRequest, int], Document]


def url_of(document: Document) -> str:
    """The page of a report."""
    if isinstance(document, UnitReport):
        return reverse("reports:report_detail", args=[document.pk])
    query = f"?year={document.year}&unit={document.unit.code}"
    return reverse("reports:consolidation_detail") + query


def _page(request: UserRequest, document: Document, **context: Any) -> HttpResponse:
    template = context.pop("template", "reports/step.html")
    form = context["form"]
    context = {
        "document": document, "document_url": url_of(document), "cancel_url": url_of(document),
        "step": context["title"], **context,
    }  # fmt: skip
    return page(request, template, context, status=422 if form.errors else 200, part="form")


@require_POST
@needs("reports.write")
def report_start(request: UserRequest, pk: int) -> HttpResponse:
    """Begin to write: no question is asked."""
    report = found_report(request, pk)
    try:
        actions.start_report(report, by=request.user, on=today())
    except ValidationError:  # somebody has begun it already
        return see_other(request, url_of(report))
    return see_other(request, "reports:report_write", pk)


def _writing(permission: str, find: Find) -> Callable[..., HttpResponseBase]:
    @require_http_methods(["GET", "POST"])
    @needs(permission)
    def view(request: UserRequest, pk: int) -> HttpResponse:
        document = find(request, pk)
        must_be_its(request.user, document, Step.WRITE)
        words = headings(plan_of(document.year), document.year)
        posted = request.POST if request.method == "POST" else None
        form = forms.NarrativeForm(posted, document=document, headings=words)
        if posted and form.is_valid():
            revision = form.cleaned_data["revision"]
            try:
                actions.write_report(
                    document, form.texts, revision=revision, by=request.user, on=today()
                )
            except ValidationError as error:
                _keep(form, error, lambda: find(request, pk))
            else:
                return see_other(request, url_of(document))
        return _page(
            request, document, title=Step.WRITE.label, form=form, fieldsets=form.fieldsets,
            template="reports/write.html", material=material(document, request.user),
        )  # fmt: skip

    return view


def _keep(form: forms.NarrativeForm, error: ValidationError, again: Callable[[], Document]) -> None:
    """What was typed stays in its boxes; if somebody was faster, his text is shown beside it."""
    form.add_error(None, error)
    if getattr(error, "code", "") == OVERTAKEN:
        form.overtaken(again())
        form.add_error(
            None, _("Nội dung bạn viết còn nguyên dưới đây, bên cạnh là bản vừa được lưu. Hãy gộp"
                    " lại rồi bấm Lưu lần nữa.")
        )  # fmt: skip


report_write = _writing("reports.write", found_report)
consolidation_write = _writing("reports.consolidate", found_whole)


def _signing(find: Find) -> Callable[..., HttpResponseBase]:
    @require_http_methods(["GET", "POST"])
    @needs("reports.sign", steady=True)
    def view(request: UserRequest, pk: int) -> HttpResponse:
        document = find(request, pk)
        must_be_its(request.user, document, Step.SIGN)
        form = forms.SignForm(
            request.POST if request.method == "POST" else None,
            initial=_signer(request, document),
        )
        if form.is_bound and form.is_valid():
            try:
                actions.sign_report(document, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return see_other(request, url_of(document))
        return _page(
            request, document, title=Step.SIGN.label, form=form, template="reports/sign.html",
            submit_label=_("Ký báo cáo"),
        )  # fmt: skip

    return view


def _signer(request: UserRequest, document: Document) -> dict[str, Any]:
    issuer = issuer_for(request.user, document) if isinstance(document, Consolidation) else ""
    symbol = letterhead(document, issuer).symbol
    return {
        "signer_name": request.user.full_name, "signer_position": request.user.position,
        "on": today(), "symbol": symbol, "revision": document.revision,
    }  # fmt: skip


report_sign = _signing(found_report)
consolidation_sign = _signing(found_whole)


def _step(
    step: Step, permission: str, find: Find, form_class: type[Any], act: Callable[..., Any],
    intro: str | Promise = "", colour: str = "primary",
) -> Callable[..., HttpResponseBase]:  # fmt: skip
    """The screen of a step that asks for a day or a reason."""

    @require_http_methods(["GET", "POST"])
    @needs(permission)
    def view(request: UserRequest, pk: int) -> HttpResponse:
        document = find(request, pk)
        must_be_its(request.user, document, step)
        form = form_class(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                act(document, **form.cleaned_data, by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return see_other(request, url_of(document))
        return _page(
            request, document, title=step.label, form=form, submit_label=step.label,
            submit_colour=colour, intro=intro,
        )  # fmt: skip

    return view


_NO_CHANGE = gettext_lazy(
    "Bản đã ký giữ nguyên; nội dung mở lại để sửa, ký xong thì bản mới thay bản cũ."
)
report_send = _step(Step.SEND, "reports.write", found_report, forms.DayForm, actions.send_report)
report_accept = _step(
    Step.ACCEPT, "reports.consolidate", found_report, forms.DayForm, actions.accept_report
)
report_return = _step(
    Step.RETURN, "reports.consolidate", found_report, forms.ReasonForm, actions.return_report,
    gettext_lazy("Đơn vị đọc lý do này, sửa và gửi lại; cho tới lúc đó báo cáo coi như chưa gửi."),
    "danger",
)  # fmt: skip
report_amend = _step(
    Step.AMEND, "reports.write", found_report, forms.ReasonForm, actions.amend_report, _NO_CHANGE
)
consolidation_send = _step(
    Step.SEND, "reports.consolidate", found_whole, forms.DayForm, actions.send_report
)
consolidation_amend = _step(
    Step.AMEND, "reports.consolidate", found_whole, forms.ReasonForm, actions.amend_report,
    _NO_CHANGE,
)  # fmt: skip
consolidation_withdraw = _step(
    Step.WITHDRAW, "reports.consolidate", found_whole, forms.ReasonForm, actions.withdraw_figures,
    gettext_lazy("Số liệu không còn trên trang công khai."), "danger",
)  # fmt: skip
