"""The bell in the frame of every page: how many notices nobody has read."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tuoitho.notices.models import count_unread

MOST = 100  # more are shown as "99+": counting asks about the sight of every row


def unread(request: HttpRequest) -> dict[str, object]:
    """``unread_notices`` for ui/top_bar.html; asked only when a page draws the frame."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.may("notices.view"):
        return {}
    return {"unread_notices": SimpleLazyObject(lambda: _count(user))}


def _count(user: object) -> str:
    count = count_unread(user, MOST)
    return "99+" if count >= MOST else str(count)
