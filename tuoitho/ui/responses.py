"""The answers a view gives: a page (or one named part of it), or "look over there"."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page (not a boosted visit, not the back button)."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page; for an htmx request, only ``part`` of it."""
    if part and wants_part(request):
        template = f"{template}#{part}"
    response = render(request, template, context, status=status)
    # One address, two bodies: without this the back button shows a bare fragment.
    patch_vary_headers(response, ["HX-Request"])
    return response


def see_other(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser to ``to`` (URL name, address or object) after something was done.

    303, so that a reload does not send the form again; htmx gets HX-Redirect, because it would
    follow a 303 silently and swap the whole new page into the small part it asked for.
    """
    address = resolve_url(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
