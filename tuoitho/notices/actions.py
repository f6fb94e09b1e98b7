"""Telling people, marking as read, choosing how to be told."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.jobs.actions import enqueue
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now
from tuoitho.notices.kinds import KINDS, Way, table_behind
from tuoitho.notices.models import Notice, NoticeSetting
from tuoitho.units.models import Unit


@transaction.atomic
def notify(
    to: Iterable[User],
    kind: str,
    *,
    subject: str,
    url_name: str,
    url_args: tuple[Any, ...] = (),
    unit: Unit | None,
    by: Actor,
) -> None:
    """Tell each of ``to``: in the system, and by e-mail as each has chosen.

    ``subject`` is read in the system only, and only by who sees the file then; an e-mail says no
    more than the title of the kind. A page of a file has the file's key as its first argument.
    Raises KeyError for an unknown kind or page.
    """
    chosen, table = KINDS[kind], table_behind(url_name)
    people = {person.pk: person for person in to}
    ways = dict(
        NoticeSetting.objects.filter(kind=kind, user__in=people).values_list("user_id", "way")
    )
    ways = {pk: ways.get(pk, chosen.default) for pk in people}
    notices = [
        Notice(
            to=person, kind=kind, subject=subject, url_name=url_name,
            url_args=[str(a) if isinstance(a, UUID) else a for a in url_args],
            unit=unit, by_name=by.actor_name, **_about(table, url_args),
        )
        for pk, person in people.items()
        if ways[pk] != Way.OFF or chosen.duty
    ]  # fmt: skip
    Notice.objects.bulk_create(notices)
    at_once = [n for n in notices if ways[n.to_id] == Way.MAIL and n.to.email]
    if at_once:
        pairs = {str(notice.pk): notice.to_id for notice in at_once}
        enqueue("notices.mail", {"to": pairs}, by=system_actor())


def _about(table: str, url_args: tuple[Any, ...]) -> dict[str, Any]:
    """The row a page shows. Raises ValueError when its key is not the first argument."""
    if not table:
        return {}
    if not url_args:
        raise ValueError(f"a page of {table} needs its key as first argument")
    key = url_args[0]
    name = "about_uuid" if isinstance(key, UUID) else "about_id"
    return {"about": table, name: key}


@transaction.atomic
def mark_read(notices: Iterable[Notice], *, by: Actor) -> int:
    """Mark one's own notices as read. Returns how many were unread."""
    mine = Notice.objects.filter(to_id=by.pk, pk__in=[n.pk for n in notices], read_at=None)
    return mine.update(read_at=now())


@transaction.atomic
def mark_all_read(*, by: Actor) -> int:
    """Mark all one's notices as read. Returns how many were unread."""
    return Notice.objects.filter(to_id=by.pk, read_at=None).update(read_at=now())


@transaction.atomic
def choose_ways(ways: Mapping[str, str], *, by: Actor) -> None:
    """How this person wants each kind. Raises ValidationError: unknown, or a duty switched off."""
    for kind, way in ways.items():
        if kind not in KINDS or way not in Way.values:
            raise ValidationError(_("Không có loại thông báo hoặc cách nhận này."))
        if way == Way.OFF and KINDS[kind].duty:
            raise ValidationError({kind: _("Thông báo này theo luật định, không tắt được.")})
    for kind, way in ways.items():
        NoticeSetting.objects.update_or_create(user_id=by.pk, kind=kind, defaults={"way": way})
    record("notices.choose", None, by=by, after=dict(ways))
