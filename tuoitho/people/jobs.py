"""Works of this room: looking for doubles in the whole register, in pieces and every morning."""

from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.jobs.registry import Args, Every, Work, register
from tuoitho.lib.hanoi import today
from tuoitho.people.actions.linking import forget_old_pairs, link_register, waiting_words

LINK = "people.link_register"
# Each piece is a transaction of its own: a crash loses at most one, and progress is seen.
PIECES: dict[str, tuple[str, ...]] = {
    "birth": ("birth_given", "birth_unit", "turned_given"),
    "name": ("words_year", "words_unit", "ends_place"),
    "carers": ("birth_carer", "carer_year", "given_carer", "number"),
}
END = "end"


def _pieces(_args: Args, _by: User) -> list[str]:
    """The pieces of one run, which all carry its key."""
    run = uuid4()
    return [f"{run}:{piece}" for piece in (*PIECES, END)]


def _one(_args: Args, key: str, by: User) -> str:
    text, piece = key.split(":")
    run = UUID(text)
    if piece == END:
        return waiting_words(forget_old_pairs(by=by, on=today(), run=run))
    found = link_register(by=by, on=today(), run=run, blocks=PIECES[piece])
    return _("%(n)s cặp giống nhau.") % {"n": found}


register(Work(LINK, gettext_lazy("Tìm trẻ có thể bị trùng"), _pieces, _one, every=Every.DAY))
