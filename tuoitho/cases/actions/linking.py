"""A link by which a body without an account answers one request, once."""

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record
from tuoitho.cases import links
from tuoitho.cases.actions.referral_steps import locked_referral
from tuoitho.cases.actions.replying import accept_referral, finish_referral, refuse_referral
from tuoitho.cases.actions.steps import allow, trace
from tuoitho.cases.models import Case, Referral, ReferralLink
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now, today

GOOD_FOR = timedelta(days=14)


@transaction.atomic
def make_link(
    referral: Referral, *, by: Actor, address: Callable[[str], str], send_to: str = ""
) -> tuple[ReferralLink, str]:
    """A new link for the answer (or, once accepted, for the result); earlier ones end. Returns it
    and its key, which is kept nowhere.

    ``address`` makes the full address from the key; with ``send_to`` it is sent there by e-mail,
    which names neither the child nor the case. Raises ValidationError, PermissionDenied.
    """
    referral = locked_referral(referral)
    case = Case.objects.get(pk=referral.case_id)
    allow(by, "cases.work", case)
    if not referral.is_running or case.sealed:
        raise ValidationError(_("Đề nghị này không còn chờ trả lời."))
    _live(referral.links.all()).update(revoked_at=now())
    key = links.new_key()
    link = ReferralLink.objects.create(
        referral=referral, key_hash=links.hash_of(key), made_by=by.actor_name, sent_to=send_to,
        expires_at=now() + GOOD_FOR,
    )  # fmt: skip
    trace("cases.make_link", case, by=by, on=today(), after={"referral": referral.pk})
    if send_to:
        text = _("%(unit)s đề nghị quý cơ quan hỗ trợ một trẻ em. Mở đường dẫn sau để xem và trả "
                 "lời, trước ngày %(day)s:\n\n%(link)s\n\nĐường dẫn dùng một lần. Đừng chuyển tiếp "
                 "thư này.") % {
            "unit": referral.unit, "day": f"{referral.answer_due_on:%d/%m/%Y}",
            "link": address(key),
        }  # fmt: skip
        subject = _("Đề nghị hỗ trợ một trẻ em")
        transaction.on_commit(lambda: send_mail(subject, text, None, [send_to]))
    return link, key


def _live(rows: QuerySet[ReferralLink]) -> QuerySet[ReferralLink]:
    return rows.filter(used_at=None, revoked_at=None, expires_at__gt=now())


def opened(key: str) -> Referral | None:
    """The request a live link opens; None for a key that is wrong, used, ended or too old.

    Asked without a person, so the system looks; what the caller shows is the caller's duty.
    """
    wanted = links.hash_of(key)
    if not wanted:
        return None
    with acting_as(system_actor()):
        link = _live(ReferralLink.objects.filter(key_hash=wanted)).first()
        if link is None:
            return None
        rows = Referral.objects.select_related("receiver", "unit")
        referral = rows.filter(pk=link.referral_id, sealed=False).first()
        return referral if referral is not None and referral.is_running else None


def note_opening(referral: Referral) -> None:
    """Write down that somebody confirmed the link and saw the child's name."""
    system = system_actor()
    with acting_as(system):
        record("cases.open_link", referral, by=system, on=today(), child_key=None)


@transaction.atomic
def answer_by_link(
    key: str, name: str, *, person: str, note: str = "", result: str = ""
) -> Referral:
    """The answer ("accept", "refuse") or the result ("finish") of whoever holds the link; it ends
    the link. Raises ValidationError, also for a link that is used up."""
    system = system_actor()
    with acting_as(system):
        rows = ReferralLink.objects.filter(key_hash=links.hash_of(key) or "-")
        link = _live(rows.select_for_update()).first()
        if link is None:
            raise ValidationError(_("Đường dẫn này đã dùng, đã hết hạn hoặc không đúng."))
        if not person.strip():
            raise ValidationError({"person": _("Hãy ghi họ tên, chức vụ người trả lời.")})
        referral = Referral.objects.get(pk=link.referral_id)
        heard = _("Đường dẫn một lần: %(who)s") % {"who": person.strip()[:150]}
        if name == "accept":
            referral = accept_referral(referral, by=system, on=today(), note=note, heard=heard)
        elif name == "refuse":
            referral = refuse_referral(referral, by=system, on=today(), note=note, heard=heard)
        else:
            referral = finish_referral(referral, result=result, by=system, on=today(), note=note,
                                       heard=heard)  # fmt: skip
        link.used_at = now()
        link.save(update_fields=["used_at"])
    return referral
