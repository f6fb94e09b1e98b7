"""Who may read which events of the log, and how an action is called in words."""

from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.access.permissions import PERMISSIONS
from tuoitho.audit.models import Event, EventQuerySet


def readable_events(user: User) -> EventQuerySet:
    """Events of the units in which ``user`` holds ``audit.view`` (the database checks it again)."""
    scope = user.scope("audit.view")
    events = Event.objects.all()
    return events if scope.everywhere else events.filter(unit_key__in=sorted(scope.unit_ids))


def action_label(action: str) -> str:
    """The sentence of the permission catalogue for an action's code, or the code itself."""
    if action == "people.view":
        return _("Xem hồ sơ trẻ")
    return str(PERMISSIONS.get(action, action))
