"""How full a provider of the directory is, before one more child is sent there."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from tuoitho.cases.models import Provider
from tuoitho.units.models import Organisation


@dataclass(frozen=True)
class Room:
    """What a provider says it can take at a time, and how many referrals are open with it."""

    capacity: int
    open: int

    @property
    def is_full(self) -> bool:
        """One more would be beyond what it can take."""
        return self.open >= self.capacity


def open_referrals(receiver_id: int) -> int:
    """Waiting for an answer or being helped, from every commune; never of a sealed case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_open_referrals(%s)", [receiver_id])
        return int(cursor.fetchone()[0])


def room_at(receiver: Organisation, on: date) -> Room | None:
    """None when the directory says nothing of its capacity on that day."""
    provider = Provider.objects.as_of(on).filter(organisation=receiver).first()
    if provider is None or provider.capacity is None:
        return None
    return Room(provider.capacity, open_referrals(receiver.pk))
