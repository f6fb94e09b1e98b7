"""What only the whole installation can answer: is it alive?"""

from importlib.metadata import version

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuoitho.access.guards import public
from tuoitho.ui.responses import page


@require_safe
@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with the version when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": version("tuoitho")})


@require_safe
@public
def password_help(request: HttpRequest) -> HttpResponse:
    """Who forgot the password is told whom to ask."""
    return page(request, "config/password_help.html", {"title": _("Quên mật khẩu")})
