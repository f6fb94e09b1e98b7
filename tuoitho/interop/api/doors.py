"""Who knocks: a token of a person, restricted; and how an answer is refused."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as BadInput
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from tuoitho.access.models import User
from tuoitho.access.permissions import PERMISSIONS
from tuoitho.access.person import acting_as
from tuoitho.access.tokens import person_of
from tuoitho.interop.api.wording import in_vietnamese

MINUTE = 60
A_MINUTE = 120  # requests of one person, all tokens together


class ApiRequest(HttpRequest):
    """A request with a good token: ``request.auth`` is its person, restricted to the token."""

    auth: User


class TokenAuth(HttpBearer):
    """``Authorization: Bearer TOKEN``."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return person_of(token)


class PersonRate(BaseThrottle):
    """So many requests a minute for each person, counted where all web processes see it."""

    def allow_request(self, request: HttpRequest) -> bool:
        person: User = request.auth  # type: ignore[attr-defined]
        key = f"api-rate-{person.pk}-{int(time()) // MINUTE}"
        count: int = cache.get(key, 0) + 1
        cache.set(key, count, 2 * MINUTE)
        return count <= A_MINUTE

    def wait(self) -> float:
        return MINUTE - time() % MINUTE


def acts(*permissions: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The operation needs all ``permissions``; the database answers as the token's person.

    As on the screens: who lacks one, but may look into that room, gets 403, and everybody else 404.
    Raises KeyError at import for a permission that is not in the catalogue.
    """
    if unknown := set(permissions) - set(PERMISSIONS):
        raise KeyError(f"unknown permissions {sorted(unknown)}; see access/permissions.py")

    def guard(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def guarded(request: ApiRequest, *args: Any, **kwargs: Any) -> Any:
            for permission in permissions:
                _ask(request.auth, permission)
            with acting_as(request.auth):
                return operation(request, *args, **kwargs)

        return guarded

    return guard


def _ask(person: User, permission: str) -> None:
    if person.may(permission):
        return
    look = permission.split(".")[0] + ".view"
    if look in PERMISSIONS and person.may(look):
        raise PermissionDenied(permission)
    raise Http404


def answer_errors(api: NinjaAPI) -> None:  # noqa: C901 - one small handler for each way to refuse
    """Every refusal in one shape: ``{"errors": {field or "__all__": [sentence, …]}}``."""

    def refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
        return api.create_response(request, {"errors": {"__all__": [sentence]}}, status=status)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        return api.create_response(request, {"errors": fields}, status=422)

    @api.exception_handler(BadInput)
    def not_understood(request: HttpRequest, error: BadInput) -> HttpResponse:
        return api.create_response(request, {"errors": in_vietnamese(error.errors)}, status=422)

    @api.exception_handler(AuthenticationError)
    def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        answer = refused(request, 401, _("Thiếu khoá API, hoặc khoá đã hết hạn hay bị thu hồi."))
        answer["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(PermissionDenied)
    def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return refused(request, 403, _("Khoá này không có quyền làm việc đó ở đây."))

    @api.exception_handler(Http404)
    def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
        return refused(request, 404, _("Không có gì ở địa chỉ này."))

    @api.exception_handler(Throttled)
    def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
        answer = refused(request, 429, _("Quá nhiều yêu cầu trong một phút. Hãy thử lại sau."))
        answer["Retry-After"] = str(int(error.wait or MINUTE) + 1)
        return answer

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        sentence = _("Không đọc được yêu cầu: nội dung phải là JSON viết bằng UTF-8.")
        return refused(request, error.status_code, sentence)
