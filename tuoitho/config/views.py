"""What only the whole installation can answer: is it alive?"""

from importlib.metadata import version

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tuoitho.access.guards import public


@require_safe
@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with the version when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": version("tuoitho")})
