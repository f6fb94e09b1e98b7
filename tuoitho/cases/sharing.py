"""May this be shared about this child, on what, and what is missing for it?

Luật Trẻ em 2016 Điều 6 khoản 11 asks the child of 7 or more and the parents or guardian, each for
themselves; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 Điều 24 says the same of publication, and
Điều 19 khoản 1 names where nobody is asked (before 2026: Nghị định 13/2023/NĐ-CP Điều 17, 20).
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.cases.exchange_states import ConsentState
from tuoitho.cases.models import Case, Consent, Ground, Party, Purpose, SharingBasis
from tuoitho.people.models import Child
from tuoitho.units.models import Organisation

ASKED_FROM = 7  # full years, Luật Trẻ em Điều 6 khoản 11
ADULT_LAW_AGE = 16  # Luật Trẻ em Điều 1: from here the person's own word is enough
DATA_LAW = date(2026, 1, 1)  # Luật 91/2025/QH15 in force
DATA_DECREE = date(2023, 7, 1)  # Nghị định 13/2023/NĐ-CP in force
BASIS = "khoản 11 Điều 6 Luật Trẻ em 2016; Điều 24 Luật 91/2025/QH15"

NEVER_ASKED: dict[str, str | Promise] = {
    Party.CHILD: gettext_lazy("chưa có ý kiến của trẻ (từ đủ 7 tuổi)"),
    Party.GUARDIAN: gettext_lazy("chưa có ý kiến của cha, mẹ hoặc người giám hộ"),
}
SAID_NO: dict[str, str | Promise] = {
    Party.CHILD: gettext_lazy("trẻ không đồng ý"),
    Party.GUARDIAN: gettext_lazy("cha, mẹ hoặc người giám hộ không đồng ý"),
}
DUTY = "khoản 2 Điều 52 Luật Trẻ em 2016"


@dataclass(frozen=True)
class Claim:
    """A ground named by who shares, with the duty or danger it rests on (see ``Ground``)."""

    ground: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """Whether something may be shared: on these consents, on this ground, or what is missing."""

    consents: tuple[Consent, ...] = ()
    basis: SharingBasis | None = None
    missing: tuple[str, ...] = field(default=())

    @property
    def is_enough(self) -> bool:
        return self.basis is not None or not self.missing

    @property
    def words(self) -> str:
        """In one line: what it rests on, or what is missing."""
        if self.basis is not None:
            return ". ".join(p for p in (str(self.basis), self.basis.citation) if p)
        if self.missing:
            return _("Còn thiếu: %(what)s") % {"what": "; ".join(self.missing)}
        who = ", ".join(str(c.get_party_display()) for c in self.consents)
        return _("Đồng ý: %(who)s") % {"who": who}


def asked(child: Child, on: date) -> tuple[str, ...]:
    """Whose word is needed on that day. Whoever may be 7 is asked; whoever may be below 16 has a
    guardian who is asked too."""
    ages = child.age_range_on(on)
    parties = []
    if ages is None or ages[1] >= ASKED_FROM:
        parties.append(Party.CHILD)
    if ages is None or ages[0] < ADULT_LAW_AGE:
        parties.append(Party.GUARDIAN)
    return tuple(parties)


def standing(
    child: Child,
    purpose: str,
    *,
    on: date,
    case: Case | None = None,
    receiver: Organisation | None = None,
) -> Standing:
    """What sharing for ``purpose`` (with ``receiver``) would rest on that day.

    The last word of each person asked counts. An exception counts once a second person agreed to
    it, and never for publication: nobody's duty asks for that.
    """
    consents, missing = _words_of(child, purpose, on, receiver)
    if not missing or case is None or purpose == Purpose.PUBLICATION:
        return Standing(consents, None, missing)
    agreed = case.sharing_bases.in_force().filter(
        purpose=purpose, ground=Ground.OVERRIDE, on__lte=on
    )
    for basis in agreed.order_by("-pk"):
        if basis.organisation_id in (None, receiver.pk if receiver else None):
            return Standing(consents, basis, missing)
    return Standing(consents, None, missing)


def _words_of(
    child: Child, purpose: str, on: date, receiver: Organisation | None
) -> tuple[tuple[Consent, ...], tuple[str, ...]]:
    said = child.consents.standing_on(on).for_sharing(purpose, receiver)
    latest: dict[str, Consent] = {}
    for word in said.order_by("valid_from", "pk"):
        latest[word.party] = word
    consents, missing = [], []
    for party in asked(child, on):
        word_of = latest.get(party)
        if word_of is None:
            missing.append(str(NEVER_ASKED[party]))
        elif word_of.state == ConsentState.REFUSED:
            missing.append(str(SAID_NO[party]))
        else:
            consents.append(word_of)
    return tuple(consents), tuple(missing)


def citation(ground: str, on: date) -> str:
    """The article by which nobody is asked, in force on that day; "" for an exception."""
    if ground == Ground.OVERRIDE:
        return ""
    if on < DATA_LAW:
        return "Điều 17 Nghị định 13/2023/NĐ-CP" if on >= DATA_DECREE else DUTY
    if ground == Ground.URGENT:
        return "điểm a khoản 1 Điều 19 Luật 91/2025/QH15"
    return f"điểm c khoản 1 Điều 19 Luật 91/2025/QH15; {DUTY}"
