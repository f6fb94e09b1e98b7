"""What the timeline is made of: a kind of row, how it is found, what it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import HANOI
from tuoitho.people.models import Child

# The groups a reader may choose between, in the order of the buttons.
KINDS: dict[str, str | Promise] = {
    "news": _("Tin báo"),
    "law": _("Sàng lọc, kết luận"),
    "case": _("Các bước hồ sơ"),
    "help": _("Hỗ trợ"),
    "visit": _("Thăm hộ"),
    "life": _("Học tập, nơi ở"),
    "paper": _("Giấy tờ, đồng ý"),
    "look": _("Ai đã xem"),
}


@dataclass(frozen=True)
class Entry:
    """One entry as ``{% timeline %}`` draws it; ``when`` is a day or an aware moment."""

    when: date | datetime
    title: str
    text: str = ""
    icon: str = "clock"
    who: str = ""
    url: str = ""


@dataclass(frozen=True)
class Raw:
    """One row as the query gives it: plain facts, and the row's encrypted text opened."""

    when: datetime
    key: str
    facts: Mapping[str, Any]
    text: str

    @property
    def day(self) -> date:
        return self.when.astimezone(HANOI).date()

    @property
    def number(self) -> int:
        """The primary key of a row numbered by the database."""
        return int(self.key)


Finder = Callable[[Child, User], QuerySet[Any]]


@dataclass(frozen=True)
class Source:
    """Rows of one noun on the timeline.

    ``rows`` gives only what the person may see. ``when`` names a day or moment of the row (without
    one it is no entry), ``facts`` what ``draw`` needs (name → field path), ``secret`` an encrypted
    field. Asked only for people who hold ``permission`` somewhere.
    """

    code: str
    kind: str
    model: type[Model]
    rows: Finder
    when: str
    facts: Mapping[str, str]
    draw: Callable[[Raw], Entry]
    secret: str = ""
    permission: str = "cases.view"

    @property
    def place(self) -> str:
        """Where the encrypted text of a row lies (see ``lib.crypto``)."""
        field = self.model._meta.get_field(self.secret)
        if not isinstance(field, EncryptedTextField):
            raise TypeError(f"{self.model.__name__}.{self.secret} is not encrypted")
        return field.place
