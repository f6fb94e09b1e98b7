"""What the frame around every page needs: the menu, the person, the languages, the hotlines."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject

from tuoitho.ui.menu import MENU

HOTLINES = (("111", "111"), ("02433525662", "02433.525.662"))


@dataclass(frozen=True)
class Link:
    """A line of the menu as drawn: its address, and whether it is where we are."""

    label: str | Promise
    url: str
    icon: str
    current: bool


@cache
def _address(url_name: str) -> str:
    """The address of a page, or nothing when this installation has no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _menu(request: HttpRequest) -> list[Link]:
    may = getattr(request.user, "may", None)
    if may is None:  # nobody has signed in
        return []
    offered = [(item, _address(item.url_name)) for item in MENU if may(item.permission)]
    match = getattr(request, "resolver_match", None)
    return [
        Link(item.label, url, item.icon, _is_here(request, match, item.url_name, url))
        for item, url in offered
        if url
    ]


def _is_here(request: HttpRequest, match: Any, url_name: str, url: str) -> bool:
    if request.path == url:
        return True
    # A page below a list ("/cases/17/") belongs to the list whose address it continues.
    same_room = match is not None and match.namespace == url_name.partition(":")[0]
    return bool(same_room and url != "/" and request.path.startswith(url))


def _home(request: HttpRequest) -> Any:
    """The assignment shown beside the name; None for guests and for people without a role."""
    home = getattr(getattr(request, "user", None), "home", None)
    return home() if home else None


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of ``ui/base.html``; the menu is drawn only if a template asks for it."""
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    return {
        "menu": SimpleLazyObject(lambda: _menu(request) if signed_in else []),
        "home_assignment": SimpleLazyObject(lambda: _home(request)),
        "hotlines": HOTLINES,
        "languages": settings.LANGUAGES,
        "demo_banner": getattr(settings, "DEMO_BANNER", False),
    }
