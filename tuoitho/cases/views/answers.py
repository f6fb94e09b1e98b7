"""What the screens of the room share: the life of a small form, and who may press what."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from tuoitho.access.guards import UserRequest
from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases.forms.base import RoomForm
from tuoitho.cases.models import Case, Report, Screening
from tuoitho.cases.models.sight import may_step
from tuoitho.ui.responses import page, see_other


def sent(request: UserRequest) -> Any:
    """What was posted, or None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def may(user: User, permission: str, row: Case | Report) -> bool:
    """Whether ``user`` may take a step of it (a sealed one is worked on by who sees it)."""
    return may_step(user, permission, row)


def seen(action: str, row: Case | Report | Screening, user: User) -> None:
    """Write down that ``user`` opened it; of what is sealed without unit and child, so that readers
    of the commune's log do not learn of it."""
    hidden: dict[str, Any] = {"unit_key": None, "child_key": None} if row.sealed else {}
    record(action, row, by=user, **hidden)


def done(form: RoomForm, act: Callable[[], Any]) -> bool:
    """Run the action of a valid form; what it refuses goes into the form."""
    try:
        with transaction.atomic():
            act()
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


def answer(
    request: HttpRequest,
    form: RoomForm,
    act: Callable[[], Any],
    back: str | Callable[[], str],
    **context: Any,
) -> HttpResponse:
    """The life of a small form: shown, sent, refused with everything kept, or done and back."""
    if form.is_bound and form.is_valid() and done(form, act):
        return see_other(request, back() if callable(back) else back)
    context = {"form": form, **context}
    return page(request, "ui/form.html", context, part="form", status=422 if form.is_bound else 200)
