"""Writing down who agreed to what being shared, and taking it back (Luật 91/2025/QH15 Điều 9)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases.actions.steps import allow, locked, trace
from tuoitho.cases.deadlines import due_day
from tuoitho.cases.exchange_states import ConsentState
from tuoitho.cases.models import (
    Case,
    Consent,
    Ground,
    Manner,
    Party,
    Purpose,
    SharingBasis,
)
from tuoitho.cases.models.consent import SecondLook
from tuoitho.cases.sharing import Claim, Standing, citation, standing
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import tidy
from tuoitho.people.models import Child
from tuoitho.units.models import Organisation

CONSENT_FIELDS = frozenset({
    "person_name", "manner", "guardian", "organisation", "witness", "note", "valid_until", "case",
})  # fmt: skip


@transaction.atomic
def record_consent(
    child: Child,
    *,
    purpose: str,
    party: str,
    given: bool,
    by: Actor,
    on: date,
    **details: Any,
) -> Consent:
    """What one person said about one purpose on ``on``: yes or no. A later word of the same person
    counts instead. ``details``: ``CONSENT_FIELDS``; name and manner must be there. Raises
    ValidationError by field, PermissionDenied.
    """
    if unknown := set(details) - CONSENT_FIELDS:
        raise TypeError(f"a consent has no {sorted(unknown)}")
    child = Child.objects.select_for_update().get(pk=child.pk)
    by.require("cases.work", child)
    if (case := details.get("case")) is not None and case.child_id != child.pk:
        raise ValidationError(_("Hồ sơ này của trẻ khác."))
    consent = Consent(
        child=child, purpose=purpose, party=party,
        state=ConsentState.GIVEN if given else ConsentState.REFUSED, valid_from=on,
        recorded_by=by.actor_name,
        **details | {"person_name": tidy(details.get("person_name", ""))},
    )  # fmt: skip
    _check(consent, child, on)
    consent.save()
    log_consent("cases.record_consent", consent, by, on)
    return consent


def _check(consent: Consent, child: Child, on: date) -> None:
    wrong = {
        name: _("Hãy chọn một mục.")
        for name, choices in (("purpose", Purpose), ("party", Party), ("manner", Manner))
        if getattr(consent, name) not in choices.values
    }
    if on > today():
        wrong["on"] = _("Ngày này chưa tới.")
    if not consent.person_name:
        wrong["person_name"] = _("Hãy ghi họ tên người có ý kiến.")
    if consent.manner == Manner.SPOKEN and not consent.witness.strip():
        wrong["witness"] = _("Nói trước người làm chứng thì phải ghi tên người làm chứng.")
    if consent.valid_until and consent.valid_until < on:
        wrong["valid_until"] = _("Ngày cuối không thể trước ngày đồng ý.")
    if wrong:
        raise ValidationError(wrong)


def log_consent(action: str, consent: Consent, by: Actor, on: date) -> None:
    about = {"purpose": consent.purpose, "party": consent.party, "state": consent.state}
    if consent.case is not None:
        trace(action, consent.case, by=by, on=on, after={"consent": consent.pk, **about})
    else:
        record(action, consent, by=by, on=on, unit_key=consent.child.unit_id,
               child_key=consent.child_id, after=about)  # fmt: skip


@transaction.atomic
def record_basis(
    case: Case,
    *,
    purpose: str,
    ground: str,
    reason: str,
    by: Actor,
    on: date,
    organisation: Organisation | None = None,
) -> SharingBasis:
    """On what ground something is shared although a consent is missing. An exception waits for the
    agreement of a second person. Raises ValidationError by field, PermissionDenied."""
    case = locked(case)
    allow(by, "cases.work", case)
    wrong: dict[str, str] = {}
    if on > today():
        wrong["on"] = _("Ngày này chưa tới.")
    if ground not in Ground.values:
        wrong["ground"] = _("Hãy chọn căn cứ.")
    if not reason.strip():
        wrong["ground_reason"] = _("Hãy ghi lý do, nhiệm vụ cụ thể.")
    if purpose == Purpose.PUBLICATION or purpose not in Purpose.values:
        wrong["purpose"] = _("Đăng tải thông tin về trẻ luôn cần sự đồng ý.")
    if wrong:
        raise ValidationError(wrong)
    override = ground == Ground.OVERRIDE
    basis = SharingBasis.objects.create(
        case=case, purpose=purpose, ground=ground, reason=reason.strip(), on=on,
        citation=citation(ground, on), organisation=organisation, recorded_by=by.actor_name,
        recorded_key=by.pk, review=SecondLook.WAITING if override else SecondLook.NOT_NEEDED,
        review_due_on=due_day("override_review", on) if override else None,
    )  # fmt: skip
    trace("cases.record_basis", case, by=by, on=on, after={"basis": basis.pk, "ground": ground})
    return basis


@transaction.atomic
def review_override(
    basis: SharingBasis, *, agreed: bool, by: Actor, on: date, note: str = ""
) -> SharingBasis:
    """A second person agrees to the exception or not. Raises ValidationError, PermissionDenied."""
    basis = SharingBasis.objects.select_for_update().select_related("case").get(pk=basis.pk)
    if basis.review != SecondLook.WAITING:
        raise ValidationError(_("Ngoại lệ này không còn chờ duyệt."))
    allow(by, "cases.approve", basis.case)
    if basis.recorded_key == by.pk:
        raise ValidationError(_("Người đề nghị không tự duyệt được; cần người thứ hai."))
    if on < basis.on or on > today():
        raise ValidationError({"on": _("Ngày duyệt phải từ ngày đề nghị đến hôm nay.")})
    basis.review = SecondLook.AGREED if agreed else SecondLook.DENIED
    basis.reviewed_on, basis.reviewed_by, basis.reviewed_key = on, by.actor_name, by.pk
    basis.review_note = note
    basis.save(
        update_fields=["review", "reviewed_on", "reviewed_by", "reviewed_key", "review_note"]
    )
    trace("cases.review_override", basis.case, by=by, on=on,
          after={"basis": basis.pk, "agreed": agreed})  # fmt: skip
    return basis


def rest_on(
    case: Case,
    purpose: str,
    *,
    by: Actor,
    on: date,
    receiver: Organisation | None = None,
    claim: Claim | None = None,
) -> Standing:
    """What sharing rests on now: consents, an agreed exception, or the ground just named (written
    down here). Raises ValidationError that says what is missing; PermissionDenied for who is on the
    list of a sealed case but does not see its child (of another commune)."""
    child = Child.objects.filter(pk=case.child_id).first()
    if child is None:
        raise PermissionDenied(f"{by.actor_name}: {case}")
    now = standing(child, purpose, on=on, case=case, receiver=receiver)
    if now.is_enough:
        return now
    if claim is not None and claim.ground in (Ground.URGENT, Ground.STATE_DUTY):
        basis = record_basis(case, purpose=purpose, ground=claim.ground, reason=claim.reason,
                             by=by, on=on, organisation=receiver)  # fmt: skip
        return Standing(now.consents, basis, now.missing)
    raise ValidationError(
        {"ground": _("%(missing)s. Hãy ghi ý kiến ấy, hoặc nêu căn cứ mà luật không đòi đồng ý.")
         % {"missing": now.words}}
    )  # fmt: skip
