"""Whom to tell when something passes between two bodies. Never with a child's name: a notice names
the kind of help and the bodies, and leads to a page that asks for sight again."""

from collections.abc import Iterable

from tuoitho.access.models import User
from tuoitho.access.permissions import ROLES
from tuoitho.cases.models import Handover, Referral
from tuoitho.cases.need_to_know import who_steps
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.notices.actions import notify
from tuoitho.units.models import Unit


def answerers(receiver_id: int) -> list[User]:
    """People who answer for that body today."""
    roles = [role for role, (_label, held) in ROLES.items() if "cases.answer" in held]
    people = User.objects.filter(
        is_active=True, is_system=False, assignments__organisation=receiver_id,
        assignments__role__in=roles, assignments__valid__contains=today(),
    )  # fmt: skip
    return list(people.distinct().order_by("pk"))


def to_receiver(referral: Referral, kind: str, *, by: Actor) -> None:
    """Tell those who answer for the body that was asked; of a sealed case nobody."""
    if not referral.sealed:
        _tell(answerers(referral.receiver_id), kind, referral, "cases:inbox_detail", by)


def to_sender(referral: Referral, kind: str, *, by: Actor) -> None:
    """Tell those who work on the case in its commune."""
    _tell(who_steps("cases.work", referral), kind, referral, "cases:referral_detail", by)


def _tell(people: Iterable[User], kind: str, referral: Referral, url_name: str, by: Actor) -> None:
    others = [person for person in people if person.pk != by.pk]
    notify(others, kind, subject=str(referral), url_name=url_name, url_args=(referral.pk,),
           unit=referral.unit, by=by)  # fmt: skip


def of_handover(offer: Handover, kind: str, *, to: Unit | None, by: Actor) -> None:
    """Tell those who take cases over in ``to`` (None: outside the area, nobody)."""
    if to is None:
        return
    people = who_steps("cases.transfer", offer, unit=to)
    notify(people, kind, subject=str(offer), url_name="cases:handover_detail",
           url_args=(offer.pk,), unit=to, by=by)  # fmt: skip
