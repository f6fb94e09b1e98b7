"""Vietnamese first: English only for those who chose it here."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class VietnameseFirst:
    """Hides the browser's own language from Django's LocaleMiddleware, which stands after it.

    A phone bought abroad asks for English pages although its owner reads Vietnamese; the choice in
    the footer (a cookie) still counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return self.get_response(request)
