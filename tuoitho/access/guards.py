"""The guard of every screen: who may open it, and as whom the database answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from tuoitho.access.models import User
from tuoitho.access.permissions import PERMISSIONS, PUBLIC
from tuoitho.access.person import acting_as, at_once, steadily

View = Callable[..., HttpResponseBase]


class UserRequest(HttpRequest):
    """A request whose person is signed in: ``request.user`` is our User."""

    user: User


def needs(
    permission: str, *, steady: bool = False
) -> Callable[[Callable[..., HttpResponse]], View]:
    """Only people who hold ``permission`` somewhere; strangers get 404, and nobody signed in is
    sent to sign in. The view runs in one transaction, with its person told to the database.

    A person who may look into the room but lacks this verb gets 403. ``steady``: what the view
    reads is of one moment (``access.person.steadily``), for figures that must agree. Raises
    KeyError at import for a permission that is not in the catalogue.
    """
    if permission not in PERMISSIONS:
        raise KeyError(f"unknown permission {permission!r}; see access/permissions.py")
    look = permission.split(".")[0] + ".view"
    act_as = steadily if steady else at_once

    def guard(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            user = request.user
            if not user.may(permission):
                if look in PERMISSIONS and user.may(look):
                    raise PermissionDenied(permission)
                raise Http404
            return act_as(user, lambda: view(request, *args, **kwargs))

        guarded.permission = permission  # type: ignore[attr-defined]
        # A steady transaction must be the outermost one, not within the request's.
        return transaction.non_atomic_requests(guarded) if steady else guarded

    return guard


def public(view: Callable[..., HttpResponse]) -> View:
    """A screen anyone may open. Nobody acts in it: the database shows no row about people."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with acting_as(None):
            return view(request, *args, **kwargs)

    open_view.permission = PUBLIC  # type: ignore[attr-defined]
    return open_view
