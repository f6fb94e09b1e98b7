"""Keys of the API: each person's own."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.forms import TokenForm
from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.permissions import PERMISSIONS
from tuoitho.access.tokens import create_token, revoke_token
from tuoitho.lib.hanoi import today
from tuoitho.ui.responses import page, see_other


@require_GET
@needs("interop.api")
def token_list(request: UserRequest) -> HttpResponse:
    tokens = request.user.api_tokens.order_by("-pk")
    rows = [(token, [PERMISSIONS[code] for code in token.permissions]) for token in tokens]
    context = {"title": _("Khoá API của tôi"), "rows": rows, "today": today()}
    return page(request, "access/token_list.html", context)


@require_http_methods(["GET", "POST"])
@needs("interop.api")
def token_new(request: UserRequest) -> HttpResponse:
    """A new key; its text is on the answer to this form and nowhere else afterwards."""
    form = TokenForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_bound and form.is_valid():
        try:
            token, secret = create_token(request.user, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            context = {"title": _("Khoá mới"), "token": token, "secret": secret}
            return page(request, "access/token_made.html", context)
    context = {
        "form": form,
        "title": _("Tạo khoá API"),
        "cancel_url": reverse("access:token_list"),
    }
    status = 422 if form.is_bound else 200
    return page(request, "ui/form.html", context, part="form", status=status)


@require_POST
@needs("interop.api")
def token_revoke(request: UserRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(request.user.api_tokens, pk=pk)
    revoke_token(token, by=request.user)
    return see_other(request, "access:token_list")
