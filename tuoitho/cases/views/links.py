"""The pages of a body without an account: a key, a confirmation, the little it needs, its answer.

Nobody acts here; the database shows nothing. What is shown was looked up by the key alone.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuoitho.access.guards import public
from tuoitho.cases.actions import answer_by_link
from tuoitho.cases.actions.linking import note_opening, opened
from tuoitho.cases.forms.exchange import KeyForm, LinkAnswerForm
from tuoitho.cases.links import hash_of, spaced
from tuoitho.cases.models import Referral
from tuoitho.lib.crypto import keyed_hash
from tuoitho.ui.responses import page, see_other

TRIES = 30  # wrong keys from one address
FORGOTTEN_AFTER = 10 * 60  # seconds
NOT_GOOD = gettext_noop("Đường dẫn này không đúng, đã dùng hoặc đã hết hạn.")


@never_cache
@require_http_methods(["GET", "POST"])
@public
def link_enter(request: HttpRequest) -> HttpResponse:
    """Type the printed key."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        key = "".join(c for c in form.cleaned_data["key"].upper() if c.isalnum())
        if hash_of(key):
            return see_other(request, reverse("cases:link_open", args=[spaced(key)]))
        form.add_error("key", _("Mã có 16 chữ và số. Hãy xem lại từng chữ."))
    context = {"title": _("Trả lời đề nghị hỗ trợ"), "form": form, "submit_label": _("Tiếp tục")}
    return page(request, "cases/link_enter.html", context, part="form",
                status=422 if form.is_bound else 200)  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@public
def link_open(request: HttpRequest, key: str) -> HttpResponse:
    """First who is asked and for what kind of help; the child only after a confirmation."""
    wrong = _wrong_keys(request)
    if cache.get(wrong, 0) >= TRIES:
        sorry = _("Đã thử quá nhiều lần. Hãy thử lại sau vài phút.")
        return page(request, "cases/link_gone.html", {"title": sorry}, status=429)
    referral = opened(key)
    if referral is None:
        cache.add(wrong, 0, FORGOTTEN_AFTER)
        cache.incr(wrong)
        return page(request, "cases/link_gone.html", {"title": _(NOT_GOOD)}, status=404)
    context: dict[str, Any] = {
        "referral": referral, "title": _("Đề nghị hỗ trợ một trẻ em"), "key": key,
    }  # fmt: skip
    if request.method != "POST":
        return page(request, "cases/link_confirm.html", context)
    if request.POST.get("step") != "answer":
        note_opening(referral)
        context["form"] = LinkAnswerForm(referral=referral)
        return page(request, "cases/link_answer.html", context)
    return _answered(request, key, referral)


def _wrong_keys(request: HttpRequest) -> str:
    """Where the wrong keys of an address are counted; the address itself is not kept."""
    return "referral_link:" + keyed_hash(str(get_adapter().get_client_ip(request)), purpose="ip")


def _answered(request: HttpRequest, key: str, referral: Referral) -> HttpResponse:
    form = LinkAnswerForm(request.POST, referral=referral)
    if form.is_valid():
        data = dict(form.cleaned_data)
        name = data.pop("answer", "finish")
        try:
            answer_by_link(key, name, **data)
        except ValidationError as error:
            form.refuse(error)
        else:
            context = {"title": _("Cảm ơn, đã ghi câu trả lời"), "name": name}
            return page(request, "cases/link_done.html", context)
    context = {"referral": referral, "title": _("Đề nghị hỗ trợ một trẻ em"), "key": key,
               "form": form}  # fmt: skip
    return page(request, "cases/link_answer.html", context, part="form", status=422)
